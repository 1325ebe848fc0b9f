// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/glob.h"

#include <algorithm>
#include <optional>

namespace doorveil::pipeline::batch {

namespace {

base::Error malformed(const QString &what)
{
    return {base::ErrorKind::Usage, what};
}

/// The set that begins at `position` (on its `[`) as a regular expression; `position` ends on its `]`. Nothing where it
/// is not closed.
std::optional<QString> setAt(const QString &pattern, qsizetype &position)
{
    // A `]` right after the opening belongs to the set.
    qsizetype first = position + 1;
    const bool negated =
        first < pattern.size() && (pattern[first] == QLatin1Char('!') || pattern[first] == QLatin1Char('^'));
    if (negated)
        ++first;
    const qsizetype end = pattern.indexOf(QLatin1Char(']'), first + 1);
    if (end < 0)
        return std::nullopt;
    QString inner = pattern.mid(first, end - first);
    inner.replace(QLatin1Char('\\'), QStringLiteral("\\\\"));
    inner.replace(QLatin1Char('['), QStringLiteral("\\["));
    inner.replace(QLatin1Char(']'), QStringLiteral("\\]"));
    inner.replace(QLatin1Char('^'), QStringLiteral("\\^"));
    position = end;
    // Whatever the set says, it never stands for the separator.
    return QStringLiteral("(?!/)[%1%2]").arg(negated ? QStringLiteral("^") : QString(), inner);
}

} // namespace

base::Result<Glob> Glob::parse(const QString &pattern)
{
    if (pattern.isEmpty())
        return malformed(QStringLiteral("a pattern must not be empty"));
    QString expression;
    for (qsizetype position = 0; position < pattern.size(); ++position) {
        const QChar character = pattern[position];
        if (character == QLatin1Char('*')) {
            if (position + 1 < pattern.size() && pattern[position + 1] == QLatin1Char('*')) {
                ++position;
                if (position + 1 < pattern.size() && pattern[position + 1] == QLatin1Char('/')) {
                    ++position;
                    expression += QStringLiteral("(?:.*/)?");
                } else {
                    expression += QStringLiteral(".*");
                }
            } else {
                expression += QStringLiteral("[^/]*");
            }
        } else if (character == QLatin1Char('?')) {
            expression += QStringLiteral("[^/]");
        } else if (character == QLatin1Char('[')) {
            const std::optional<QString> set = setAt(pattern, position);
            if (!set)
                return malformed(QStringLiteral("a set that begins with [ is not closed"));
            expression += *set;
        } else {
            expression += QRegularExpression::escape(QString(character));
        }
    }
    Glob glob;
    glob.m_pattern = pattern;
    glob.m_expression =
        QRegularExpression(QRegularExpression::anchoredPattern(expression),
                           QRegularExpression::CaseInsensitiveOption | QRegularExpression::DotMatchesEverythingOption);
    if (!glob.m_expression.isValid())
        return malformed(QStringLiteral("it cannot be understood: %1").arg(glob.m_expression.errorString()));
    return glob;
}

bool Glob::matches(const std::string &path) const
{
    return m_expression.match(QString::fromStdString(path)).hasMatch();
}

bool matchesAny(const std::vector<Glob> &globs, const std::string &path)
{
    return std::any_of(globs.begin(), globs.end(), [&path](const Glob &glob) { return glob.matches(path); });
}

} // namespace doorveil::pipeline::batch
