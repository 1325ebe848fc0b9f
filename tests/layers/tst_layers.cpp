// SPDX-License-Identifier: GPL-3.0-or-later
#include "includescan.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QTest>

using namespace doorveil;

class TestLayers final : public QObject
{
    Q_OBJECT

private slots:
    void sourcesKeepTheRules();
    void plantedViolationsAreFound_data();
    void plantedViolationsAreFound();
    void allowedIncludesPass();
};

void TestLayers::sourcesKeepTheRules()
{
    const QDir root(QStringLiteral(DOORVEIL_SOURCE_DIR));
    QStringList found;
    int files = 0;
    const auto scanFolder = [&](const QString &folder, const QString &module) {
        QDirIterator entries(folder, {QStringLiteral("*.h"), QStringLiteral("*.cpp")}, QDir::Files,
                             QDirIterator::Subdirectories);
        while (entries.hasNext()) {
            QFile file(entries.next());
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.fileName()));
            ++files;
            // A module's sub-folder may be a module of its own (the worker).
            const QString inner = root.relativeFilePath(file.fileName()).section(QLatin1Char('/'), 3, 3);
            const QString owner = layers::rules().contains(inner) ? inner : module;
            found +=
                layers::violations(owner, root.relativeFilePath(file.fileName()), QString::fromUtf8(file.readAll()));
        }
    };
    const QStringList modules =
        QDir(root.filePath(QStringLiteral("app/core"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
    for (const QString &module : modules)
        scanFolder(root.filePath(QStringLiteral("app/core/") + module), module);
    scanFolder(root.filePath(QStringLiteral("app/cli")), QStringLiteral("cli"));
    scanFolder(root.filePath(QStringLiteral("ui")), QStringLiteral("ui"));

    QVERIFY2(files > 20, "the sources were not found");
    QVERIFY2(found.isEmpty(), qPrintable(QLatin1Char('\n') + found.join(QLatin1Char('\n'))));
}

void TestLayers::plantedViolationsAreFound_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("include");
    const auto row = [](const char *name, const char *module, const char *file, const char *include) {
        QTest::newRow(name) << QString::fromLatin1(module) << QString::fromLatin1(file) << QString::fromLatin1(include);
    };
    row("upwards", "base", "x.cpp", "\"pipeline/jobs.h\"");
    row("sideways", "redaction", "x.cpp", "\"vision/detector.h\"");
    row("decoding in the host", "pipeline", "x.cpp", "\"decode/clipdecoder.h\"");
    row("library of another module", "redaction", "x.cpp", "<opencv2/imgproc.hpp>");
    row("library in a public header", "decode", "clipdecoder.h", "<libavcodec/avcodec.h>");
    row("forbidden part of OpenCV", "vision", "x.cpp", "<opencv2/highgui.hpp>");
    row("network", "pipeline", "x.cpp", "<QNetworkAccessManager>");
    row("widgets below the window", "cli", "x.cpp", "<QtWidgets/QWidget>");
    row("unknown folder", "helpers", "x.cpp", "<vector>");
}

void TestLayers::plantedViolationsAreFound()
{
    QFETCH(QString, module);
    QFETCH(QString, file);
    QFETCH(QString, include);
    QCOMPARE(layers::violations(module, file, QStringLiteral("#include %1\n").arg(include)).size(), 1);
}

void TestLayers::allowedIncludesPass()
{
    QVERIFY(layers::violations(
                QStringLiteral("vision"), QStringLiteral("yunet.cpp"),
                QStringLiteral("#include <opencv2/dnn.hpp>\n#include \"base/result.h\"\n#include <QString>\n"))
                .isEmpty());
}

QTEST_GUILESS_MAIN(TestLayers)
#include "tst_layers.moc"
