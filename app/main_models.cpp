// SPDX-License-Identifier: GPL-3.0-or-later
// doorveil-models: the only program of the project that may use the network.
#include "base/file.h"
#include "download/modelinstaller.h"
#include "vision/modelregistry.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QFile>
#include <QNetworkProxyFactory>

#include <cstdio>

#ifdef Q_OS_WIN
#include <io.h>
#else
#include <unistd.h>
#endif

using namespace doorveil;

namespace {

constexpr int done = 0;
constexpr int failed = 1;
constexpr int wrongUsage = 2;

void print(const QString &line)
{
    (void)std::fprintf(stderr, "%s\n", qPrintable(line));
}

bool isTerminal()
{
#ifdef Q_OS_WIN
    return ::_isatty(::_fileno(stderr)) != 0;
#else
    return ::isatty(STDERR_FILENO) != 0;
#endif
}

/// On a terminal one line that is written over; elsewhere nothing until a model is there.
class ProgressLine
{
public:
    void show(const QString &file, std::int64_t received, std::int64_t bytes)
    {
        if (!m_terminal)
            return;
        (void)std::fprintf(stderr, "\r%s: %lld of %lld kB\033[K", qPrintable(file),
                           static_cast<long long>(received / 1000), static_cast<long long>(bytes / 1000));
        m_shown = true;
    }
    void clear()
    {
        if (m_shown)
            (void)std::fputs("\r\033[K", stderr);
        m_shown = false;
    }

private:
    bool m_terminal = isTerminal();
    bool m_shown = false;
};

int report(const download::InstallOutcome &outcome, const std::filesystem::path &target, bool named)
{
    const auto list = [](const char *what, const QStringList &ids) {
        if (!ids.isEmpty())
            print(QStringLiteral("%1: %2").arg(QLatin1String(what), ids.join(QStringLiteral(", "))));
    };
    list("Installed and verified", outcome.installed);
    list("Already there", outcome.alreadyThere);
    list("Not in that folder", outcome.missing);
    if (!outcome.installed.isEmpty())
        print(QStringLiteral("In %1").arg(base::displayPath(target)));
    for (const base::Error &error : outcome.errors)
        print(error.message);
    const bool nothing = outcome.installed.isEmpty() && outcome.alreadyThere.isEmpty();
    if (!outcome.errors.empty() || nothing || (named && !outcome.missing.isEmpty())) {
        print(QStringLiteral("Not everything is installed. Doorveil works without these models, with its basic "
                             "detectors; `doorveil-models install --from DIR` installs from a folder."));
        return failed;
    }
    return done;
}

int install(QCoreApplication &application, const QStringList &ids, const QString &from)
{
    const auto descriptions = vision::modelDescriptions();
    if (!descriptions) {
        print(descriptions.error().message);
        return failed;
    }
    const auto models = download::chosenModels(*descriptions, ids);
    if (!models) {
        print(models.error().message);
        return wrongUsage;
    }
    const std::filesystem::path target = vision::userModelFolder();
    if (!from.isEmpty()) {
        const std::filesystem::path source(QFile::encodeName(from).toStdString());
        std::error_code error;
        if (!std::filesystem::is_directory(source, error)) {
            print(QStringLiteral("%1 is not a folder. Give --from the folder that holds the model files.")
                      .arg(base::displayPath(source)));
            return wrongUsage;
        }
        return report(download::installFromFolder(*models, source, target), target, !ids.isEmpty());
    }
    QNetworkProxyFactory::setUseSystemConfiguration(true);
    ProgressLine progress;
    int result = failed;
    download::ModelInstaller installer(*models, target, {});
    installer.start(
        [&](const download::InstallOutcome &outcome) {
            progress.clear();
            result = report(outcome, target, !ids.isEmpty());
            application.exit(result);
        },
        [&progress](const QString &file, std::int64_t received, std::int64_t bytes) {
            progress.show(file, received, bytes);
        });
    return application.exec();
}

} // namespace

int main(int argumentCount, char **arguments)
{
    QCoreApplication application(argumentCount, arguments);
    QCoreApplication::setApplicationName(QStringLiteral("doorveil-models"));
    QCoreApplication::setApplicationVersion(QStringLiteral(DOORVEIL_VERSION));

    QCommandLineParser parser;
    parser.setApplicationDescription(
        QStringLiteral("Installs the detection models that Doorveil was tested with. Each is checked by its SHA-256.\n"
                       "This is the only program of Doorveil that uses the network, and only when it is started."));
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addPositionalArgument(QStringLiteral("install"), QStringLiteral("Fetch and verify models."));
    parser.addPositionalArgument(QStringLiteral("ID"), QStringLiteral("Only these models; all without one."),
                                 QStringLiteral("[ID…]"));
    const QCommandLineOption from(QStringLiteral("from"),
                                  QStringLiteral("Copy from a folder (and its sub-folders); no network."),
                                  QStringLiteral("DIR"));
    parser.addOption(from);
    if (!parser.parse(application.arguments())) {
        print(parser.errorText());
        return wrongUsage;
    }
    if (parser.isSet(QStringLiteral("help")))
        parser.showHelp(done);
    if (parser.isSet(QStringLiteral("version")))
        parser.showVersion();
    QStringList positional = parser.positionalArguments();
    if (positional.isEmpty() || positional.takeFirst() != QLatin1String("install")) {
        print(QStringLiteral("Usage: doorveil-models install [ID…] [--from DIR]"));
        return wrongUsage;
    }
    if (parser.isSet(from) && parser.value(from).isEmpty()) {
        print(QStringLiteral("--from needs a folder."));
        return wrongUsage;
    }
    return install(application, positional, parser.value(from));
}
