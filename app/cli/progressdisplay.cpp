// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/progressdisplay.h"

#include "base/mediatime.h"
#include "cli/jsonlines.h"

#include <algorithm>
#include <ostream>

namespace doorveil::cli {

namespace {
constexpr std::chrono::milliseconds barInterval(100);
constexpr std::chrono::milliseconds jsonInterval(500);
constexpr int barCells = 24;
} // namespace

ProgressDisplay::ProgressDisplay(Context &context, bool jsonLines) : m_context(context), m_jsonLines(jsonLines) { }

ProgressDisplay::~ProgressDisplay()
{
    finish();
}

base::ProgressCallback ProgressDisplay::callback()
{
    if (!m_jsonLines && !m_context.errIsTerminal)
        return {};
    return [this](const base::Progress &progress) { show(progress); };
}

void ProgressDisplay::finish()
{
    if (m_onBar)
        m_context.err << '\n' << std::flush;
    m_onBar = false;
}

void ProgressDisplay::show(const base::Progress &progress)
{
    const Clock::time_point now = Clock::now();
    // An export that is repeated starts its stage again.
    if (progress.stage != m_stage || progress.done <= 1) {
        m_stage = progress.stage;
        m_stageStart = now;
    } else if (now - m_lastShown < (m_jsonLines ? jsonInterval : barInterval)
               && (progress.total == 0 || progress.done != progress.total)) {
        return;
    }
    m_lastShown = now;
    if (m_jsonLines)
        printJson(m_context, {{QStringLiteral("event"), QStringLiteral("progress")},
                              {QStringLiteral("stage"), progress.stage},
                              {QStringLiteral("done"), qint64(progress.done)},
                              {QStringLiteral("total"), qint64(progress.total)}});
    if (m_context.errIsTerminal)
        drawBar(progress, std::chrono::duration<double>(now - m_stageStart).count());
}

void ProgressDisplay::drawBar(const base::Progress &progress, double seconds)
{
    const double rate = seconds > 0.0 ? double(progress.done) / seconds : 0.0;
    QString line = QStringLiteral("\r%1 ").arg(progress.stage, -8);
    if (progress.total > 0) {
        const double share = std::min(1.0, double(progress.done) / double(progress.total));
        const int full = int(share * barCells);
        line += QLatin1Char('[') + QString(full, QLatin1Char('#')) + QString(barCells - full, QLatin1Char('.'))
                + QStringLiteral("] %1 %").arg(int(share * 100.0), 3);
    }
    line += QStringLiteral(" %1 frames, %2/s").arg(progress.done).arg(rate, 0, 'f', 1);
    if (progress.total > progress.done && rate > 0.0) {
        const auto left = std::int64_t(double(progress.total - progress.done) / rate * 1000.0);
        line += QStringLiteral(", %1 left").arg(base::formatMilliseconds(left).left(8));
    }
    m_context.err << line.toStdString() << "\x1b[K" << std::flush;
    m_onBar = true;
}

} // namespace doorveil::cli
