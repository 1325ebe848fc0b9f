// SPDX-License-Identifier: GPL-3.0-or-later
#include "processmeter.h"

#include <QCoreApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QFile>
#include <QHash>
#include <QProcess>

#include <sys/resource.h>

namespace doorveil::bench {

namespace {

// Counting a process's pages holds up its page faults, and takes time of the processors that are measured: at every 50
// ms it made a run a tenth longer. Peaks last for seconds.
constexpr int sampleMilliseconds = 1000;

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Proportional set size: shared pages are divided among those who share them, so a sum over processes is true.
std::int64_t proportionalBytes(qint64 process)
{
    const QByteArray text = readAll(QStringLiteral("/proc/%1/smaps_rollup").arg(process));
    for (const QByteArray &line : text.split('\n')) {
        if (line.startsWith("Pss:"))
            return line.mid(4).simplified().split(' ').value(0).toLongLong() * 1024;
    }
    return 0;
}

double childrenSeconds()
{
    rusage usage = {};
    getrusage(RUSAGE_CHILDREN, &usage);
    const auto seconds = [](const timeval &value) { return double(value.tv_sec) + double(value.tv_usec) / 1e6; };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

} // namespace

QCommandLineOption cliOption()
{
    return {QStringLiteral("cli"), QStringLiteral("path of doorveil-cli"), QStringLiteral("path"),
            QCoreApplication::applicationDirPath() + QStringLiteral("/../../app/doorveil-cli")};
}

std::int64_t treeBytes(qint64 root)
{
    QMultiHash<qint64, qint64> children;
    const QStringList entries = QDir(QStringLiteral("/proc")).entryList(QDir::Dirs);
    for (const QString &entry : entries) {
        bool isProcess = false;
        const qint64 process = entry.toLongLong(&isProcess);
        if (!isProcess)
            continue;
        // "pid (name) state ppid": the name may hold anything, so count from its closing bracket.
        const QByteArray status = readAll(QStringLiteral("/proc/%1/stat").arg(process));
        const QList<QByteArray> fields = status.mid(status.lastIndexOf(')') + 2).split(' ');
        children.insert(fields.value(1).toLongLong(), process);
    }
    std::int64_t sum = 0;
    QList<qint64> open{root};
    while (!open.isEmpty()) {
        const qint64 process = open.takeLast();
        sum += proportionalBytes(process);
        open += children.values(process);
    }
    return sum;
}

Measurement run(const QString &program, const QStringList &arguments)
{
    Measurement measurement;
    const double before = childrenSeconds();
    QElapsedTimer timer;
    timer.start();
    QProcess process;
    process.setStandardOutputFile(QProcess::nullDevice());
    process.setStandardErrorFile(QProcess::nullDevice());
    process.start(program, arguments);
    while (!process.waitForFinished(sampleMilliseconds) && process.state() != QProcess::NotRunning)
        measurement.peakProportionalBytes = std::max(measurement.peakProportionalBytes, treeBytes(process.processId()));
    measurement.wallSeconds = double(timer.elapsed()) / 1000;
    measurement.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1;
    measurement.processorSeconds = childrenSeconds() - before;
    return measurement;
}

} // namespace doorveil::bench
