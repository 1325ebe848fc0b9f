// SPDX-License-Identifier: GPL-3.0-or-later
// Every real clip comes out covered and verified, or is refused with its name and the cause. The cheap ones always; all
// of them with DOORVEIL_FULL=1.
#include "cli/runcli.h"
#include "support/media.h"
#include "support/testdata.h"

#include <QCryptographicHash>
#include <QDirIterator>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using testsupport::CliRun;
using testsupport::readAll;
using testsupport::runCli;

class TestRealClips final : public QObject
{
    Q_OBJECT

private slots:
    void comesOutOrIsRefused_data();
    void comesOutOrIsRefused();
    void truncatedAnywhere_data();
    void truncatedAnywhere();
};

namespace {

/// No picture in them, or no supported container.
bool isRefused(const QString &name)
{
    static const QStringList refused{QStringLiteral("empty.mp4"), QStringLiteral("garbage.mp4"),
                                     QStringLiteral("truncated_no_moov.mp4"), QStringLiteral("audio_only.m4a")};
    return refused.contains(name) || name.endsWith(QStringLiteral(".gif"));
}

/// Under a second each.
const QStringList cheap{QStringLiteral("decord_unordered.mov"), QStringLiteral("decord_video_90.mov"),
                        QStringLiteral("decord_video_270.mov"), QStringLiteral("tc_h265_video.mp4"),
                        QStringLiteral("single_frame.mp4"),     QStringLiteral("fps1.mp4")};

QByteArray hashOf(const QString &path)
{
    return QCryptographicHash::hash(readAll(path), QCryptographicHash::Sha256);
}

} // namespace

void TestRealClips::comesOutOrIsRefused_data()
{
    DOORVEIL_NEEDS_TEST_DATA("clips", clips);
    QTest::addColumn<QString>("clip");
    const bool everything = qEnvironmentVariableIntValue("DOORVEIL_FULL") == 1;
    static const QStringList others{QStringLiteral("json"), QStringLiteral("txt"), QStringLiteral("md"),
                                    QStringLiteral("xml")};
    QStringList found;
    QDirIterator files(clips, QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        files.next();
        const QFileInfo file = files.fileInfo();
        if (others.contains(file.suffix()) || file.fileName() == QStringLiteral("SHA256SUMS"))
            continue;
        if (everything || isRefused(file.fileName()) || cheap.contains(file.fileName()))
            found.append(file.filePath());
    }
    found.sort();
    QVERIFY(!found.isEmpty());
    for (const QString &clip : found)
        QTest::newRow(qPrintable(QDir(clips).relativeFilePath(clip))) << clip;
}

void TestRealClips::comesOutOrIsRefused()
{
    QFETCH(QString, clip);
    const QString name = QFileInfo(clip).fileName();
    const QTemporaryDir folder;
    const std::string output = folder.filePath(QStringLiteral("out.mp4")).toStdString();
    const std::string report = folder.filePath(QStringLiteral("out.json")).toStdString();
    const QByteArray before = hashOf(clip);
    const CliRun run =
        runCli({"redact", clip.toStdString(), "-o", output, "--report", report, "--preset", "ultrafast"});
    QCOMPARE(hashOf(clip), before);
    if (isRefused(name)) {
        QCOMPARE(run.exit, 3);
        QVERIFY2(run.err.contains(name.toUtf8()), run.err.constData());
        QVERIFY(testsupport::filesIn(folder.path().toStdString()).empty());
        return;
    }
    QVERIFY2(run.exit == 0, run.err.constData());
    QCOMPARE(testsupport::filesIn(folder.path().toStdString()), (std::vector<std::string>{"out.json", "out.mp4"}));
    const QJsonObject told = QJsonDocument::fromJson(readAll(QString::fromStdString(report))).object();
    QVERIFY(told[QStringLiteral("passed")].toBool());
    QVERIFY(!told[QStringLiteral("frames")].toArray().isEmpty());
    QCOMPARE(told[QStringLiteral("frames")].toArray().size(), told[QStringLiteral("exported_frames")].toInt());
    QCOMPARE(told[QStringLiteral("sha256")].toString().toLatin1(), before.toHex());
    QCOMPARE(told[QStringLiteral("output_sha256")].toString().toLatin1(),
             hashOf(QString::fromStdString(output)).toHex());
    const CliRun verified = runCli({"verify", output});
    QVERIFY2(verified.exit == 0, verified.out.constData());
    QVERIFY(verified.out.contains("not checked"));
}

void TestRealClips::truncatedAnywhere_data()
{
    QTest::addColumn<int>("percent");
    const bool everything = qEnvironmentVariableIntValue("DOORVEIL_FULL") == 1;
    for (int percent = everything ? 5 : 20; percent < 100; percent += everything ? 5 : 30)
        QTest::newRow(qPrintable(QString::number(percent))) << percent;
}

void TestRealClips::truncatedAnywhere()
{
    QFETCH(int, percent);
    const QTemporaryDir folder;
    testsupport::CounterClip clip;
    clip.frames = 40;
    clip.encoder += QStringList{QStringLiteral("-movflags"), QStringLiteral("faststart")};
    for (const QString &ending : {QStringLiteral("mp4"), QStringLiteral("mkv"), QStringLiteral("ts")}) {
        const QString source = folder.filePath(QStringLiteral("cut.") + ending);
        if (ending != QStringLiteral("mp4"))
            clip.encoder = testsupport::CounterClip().encoder;
        QVERIFY(testsupport::makeCounterClip(source, clip));
        const QByteArray whole = readAll(source);
        QVERIFY(testsupport::writeAll(source, whole.left(whole.size() * percent / 100)));
        const QString output = folder.filePath(ending + QStringLiteral(".out.mp4"));
        const CliRun run =
            runCli({"redact", source.toStdString(), "-o", output.toStdString(), "--preset", "ultrafast"});
        QVERIFY2(run.exit == 0 || run.exit == 3, run.err.constData());
        QCOMPARE(QFile::exists(output), run.exit == 0);
        QVERIFY(run.err.contains(run.exit == 0 ? "checked and in place" : "cut."));
    }
}

QTEST_GUILESS_MAIN(TestRealClips)
#include "tst_realclips.moc"
