// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/nonetwork.h"
#include "localdisplay.h"
#include "mainwindow.h"
#include "session/guithread.h"
#include "settings/settings.h"
#include "theme/theme.h"
#include "translation.h"

#include <QApplication>
#include <QFile>
#include <QIcon>

#include <csignal>
#include <cstdio>
#include <exception>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

namespace {

void prepareProcess()
{
#ifdef Q_OS_UNIX
    // A core dump would hold decoded pictures.
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    // A reader that went away and a file size limit are errors to report, not to die of.
    struct sigaction ignore = {};
    ignore.sa_handler = SIG_IGN;
    ::sigaction(SIGPIPE, &ignore, nullptr);
    ::sigaction(SIGXFSZ, &ignore, nullptr);
#endif
}

int refuseToStart(const QString &why)
{
    (void)std::fprintf(stderr, "doorveil: %s\n", qUtf8Printable(why));
    return 1;
}

int run(int argumentCount, char **arguments)
{
    using namespace doorveil;
    prepareProcess();
    // Before Qt starts a thread or opens anything.
    const base::Result<isolation::NetworkRefusal> refusal = isolation::refuseNetwork();
    if (!refusal)
        return refuseToStart(refusal.error().message);
    if (refusal->enforced) {
        const auto why =
            ui::whyDisplayNeedsNetwork(qEnvironmentVariable("QT_QPA_PLATFORM"), qEnvironmentVariable("DISPLAY"),
                                       qEnvironmentVariable("WAYLAND_DISPLAY"));
        if (why)
            return refuseToStart(*why);
    }

    QApplication application(argumentCount, arguments);
    QApplication::setApplicationName(QStringLiteral("doorveil"));
    QApplication::setApplicationDisplayName(QStringLiteral("Doorveil"));
    QApplication::setApplicationVersion(QStringLiteral(DOORVEIL_VERSION));
    QApplication::setDesktopFileName(QStringLiteral("doorveil"));
    QApplication::setWindowIcon(QIcon(QStringLiteral(":/doorveil/icons/doorveil.svg")));
    QApplication::setQuitOnLastWindowClosed(false); // the window quits when its work has stopped

    ui::installGuiThreadGuard();
    ui::Settings settings(ui::Settings::standardFile());
    ui::Translation translation;
    translation.setLanguage(settings.value(QLatin1String(ui::settings::language)).toString());
    ui::Theme theme(application);
    theme.setPreference(ui::Theme::fromText(settings.value(QLatin1String(ui::settings::theme)).toString()));
    ui::MainWindow window({settings, theme}, {refusal->enforced, &translation});
    window.show();

    std::vector<std::filesystem::path> paths;
    const QStringList words = QApplication::arguments(); // without Qt's own
    for (const QString &word : words.mid(1))
        paths.emplace_back(QFile::encodeName(word).toStdString());
    if (!paths.empty())
        window.openPaths(paths);
    return QApplication::exec();
}

} // namespace

int main(int argumentCount, char **arguments)
{
    try {
        return run(argumentCount, arguments);
    } catch (const std::exception &error) { // a library's, when memory ends before the window stands
        (void)std::fprintf(stderr, "doorveil: %s\n", error.what());
        return 1;
    }
}
