// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/batchdisplay.h"

#include "base/mediatime.h"
#include "cli/jsonlines.h"

#include <QJsonArray>

#include <algorithm>
#include <ostream>

namespace doorveil::cli {

namespace batch = pipeline::batch;

namespace {

constexpr std::chrono::milliseconds drawInterval(200);
constexpr std::chrono::milliseconds jsonInterval(1000);
constexpr int lineWidth = 78;
constexpr std::int64_t hashedAtLeast = 20; ///< clips from which hashing is worth telling of

/// Where in the whole work on a clip a stage lies: begin and length. Shares by measurement on real clips.
std::pair<double, double> placeOf(const QString &stage)
{
    if (stage == QStringLiteral("analyse"))
        return {0.0, 0.5};
    if (stage == QStringLiteral("export"))
        return {0.5, 0.15};
    return {0.65, 0.35};
}

QString leftText(double seconds)
{
    return base::formatMilliseconds(std::int64_t(seconds * 1000.0)).left(8);
}

QString shortened(const QString &text, qsizetype width)
{
    return text.size() <= width ? text : QStringLiteral("…") + text.right(width - 1);
}

QString resultText(const batch::ClipRecord &record)
{
    if (record.state == batch::ClipState::Failed)
        return QStringLiteral("FAILED: %1").arg(record.failure.message);
    QString text = QStringLiteral("%1 frames, %2 subjects covered").arg(record.frames).arg(record.tracks);
    if (record.needsReview())
        text += QStringLiteral("; LOOK AT IT (%1 places)").arg(record.review.size());
    return text;
}

} // namespace

BatchDisplay::BatchDisplay(Context &context, bool jsonLines) : m_context(context), m_jsonLines(jsonLines) { }

BatchDisplay::~BatchDisplay()
{
    clear();
}

void BatchDisplay::clear()
{
    if (m_linesDrawn > 0)
        m_context.err << "\x1b[" << m_linesDrawn << "A\r\x1b[J" << std::flush;
    m_linesDrawn = 0;
}

void BatchDisplay::tell(const QString &line)
{
    clear();
    say(m_context, line);
    draw(true);
}

void BatchDisplay::notice(const QString &text)
{
    tell(text);
}

void BatchDisplay::hashing(std::size_t done, std::size_t total)
{
    m_hashed = done;
    m_toHash = std::int64_t(total) >= hashedAtLeast ? total : 0;
    draw(false);
}

void BatchDisplay::planned(const std::vector<batch::PlannedClip> &clips)
{
    m_start = Clock::now();
    m_clips = 0;
    m_ended = 0;
    m_bytes = 0;
    m_bytesEnded = 0;
    m_toHash = 0;
    std::size_t left = 0;
    for (const batch::PlannedClip &clip : clips) {
        if (clip.state == batch::PlannedState::OutputChanged)
            tell(QStringLiteral("%1.mp4 has been changed since the batch wrote it: left alone").arg(clip.name));
        if (!clip.hasWork() && clip.state != batch::PlannedState::Unreadable) {
            ++left;
            continue;
        }
        ++m_clips;
        m_bytes += clip.bytes;
    }
    if (m_jsonLines)
        printJson(m_context, {{QStringLiteral("event"), QStringLiteral("planned")},
                              {QStringLiteral("clips"), qint64(clips.size())},
                              {QStringLiteral("done"), qint64(left)}});
    tell(QStringLiteral("%1 clips to do, %2 done already").arg(m_clips).arg(left));
}

void BatchDisplay::started(const batch::PlannedClip &clip)
{
    Running running;
    running.bytes = clip.bytes;
    m_running[clip.name] = running;
    if (m_jsonLines)
        printJson(m_context, {{QStringLiteral("event"), QStringLiteral("started")},
                              {QStringLiteral("name"), clip.name},
                              {QStringLiteral("state"), batch::toText(clip.state)}});
    draw(true);
}

void BatchDisplay::progressed(const batch::PlannedClip &clip, const base::Progress &progress)
{
    Running &running = m_running[clip.name];
    running.stage = progress.stage;
    running.done = progress.done;
    running.total = progress.total;
    const auto [begin, length] = placeOf(progress.stage);
    const double within = progress.total > 0 ? std::min(1.0, double(progress.done) / double(progress.total)) : 0.0;
    running.share = std::max(running.share, begin + length * within);
    const Clock::time_point now = Clock::now();
    if (m_jsonLines && now - running.lastJson >= jsonInterval) {
        running.lastJson = now;
        printJson(m_context, {{QStringLiteral("event"), QStringLiteral("progress")},
                              {QStringLiteral("name"), clip.name},
                              {QStringLiteral("stage"), progress.stage},
                              {QStringLiteral("done"), qint64(progress.done)},
                              {QStringLiteral("total"), qint64(progress.total)}});
    }
    draw(false);
}

void BatchDisplay::finished(const batch::PlannedClip &clip, const batch::ClipRecord &record)
{
    m_running.erase(clip.name);
    ++m_ended;
    m_bytesEnded += clip.bytes;
    if (m_jsonLines) {
        QJsonObject object = batch::toJson(record);
        object.remove(QStringLiteral("record"));
        object[QStringLiteral("event")] = QStringLiteral("finished");
        object[QStringLiteral("needs_review")] = record.needsReview();
        printJson(m_context, object);
    }
    tell(QStringLiteral("[%1/%2] %3: %4").arg(m_ended).arg(m_clips).arg(record.clip, resultText(record)));
}

void BatchDisplay::waiting()
{
    if (m_jsonLines)
        printJson(m_context, {{QStringLiteral("event"), QStringLiteral("waiting")}});
    tell(QStringLiteral("Waiting for clips"));
}

QString BatchDisplay::overallLine() const
{
    if (m_toHash > 0)
        return QStringLiteral("Reading clips: %1 of %2").arg(m_hashed).arg(m_toHash);
    double bytes = double(m_bytesEnded);
    for (const auto &[name, running] : m_running)
        bytes += double(running.bytes) * running.share;
    const double share = m_bytes > 0 ? std::min(1.0, bytes / double(m_bytes)) : 0.0;
    QString line = QStringLiteral("%1 of %2 clips, %3 %").arg(m_ended).arg(m_clips).arg(int(share * 100.0));
    const double seconds = std::chrono::duration<double>(Clock::now() - m_start).count();
    if (share > 0.0 && share < 1.0)
        line += QStringLiteral(", %1 left").arg(leftText(seconds / share * (1.0 - share)));
    return line;
}

void BatchDisplay::draw(bool force)
{
    if (!m_context.errIsTerminal || (m_running.empty() && m_toHash == 0))
        return;
    const Clock::time_point now = Clock::now();
    if (!force && now - m_lastDrawn < drawInterval)
        return;
    m_lastDrawn = now;
    clear();
    QString text = overallLine() + QLatin1Char('\n');
    m_linesDrawn = 1;
    for (const auto &[name, running] : m_running) {
        QString state = running.stage;
        if (running.total > 0)
            state +=
                QStringLiteral(" %1 %").arg(int(std::min(1.0, double(running.done) / double(running.total)) * 100.0));
        text += QStringLiteral("  %1 %2\n").arg(shortened(name, lineWidth - 20), state);
        ++m_linesDrawn;
    }
    m_context.err << text.toStdString() << std::flush;
}

} // namespace doorveil::cli
