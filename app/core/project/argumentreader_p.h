// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/reviewdocument.h"

#include <QMap>
#include <QString>

#include <optional>

namespace doorveil::project::internal {

/// The words of a list of enumerators, joined by "|".
[[nodiscard]] QString wordsOf(const QStringList &words);
[[nodiscard]] QString kindWords();
[[nodiscard]] QString decisionWords();
[[nodiscard]] QString reasonWords();
[[nodiscard]] QString consentWords();
[[nodiscard]] QString styleWords();
[[nodiscard]] QString scopeWords();

/// Reads key=value words for one document; remembers the first problem. Values after a problem are placeholders.
class ArgumentReader
{
public:
    ArgumentReader(const QMap<QString, QString> &values, const ReviewDocument &document)
        : m_values(values), m_document(document)
    {
    }

    [[nodiscard]] const ReviewDocument &document() const { return m_document; }
    [[nodiscard]] bool has(const char *key) const { return m_values.contains(QLatin1String(key)); }
    [[nodiscard]] QString text(const char *key) const { return m_values.value(QLatin1String(key)); }

    std::int64_t id(const char *key);
    bool yesOrNo(const char *key);
    std::int64_t wholeNumber(const char *key);
    /// The pts of the frame that is shown at a time.
    std::int64_t frame(const char *key);
    /// Where frames from a time on begin: the end or the beginning of a range of frames.
    std::int64_t boundary(const char *key);
    /// `from` and `to` as a range of frames; without one the clip's beginning or end.
    base::TimeRange frameRange();
    /// `from` and `to` exactly, for sound.
    base::TimeRange exactRange();
    base::Rectangle box(const char *key);
    base::Polygon polygon(const char *key);
    /// "A-B,C-D"
    std::vector<base::TimeRange> ranges(const char *key);
    template<typename Enum>
    Enum word(const char *key, std::optional<Enum> (*parse)(const QString &), const QString &allowed)
    {
        const std::optional<Enum> value = parse(text(key));
        if (!value)
            fail(key, QStringLiteral("has to be one of %1").arg(allowed));
        return value.value_or(Enum{});
    }

    void fail(const char *key, const QString &problem);
    [[nodiscard]] const std::optional<QString> &problem() const { return m_problem; }

private:
    [[nodiscard]] std::int64_t firstPts() const;
    [[nodiscard]] std::int64_t endPts() const;
    /// Milliseconds from the first frame, or ticks; nothing for any other text.
    struct Time
    {
        std::int64_t value = 0;
        bool isTicks = false;
    };
    [[nodiscard]] static std::optional<Time> timeOf(const QString &text);
    std::int64_t boundaryOf(const char *key, const QString &text);
    std::int64_t exactOf(const char *key, const QString &text);
    [[nodiscard]] std::int64_t exactTicks(const Time &time) const;

    const QMap<QString, QString> &m_values;
    const ReviewDocument &m_document;
    std::optional<QString> m_problem;
};

} // namespace doorveil::project::internal
