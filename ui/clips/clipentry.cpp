// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipentry.h"

#include <QCoreApplication>
#include <QLocale>

namespace doorveil::ui {

std::optional<QDateTime> ClipEntry::recordedAt() const
{
    const RecordedTime recorded = summary ? summary->recorded : RecordedTime();
    const std::int64_t offset = recorded.clockOffsetMilliseconds;
    if (recorded.at)
        return recorded.at->addMSecs(offset);
    return guess ? std::optional(guess->at.addMSecs(offset)) : std::nullopt;
}

bool ClipEntry::canReview() const
{
    switch (state) {
    case ClipState::ToCheck:
    case ClipState::Ready:
    case ClipState::Reviewed:
        return true;
    default:
        return false;
    }
}

ClipState ClipEntry::stateOf(const ProjectFacts &facts)
{
    switch (facts.problem) {
    case ClipProblem::Missing:
        return ClipState::ClipMissing;
    case ClipProblem::Changed:
        return ClipState::ClipChanged;
    case ClipProblem::None:
        break;
    }
    if (facts.summary.reviewed)
        return ClipState::Reviewed;
    return facts.summary.openChecks > 0 ? ClipState::ToCheck : ClipState::Ready;
}

QString durationText(std::int64_t milliseconds)
{
    constexpr std::int64_t tenSeconds = 10'000;
    if (milliseconds < tenSeconds)
        return QCoreApplication::translate("doorveil::ui::ClipEntry", "%1 s")
            .arg(QLocale().toString(double(milliseconds) / 1000.0, 'f', 1));
    return remainingText((milliseconds + 500) / 1000);
}

QString remainingText(std::int64_t seconds)
{
    const std::int64_t hours = seconds / 3600;
    const QString minutesAndSeconds = QStringLiteral("%1:%2")
                                          .arg(seconds / 60 % 60, hours > 0 ? 2 : 1, 10, QLatin1Char('0'))
                                          .arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return hours > 0 ? QStringLiteral("%1:%2").arg(hours).arg(minutesAndSeconds) : minutesAndSeconds;
}

} // namespace doorveil::ui
