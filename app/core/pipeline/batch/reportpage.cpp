// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/reportpage_p.h"

#include "base/mediatime.h"
#include "base/picture.h"
#include "encode/stillpicture.h"
#include "pipeline/batch/batchreport.h"
#include "pipeline/source.h"

#include <algorithm>
#include <map>
#include <set>

namespace doorveil::pipeline::batch {

namespace {

constexpr int pictureSide = 320;
constexpr std::size_t picturesAClip = 4;

constexpr const char *pageHead = R"(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Doorveil: batch report</title>
<style>
:root { color-scheme: light dark; }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 72rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
article { border: 1px solid #8886; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0; }
article h3 { font-size: 1rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
.places { display: flex; flex-wrap: wrap; gap: .75rem; margin-top: .5rem; }
figure { margin: 0; } figcaption { font-size: .85rem; } img { max-width: 100%; border-radius: .25rem; display: block; }
table { border-collapse: collapse; width: 100%; } td, th { text-align: left; padding: .25rem .5rem; border-bottom: 1px solid #8884; overflow-wrap: anywhere; }
.bad { border-left: .35rem solid #c0392b; } .look { border-left: .35rem solid #d68910; }
</style>
</head>
<body>
)";

QByteArray escaped(const QString &text)
{
    return text.toHtmlEscaped().toUtf8();
}

QString sentenceFor(const QString &reason)
{
    static const std::map<QString, QString> sentences{
        {QStringLiteral("second-opinion"), QStringLiteral("found by the second look, and covered")},
        {QStringLiteral("damaged-frames"), QStringLiteral("frames decoded with errors")},
        {QStringLiteral("lost-frames"), QStringLiteral("frames that could not be decoded are left out")},
        {QStringLiteral("bridged-gap"), QStringLiteral("a stretch between two finds without one")},
        {QStringLiteral("weak-score"), QStringLiteral("found, but barely")},
        {QStringLiteral("track-ends-inside"), QStringLiteral("a cover begins or ends in the middle of the picture")},
        {QStringLiteral("motion-uncovered"), QStringLiteral("something moved that nobody found")},
        {QStringLiteral("person-without-face"), QStringLiteral("a person whose face was never found")},
        {QStringLiteral("basic-detectors"), QStringLiteral("only the basic detectors were used")},
        {QStringLiteral("nobody-found"), QStringLiteral("nobody was found in the clip")}};
    const auto found = sentences.find(reason);
    return found == sentences.end() ? reason : found->second;
}

QString placeOf(const ReviewItem &item)
{
    return item.atMilliseconds < 0 ? QStringLiteral("whole clip") : base::formatMilliseconds(item.atMilliseconds);
}

/// The clip's places to look at, with pictures of the covered clip.
QByteArray reviewArticle(const BatchFolder &folder, const ClipRecord &record, const base::CancelToken &cancel)
{
    QByteArray html =
        "<article class=\"look\"><h3>" + escaped(record.name) + ".mp4</h3>\n<div>from " + escaped(record.clip);
    if (!record.camera.isEmpty())
        html += ", camera " + escaped(record.camera);
    html += "</div>\n<ul>\n";
    std::vector<std::int64_t> times;
    for (const ReviewItem &item : record.review) {
        html += "<li>" + escaped(placeOf(item)) + ": " + escaped(sentenceFor(item.reason)) + "</li>\n";
        if (item.exportedAtMilliseconds >= 0)
            times.push_back(item.exportedAtMilliseconds);
    }
    html += "</ul>\n";
    if (times.empty())
        times.push_back(0);
    html += "<div class=\"places\">\n";
    for (const CoveredPicture &picture :
         coveredPictures(folder.outputs(record.name).clip, record.outputSha256, times, cancel)) {
        const QByteArray at = escaped(base::formatMilliseconds(picture.atMilliseconds));
        html += "<figure><img alt=\"the covered clip at " + at + "\" src=\"data:image/jpeg;base64,"
                + picture.jpeg.toBase64() + "\"><figcaption>" + at + " of the covered clip</figcaption></figure>\n";
    }
    return html + "</div></article>\n";
}

QByteArray failureArticle(const ClipRecord &record)
{
    return "<article class=\"bad\"><h3>" + escaped(record.clip) + "</h3>\n<div>" + escaped(record.failure.message)
           + "</div></article>\n";
}

} // namespace

std::vector<CoveredPicture> coveredPictures(const std::filesystem::path &exported, const QString &sha256,
                                            const std::vector<std::int64_t> &times, const base::CancelToken &cancel)
{
    std::vector<CoveredPicture> pictures;
    const base::Result<ClipFile> file = ClipFile::open(exported);
    if (!file)
        return pictures;
    const base::Result<QString> hash = file->sha256(cancel);
    if (!hash || *hash != sha256)
        return pictures;
    const auto reader = file->reader();
    if (!reader)
        return pictures;
    const base::Rational timeBase = (*reader)->info().timeBase;
    std::set<std::int64_t> wanted(times.begin(), times.end());
    std::set<std::int64_t> taken;
    for (const std::int64_t time : wanted) {
        if (pictures.size() == picturesAClip || cancel.isCancelled())
            break;
        if (const base::Result<void> found = (*reader)->seek(base::rescale(time, {1, 1000}, timeBase)); !found)
            break;
        const base::Result<std::optional<base::VideoFrame>> frame = (*reader)->nextFrame();
        if (!frame || !*frame)
            break;
        if (!taken.insert((*frame)->pts).second)
            continue;
        const base::Result<QByteArray> jpeg =
            encode::encodeJpeg(encode::scaledDown(base::toPicture(**frame), pictureSide));
        if (jpeg)
            pictures.push_back({base::toMilliseconds((*frame)->pts, timeBase), *jpeg});
    }
    return pictures;
}

base::Result<void> writeReportPage(const BatchFolder &folder,
                                   const std::function<base::Result<void>(const QByteArray &)> &write,
                                   const base::CancelToken &cancel)
{
    const std::vector<ClipRecord> records = folder.records();
    const BatchTotals totals = totalsOf(records);
    QByteArray head = pageHead;
    head += "<h1>Doorveil: batch report</h1>\n<p>" + QByteArray::number(qint64(totals.clips))
            + " clips: " + QByteArray::number(qint64(totals.done)) + " covered and checked, "
            + QByteArray::number(qint64(totals.needReview)) + " of them to be looked at, "
            + QByteArray::number(qint64(totals.checkFailed) + qint64(totals.failed)) + " without a result.</p>\n"
            + "<p>No detector finds everybody. Watch a clip before you share it. All pictures on this page are taken "
              "from covered clips.</p>\n";
    if (const auto written = write(head); !written)
        return written;

    const auto section = [&](const QByteArray &title, const auto &belongs, const auto &article) -> base::Result<void> {
        bool first = true;
        for (const ClipRecord &record : records) {
            if (!belongs(record))
                continue;
            const QByteArray heading = first ? "<h2>" + title + "</h2>\n" : QByteArray();
            first = false;
            if (const auto written = write(heading + article(record)); !written)
                return written;
        }
        return {};
    };
    if (const auto written = section(
            "Without a result", [](const ClipRecord &record) { return record.state == ClipState::Failed; },
            failureArticle);
        !written)
        return written;
    if (const auto written = section(
            "To be looked at", [](const ClipRecord &record) { return record.needsReview(); },
            [&](const ClipRecord &record) { return reviewArticle(folder, record, cancel); });
        !written)
        return written;

    QByteArray table = "<h2>All clips</h2>\n<table>\n<tr><th>Clip</th><th>Result</th><th>Frames</th><th>Covered "
                       "subjects</th></tr>\n";
    for (const ClipRecord &record : records) {
        const QString state = record.state == ClipState::Failed    ? QStringLiteral("no result")
                              : record.state == ClipState::Started ? QStringLiteral("unfinished")
                              : record.needsReview()               ? QStringLiteral("look at it")
                                                                   : QStringLiteral("done");
        table += "<tr><td>" + escaped(record.clip) + "</td><td>" + escaped(state) + "</td><td>"
                 + QByteArray::number(qint64(record.frames)) + "</td><td>" + QByteArray::number(qint64(record.tracks))
                 + "</td></tr>\n";
    }
    return write(table + "</table>\n</body>\n</html>\n");
}

} // namespace doorveil::pipeline::batch
