// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/tracing.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>
#include <QProcessEnvironment>
#include <QStandardPaths>
#include <QTemporaryFile>

#include <QRegularExpression>

namespace doorveil::testsupport {

QString whyNoTracing()
{
    static const QString reason = []() -> QString {
        const QString strace = QStandardPaths::findExecutable(QStringLiteral("strace"));
        if (strace.isEmpty())
            return QStringLiteral("it is not installed");
        QProcess process;
        process.start(strace, {QStringLiteral("-qq"), QStringLiteral("-o"), QStringLiteral("/dev/null"),
                               QStringLiteral("-e"), QStringLiteral("inject=fsync:error=EIO"), QStringLiteral("true")});
        if (!process.waitForFinished(30'000) || process.exitStatus() != QProcess::NormalExit || process.exitCode() != 0)
            return QString::fromLocal8Bit(process.readAllStandardError()).trimmed()
                   + QStringLiteral(" (exit code %1)").arg(process.exitCode());
        return {};
    }();
    return reason;
}

void stopAtSanitizerReport(const QByteArray &errors)
{
    static const QRegularExpression report(
        QStringLiteral("ERROR: \\w+Sanitizer|WARNING: ThreadSanitizer|: runtime error: "));
    if (QString::fromLocal8Bit(errors).contains(report))
        qFatal("a sanitizer reports: %s", errors.constData());
}

TracedRun runTraced(const QString &program, const QStringList &arguments, const QString &calls,
                    const QString &injection)
{
    QTemporaryFile trace;
    if (!trace.open())
        return {};
    QStringList words{QStringLiteral("-f"),
                      QStringLiteral("-qq"),
                      QStringLiteral("-y"),
                      QStringLiteral("-s"),
                      QStringLiteral("80"),
                      QStringLiteral("-e"),
                      QStringLiteral("trace=") + calls,
                      QStringLiteral("-e"),
                      QStringLiteral("signal=none"),
                      QStringLiteral("-o"),
                      trace.fileName()};
    if (!injection.isEmpty())
        words << QStringLiteral("-e") << QStringLiteral("inject=") + injection;
    words << program << arguments;
    QProcess process;
    // Leaks cannot be looked for in a program that is traced; everything else AddressSanitizer looks for can.
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    const QString name = QStringLiteral("ASAN_OPTIONS");
    environment.insert(name, environment.value(name) + QStringLiteral(":detect_leaks=0"));
    process.setProcessEnvironment(environment);
    process.start(QStringLiteral("strace"), words);
    TracedRun run;
    if (!process.waitForFinished(120'000)) {
        process.kill();
        process.waitForFinished();
        return run;
    }
    // strace ends as the program it ran did, by the same signal.
    run.finished = process.exitStatus() == QProcess::NormalExit;
    run.exitCode = run.finished ? process.exitCode() : -1;
    run.output = process.readAllStandardOutput();
    run.errors = process.readAllStandardError();
    stopAtSanitizerReport(run.errors);
    for (const QByteArray &line : trace.readAll().split('\n'))
        run.calls.append(QString::fromLocal8Bit(line));
    run.calls.removeAll(QString());
    return run;
}

QString whyNotDurable(const QStringList &calls, const QString &target,
                      const std::function<bool(const QString &)> &acknowledges)
{
    const QString folder = QFileInfo(target).path();
    const QString name = QFileInfo(target).fileName();
    static const QRegularExpression success(QStringLiteral("\\) = 0$"));
    static const QRegularExpression synced(QStringLiteral("^\\d+ +f(?:data)?sync\\(\\d+<([^>]*)>\\)"));
    static const QRegularExpression written(QStringLiteral("^\\d+ +(?:pwrite64|write|ftruncate)\\(\\d+<([^>]*)>"));
    static const QRegularExpression renamed(
        QStringLiteral("^\\d+ +(?:rename|renameat|renameat2|linkat|link)\\(.*?\"([^\"]*)\".*\"([^\"]*)\""));
    QStringList dirty; ///< files with writes that are not synced
    bool placed = false;
    bool placeSynced = false;
    int acknowledged = 0;
    for (const QString &line : calls) {
        if (acknowledges(line)) {
            ++acknowledged;
            if (!placed || !placeSynced)
                return QStringLiteral("acknowledged before the name was on disk: ") + line;
        }
        if (const auto match = written.match(line); match.hasMatch())
            dirty.append(QFileInfo(match.captured(1)).fileName());
        if (const auto match = synced.match(line); match.hasMatch() && line.contains(success)) {
            if (match.captured(1) == folder)
                placeSynced = placed;
            dirty.removeAll(QFileInfo(match.captured(1)).fileName());
        }
        const auto match = renamed.match(line);
        if (!match.hasMatch() || !line.contains(success) || QFileInfo(match.captured(2)).fileName() != name)
            continue;
        if (dirty.contains(QFileInfo(match.captured(1)).fileName()))
            return QStringLiteral("renamed before its content was on disk: ") + line;
        placed = true;
        placeSynced = false;
    }
    return acknowledged > 0 ? QString() : QStringLiteral("nothing was acknowledged");
}

QString whyNotSynced(const QStringList &calls, const QString &folder,
                     const std::function<bool(const QString &)> &acknowledges)
{
    static const QRegularExpression success(QStringLiteral("\\) = 0$"));
    static const QRegularExpression synced(QStringLiteral("^\\d+ +f(?:data)?sync\\(\\d+<([^>]*)>\\)"));
    static const QRegularExpression written(QStringLiteral("^\\d+ +(?:pwrite64|write|ftruncate)\\(\\d+<([^>]*)>"));
    static const QRegularExpression made(QStringLiteral("^\\d+ +openat\\(.*O_CREAT.*\\) = \\d+<([^>]*)>$"));
    QStringList dirty;
    int acknowledged = 0;
    for (const QString &line : calls) {
        if (acknowledges(line)) {
            ++acknowledged;
            if (!dirty.isEmpty())
                return QStringLiteral("acknowledged before %1 was on disk: %2").arg(dirty.join(QLatin1Char(' ')), line);
            continue;
        }
        if (const auto match = written.match(line); match.hasMatch() && match.captured(1).startsWith(folder))
            dirty.append(match.captured(1));
        if (const auto match = made.match(line); match.hasMatch() && match.captured(1).startsWith(folder))
            dirty.append(folder);
        if (const auto match = synced.match(line); match.hasMatch() && line.contains(success))
            dirty.removeAll(match.captured(1));
    }
    return acknowledged > 0 ? QString() : QStringLiteral("nothing was acknowledged");
}

int trials(int quick, int full)
{
    return qEnvironmentVariableIsSet("DOORVEIL_FULL") ? full : quick;
}

} // namespace doorveil::testsupport
