// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/editcommand.h"

#include "cli/jsonlines.h"
#include "project/editarguments.h"
#include "project/projectstore.h"

namespace doorveil::cli {

namespace {

base::Result<QMap<QString, QString>> keyValues(const std::vector<std::string> &words)
{
    QMap<QString, QString> values;
    for (const std::string &word : words) {
        const std::size_t equals = word.find('=');
        if (equals == std::string::npos || equals == 0)
            return usageError(QStringLiteral("`%1` is not key=value").arg(readable(word)));
        const QString key = QString::fromStdString(word.substr(0, equals));
        if (values.contains(key))
            return usageError(QStringLiteral("%1 is given twice").arg(key));
        values.insert(key, QString::fromStdString(word.substr(equals + 1)));
    }
    return values;
}

} // namespace

QString EditCommand::description() const
{
    return QStringLiteral("Changes a project: the desktop program's edits, each on disk when it is told as done");
}

QString EditCommand::synopsis() const
{
    return QStringLiteral("PROJECT OP key=value…   or   edit --list");
}

std::vector<Option> EditCommand::options() const
{
    return {{"list", {}, QStringLiteral("the operations and their keys")},
            {"json", {}, QStringLiteral("the edit and the one that takes it back, as one JSON object on stdout")}};
}

base::Result<int> EditCommand::run(Context &context, const Arguments &arguments)
{
    const std::vector<std::string> &words = arguments.positional();
    if (arguments.has("list")) {
        if (!words.empty())
            return usageError(QStringLiteral("--list takes no further arguments"));
        print(context, project::editOperationsText().trimmed());
        return exitDone;
    }
    if (words.size() < 2)
        return usageError(QStringLiteral("a project and an operation are needed (`edit --list` shows them)"));
    const auto values = keyValues({words.begin() + 2, words.end()});
    if (!values)
        return values.error();
    auto store = project::ProjectStore::open(words[0]);
    if (!store)
        return store.error();
    const auto edit = project::editFromKeyValues(QString::fromStdString(words[1]), *values, (*store)->document());
    if (!edit)
        return edit.error();
    const auto inverse = (*store)->apply(*edit);
    if (!inverse)
        return inverse.error();
    if (arguments.has("json"))
        printJson(context, {{QStringLiteral("edit"), project::toJson(*edit)},
                            {QStringLiteral("inverse"), project::toJson(*inverse)}});
    say(context, QStringLiteral("%1: %2 done").arg(readable(words[0]), project::editName(*edit)));
    return exitDone;
}

} // namespace doorveil::cli
