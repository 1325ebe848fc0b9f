// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/report.h"

#include "base/mediatime.h"
#include "isolation/videoreader.h"
#include "pipeline/source.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cmath>

namespace doorveil::pipeline {

namespace {

QJsonArray toJson(const base::Rectangle &box)
{
    return {box.x, box.y, box.width, box.height};
}

/// Three decimals: what the detectors' scores are good for, and the same text on every machine.
double rounded(float score)
{
    return std::round(double(score) * 1000.0) / 1000.0;
}

QJsonArray detectorsJson(const project::AnalysisRecord &analysis)
{
    QJsonArray detectors;
    for (const project::DetectorRecord &detector : analysis.detectors)
        detectors.append(QJsonObject{{QStringLiteral("id"), detector.id},
                                     {QStringLiteral("sha256"), detector.sha256},
                                     {QStringLiteral("threshold"), detector.threshold},
                                     {QStringLiteral("alone_threshold"), detector.aloneThreshold},
                                     {QStringLiteral("kind"), detector.kind},
                                     {QStringLiteral("version"), detector.version},
                                     {QStringLiteral("licence"), detector.licence}});
    return detectors;
}

QString fileName(const std::filesystem::path &path)
{
    return base::displayPath(path.filename());
}

QJsonArray lostJson(const project::SourceRecord &source)
{
    QJsonArray lost;
    for (const base::Loss &loss : source.losses)
        lost.append(QJsonObject{{QStringLiteral("pts_ms"), qint64(shownMilliseconds(source, loss.pts))},
                                {QStringLiteral("reason"), loss.reason}});
    return lost;
}

QJsonArray damagedJson(const project::SourceRecord &source, const ExportPlan &plan)
{
    QJsonArray damaged;
    for (const base::FrameTime &frame : plan.frames) {
        if (frame.damaged)
            damaged.append(qint64(shownMilliseconds(source, frame.pts)));
    }
    return damaged;
}

QJsonArray droppedStreamsJson(const project::ReviewDocument &document)
{
    QJsonArray dropped;
    const base::ClipInfo &info = document.source.info;
    for (const base::OtherStreamInfo &stream : info.otherStreams)
        dropped.append(QJsonObject{{QStringLiteral("stream"), stream.streamIndex},
                                   {QStringLiteral("kind"), stream.kind},
                                   {QStringLiteral("codec"), stream.codec}});
    for (int index = 0; index < int(info.audioStreams.size()); ++index) {
        if (document.settings.keepAudio && index == info.defaultAudioStream)
            continue;
        const base::AudioStreamInfo &stream = info.audioStreams[std::size_t(index)];
        dropped.append(QJsonObject{{QStringLiteral("stream"), stream.streamIndex},
                                   {QStringLiteral("kind"), QStringLiteral("audio")},
                                   {QStringLiteral("codec"), stream.codec},
                                   {QStringLiteral("language"), stream.language}});
    }
    return dropped;
}

QJsonValue trimJson(const project::ReviewDocument &document, const ExportPlan &plan)
{
    if (!document.settings.trim)
        return QJsonValue::Null;
    const auto text = [&document](std::int64_t pts) {
        return base::formatMilliseconds(shownMilliseconds(document.source, pts));
    };
    return QJsonObject{{QStringLiteral("from"), text(plan.begin())}, {QStringLiteral("to"), text(plan.end())}};
}

QJsonObject checkJson(const CheckOutcome &outcome)
{
    QJsonObject json{
        {QStringLiteral("passed"), outcome.checked ? QJsonValue(outcome.passed) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("figures"), outcome.figures}};
    if (!outcome.note.isEmpty())
        json[QStringLiteral("note")] = outcome.note;
    return json;
}

} // namespace

QJsonObject frameObject(std::int64_t index, std::int64_t milliseconds,
                        const std::vector<redaction::CoverRegion> &regions)
{
    QJsonArray covered;
    for (const redaction::CoverRegion &region : regions) {
        const bool found = region.box.has_value();
        covered.append(QJsonObject{
            {QStringLiteral("track"), qint64(region.track)},
            {QStringLiteral("kind"), base::toText(region.kind)},
            {QStringLiteral("origin"), base::toText(region.origin)},
            {QStringLiteral("score"), found ? QJsonValue(rounded(region.score)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("box"), found ? QJsonValue(toJson(*region.box)) : QJsonValue(QJsonValue::Null)},
            {QStringLiteral("region"), toJson(region.region)}});
    }
    return {{QStringLiteral("index"), qint64(index)},
            {QStringLiteral("pts_ms"), qint64(milliseconds)},
            {QStringLiteral("regions"), covered}};
}

QJsonObject analysisHeader(const project::ReviewDocument &document)
{
    const base::Size size = document.source.info.displayedSize();
    return {{QStringLiteral("clip"), fileName(sourcePath(document.source))},
            {QStringLiteral("sha256"), document.source.sha256},
            {QStringLiteral("width"), size.width},
            {QStringLiteral("height"), size.height},
            {QStringLiteral("rotation"), document.source.info.orientation.degreesClockwise()},
            {QStringLiteral("frames"), qint64(document.source.frames.size())},
            {QStringLiteral("detectors"), detectorsJson(document.analysis)},
            {QStringLiteral("basic"), document.analysis.basic},
            {QStringLiteral("lost"), lostJson(document.source)}};
}

base::Result<void> forEachAnalysisFrame(const project::ReviewDocument &document,
                                        const std::function<base::Result<void>(const QJsonObject &)> &take)
{
    const redaction::CoverPlan cover(document.tracks, document.zones, document.source.info.displayedSize(),
                                     coverSettings(document.settings));
    std::int64_t index = 0;
    for (const base::FrameTime &frame : document.source.frames) {
        const base::Result<void> taken =
            take(frameObject(index++, shownMilliseconds(document.source, frame.pts), cover.at(frame.pts)));
        if (!taken)
            return taken;
    }
    return {};
}

std::vector<QJsonObject> analysisFrames(const project::ReviewDocument &document)
{
    std::vector<QJsonObject> frames;
    frames.reserve(document.source.frames.size());
    const base::Result<void> all = forEachAnalysisFrame(document, [&frames](const QJsonObject &frame) {
        frames.push_back(frame);
        return base::Result<void>();
    });
    Q_ASSERT(all.hasValue());
    return frames;
}

QJsonObject toJson(const Verification &verification)
{
    return {{QStringLiteral("a"), checkJson(verification.picture)},
            {QStringLiteral("b"), checkJson(verification.timing)},
            {QStringLiteral("c"), checkJson(verification.secondPass)},
            {QStringLiteral("d"), checkJson(verification.container)},
            {QStringLiteral("e"), checkJson(verification.source)}};
}

QJsonObject makeReport(const project::ReviewDocument &document, const ExportPlan &plan, const ExportFacts &facts,
                       const Verification &verification)
{
    const base::Result<isolation::Confinement> confinement = isolation::confinement();
    QJsonArray assumptions;
    for (const QString &assumption : document.source.info.assumptions)
        assumptions.append(assumption);
    return {
        {QStringLiteral("clip"), fileName(sourcePath(document.source))},
        {QStringLiteral("sha256"), document.source.sha256},
        {QStringLiteral("output"), fileName(facts.parameters.output)},
        {QStringLiteral("output_sha256"), facts.outputSha256},
        {QStringLiteral("program"), QStringLiteral("Doorveil " DOORVEIL_VERSION)},
        {QStringLiteral("detectors"), detectorsJson(document.analysis)},
        {QStringLiteral("basic"), document.analysis.basic},
        {QStringLiteral("style"), base::toText(document.settings.style)},
        {QStringLiteral("cover"), base::toText(document.settings.scope)},
        {QStringLiteral("audio"), document.settings.keepAudio && document.source.info.defaultAudioStream >= 0
                                      ? QStringLiteral("kept")
                                      : QStringLiteral("muted")},
        {QStringLiteral("trim"), trimJson(document, plan)},
        {QStringLiteral("preset"), facts.parameters.preset},
        {QStringLiteral("crf"), facts.parameters.crf},
        {QStringLiteral("source_frames"), qint64(document.source.frames.size())},
        {QStringLiteral("exported_frames"), qint64(plan.frames.size())},
        {QStringLiteral("padded"), facts.encoded.padded},
        {QStringLiteral("encoded_size"), QJsonArray{facts.encoded.encodedSize.width, facts.encoded.encodedSize.height}},
        {QStringLiteral("attempts"), facts.attempts},
        {QStringLiteral("covered_finds"), qint64(facts.coveredFinds)},
        {QStringLiteral("lost"), lostJson(document.source)},
        {QStringLiteral("damaged_pts_ms"), damagedJson(document.source, plan)},
        {QStringLiteral("dropped_streams"), droppedStreamsJson(document)},
        {QStringLiteral("assumptions"), assumptions},
        {QStringLiteral("decoder"), confinement ? confinement->statement : confinement.error().message},
        {QStringLiteral("verification"), toJson(verification)},
        {QStringLiteral("passed"), verification.complete()},
    };
}

base::Result<void> writeReport(const ExportResult &result,
                               const std::function<base::Result<void>(const QByteArray &)> &write)
{
    // The frames go out one by one: a report of a long clip is never whole in memory.
    QByteArray head = QJsonDocument(result.report).toJson(QJsonDocument::Indented).trimmed();
    head.chop(1); // the closing brace
    head = head.trimmed() + ",\n    \"frames\": [";
    if (const base::Result<void> written = write(head); !written)
        return written;
    const base::Result<ExportPlan> plan = makeExportPlan(result.document);
    if (!plan)
        return plan.error();
    std::int64_t index = plan->firstIndex;
    for (const base::FrameTime &frame : plan->frames) {
        const QByteArray separator = index == plan->firstIndex ? "\n        " : ",\n        ";
        const QJsonObject object =
            frameObject(index, shownMilliseconds(result.document.source, frame.pts), plan->cover->at(frame.pts));
        if (const auto written = write(separator + QJsonDocument(object).toJson(QJsonDocument::Compact)); !written)
            return written;
        ++index;
    }
    return write("\n    ]\n}\n");
}

} // namespace doorveil::pipeline
