// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QRegularExpression>
#include <QString>

#include <string>
#include <vector>

namespace doorveil::pipeline::batch {

/// A shell pattern over a path with `/` between its parts: `*` and `?` stay within one part, `**` crosses parts (`**/`
/// also stands for no part at all), `[abc]`, `[a-z]` and `[!a]` are sets. Letter case does not count: cameras write
/// `.MP4`. Paths are bytes; the match sees those that are not UTF-8 as U+FFFD.
class Glob
{
public:
    /// Usage where the pattern is empty or a set is not closed; the message does not repeat the pattern.
    [[nodiscard]] static base::Result<Glob> parse(const QString &pattern);

    [[nodiscard]] bool matches(const std::string &path) const;
    [[nodiscard]] const QString &pattern() const { return m_pattern; }

private:
    QString m_pattern;
    QRegularExpression m_expression;
};

[[nodiscard]] bool matchesAny(const std::vector<Glob> &globs, const std::string &path);

} // namespace doorveil::pipeline::batch
