// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyzecommand.h"
#include "cli/batchcommand.h"
#include "cli/command.h"
#include "cli/editcommand.h"
#include "cli/inspectcommand.h"
#include "cli/jsonlines.h"
#include "cli/keycommand.h"
#include "cli/ledgercommand.h"
#include "cli/modelscommand.h"
#include "cli/packagecommand.h"
#include "cli/policycommand.h"
#include "cli/redactcommand.h"
#include "cli/requestcommand.h"
#include "cli/verifycommand.h"

#include <QStringList>

#include <algorithm>
#include <ostream>

namespace doorveil::cli {

namespace {

constexpr int nearEnough = 2;

int editDistance(const std::string &a, const std::string &b)
{
    std::vector<int> row(b.size() + 1);
    for (std::size_t column = 0; column <= b.size(); ++column)
        row[column] = int(column);
    for (std::size_t line = 1; line <= a.size(); ++line) {
        int diagonal = row[0];
        row[0] = int(line);
        for (std::size_t column = 1; column <= b.size(); ++column) {
            const int above = row[column];
            const int changed = diagonal + (a[line - 1] == b[column - 1] ? 0 : 1);
            row[column] = std::min({above + 1, row[column - 1] + 1, changed});
            diagonal = above;
        }
    }
    return row[b.size()];
}

QString optionLine(const Option &option)
{
    QString left = option.letter != 0 ? QStringLiteral("-%1, ").arg(QLatin1Char(option.letter)) : QString();
    left += QStringLiteral("--") + QString::fromStdString(option.name);
    if (!option.valueName.isEmpty())
        left += QLatin1Char(' ') + option.valueName;
    return QStringLiteral("  %1 %2").arg(left, -28).arg(option.help);
}

QString helpOf(const Command &command)
{
    QStringList lines{
        QStringLiteral("Usage: doorveil-cli %1 %2").arg(QString::fromStdString(command.name()), command.synopsis()),
        QString(), command.description()};
    const std::vector<Option> options = command.options();
    if (!options.empty())
        lines << QString() << QStringLiteral("Options:");
    for (const Option &option : options)
        lines << optionLine(option);
    return lines.join(QLatin1Char('\n'));
}

QString generalHelp(const std::vector<std::unique_ptr<Command>> &commands)
{
    QStringList lines{
        QStringLiteral("Usage: doorveil-cli COMMAND …"), QString(),
        QStringLiteral("Covers bystanders in doorbell footage on this machine. Nothing is sent anywhere."), QString(),
        QStringLiteral("Commands:")};
    for (const auto &command : commands)
        lines << QStringLiteral("  %1 %2").arg(QString::fromStdString(command->name()), -9).arg(command->description());
    lines << QString() << QStringLiteral("`doorveil-cli COMMAND --help` tells more about one.")
          << QStringLiteral("Exit codes: 0 done, 1 failure, 2 usage or output, 3 input not readable, 4 a check failed, "
                            "5 review missing, 130 cancelled.");
    return lines.join(QLatin1Char('\n'));
}

QString hint(const std::vector<std::unique_ptr<Command>> &commands, const std::string &word)
{
    for (const auto &command : commands) {
        if (editDistance(command->name(), word) <= nearEnough)
            return QStringLiteral("did you mean `%1`?").arg(QString::fromStdString(command->name()));
    }
    return QStringLiteral("`doorveil-cli --help` lists the commands");
}

/// Tells the error, as text or as one JSON line, and gives its exit code.
int report(Context &context, const Command &command, const Arguments *arguments, const base::Error &error)
{
    const int code = exitCode(error.kind);
    const auto options = command.options();
    const bool json = arguments != nullptr && arguments->has("json")
                      && std::any_of(options.begin(), options.end(), [](const Option &option) {
                             return option.name == "json" && option.valueName.isEmpty();
                         });
    if (json)
        printJson(context, errorObject(error, code));
    say(context, QStringLiteral("doorveil-cli %1: %2").arg(QString::fromStdString(command.name()), error.message));
    if (error.kind == base::ErrorKind::Usage && arguments == nullptr)
        say(context,
            QStringLiteral("`doorveil-cli %1 --help` lists its options").arg(QString::fromStdString(command.name())));
    return code;
}

int runCommand(Context &context, Command &command, const std::vector<std::string> &words)
{
    // Help is asked for before anything is checked.
    const auto last = std::find(words.begin(), words.end(), "--");
    if (std::find(words.begin(), last, "--help") != last || std::find(words.begin(), last, "-h") != last) {
        print(context, helpOf(command));
        return exitDone;
    }
    const base::Result<Arguments> arguments = Arguments::parse(words, command.options());
    if (!arguments)
        return report(context, command, nullptr, arguments.error());
    const base::Result<int> code = command.run(context, *arguments);
    if (!code)
        return report(context, command, &*arguments, code.error());
    context.out.flush();
    if (!context.out) {
        say(context, QStringLiteral("doorveil-cli: the output could not be written"));
        return exitFailure;
    }
    return *code;
}

} // namespace

ExitCode exitCode(base::ErrorKind kind)
{
    switch (kind) {
    case base::ErrorKind::Failure:
        return exitFailure;
    case base::ErrorKind::Usage:
        return exitUsage;
    case base::ErrorKind::InputNotOpenable:
        return exitInput;
    case base::ErrorKind::CheckFailed:
        return exitCheckFailed;
    case base::ErrorKind::ReviewMissing:
        return exitReviewMissing;
    case base::ErrorKind::Cancelled:
        return exitCancelled;
    }
    return exitFailure;
}

std::vector<std::unique_ptr<Command>> allCommands()
{
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(std::make_unique<InspectCommand>());
    commands.push_back(std::make_unique<AnalyzeCommand>());
    commands.push_back(std::make_unique<RedactCommand>());
    commands.push_back(std::make_unique<EditCommand>());
    commands.push_back(std::make_unique<RequestCommand>());
    commands.push_back(std::make_unique<PackageCommand>());
    commands.push_back(std::make_unique<VerifyCommand>());
    commands.push_back(std::make_unique<PolicyCommand>());
    commands.push_back(std::make_unique<BatchCommand>());
    commands.push_back(std::make_unique<LedgerCommand>());
    commands.push_back(std::make_unique<KeyCommand>());
    commands.push_back(std::make_unique<ModelsCommand>());
    return commands;
}

int runCommandLine(const std::vector<std::string> &words, Context &context)
{
    const auto commands = allCommands();
    if (words.empty()) {
        say(context, generalHelp(commands));
        return exitUsage;
    }
    const std::string &first = words.front();
    if (first == "--help" || first == "-h" || first == "help") {
        print(context, generalHelp(commands));
        return exitDone;
    }
    if (first == "--version") {
        print(context, QStringLiteral("doorveil-cli " DOORVEIL_VERSION));
        return exitDone;
    }
    for (const auto &command : commands) {
        if (command->name() == first)
            return runCommand(context, *command, {words.begin() + 1, words.end()});
    }
    say(context, QStringLiteral("doorveil-cli: unknown %1 `%2`; %3")
                     .arg(first.starts_with('-') ? QStringLiteral("option") : QStringLiteral("command"),
                          readable(first), hint(commands, first)));
    return exitUsage;
}

} // namespace doorveil::cli
