// SPDX-License-Identifier: GPL-3.0-or-later
#include "runcli.h"

#include "cli/command.h"

#include <algorithm>
#include <sstream>

namespace doorveil::testsupport {

CliRun runCli(const std::vector<std::string> &words, bool cancelled)
{
    std::istringstream in;
    std::ostringstream out;
    std::ostringstream err;
    cli::Context context{in, out, err, false, {}};
    if (cancelled)
        context.cancel.cancel();
    CliRun run;
    run.exit = cli::runCommandLine(words, context);
    run.out = QByteArray::fromStdString(out.str());
    run.err = QByteArray::fromStdString(err.str());
    return run;
}

std::vector<std::string> filesIn(const std::filesystem::path &folder)
{
    std::vector<std::string> names;
    for (const auto &entry : std::filesystem::directory_iterator(folder))
        names.push_back(entry.path().filename().string());
    std::sort(names.begin(), names.end());
    return names;
}

} // namespace doorveil::testsupport
