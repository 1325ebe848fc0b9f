// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/editcommand.h"

#include "cli/jsonlines.h"
#include "project/projectstore.h"

namespace doorveil::cli {

QString EditCommand::description() const
{
    return QStringLiteral("Changes a project: the desktop program's edits, one at a time, each on disk at once");
}

QString EditCommand::synopsis() const
{
    return QStringLiteral("PROJECT OP key=value…   or   edit --list");
}

std::vector<Option> EditCommand::options() const
{
    return {{"list", {}, QStringLiteral("the operations and their keys")},
            {"json", {}, QStringLiteral("the edit that was applied and its inverse, as JSON")}};
}

base::Result<int> EditCommand::run(Context &context, const Arguments &arguments)
{
    if (arguments.has("list")) {

        return exitDone;
    }
    return usageError(QStringLiteral("not yet"));
}

} // namespace doorveil::cli
