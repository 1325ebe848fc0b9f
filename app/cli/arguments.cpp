// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/arguments.h"

#include "base/file.h"

#include <algorithm>

namespace doorveil::cli {

namespace {

base::Error usage(const QString &message)
{
    return {base::ErrorKind::Usage, message};
}

const Option *find(const std::vector<Option> &options, const std::string &name)
{
    const auto found =
        std::find_if(options.begin(), options.end(), [&name](const Option &option) { return option.name == name; });
    return found == options.end() ? nullptr : &*found;
}

const Option *find(const std::vector<Option> &options, char letter)
{
    const auto found = std::find_if(options.begin(), options.end(),
                                    [letter](const Option &option) { return option.letter == letter; });
    return found == options.end() ? nullptr : &*found;
}

} // namespace

QString readable(const std::string &word)
{
    return base::displayPath(std::filesystem::path(word));
}

base::Result<Arguments> Arguments::parse(const std::vector<std::string> &words, const std::vector<Option> &options)
{
    Arguments arguments;
    bool onlyPositional = false;
    for (std::size_t index = 0; index < words.size(); ++index) {
        const std::string &word = words[index];
        if (onlyPositional || word == "-" || !word.starts_with('-')) {
            arguments.m_positional.push_back(word);
            continue;
        }
        if (word == "--") {
            onlyPositional = true;
            continue;
        }
        const bool isLong = word.starts_with("--");
        const std::size_t equals = isLong ? word.find('=') : std::string::npos;
        const Option *option = isLong             ? find(options, word.substr(2, equals - 2))
                               : word.size() == 2 ? find(options, word[1])
                                                  : nullptr;
        if (option == nullptr)
            return usage(QStringLiteral("unknown option %1").arg(readable(word)));
        std::string value;
        if (option->valueName.isEmpty()) {
            if (equals != std::string::npos)
                return usage(QStringLiteral("--%1 takes no value").arg(QString::fromStdString(option->name)));
        } else if (equals != std::string::npos) {
            value = word.substr(equals + 1);
        } else if (++index < words.size()) {
            value = words[index];
        } else {
            return usage(QStringLiteral("%1 needs a value (%2)").arg(readable(word), option->valueName));
        }
        if (arguments.has(option->name))
            return usage(QStringLiteral("%1 is given twice").arg(readable(word)));
        arguments.m_values[option->name] = value;
    }
    return arguments;
}

std::optional<QString> Arguments::text(const std::string &option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(QString::fromStdString(found->second));
}

std::optional<std::filesystem::path> Arguments::path(const std::string &option) const
{
    const auto found = m_values.find(option);
    return found == m_values.end() ? std::nullopt : std::optional(std::filesystem::path(found->second));
}

} // namespace doorveil::cli
