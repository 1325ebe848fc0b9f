// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandreference.h"

#include "cli/command.h"

#include <QStringList>

namespace doorveil::cli {

namespace {

using Commands = std::vector<std::unique_ptr<Command>>;

/// Text for roff: no line of it is a request, and hyphens and quotes come out as they went in.
QString roff(const QString &text)
{
    QString result = text;
    result.replace(QLatin1Char('\\'), QStringLiteral("\\e"));
    result.replace(QLatin1Char('-'), QStringLiteral("\\-"));
    result.replace(QLatin1Char('\''), QStringLiteral("\\(aq"));
    result.replace(QLatin1Char('`'), QStringLiteral("\\(ga"));
    result.replace(QChar(0x2026), QStringLiteral("..."));
    if (result.startsWith(QLatin1Char('.')))
        result.prepend(QStringLiteral("\\&"));
    return result;
}

QString optionTerm(const Option &option)
{
    const auto bold = [](const QString &text) { return QStringLiteral("\\fB%1\\fR").arg(roff(text)); };
    QString term;
    if (option.letter != 0)
        term = bold(QStringLiteral("-%1").arg(QLatin1Char(option.letter))) + QStringLiteral(", ");
    term += bold(QStringLiteral("--") + QString::fromStdString(option.name));
    if (!option.valueName.isEmpty())
        term += QStringLiteral(" \\fI%1\\fR").arg(roff(option.valueName));
    return term;
}

QString nameOf(const Command &command)
{
    return QString::fromStdString(command.name());
}

/// Text in single quotes of a POSIX shell; fish reads it alike.
QString quoted(const QString &text)
{
    return QLatin1Char('\'') + QString(text).replace(QLatin1Char('\''), QStringLiteral("'\\''")) + QLatin1Char('\'');
}

QStringList wordsOf(const Option &option)
{
    QStringList words{QStringLiteral("--") + QString::fromStdString(option.name)};
    if (option.letter != 0)
        words.append(QStringLiteral("-%1").arg(QLatin1Char(option.letter)));
    return words;
}

QString commandNames(const Commands &commands)
{
    QStringList names;
    for (const auto &command : commands)
        names.append(nameOf(*command));
    return names.join(QLatin1Char(' '));
}

QByteArray bytesOf(const QStringList &lines)
{
    return lines.join(QLatin1Char('\n')).toUtf8() + '\n';
}

} // namespace

QByteArray manualPage(const QString &date)
{
    QStringList page{
        QStringLiteral(".\\\" SPDX-License-Identifier: GPL-3.0-or-later"),
        QStringLiteral(".\\\" Made from the command definitions of doorveil-cli; not edited by hand."),
        QStringLiteral(".TH DOORVEIL\\-CLI 1 \"%1\" \"Doorveil %2\" \"User Commands\"")
            .arg(date, QStringLiteral(DOORVEIL_VERSION)),
        QStringLiteral(".SH NAME"),
        QStringLiteral("doorveil\\-cli \\- cover bystanders in doorbell footage on this machine"),
        QStringLiteral(".SH SYNOPSIS"),
        QStringLiteral(".B doorveil\\-cli"),
        QStringLiteral(".I COMMAND"),
        QStringLiteral("[\\fIargument\\fR ...]"),
        QStringLiteral(".SH DESCRIPTION"),
        QStringLiteral("Finds faces and licence plates in clips, covers them so that they cannot be restored, checks "
                       "the finished clip frame by frame, and only then gives it its name. Nothing is sent anywhere: "
                       "on Linux the program cannot open an internet socket."),
        QStringLiteral(".PP"),
        QStringLiteral("Whatever is found is covered unless its owner decides to show it. No detector finds everybody: "
                       "watch a clip before you share it."),
        QStringLiteral(".SH COMMANDS")};
    const Commands commands = allCommands();
    for (const auto &command : commands) {
        page << QStringLiteral(".SS %1").arg(roff(nameOf(*command)))
             << QStringLiteral("\\fBdoorveil\\-cli %1\\fR %2").arg(roff(nameOf(*command)), roff(command->synopsis()))
             << QStringLiteral(".PP") << roff(command->description() + QLatin1Char('.'));
        for (const Option &option : command->options())
            page << QStringLiteral(".TP") << optionTerm(option) << roff(option.help);
    }
    page << QStringLiteral(".SH EXIT STATUS");
    const std::pair<ExitCode, const char *> codes[]{
        {exitDone, "done"},
        {exitFailure, "any other failure: disk full, encoder, decoder process; of a batch: a clip failed"},
        {exitUsage,
         "usage; an output that exists, is an input or cannot be written; an invalid request or policy file"},
        {exitInput, "the input cannot be opened, or no frame of it decodes"},
        {exitCheckFailed, "a check of a finished file or package failed"},
        {exitReviewMissing, "somebody has to review first"},
        {exitCancelled, "cancelled"}};
    for (const auto &[code, text] : codes)
        page << QStringLiteral(".TP") << QStringLiteral("\\fB%1\\fR").arg(int(code)) << roff(QString::fromLatin1(text));
    page << QStringLiteral(".SH ENVIRONMENT") << QStringLiteral(".TP") << QStringLiteral("\\fBDOORVEIL_MODELS_DIR\\fR")
         << QStringLiteral("A folder that is searched for detection models before the user\\(aqs data folder and the "
                           "installed ones.")
         << QStringLiteral(".SH SEE ALSO") << QStringLiteral(".BR doorveil (1),")
         << QStringLiteral(".BR doorveil\\-models (1)");
    return bytesOf(page);
}

QByteArray bashCompletion()
{
    const Commands commands = allCommands();
    QStringList lines{QStringLiteral("# bash completion for doorveil-cli; made from its command definitions"),
                      QStringLiteral("_doorveil_cli()"),
                      QStringLiteral("{"),
                      QStringLiteral("    local current=${COMP_WORDS[COMP_CWORD]} words="),
                      QStringLiteral("    if [ \"$COMP_CWORD\" -eq 1 ]; then"),
                      QStringLiteral("        words='%1 --help --version'").arg(commandNames(commands)),
                      QStringLiteral("    elif [[ $current == -* ]]; then"),
                      QStringLiteral("        case ${COMP_WORDS[1]} in")};
    for (const auto &command : commands) {
        QStringList words;
        for (const Option &option : command->options())
            words += wordsOf(option);
        words.append(QStringLiteral("--help"));
        lines << QStringLiteral("            %1) words='%2' ;;").arg(nameOf(*command), words.join(QLatin1Char(' ')));
    }
    lines << QStringLiteral("        esac") << QStringLiteral("    fi")
          << QStringLiteral("    if [ -n \"$words\" ]; then")
          << QStringLiteral("        mapfile -t COMPREPLY < <(compgen -W \"$words\" -- \"$current\")")
          << QStringLiteral("    else") << QStringLiteral("        compopt -o default 2>/dev/null")
          << QStringLiteral("        COMPREPLY=()") << QStringLiteral("    fi") << QStringLiteral("}")
          << QStringLiteral("complete -F _doorveil_cli doorveil-cli");
    return bytesOf(lines);
}

QByteArray zshCompletion()
{
    const Commands commands = allCommands();
    // In the texts of _arguments and _describe brackets and colons mean something.
    const auto plain = [](const QString &text) {
        QString result = text;
        for (const QChar special : {QLatin1Char('\\'), QLatin1Char('['), QLatin1Char(']'), QLatin1Char(':')})
            result.replace(special, QStringLiteral("\\") + special);
        return result;
    };
    QStringList lines{QStringLiteral("#compdef doorveil-cli"),
                      QStringLiteral("# made from the command definitions of doorveil-cli"),
                      QStringLiteral("_doorveil_cli() {"), QStringLiteral("    if (( CURRENT == 2 )); then"),
                      QStringLiteral("        local -a commands=(")};
    for (const auto &command : commands)
        lines << QStringLiteral("            %1")
                     .arg(quoted(plain(nameOf(*command)) + QLatin1Char(':') + plain(command->description())));
    lines << QStringLiteral("        )") << QStringLiteral("        _describe command commands")
          << QStringLiteral("        return") << QStringLiteral("    fi")
          << QStringLiteral("    local command=$words[2]") << QStringLiteral("    shift words")
          << QStringLiteral("    (( CURRENT-- ))") << QStringLiteral("    case $command in");
    for (const auto &command : commands) {
        QString line = QStringLiteral("        %1) _arguments").arg(nameOf(*command));
        for (const Option &option : command->options()) {
            for (const QString &word : wordsOf(option)) {
                QString spec = word + QLatin1Char('[') + plain(option.help) + QLatin1Char(']');
                if (!option.valueName.isEmpty())
                    spec += QLatin1Char(':') + plain(option.valueName) + QStringLiteral(":_files");
                line += QLatin1Char(' ') + quoted(spec);
            }
        }
        lines << line + QStringLiteral(" '*:file:_files' ;;");
    }
    lines << QStringLiteral("    esac") << QStringLiteral("}") << QStringLiteral("_doorveil_cli \"$@\"");
    return bytesOf(lines);
}

QByteArray fishCompletion()
{
    const Commands commands = allCommands();
    QStringList lines{QStringLiteral("# fish completion for doorveil-cli; made from its command definitions")};
    for (const auto &command : commands)
        lines << QStringLiteral("complete -c doorveil-cli -n __fish_use_subcommand -f -a %1 -d %2")
                     .arg(nameOf(*command), quoted(command->description()));
    for (const auto &command : commands) {
        for (const Option &option : command->options()) {
            QString line = QStringLiteral("complete -c doorveil-cli -n '__fish_seen_subcommand_from %1' -l %2")
                               .arg(nameOf(*command), QString::fromStdString(option.name));
            if (option.letter != 0)
                line += QStringLiteral(" -s %1").arg(QLatin1Char(option.letter));
            if (!option.valueName.isEmpty())
                line += QStringLiteral(" -r");
            lines << line + QStringLiteral(" -d ") + quoted(option.help);
        }
    }
    return bytesOf(lines);
}

} // namespace doorveil::cli
