// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <filesystem>
#include <string>
#include <vector>

namespace doorveil::testsupport {

struct CliRun
{
    int exit = -1;
    QByteArray out;
    QByteArray err;
};

/// Runs a command line in this process. `cancelled` starts it with the token already set.
[[nodiscard]] CliRun runCli(const std::vector<std::string> &words, bool cancelled = false);

/// Names of what lies in a folder, hidden files included, sorted.
[[nodiscard]] std::vector<std::string> filesIn(const std::filesystem::path &folder);

} // namespace doorveil::testsupport
