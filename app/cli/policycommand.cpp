// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/policycommand.h"

#include "pipeline/batch/policy.h"

#include <ostream>

namespace doorveil::cli {

QString PolicyCommand::description() const
{
    return QStringLiteral("Writes a commented policy for `batch` to stdout, or checks one");
}

QString PolicyCommand::synopsis() const
{
    return QStringLiteral("init | check P.toml");
}

base::Result<int> PolicyCommand::run(Context &context, const Arguments &arguments)
{
    const std::vector<std::string> &words = arguments.positional();
    if (words.size() == 1 && words.front() == "init") {
        context.out << pipeline::batch::examplePolicy().toStdString();
        return exitDone;
    }
    if (words.size() == 2 && words.front() == "check") {
        const auto policy = pipeline::batch::loadPolicy(words.back());
        if (!policy)
            return policy.error();
        say(context,
            QStringLiteral("%1: valid, with %2 camera rules").arg(readable(words.back())).arg(policy->cameras.size()));
        return exitDone;
    }
    return usageError(QStringLiteral("`policy init > P.toml`, or `policy check P.toml`"));
}

} // namespace doorveil::cli
