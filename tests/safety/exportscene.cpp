// SPDX-License-Identifier: GPL-3.0-or-later
#include "safety/exportscene.h"

#include "support/media.h"
#include "support/tracing.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <algorithm>
#include <sys/xattr.h>

namespace doorveil::testsupport {

const QString everyCall = QStringLiteral("openat,write,pwrite64,ftruncate,fallocate,rename,renameat,renameat2,link,"
                                         "linkat,fsync,fdatasync,unlink,unlinkat,mkdir,mkdirat");

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

Original Original::of(const QString &path)
{
    Original original;
    original.content = readAll(path);
    const QByteArray name = QFile::encodeName(path);
    if (::lstat(name.constData(), &original.status) != 0)
        qFatal("the original is gone");
    QByteArray value(64, '\0');
    const ssize_t length = ::getxattr(name.constData(), "user.camera", value.data(), std::size_t(value.size()));
    original.attribute = value.left(std::max<ssize_t>(length, 0));
    return original;
}

bool Original::operator==(const Original &other) const
{
    return content == other.content && attribute == other.attribute && status.st_ino == other.status.st_ino
           && status.st_dev == other.status.st_dev && status.st_mode == other.status.st_mode
           && status.st_nlink == other.status.st_nlink && status.st_mtim.tv_sec == other.status.st_mtim.tv_sec
           && status.st_mtim.tv_nsec == other.status.st_mtim.tv_nsec;
}

void ExportScene::make()
{
    m_home = std::make_unique<SealedHome>();
    m_clip = at("clips/clip.mp4");
    CounterClip clip;
    clip.size = {160, 120};
    clip.frames = 8;
    QVERIFY(makeCounterClip(m_clip, clip));
    // Not every file system has them.
    (void)::setxattr(m_clip.toLocal8Bit().constData(), "user.camera", "porch", 5, 0);
    const auto run = [this](const QStringList &arguments) {
        const ProgramRun result = m_home->run(commandLineProgram(), arguments);
        QVERIFY2(result.finished && result.exitCode == 0, result.errors.constData());
    };
    run({QStringLiteral("analyze"), m_clip, QStringLiteral("-o"), at("work/p.doorveil")});
    run({QStringLiteral("edit"), at("work/p.doorveil"), QStringLiteral("AddTrack"), QStringLiteral("kind=region"),
         QStringLiteral("box=100,20,40,40")});
    QVERIFY(writeAll(at("r.toml"), m_home->run(commandLineProgram(), words("request init")).output));
    for (const QString &name : QDir(at("work")).entryList(QDir::Files | QDir::Hidden))
        m_project.insert(name, readAll(at("work/") + name));
    m_original = Original::of(m_clip);
    run(commandOf(Kind::Export));
    m_export = readAll(at("work/out.mp4"));
    QVERIFY(m_export.size() > 1000);
    run(commandOf(Kind::Package)); // makes the key, too
}

QStringList ExportScene::commandOf(Kind kind) const
{
    if (kind == Kind::Package)
        return QStringList{QStringLiteral("package"), at("work/p.doorveil"), QStringLiteral("--request"), at("r.toml"),
                           QStringLiteral("-o"),      at("work/pkg")}
               + words("--preset ultrafast --sign-as Owner --zip --unreviewed test");
    QStringList command{QStringLiteral("redact"),   at("work/p.doorveil"),      QStringLiteral("-o"),
                        at("work/out.mp4"),         QStringLiteral("--preset"), QStringLiteral("ultrafast"),
                        QStringLiteral("--report"), at("work/report.json")};
    if (kind == Kind::Replace)
        command.append(QStringLiteral("--force"));
    return command;
}

void ExportScene::reset(Kind kind)
{
    QVERIFY(QDir(at("work")).removeRecursively());
    QVERIFY(QDir().mkpath(at("work")));
    for (auto entry = m_project.begin(); entry != m_project.end(); ++entry)
        QVERIFY(writeAll(at("work/") + entry.key(), entry.value()));
    if (kind == Kind::Replace)
        QVERIFY(writeAll(at("work/out.mp4"), "old"));
}

std::vector<Point> ExportScene::pointsOf(Kind kind, const QString &calls, int quick)
{
    reset(kind);
    const TracedRun run = runTraced(commandLineProgram(), commandOf(kind), calls);
    if (!run.finished || run.exitCode != 0)
        qFatal("the traced run failed: %s", run.errors.constData());
    static const QRegularExpression form(QStringLiteral("^(\\d+) +(\\w+)\\("));
    QMap<QString, int> counts;
    QString mainThread;
    std::vector<Point> points;
    for (const QString &line : run.calls) {
        const auto match = form.match(line);
        if (!match.hasMatch())
            continue;
        if (mainThread.isEmpty())
            mainThread = match.captured(1);
        if (match.captured(1) != mainThread)
            continue;
        const QString call = match.captured(2);
        const int when = ++counts[call];
        const bool ours = line.contains(at("work")) || line.contains(at("data"));
        if (ours && (call != QStringLiteral("openat") || line.contains(QStringLiteral("O_CREAT"))))
            points.push_back({call, when, line});
    }
    const std::size_t wanted = std::size_t(trials(quick, int(points.size())));
    std::vector<Point> chosen;
    for (std::size_t index = 0; index < wanted && index < points.size(); ++index)
        chosen.push_back(points[index * points.size() / std::min(wanted, points.size())]);
    return chosen;
}

QString ExportScene::whyNotSafe(Kind kind) const
{
    if (!isOriginalUntouched())
        return QStringLiteral("the original changed");
    const auto verified = [this](const QString &path) {
        return m_home->run(commandLineProgram(), {QStringLiteral("verify"), path}).exitCode == 0;
    };
    if (kind == Kind::Package) {
        for (const char *name : {"work/pkg", "work/pkg.zip"}) {
            if (QFile::exists(at(name)) && !verified(at(name)))
                return QStringLiteral("%1 does not verify").arg(QLatin1String(name));
        }
        return {};
    }
    const QByteArray found = readAll(at("work/out.mp4"));
    const bool mayBeOld = kind == Kind::Replace;
    if (!QFile::exists(at("work/out.mp4")))
        return mayBeOld ? QStringLiteral("the old file is gone") : QString();
    if (found != m_export && !(mayBeOld && found == "old"))
        return QStringLiteral("a partial file of %1 bytes under the final name").arg(found.size());
    return {};
}

QString ExportScene::whyNoNextRun(Kind kind) const
{
    if (kind == Kind::Package) { // a package that is there is never replaced
        QDir(at("work/pkg")).removeRecursively();
        QFile::remove(at("work/pkg.zip"));
    }
    QStringList command = commandOf(kind);
    if (kind == Kind::Export)
        command.append(QStringLiteral("--force"));
    const ProgramRun run = m_home->run(commandLineProgram(), command);
    if (!run.finished || run.exitCode != 0)
        return QString::fromUtf8(run.errors);
    if (const QString why = whyNotSafe(kind); !why.isEmpty())
        return why;
    if (kind != Kind::Package && readAll(at("work/out.mp4")) != m_export)
        return QStringLiteral("the next run made something else");
    const QStringList left =
        QDir(at("work")).entryList({QStringLiteral(".*")}, QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    return left.isEmpty() ? QString() : QStringLiteral("left behind: ") + left.join(QLatin1Char(' '));
}

} // namespace doorveil::testsupport
