// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "isolation/nonetwork.h"

#include <QCoreApplication>

#include <csignal>
#include <iostream>
#include <string>
#include <vector>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#include <unistd.h>
#endif

namespace {

/// The handler may touch nothing but this: cancelling is one lock-free store. Set before the handler is installed.
const doorveil::base::CancelToken *signalled = nullptr;

extern "C" void stopCleanly(int)
{
    signalled->cancel();
}

void prepareProcess()
{
#ifdef Q_OS_UNIX
    // A core dump would hold decoded pictures.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    struct sigaction action = {};
    action.sa_handler = stopCleanly;
    // A second Ctrl-C ends at once; what it leaves is removed by the next run.
    action.sa_flags = int(SA_RESETHAND);
    ::sigaction(SIGINT, &action, nullptr);
    ::sigaction(SIGTERM, &action, nullptr);
    // A reader that went away and a file size limit are errors to report, not to die of.
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, nullptr);
    ::sigaction(SIGXFSZ, &ignore, nullptr);
#endif
}

} // namespace

int main(int argumentCount, char **arguments)
{
    std::vector<std::string> words;
    if (argumentCount > 1)
        words.assign(arguments + 1, arguments + argumentCount);
    bool errIsTerminal = false;
#ifdef Q_OS_UNIX
    errIsTerminal = ::isatty(STDERR_FILENO) == 1;
#endif
    doorveil::cli::Context context{std::cin, std::cout, std::cerr, errIsTerminal, {}};
    signalled = &context.cancel;
    prepareProcess();
    if (const auto refused = doorveil::isolation::refuseNetwork(); !refused) {
        doorveil::cli::say(context, QStringLiteral("doorveil-cli: ") + refused.error().message);
        return doorveil::cli::exitFailure;
    }
    // Qt Sql looks for its drivers through the application object; our arguments are not Qt's.
    int noArguments = 1;
    const QCoreApplication application(noArguments, arguments);
    return doorveil::cli::runCommandLine(words, context);
}
