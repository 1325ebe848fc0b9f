// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/packagefacts.h"

#include "consent/window.h"
#include "encode/libraryversions.h"
#include "isolation/videoreader.h"
#include "keys/keystore.h"
#include "pipeline/secondpass.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <QSysInfo>

#include <algorithm>
#include <map>
#include <set>

namespace doorveil::pipeline {

namespace {

constexpr double coveredEnough = 0.1; ///< share of a shown box that a cover may take before it counts as partly covered
constexpr qsizetype mostNames = 40;

/// Frames in which most of the face lies in the body.
std::int64_t framesTogether(const base::Track &face, const base::Track &person)
{
    std::int64_t together = 0;
    auto body = person.observations.begin();
    for (const base::Observation &seen : face.observations) {
        while (body != person.observations.end() && body->pts < seen.pts)
            ++body;
        if (body == person.observations.end())
            break;
        if (body->pts == seen.pts && 2 * body->box.intersected(seen.box).area() >= seen.box.area())
            ++together;
    }
    return together;
}

bool overlapInTime(const base::Track &a, const base::Track &b)
{
    return a.observations.front().pts <= b.observations.back().pts
           && b.observations.front().pts <= a.observations.back().pts;
}

/// How much of a shown track is covered all the same: the cover of somebody else wins.
struct Coverage
{
    std::int64_t seen = 0;
    std::int64_t covered = 0;
};

class ClipSurvey
{
public:
    ClipSurvey(const project::ReviewDocument &document, const ExportPlan &plan) : m_plan(plan)
    {
        for (const base::Track &track : document.tracks) {
            if (track.decision.kind != base::DecisionKind::Dismissed && isInside(track))
                m_tracks.push_back(&track);
        }
        survey();
    }

    [[nodiscard]] std::vector<consent::DepictedPerson> people() const
    {
        std::vector<consent::DepictedPerson> all;
        for (const auto &group : groups())
            all.push_back(personOf(group));
        return all;
    }

    [[nodiscard]] consent::Treatment plates(std::int64_t &count) const
    {
        std::int64_t covered = 0;
        std::int64_t shown = 0;
        for (const base::Track *track : m_tracks) {
            if (track->kind == base::TrackKind::Plate)
                ++(track->decision.kind == base::DecisionKind::Show ? shown : covered);
        }
        count = covered + shown;
        if (count == 0)
            return consent::Treatment::NotPresent;
        if (shown == 0)
            return consent::Treatment::Redacted;
        return covered == 0 ? consent::Treatment::Unredacted : consent::Treatment::Partly;
    }

    [[nodiscard]] std::vector<consent::RedactionOperation> operations() const
    {
        std::vector<consent::RedactionOperation> all;
        for (const auto &[key, use] : m_covers) {
            consent::RedactionOperation operation;
            operation.subject = key.first;
            switch (key.second) {
            case base::CoverStyle::Blur:
                operation.method = QStringLiteral("blur-membrane");
                break;
            case base::CoverStyle::Solid:
                operation.method = QStringLiteral("solid-fill");
                break;
            case base::CoverStyle::Mosaic:
                operation.method = QStringLiteral("cosmetic-mosaic");
                operation.irreversible = false;
                break;
            }
            operation.tracks = std::int64_t(use.tracks.size());
            operation.framesAffected = use.frames;
            all.push_back(operation);
        }
        return all;
    }

private:
    struct CoverUse
    {
        std::set<std::int64_t> tracks;
        std::int64_t frames = 0;
    };
    using Group = std::vector<const base::Track *>;

    [[nodiscard]] bool isInside(const base::Track &track) const
    {
        return std::any_of(track.observations.begin(), track.observations.end(),
                           [this](const base::Observation &observation) {
                               return observation.pts >= m_plan.begin() && observation.pts < m_plan.end();
                           });
    }

    void survey()
    {
        for (const base::FrameTime &frame : m_plan.frames) {
            const std::vector<redaction::CoverRegion> regions = m_plan.cover->at(frame.pts);
            std::set<std::pair<QString, base::CoverStyle>> here;
            for (const redaction::CoverRegion &region : regions) {
                const QString subject =
                    region.origin == base::Origin::Zone ? QStringLiteral("zone") : base::toText(region.kind);
                m_covers[{subject, region.style}].tracks.insert(region.track);
                here.insert({subject, region.style});
            }
            for (const auto &key : here)
                ++m_covers[key].frames;
            for (const base::Track *track : m_tracks) {
                if (track->decision.kind == base::DecisionKind::Show)
                    surveyShown(*track, frame.pts, regions);
            }
        }
    }

    void surveyShown(const base::Track &track, std::int64_t pts, const std::vector<redaction::CoverRegion> &regions)
    {
        const auto seen = std::lower_bound(
            track.observations.begin(), track.observations.end(), pts,
            [](const base::Observation &observation, std::int64_t at) { return observation.pts < at; });
        if (seen == track.observations.end() || seen->pts != pts)
            return;
        Coverage &coverage = m_coverage[track.id];
        ++coverage.seen;
        if (coveredShare(seen->box, regions) > coveredEnough)
            ++coverage.covered;
    }

    /// Tracks that were most likely one person: a body with the faces that were seen in it one after the other.
    [[nodiscard]] std::vector<Group> groups() const
    {
        std::vector<Group> all;
        std::map<std::int64_t, std::size_t> placeOf; // by person track
        for (const base::Track *track : m_tracks) {
            if (track->kind == base::TrackKind::Person) {
                placeOf[track->id] = all.size();
                all.push_back({track});
            }
        }
        for (const base::Track *face : m_tracks) {
            if (face->kind != base::TrackKind::Face && face->kind != base::TrackKind::Head)
                continue;
            std::int64_t best = 0;
            Group *home = nullptr;
            for (const auto &[id, place] : placeOf) {
                Group &group = all[place];
                const std::int64_t together = framesTogether(*face, *group.front());
                const bool taken = std::any_of(group.begin() + 1, group.end(), [face](const base::Track *other) {
                    return overlapInTime(*face, *other);
                });
                if (together > best && !taken) {
                    best = together;
                    home = &group;
                }
            }
            if (home != nullptr)
                home->push_back(face);
            else
                all.push_back({face});
        }
        std::sort(all.begin(), all.end(), [](const Group &a, const Group &b) {
            const auto first = [](const Group &group) {
                std::int64_t pts = group.front()->observations.front().pts;
                for (const base::Track *track : group)
                    pts = std::min(pts, track->observations.front().pts);
                return std::pair(pts, group.front()->id);
            };
            return first(a) < first(b);
        });
        return all;
    }

    [[nodiscard]] consent::DepictedPerson personOf(const Group &group) const
    {
        consent::DepictedPerson person;
        person.subjects = std::int64_t(group.size());
        const bool hasFace = std::any_of(group.begin(), group.end(), [](const base::Track *track) {
            return track->kind != base::TrackKind::Person;
        });
        const base::Track *shown = nullptr;
        bool covered = false;
        for (const base::Track *track : group) {
            if (track->decision.kind == base::DecisionKind::Show) {
                shown = shown == nullptr ? track : shown;
                const auto coverage = m_coverage.find(track->id);
                covered = covered || (coverage != m_coverage.end() && coverage->second.covered > 0);
            } else if (track->kind != base::TrackKind::Person || !hasFace) {
                covered = true; // a body counts by its face where one was seen
            }
        }
        if (shown == nullptr)
            return person;
        person.treatment = covered ? consent::Treatment::Partly : consent::Treatment::Unredacted;
        person.reason = base::toText(shown->decision.reason);
        person.consent = base::toText(shown->decision.consent);
        return person;
    }

    const ExportPlan &m_plan;
    std::vector<const base::Track *> m_tracks;
    std::map<std::pair<QString, base::CoverStyle>, CoverUse> m_covers;
    std::map<std::int64_t, Coverage> m_coverage;
};

/// Names that a file brought along, as kinds: short and harmless, or not named.
QString harmless(const QString &name)
{
    static const QRegularExpression allowed(QStringLiteral("\\A[A-Za-z0-9©._ -]{1,48}\\z"));
    return allowed.match(name).hasMatch() ? name : QStringLiteral("other");
}

QStringList shortList(QStringList names)
{
    names.removeDuplicates();
    names.sort();
    return names.mid(0, mostNames);
}

std::int64_t watchedFrames(const project::ReviewDocument &document, const ExportPlan &plan)
{
    return std::count_if(plan.frames.begin(), plan.frames.end(), [&document](const base::FrameTime &frame) {
        return std::any_of(document.watched.begin(), document.watched.end(),
                           [&frame](const base::TimeRange &range) { return range.contains(frame.pts); });
    });
}

void addSoundFacts(consent::ClipFacts &facts, const project::ReviewDocument &document)
{
    const base::ClipInfo &info = document.source.info;
    if (info.audioStreams.empty())
        return;
    const bool kept = document.settings.keepAudio && info.defaultAudioStream >= 0;
    consent::RedactionOperation operation;
    operation.subject = QStringLiteral("audio");
    operation.tracks = std::int64_t(info.audioStreams.size());
    operation.framesAffected = facts.frames;
    if (!kept) {
        facts.sound = consent::Treatment::Redacted;
        operation.method = QStringLiteral("mute");
        facts.operations.push_back(operation);
        return;
    }
    facts.sound = consent::Treatment::Unredacted;
    if (document.settings.mutedRanges.empty())
        return;
    facts.sound = consent::Treatment::Partly;
    operation.method = QStringLiteral("silence");
    operation.tracks = 1;
    facts.operations.push_back(operation);
}

QJsonObject withoutSourceHash(QJsonObject verification)
{
    QJsonObject source = verification.value(QStringLiteral("e")).toObject();
    source.insert(QStringLiteral("figures"), QJsonObject());
    verification.insert(QStringLiteral("e"), source);
    return verification;
}

} // namespace

base::Result<consent::ClipFacts> factsOf(const PackageClip &clip)
{
    const project::ReviewDocument &document = clip.document;
    const base::Result<ExportPlan> plan = makeExportPlan(document);
    if (!plan)
        return plan.error();
    const project::SourceRecord &source = document.source;
    consent::ClipFacts facts;
    facts.frames = std::int64_t(plan->frames.size());
    facts.sourceSha256 = source.sha256;
    facts.sourceBytes = source.bytes;
    facts.sourceCodec = source.info.videoCodec;
    facts.sourceFrames = std::int64_t(source.frames.size());
    facts.lostFrames = std::int64_t(source.losses.size());
    facts.damagedFrames = std::count_if(plan->frames.begin(), plan->frames.end(),
                                        [](const base::FrameTime &frame) { return frame.damaged; });
    facts.trimBeginMilliseconds = shownMilliseconds(source, plan->begin());
    facts.trimEndMilliseconds = shownMilliseconds(source, plan->end());
    facts.firstFramePts = plan->frames.front().pts;
    facts.lastFramePts = plan->frames.back().pts;
    facts.wholeClip = plan->frames.size() == source.frames.size();
    facts.durationMilliseconds = facts.trimEndMilliseconds - facts.trimBeginMilliseconds;
    const base::Size size = source.info.displayedSize();
    facts.width = size.width;
    facts.height = size.height;
    facts.frameRate = source.info.averageFrameRate;
    if (document.settings.recordedAt)
        facts.recordedAt = document.settings.recordedAt;
    facts.clockOffsetMilliseconds = document.settings.clockOffsetMilliseconds;

    const ClipSurvey survey(document, *plan);
    facts.people = survey.people();
    facts.plates = survey.plates(facts.plateTracks);
    facts.operations = survey.operations();
    facts.zones = std::int64_t(document.zones.size());
    facts.hasAudio = document.settings.keepAudio && source.info.defaultAudioStream >= 0;
    addSoundFacts(facts, document);
    if (!facts.wholeClip)
        facts.operations.push_back(
            {QStringLiteral("time"), QStringLiteral("trim"), 0, facts.sourceFrames - facts.frames, true});

    QStringList metadata;
    for (const base::Tag &tag : source.info.tags)
        metadata.append(harmless(tag.key));
    facts.metadataRemoved = shortList(metadata);
    QStringList streams;
    for (const base::OtherStreamInfo &stream : source.info.otherStreams)
        streams.append(harmless(stream.kind) + QStringLiteral(" (") + harmless(stream.codec) + QLatin1Char(')'));
    const auto kept = facts.hasAudio ? std::size_t(1) : std::size_t(0);
    if (source.info.audioStreams.size() > kept)
        streams.append(QStringLiteral("audio"));
    facts.streamsRemoved = shortList(streams);

    facts.reviewed = document.reviewed;
    facts.reviewedAt = clip.history.reviewedAt;
    facts.manualEdits = clip.history.manualEdits;
    facts.framesWatched = watchedFrames(document, *plan);
    facts.openChecks = std::count_if(document.checks.begin(), document.checks.end(),
                                     [](const project::CheckItem &item) { return !item.settled; });
    facts.basicDetectors = document.analysis.basic;
    for (const project::DetectorRecord &detector : document.analysis.detectors)
        facts.detectors.push_back({detector.id, detector.version, detector.sha256, detector.kind,
                                   QString::number(detector.threshold, 'g', 6),
                                   QString::number(detector.aloneThreshold, 'g', 6), detector.licence});
    const base::Result<isolation::Confinement> confinement = isolation::confinement();
    facts.decoderStatement = confinement ? confinement->statement : confinement.error().message;
    facts.decoderIsolated = confinement && confinement->systemCallFilter;
    return facts;
}

base::Result<void> addExportFacts(consent::ClipFacts &facts, const ExportResult &result, const ClipFile &exported,
                                  bool includeSourceHash)
{
    const auto reader = exported.reader();
    if (!reader)
        return reader.error();
    const base::ClipInfo &info = (*reader)->info();
    const base::Result<std::int64_t> bytes = base::sizeOf(exported.descriptor());
    if (!bytes)
        return exported.named(bytes.error());
    facts.bytes = *bytes;
    facts.sha256 = result.outputSha256;
    facts.durationMilliseconds = info.durationMilliseconds;
    facts.width = info.displayedSize().width;
    facts.height = info.displayedSize().height;
    if (info.averageFrameRate.isPositive())
        facts.frameRate = info.averageFrameRate;
    facts.hasAudio = !info.audioStreams.empty();
    facts.frames = result.verification.container.figures.value(QStringLiteral("video_samples")).toInteger();
    QJsonObject checks = toJson(result.verification);
    if (!includeSourceHash)
        checks = withoutSourceHash(checks);
    for (const QString &key : checks.keys()) {
        const QJsonObject check = checks.value(key).toObject();
        facts.checks.push_back(
            {key, check.value(QStringLiteral("passed")).toBool(), check.value(QStringLiteral("figures")).toObject()});
    }
    for (const QJsonValue &name : result.verification.secondPass.figures.value(QStringLiteral("detectors")).toArray())
        facts.secondPassDetectors.append(name.toString());
    facts.basicDetectors =
        facts.basicDetectors || result.verification.secondPass.figures.value(QStringLiteral("basic")).toBool();
    return {};
}

base::Result<QByteArray> packageReport(const ExportResult &result, const QString &name, bool includeSourceHash)
{
    const base::Result<ExportPlan> plan = makeExportPlan(result.document);
    if (!plan)
        return plan.error();
    QJsonObject report = result.report;
    // The original's name may tell the camera, the place or the hour.
    report.insert(QStringLiteral("clip"), QStringLiteral("original of %1").arg(name));
    report.insert(QStringLiteral("output"), name);
    if (!includeSourceHash) {
        report.remove(QStringLiteral("sha256"));
        report.insert(QStringLiteral("verification"),
                      withoutSourceHash(report.value(QStringLiteral("verification")).toObject()));
    }
    QJsonArray frames;
    std::int64_t index = plan->firstIndex;
    for (const base::FrameTime &frame : plan->frames)
        frames.append(
            QJsonObject{{QStringLiteral("index"), qint64(index++)},
                        {QStringLiteral("pts_ms"), qint64(shownMilliseconds(result.document.source, frame.pts))},
                        {QStringLiteral("covered"), qint64(plan->cover->at(frame.pts).size())}});
    report.insert(QStringLiteral("frames"), frames);
    return QJsonDocument(report).toJson(QJsonDocument::Indented);
}

void logClip(package::ProcessingLog &log, const QDateTime &at, const PackageClip &clip, const ExportResult &result,
             const consent::ClipFacts &facts, bool includeSourceHash)
{
    const project::ReviewDocument &document = result.document;
    const auto add = [&](const char *action, QJsonObject parameters) {
        parameters.insert(QStringLiteral("file"), facts.file);
        log.add(at, QString::fromLatin1(action), parameters);
    };
    QJsonObject opened{{QStringLiteral("frames"), qint64(facts.sourceFrames)},
                       {QStringLiteral("lost"), qint64(facts.lostFrames)},
                       {QStringLiteral("opened"), QStringLiteral("read-only")}};
    if (includeSourceHash)
        opened.insert(QStringLiteral("sha256"), facts.sourceSha256);
    add("original-opened", opened);
    QJsonArray detectors;
    for (const consent::DetectorFact &detector : facts.detectors)
        detectors.append(detector.id);
    add("analysed", {{QStringLiteral("program"), document.analysis.programVersion},
                     {QStringLiteral("detectors"), detectors},
                     {QStringLiteral("basic"), document.analysis.basic}});
    QJsonObject review{{QStringLiteral("reviewed"), facts.reviewed},
                       {QStringLiteral("manual_edits"), qint64(facts.manualEdits)},
                       {QStringLiteral("frames_watched"), qint64(facts.framesWatched)},
                       {QStringLiteral("open_checks"), qint64(facts.openChecks)}};
    if (clip.history.reviewedAt)
        review.insert(QStringLiteral("reviewed_at"), clip.history.reviewedAt->toString(Qt::ISODate));
    add("reviewed", review);
    QJsonArray operations;
    for (const consent::RedactionOperation &operation : facts.operations)
        operations.append(QJsonObject{{QStringLiteral("class"), operation.subject},
                                      {QStringLiteral("operator"), operation.method},
                                      {QStringLiteral("tracks"), qint64(operation.tracks)},
                                      {QStringLiteral("frames"), qint64(operation.framesAffected)}});
    add("covered-and-encoded", {{QStringLiteral("operations"), operations},
                                {QStringLiteral("crf"), result.report.value(QStringLiteral("crf"))},
                                {QStringLiteral("preset"), result.report.value(QStringLiteral("preset"))},
                                {QStringLiteral("frames"), qint64(facts.frames)},
                                {QStringLiteral("sha256"), facts.sha256}});
    QJsonObject checks;
    for (const consent::CheckFact &check : facts.checks)
        checks.insert(check.key, check.passed);
    add("verified", {{QStringLiteral("checks"), checks}, {QStringLiteral("sha256"), facts.sha256}});
}

consent::ToolFacts toolFacts()
{
    consent::ToolFacts facts;
    facts.version = QStringLiteral(DOORVEIL_VERSION);
#ifdef DOORVEIL_BUILD
    facts.build = QStringLiteral(DOORVEIL_BUILD);
#endif
    facts.system = QSysInfo::prettyProductName() + QLatin1Char(' ') + QSysInfo::currentCpuArchitecture();
    facts.libraries = encode::libraryVersions();
    facts.libraries.append(QStringLiteral("Qt ") + QString::fromLatin1(qVersion()));
    facts.libraries.append(keys::libraryVersion());
    return facts;
}

} // namespace doorveil::pipeline
