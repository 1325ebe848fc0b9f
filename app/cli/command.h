// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "cli/arguments.h"
#include "cli/context.h"

#include <QString>

#include <memory>
#include <vector>

namespace doorveil::cli {

/// Exit codes of DESIGN section 8. Other programs depend on them.
enum ExitCode {
    exitDone = 0,
    exitFailure = 1,
    exitUsage = 2,
    exitInput = 3,
    exitCheckFailed = 4,
    exitReviewMissing = 5,
    exitCancelled = 130,
};

[[nodiscard]] ExitCode exitCode(base::ErrorKind kind);

/// One sub-command.
class Command
{
public:
    Command() = default;
    virtual ~Command() = default;
    Command(const Command &) = delete;
    Command &operator=(const Command &) = delete;

    [[nodiscard]] virtual std::string name() const = 0;
    [[nodiscard]] virtual QString description() const = 0;
    /// The arguments as the usage line shows them.
    [[nodiscard]] virtual QString synopsis() const = 0;
    [[nodiscard]] virtual std::vector<Option> options() const = 0;
    /// The exit code, or an error that the caller prints and maps.
    [[nodiscard]] virtual base::Result<int> run(Context &context, const Arguments &arguments) = 0;
};

[[nodiscard]] std::vector<std::unique_ptr<Command>> allCommands();

/// The whole command line without the program's name.
[[nodiscard]] int runCommandLine(const std::vector<std::string> &words, Context &context);

[[nodiscard]] inline base::Error usageError(const QString &message)
{
    return {base::ErrorKind::Usage, message};
}

/// For an option that takes certain words only.
[[nodiscard]] inline base::Error wrongValue(const char *option, const QString &value, const QString &allowed)
{
    return usageError(
        QStringLiteral("%1 `%2` is not known; it takes %3").arg(QString::fromLatin1(option), value, allowed));
}

} // namespace doorveil::cli
