// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/batchreport.h"

#include "base/durablefile.h"
#include "pipeline/batch/reportpage_p.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace doorveil::pipeline::batch {

namespace {

QJsonObject clipObject(const ClipRecord &record)
{
    QJsonObject object = toJson(record);
    object.remove(QStringLiteral("record"));
    object.remove(QStringLiteral("attempts"));
    object[QStringLiteral("needs_review")] = record.needsReview();
    if (record.state == ClipState::Done) {
        object[QStringLiteral("output")] = record.name + QStringLiteral(".mp4");
        object[QStringLiteral("report")] = record.name + QStringLiteral(".report.json");
    }
    object[QStringLiteral("project")] =
        record.hasProject ? QJsonValue(record.name + QStringLiteral(".doorveil")) : QJsonValue(QJsonValue::Null);
    return object;
}

} // namespace

BatchTotals totalsOf(const std::vector<ClipRecord> &records)
{
    BatchTotals totals;
    for (const ClipRecord &record : records) {
        ++totals.clips;
        totals.done += record.state == ClipState::Done ? 1 : 0;
        totals.needReview += record.needsReview() ? 1 : 0;
        totals.unfinished += record.state == ClipState::Started ? 1 : 0;
        if (record.state == ClipState::Failed)
            ++(record.failure.kind == base::ErrorKind::CheckFailed ? totals.checkFailed : totals.failed);
    }
    return totals;
}

QJsonObject batchReport(const std::vector<ClipRecord> &records)
{
    const BatchTotals totals = totalsOf(records);
    QJsonArray clips;
    for (const ClipRecord &record : records)
        clips.append(clipObject(record));
    return {{QStringLiteral("batch"), 1},
            {QStringLiteral("totals"), QJsonObject{{QStringLiteral("clips"), qint64(totals.clips)},
                                                   {QStringLiteral("done"), qint64(totals.done)},
                                                   {QStringLiteral("need_review"), qint64(totals.needReview)},
                                                   {QStringLiteral("failed"), qint64(totals.failed)},
                                                   {QStringLiteral("check_failed"), qint64(totals.checkFailed)},
                                                   {QStringLiteral("unfinished"), qint64(totals.unfinished)}}},
            {QStringLiteral("clips"), clips}};
}

std::vector<std::filesystem::path> reviewQueue(const std::filesystem::path &folder)
{
    std::vector<std::filesystem::path> queue;
    const base::Result<std::vector<ClipRecord>> records = BatchFolder::readRecords(folder);
    if (!records)
        return queue;
    for (const ClipState wanted : {ClipState::Failed, ClipState::Done}) {
        for (const ClipRecord &record : *records) {
            if (record.state == wanted && record.hasProject && (wanted == ClipState::Failed || record.needsReview()))
                queue.push_back(BatchFolder::outputsIn(folder, record.name).project);
        }
    }
    return queue;
}

std::filesystem::path reportPage(const std::filesystem::path &folder)
{
    return folder / "batch-report.html";
}

base::Result<void> writeBatchReport(const BatchFolder &folder, const std::optional<std::filesystem::path> &copy,
                                    const base::CancelToken &cancel)
{
    base::DurableFile::Options options;
    options.replaceExisting = true;
    const QByteArray json = QJsonDocument(batchReport(folder.records())).toJson(QJsonDocument::Indented);
    if (const auto written = base::writeDurably(folder.path() / "batch-report.json", json, options); !written)
        return written;
    if (copy) {
        if (const auto written = base::writeDurably(*copy, json, options); !written)
            return written;
    }
    auto page = base::DurableFile::create(reportPage(folder.path()), options);
    if (!page)
        return page.error();
    const auto write = [&page](const QByteArray &bytes) { return (*page)->write(bytes); };
    if (const auto written = writeReportPage(folder, write, cancel); !written)
        return written;
    return (*page)->commit();
}

} // namespace doorveil::pipeline::batch
