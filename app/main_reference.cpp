// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/commandreference.h"

#include <QDateTime>

#include <cstdio>
#include <cstring>

/// Writes what packages ship about the command line: `doorveil-reference man|bash|zsh|fish`. Runs while building.
int main(int argumentCount, char **arguments)
{
    using namespace doorveil;
    const char *wanted = argumentCount == 2 ? arguments[1] : "";
    QByteArray text;
    if (std::strcmp(wanted, "man") == 0) {
        bool isNumber = false;
        const qint64 seconds = qEnvironmentVariable("SOURCE_DATE_EPOCH").toLongLong(&isNumber);
        // No date rather than today's: the same source gives the same page.
        text = cli::manualPage(isNumber ? QDateTime::fromSecsSinceEpoch(seconds, Qt::UTC).date().toString(Qt::ISODate)
                                        : QString());
    } else if (std::strcmp(wanted, "bash") == 0) {
        text = cli::bashCompletion();
    } else if (std::strcmp(wanted, "zsh") == 0) {
        text = cli::zshCompletion();
    } else if (std::strcmp(wanted, "fish") == 0) {
        text = cli::fishCompletion();
    }
    if (text.isEmpty()) {
        (void)std::fputs("usage: doorveil-reference man|bash|zsh|fish\n", stderr);
        return 2;
    }
    const bool written = std::fwrite(text.constData(), 1, std::size_t(text.size()), stdout) == std::size_t(text.size());
    return written && std::fflush(stdout) == 0 ? 0 : 1;
}
