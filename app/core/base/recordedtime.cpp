// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/recordedtime.h"

#include <QRegularExpression>
#include <QTimeZone>

#include <array>

namespace doorveil::base {

namespace {

std::optional<QDateTime> plausible(const QDateTime &at, const QDateTime &now)
{
    constexpr int firstYear = 2000;
    if (!at.isValid() || at.date().year() < firstYear || at > now.addDays(1))
        return std::nullopt;
    return at.toLocalTime();
}

/// Seconds east of UTC of "Z", "+01-00", "-0530", "-5"; nothing for an empty text (local time).
std::optional<int> offsetOf(const QString &zone)
{
    if (zone.isEmpty())
        return std::nullopt;
    if (zone.startsWith(QLatin1Char('Z'), Qt::CaseInsensitive))
        return 0;
    static const QRegularExpression parts(QStringLiteral("([+-])(\\d{1,2})[-:.]?(\\d{2})?"));
    const QRegularExpressionMatch match = parts.match(zone);
    const int seconds = match.captured(2).toInt() * 3600 + match.captured(3).toInt() * 60;
    return match.captured(1) == QLatin1String("-") ? -seconds : seconds;
}

QDateTime combine(const QDate &date, const QTime &time, const std::optional<int> &offset)
{
    if (!date.isValid() || !time.isValid())
        return {};
    return offset ? QDateTime(date, time, Qt::OffsetFromUTC, *offset) : QDateTime(date, time);
}

std::optional<QDateTime> fromNumbers(const QString &name, const QDateTime &now)
{
    // Date and time in one run of 14 digits or as two runs, with or without separators. No digit may touch them, or a
    // serial number would be read as a date.
    static const QRegularExpression pattern(
        QStringLiteral("(?<!\\d)(?<year>20\\d\\d)[-_.]?(?<month>\\d\\d)[-_.]?(?<day>\\d\\d)(?:[-_ .]{1,3}|T|, | at |)"
                       "(?<hour>\\d\\d)[-_.:hH]?(?<minute>\\d\\d)(?:[-_.:mM]?(?<second>\\d\\d))?"
                       "(?:[.,]\\d{1,6}|\\d{3})?(?!\\d)(?<zone>[zZ](?![a-zA-Z])|[+-]\\d\\d[-:.]?\\d\\d(?!\\d))?"));
    for (auto matches = pattern.globalMatch(name); matches.hasNext();) {
        const QRegularExpressionMatch match = matches.next();
        const QDate date(match.captured(QStringLiteral("year")).toInt(),
                         match.captured(QStringLiteral("month")).toInt(),
                         match.captured(QStringLiteral("day")).toInt());
        const QTime time(match.captured(QStringLiteral("hour")).toInt(),
                         match.captured(QStringLiteral("minute")).toInt(),
                         match.captured(QStringLiteral("second")).toInt());
        if (const auto at = plausible(combine(date, time, offsetOf(match.captured(QStringLiteral("zone")))), now))
            return at;
    }
    return std::nullopt;
}

std::optional<QDateTime> fromAmericanDate(const QString &name, const QDateTime &now)
{
    static const QRegularExpression pattern(
        QStringLiteral("(?<!\\d)(\\d{1,2})-(\\d{1,2})-(20\\d\\d),? (\\d{1,2})\\.(\\d\\d)\\.(\\d\\d)"
                       "(?: (?:GMT|UTC)([+-]\\d{1,2}(?:[:.]?\\d\\d)?)?)?"));
    const QRegularExpressionMatch match = pattern.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    const QDate date(match.captured(3).toInt(), match.captured(1).toInt(), match.captured(2).toInt());
    const QTime time(match.captured(4).toInt(), match.captured(5).toInt(), match.captured(6).toInt());
    return plausible(combine(date, time, offsetOf(match.captured(7))), now);
}

std::optional<QDateTime> fromEpoch(const QString &name, const QDateTime &now)
{
    // 13 digits: milliseconds; 10: seconds. Both only for years that cameras of this kind exist in.
    static const QRegularExpression pattern(QStringLiteral("(?<!\\d)(1[2-9]\\d{8})(\\d{3})?(?!\\d)"));
    for (auto matches = pattern.globalMatch(name); matches.hasNext();) {
        const auto at = plausible(QDateTime::fromSecsSinceEpoch(matches.next().captured(1).toLongLong()), now);
        if (at)
            return at;
    }
    return std::nullopt;
}

std::optional<QDateTime> fromTags(const ClipInfo &info, const QDateTime &now)
{
    // The first carries the camera's own zone where it is there.
    static const std::array<QString, 3> keys{QStringLiteral("com.apple.quicktime.creationdate"),
                                             QStringLiteral("creation_time"), QStringLiteral("date")};
    for (const QString &key : keys) {
        for (const Tag &tag : info.tags) {
            if (tag.key.compare(key, Qt::CaseInsensitive) != 0)
                continue;
            // A date alone ("2024", "2024-01-31") says no time.
            if (!tag.value.contains(QLatin1Char(':')))
                continue;
            QString text = tag.value;
            text.replace(QLatin1Char(' '), QLatin1Char('T'));
            if (const auto at = plausible(QDateTime::fromString(text, Qt::ISODateWithMs), now))
                return at;
        }
    }
    return std::nullopt;
}

} // namespace

std::optional<QDateTime> recordedTimeFromName(const QString &fileName, const QDateTime &now)
{
    for (const auto &read : {fromNumbers, fromAmericanDate, fromEpoch}) {
        if (const std::optional<QDateTime> at = read(fileName, now))
            return at;
    }
    return std::nullopt;
}

std::optional<RecordedTimeGuess> guessRecordedTime(const ClipInfo &info, const QString &fileName, const QDateTime &now)
{
    if (const std::optional<QDateTime> at = recordedTimeFromName(fileName, now))
        return RecordedTimeGuess{*at, RecordedTimeGuess::Source::FileName};
    if (const std::optional<QDateTime> at = fromTags(info, now))
        return RecordedTimeGuess{*at, RecordedTimeGuess::Source::Tag};
    return std::nullopt;
}

} // namespace doorveil::base
