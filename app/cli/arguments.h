// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace doorveil::cli {

/// One option of a command. Options with a value take it as the next argument or after `=`.
struct Option
{
    std::string name; ///< without the dashes
    QString valueName; ///< empty for a flag
    QString help;
    char letter = 0; ///< `-o`; 0 for none
};

/// Parsed arguments. They are kept as the bytes that came in: file names need not be UTF-8, which is why this is not
/// QCommandLineParser.
class Arguments
{
public:
    /// Usage errors name the argument.
    [[nodiscard]] static base::Result<Arguments> parse(const std::vector<std::string> &words,
                                                       const std::vector<Option> &options);

    [[nodiscard]] bool has(const std::string &option) const { return m_values.contains(option); }
    /// The last value given, as text.
    [[nodiscard]] std::optional<QString> text(const std::string &option) const;
    [[nodiscard]] std::optional<std::filesystem::path> path(const std::string &option) const;
    [[nodiscard]] const std::vector<std::string> &positional() const { return m_positional; }

private:
    std::map<std::string, std::string> m_values;
    std::vector<std::string> m_positional;
};

/// An argument as a person reads it: bytes that are not text become \xNN.
[[nodiscard]] QString readable(const std::string &word);

} // namespace doorveil::cli
