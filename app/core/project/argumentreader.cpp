// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/argumentreader_p.h"

#include "base/mediatime.h"
#include "project/documentrules.h"

#include <QStringList>

#include <algorithm>

namespace doorveil::project::internal {

namespace {

template<typename Enum> QString wordsUpTo(Enum last)
{
    QStringList words;
    for (int value = 0; value <= int(last); ++value)
        words.append(base::toText(Enum(value)));
    return wordsOf(words);
}

/// "1,2,3" as exactly `count` whole numbers within the bounds of a picture.
std::optional<std::vector<int>> coordinates(const QString &text, qsizetype count)
{
    const QStringList parts = text.split(QLatin1Char(','));
    if (parts.size() != count)
        return std::nullopt;
    std::vector<int> numbers;
    for (const QString &part : parts) {
        bool valid = false;
        const int number = part.trimmed().toInt(&valid);
        if (!valid || number < -limits::coordinate || number > limits::coordinate)
            return std::nullopt;
        numbers.push_back(number);
    }
    return numbers;
}

} // namespace

QString wordsOf(const QStringList &words)
{
    return words.join(QLatin1Char('|'));
}
QString kindWords()
{
    return wordsUpTo(base::TrackKind::Region);
}
QString decisionWords()
{
    return wordsUpTo(base::DecisionKind::Show);
}
QString reasonWords()
{
    return wordsUpTo(base::ShowReason::OwnerDecision);
}
QString consentWords()
{
    return wordsUpTo(base::ConsentStatus::Unknown);
}
QString styleWords()
{
    return wordsUpTo(base::CoverStyle::Mosaic);
}
QString scopeWords()
{
    return wordsUpTo(base::CoverScope::Person);
}

void ArgumentReader::fail(const char *key, const QString &problem)
{
    if (!m_problem)
        m_problem = QStringLiteral("%1=%2 %3").arg(QLatin1String(key), text(key).left(80), problem);
}

std::int64_t ArgumentReader::wholeNumber(const char *key)
{
    bool valid = false;
    const qlonglong number = text(key).toLongLong(&valid);
    if (!valid || number < -limits::ticks || number > limits::ticks) {
        fail(key, QStringLiteral("has to be a whole number"));
        return 0;
    }
    return number;
}

std::int64_t ArgumentReader::id(const char *key)
{
    const std::int64_t number = wholeNumber(key);
    if (number <= 0)
        fail(key, QStringLiteral("has to be a positive whole number"));
    return number;
}

bool ArgumentReader::yesOrNo(const char *key)
{
    const QString value = text(key);
    if (value == QStringLiteral("yes") || value == QStringLiteral("true"))
        return true;
    if (value != QStringLiteral("no") && value != QStringLiteral("false"))
        fail(key, QStringLiteral("has to be yes or no"));
    return false;
}

std::optional<ArgumentReader::Time> ArgumentReader::timeOf(const QString &text)
{
    if (text.contains(QLatin1Char(':'))) {
        const std::optional<std::int64_t> milliseconds = base::parseMilliseconds(text);
        return milliseconds ? std::optional(Time{*milliseconds, false}) : std::nullopt;
    }
    bool valid = false;
    const qlonglong ticks = text.toLongLong(&valid);
    if (!valid || ticks < -limits::ticks || ticks > limits::ticks)
        return std::nullopt;
    return Time{ticks, true};
}

std::int64_t ArgumentReader::firstPts() const
{
    const std::vector<base::FrameTime> &frames = m_document.source.frames;
    return frames.empty() ? 0 : frames.front().pts;
}

std::int64_t ArgumentReader::endPts() const
{
    const std::vector<base::FrameTime> &frames = m_document.source.frames;
    return frames.empty() ? limits::ticks : frames.back().pts + std::max<std::int64_t>(frames.back().duration, 1);
}

std::int64_t ArgumentReader::exactTicks(const Time &time) const
{
    return time.isTicks ? time.value
                        : firstPts() + base::rescale(time.value, {1, 1000}, m_document.source.info.timeBase);
}

namespace {

const QString timeHelp = QStringLiteral("has to be a time as HH:MM:SS.mmm, or a whole number of ticks");

} // namespace

std::int64_t ArgumentReader::frame(const char *key)
{
    const std::optional<Time> time = timeOf(text(key));
    if (!time) {
        fail(key, timeHelp);
        return 0;
    }
    const std::vector<base::FrameTime> &frames = m_document.source.frames;
    if (time->isTicks || frames.empty())
        return exactTicks(*time);
    // Reports round a frame's time to milliseconds, so the comparison is in milliseconds too: a time copied from one
    // has to name the same frame.
    const base::Rational timeBase = m_document.source.info.timeBase;
    const std::int64_t first = firstPts();
    const auto after = std::upper_bound(frames.begin(), frames.end(), time->value,
                                        [&](std::int64_t milliseconds, const base::FrameTime &candidate) {
                                            return milliseconds < base::toMilliseconds(candidate.pts - first, timeBase);
                                        });
    if (after == frames.begin() || time->value >= base::toMilliseconds(endPts() - first, timeBase)) {
        fail(key, QStringLiteral("lies outside the clip"));
        return first;
    }
    return std::prev(after)->pts;
}

std::int64_t ArgumentReader::boundaryOf(const char *key, const QString &text)
{
    const std::optional<Time> time = timeOf(text);
    if (!time) {
        fail(key, timeHelp);
        return 0;
    }
    if (time->isTicks)
        return time->value;
    const std::vector<base::FrameTime> &frames = m_document.source.frames;
    const std::int64_t first = firstPts();
    const auto at = std::lower_bound(
        frames.begin(), frames.end(), time->value, [&](const base::FrameTime &candidate, std::int64_t milliseconds) {
            return base::toMilliseconds(candidate.pts - first, m_document.source.info.timeBase) < milliseconds;
        });
    return at != frames.end() ? at->pts : std::max(exactTicks(*time), frames.empty() ? exactTicks(*time) : endPts());
}

std::int64_t ArgumentReader::exactOf(const char *key, const QString &text)
{
    const std::optional<Time> time = timeOf(text);
    if (!time)
        fail(key, timeHelp);
    return time ? exactTicks(*time) : 0;
}

std::int64_t ArgumentReader::boundary(const char *key)
{
    return boundaryOf(key, text(key));
}

base::TimeRange ArgumentReader::frameRange()
{
    const base::TimeRange range{has("from") ? boundary("from") : firstPts(), has("to") ? boundary("to") : endPts()};
    if (range.begin >= range.end)
        fail(has("to") ? "to" : "from", QStringLiteral("has to lie after the beginning of the range"));
    return range;
}

base::TimeRange ArgumentReader::exactRange()
{
    const base::TimeRange range{has("from") ? exactOf("from", text("from")) : firstPts(),
                                has("to") ? exactOf("to", text("to")) : endPts()};
    if (range.begin >= range.end)
        fail(has("to") ? "to" : "from", QStringLiteral("has to lie after the beginning of the range"));
    return range;
}

base::Rectangle ArgumentReader::box(const char *key)
{
    const auto numbers = coordinates(text(key), 4);
    if (!numbers || numbers->at(2) <= 0 || numbers->at(3) <= 0) {
        fail(key, QStringLiteral("has to be x,y,w,h in pixels, with a width and a height"));
        return {0, 0, 1, 1};
    }
    const base::Rectangle box{numbers->at(0), numbers->at(1), numbers->at(2), numbers->at(3)};
    const base::Size size = m_document.source.info.displayedSize();
    if (!size.isEmpty() && box.clampedTo(size).isEmpty())
        fail(key, QStringLiteral("lies outside the picture of %1 × %2").arg(size.width).arg(size.height));
    return box;
}

base::Polygon ArgumentReader::polygon(const char *key)
{
    base::Polygon polygon;
    for (const QString &corner : text(key).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const auto numbers = coordinates(corner, 2);
        if (!numbers) {
            fail(key, QStringLiteral("has to be corners as \"x,y x,y x,y\" in pixels"));
            return polygon;
        }
        polygon.push_back({numbers->at(0), numbers->at(1)});
    }
    if (polygon.size() < 3)
        fail(key, QStringLiteral("needs at least three corners as \"x,y x,y x,y\""));
    return polygon;
}

std::vector<base::TimeRange> ArgumentReader::ranges(const char *key)
{
    std::vector<base::TimeRange> ranges;
    for (const QString &part : text(key).split(QLatin1Char(','), Qt::SkipEmptyParts)) {
        const qsizetype dash = part.indexOf(QLatin1Char('-'), 1); // a first one would be a sign
        if (dash < 0) {
            fail(key, QStringLiteral("has to be ranges as A-B,C-D"));
            return ranges;
        }
        ranges.push_back({boundaryOf(key, part.left(dash)), boundaryOf(key, part.mid(dash + 1))});
    }
    return ranges;
}

} // namespace doorveil::project::internal
