// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testdata.h"
#include "vision/detectorfactory.h"
#include "vision/detectorset.h"
#include "vision/modelregistry.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::vision;

namespace {

const QByteArray content = "the weights of a network";

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

ModelDescription describedModel()
{
    ModelDescription description;
    description.id = QStringLiteral("small");
    description.role = QStringLiteral("face");
    description.adapter = QStringLiteral("yunet");
    description.files = {{QStringLiteral("small.onnx"), QStringLiteral("https://example.org/small.onnx"),
                          sha256(content), content.size()}};
    return description;
}

std::filesystem::path write(const QString &path, const QByteArray &bytes)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(path));
    return QFile::encodeName(path).toStdString();
}

QByteArray validDescription()
{
    return "id = \"small\"\nrole = \"face\"\nfamily = \"small\"\nrank = 1\nversion = \"1\"\nlicence = \"MIT\"\n"
           "adapter = \"yunet\"\nsmallest_side = 12\n"
           "[thresholds]\nstrong = 0.6\nweak = 0.3\nnon_maximum_suppression = 0.3\n"
           "[[file]]\nname = \"small.onnx\"\nurl = \"https://example.org/small.onnx\"\n"
           "sha256 = \"0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\"\nbytes = 24\n";
}

bool has(const std::vector<std::unique_ptr<Detector>> &detectors, const char *id)
{
    return std::any_of(detectors.begin(), detectors.end(),
                       [id](const auto &detector) { return detector->info().id == QLatin1String(id); });
}

} // namespace

class TestModelRegistry final : public QObject
{
    Q_OBJECT

private slots:
    void init() { m_folder = std::make_unique<QTemporaryDir>(); }

    void everyFolderOfModelsIsCompiledIn();
    void cardsSayWhatIsPinned();
    void refusesMistakesInDescriptions_data();
    void refusesMistakesInDescriptions();
    void findsFilesInSubFolders();
    void tellsMissingFromRefused();
    void refusesAWrongSizeWithBothSizes();
    void refusesAWrongHashWithBothHashes();
    void takesAGoodCopyBesideABadOne();
    void loadsWhatWasVerified();
    void brokenModelIsAnErrorNotACrash_data();
    void brokenModelIsAnErrorNotACrash();

    void embeddedDetectorsNeedNoFile();
    void bestUsesInstalledModels();
    void damagedModelsAreRefusedAndReplaced();
    void secondOpinionIsOfAnotherFamily();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }
    [[nodiscard]] std::vector<std::filesystem::path> folders() const
    {
        return {QFile::encodeName(m_folder->path()).toStdString()};
    }
    std::unique_ptr<QTemporaryDir> m_folder;
    const QString m_modelsFolder = testsupport::modelsFolder(); ///< before the tests change the environment
};

void TestModelRegistry::everyFolderOfModelsIsCompiledIn()
{
    const auto descriptions = modelDescriptions();
    QVERIFY2(descriptions, descriptions ? "" : qPrintable(descriptions.error().message));
    QStringList ids;
    for (const ModelDescription &description : *descriptions) {
        ids.append(description.id);
        QVERIFY(description.weakThreshold <= description.strongThreshold);
        QVERIFY(!description.licence.isEmpty());
    }
    ids.sort();
    const QDir models(QStringLiteral(DOORVEIL_SOURCE_DIR "/models"));
    QStringList folders = models.entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name);
    folders.removeAll(QStringLiteral("training")); // the code that made our own
    QCOMPARE(ids, folders);
}

/// Weights of our own come with a card; what it says of the file is what is pinned.
void TestModelRegistry::cardsSayWhatIsPinned()
{
    const auto descriptions = modelDescriptions();
    QVERIFY(descriptions);
    int cards = 0;
    for (const ModelDescription &description : *descriptions) {
        QFile card(QStringLiteral(DOORVEIL_SOURCE_DIR "/models/%1/MODEL_CARD.md").arg(description.id));
        if (!card.open(QIODevice::ReadOnly))
            continue;
        ++cards;
        const QString text = QString::fromUtf8(card.readAll());
        for (const ModelFile &file : description.files) {
            QVERIFY(text.contains(file.sha256));
            QVERIFY(text.contains(QString::number(file.bytes)));
        }
        for (const QString &fact :
             {QStringLiteral("License: %1").arg(description.licence),
              QStringLiteral("strong %1, weak %2").arg(description.strongThreshold).arg(description.weakThreshold)})
            QVERIFY2(text.contains(fact), qPrintable(fact));
    }
    QVERIFY(cards > 0);
}

void TestModelRegistry::refusesMistakesInDescriptions_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("to");
    QTest::addColumn<QString>("complaint");
    const auto row = [](const char *name, const char *from, const char *to, const char *complaint) {
        QTest::newRow(name) << QByteArray(from) << QByteArray(to) << QString::fromLatin1(complaint);
    };
    row("none", "", "", "");
    row("path as name", "name = \"small.onnx\"", "name = \"../small.onnx\"", "file[1].name");
    row("hidden name", "name = \"small.onnx\"", "name = \".bashrc\"", "file[1].name");
    row("plain http", "https://", "http://", "file[1].url");
    row("file address", "https://example.org", "file:///etc", "file[1].url");
    row("short hash", "0123456789abcdef\"", "\"", "file[1].sha256");
    row("no bytes", "bytes = 24\n", "", "file[1].bytes");
    row("negative bytes", "bytes = 24", "bytes = -1", "file[1].bytes");
    row("huge", "bytes = 24", "bytes = 99999999999", "file[1].bytes");
    row("unknown role", "\"face\"", "\"dog\"", "role");
    row("weak above strong", "weak = 0.3", "weak = 0.7", "thresholds.weak");
    row("alone below strong", "weak = 0.3", "weak = 0.3\nalone = 0.5", "thresholds.alone");
    row("misspelt key", "strong = 0.6", "strong = 0.6\nstrnog = 1", "thresholds.strnog");
    row("syntax", "rank = 1", "rank = = 1", "small.toml:4");
}

void TestModelRegistry::refusesMistakesInDescriptions()
{
    QFETCH(const QByteArray, from);
    QFETCH(const QByteArray, to);
    QFETCH(const QString, complaint);
    QByteArray text = validDescription();
    if (!from.isEmpty()) {
        QVERIFY(text.contains(from));
        text.replace(from, to);
    }
    const auto parsed = parseModelDescription(text, QStringLiteral("small.toml"));
    QCOMPARE(parsed.hasValue(), complaint.isEmpty());
    if (!parsed)
        QVERIFY2(parsed.error().message.contains(complaint), qPrintable(parsed.error().message));
}

void TestModelRegistry::findsFilesInSubFolders()
{
    const auto file = write(path(QStringLiteral("a/b/small.onnx")), content);
    const VerifiedModel model = readModel(describedModel(), folders());
    QVERIFY(model.state.usable);
    QCOMPARE(model.state.paths, std::vector<std::filesystem::path>({file}));
    QCOMPARE(model.contents, std::vector<QByteArray>({content}));
}

void TestModelRegistry::tellsMissingFromRefused()
{
    const VerifiedModel model = readModel(describedModel(), {"/nonexistent"});
    QVERIFY(!model.state.usable);
    QVERIFY(!model.state.refused);
    QVERIFY(model.state.reason.contains(QLatin1String("small.onnx")));
}

void TestModelRegistry::refusesAWrongSizeWithBothSizes()
{
    write(path(QStringLiteral("small.onnx")), content + "!");
    const VerifiedModel model = readModel(describedModel(), folders());
    QVERIFY(!model.state.usable && model.state.refused && model.contents.empty());
    QVERIFY(model.state.reason.contains(QString::number(content.size())));
    QVERIFY(model.state.reason.contains(QString::number(content.size() + 1)));
}

void TestModelRegistry::refusesAWrongHashWithBothHashes()
{
    QByteArray other = content;
    other[3] = char(other[3] ^ 1);
    write(path(QStringLiteral("small.onnx")), other);
    const VerifiedModel model = readModel(describedModel(), folders());
    QVERIFY(!model.state.usable && model.state.refused && model.contents.empty());
    QVERIFY(model.state.reason.contains(sha256(content)));
    QVERIFY(model.state.reason.contains(sha256(other)));
}

void TestModelRegistry::takesAGoodCopyBesideABadOne()
{
    write(path(QStringLiteral("a/small.onnx")), QByteArray(content.size(), 'x'));
    write(path(QStringLiteral("b/small.onnx")), content);
    QVERIFY(readModel(describedModel(), folders()).state.usable);
}

void TestModelRegistry::loadsWhatWasVerified()
{
    const QString file = path(QStringLiteral("small.onnx"));
    write(file, content);
    const VerifiedModel model = readModel(describedModel(), folders());
    write(file, "something else");
    QCOMPARE(model.contents, std::vector<QByteArray>({content}));
}

void TestModelRegistry::brokenModelIsAnErrorNotACrash_data()
{
    QTest::addColumn<QString>("adapter");
    for (const char *adapter : {"yunet", "ultra-light-face", "yolov5-plate", "lpd-yunet", "yolox-person",
                                "yolox-vehicle", "cells", "no such adapter"})
        QTest::newRow(adapter) << QString::fromLatin1(adapter);
}

void TestModelRegistry::brokenModelIsAnErrorNotACrash()
{
    QFETCH(const QString, adapter);
    ModelDescription description = describedModel();
    description.adapter = adapter;
    const auto detector = makeDetector(description, {content});
    QVERIFY(!detector);
    QVERIFY(detector.error().message.contains(QLatin1String("small")));
    QVERIFY(!makeDetector(description, {}));
}

void TestModelRegistry::embeddedDetectorsNeedNoFile()
{
    qputenv("DOORVEIL_MODELS_DIR", "/nonexistent");
    qputenv("XDG_DATA_HOME", "/nonexistent");
    const auto set = loadDetectors(DetectorChoice::Embedded);
    QVERIFY2(set, set ? "" : qPrintable(set.error().message));
    QVERIFY(set->basic);
    QVERIFY(set->refusals.isEmpty());
    QVERIFY(has(set->faces, "doorveil-face"));
    QVERIFY(has(set->plates, "doorveil-plate"));
    for (const DetectorInfo &info : set->infos())
        QVERIFY(info.embedded && !info.licence.isEmpty());
}

void TestModelRegistry::bestUsesInstalledModels()
{
    DOORVEIL_NEEDS_MODELS_IN(m_modelsFolder);
    qputenv("DOORVEIL_MODELS_DIR", m_modelsFolder.toLocal8Bit());
    const auto set = loadDetectors(DetectorChoice::Best);
    QVERIFY(set);
    QVERIFY(!set->basic);
    QVERIFY2(set->refusals.isEmpty(), qPrintable(set->refusals.join(QLatin1Char('\n'))));
    QVERIFY(has(set->faces, "yunet-2023mar"));
    QVERIFY(has(set->plates, "y5fu-320"));
    QVERIFY(has(set->persons, "yolo-fastest-body"));
    QVERIFY(set->faceJudge && set->faceJudge->info().id == QLatin1String("doorveil-face"));
    QVERIFY(has(set->plates, "doorveil-plate"));
    QCOMPARE(set->judgeOf(*set->plates.front()), set->plates.back().get());
    QCOMPARE(set->judgeOf(*set->plates.back()), set->plates.back().get());
    QCOMPARE(set->judgeOf(*set->faces.front()), set->faceJudge.get());
    QVERIFY(set->vehicles && set->vehicles->info().id == QLatin1String("yolox-nano-vehicles"));
    QCOMPARE(set->infos().size(), std::size_t(6));
    for (const DetectorInfo &info : set->infos()) // the judges are named, too
        QVERIFY(info.embedded == info.id.startsWith(QLatin1String("doorveil-")) && info.sha256.size() == 64);
}

void TestModelRegistry::damagedModelsAreRefusedAndReplaced()
{
    DOORVEIL_NEEDS_MODELS_IN(m_modelsFolder);
    const QString name = QStringLiteral("face_detection_yunet_2023mar.onnx");
    QFile original(m_modelsFolder + QStringLiteral("/face/") + name);
    QVERIFY(original.open(QIODevice::ReadOnly));
    QByteArray damaged = original.readAll();
    damaged[damaged.size() / 2] = char(damaged[damaged.size() / 2] ^ 1);
    write(path(name), damaged);
    qputenv("DOORVEIL_MODELS_DIR", m_folder->path().toLocal8Bit());
    const auto set = loadDetectors(DetectorChoice::Best);
    QVERIFY(set);
    QVERIFY(set->basic);
    QCOMPARE(set->refusals.size(), 1);
    QVERIFY(set->refusals.front().contains(sha256(damaged)));
    QVERIFY(!has(set->faces, "yunet-2023mar"));
    QVERIFY(has(set->faces, "doorveil-face"));
}

void TestModelRegistry::secondOpinionIsOfAnotherFamily()
{
    DOORVEIL_NEEDS_MODELS_IN(m_modelsFolder);
    qputenv("DOORVEIL_MODELS_DIR", m_modelsFolder.toLocal8Bit());
    const auto set = loadDetectors(DetectorChoice::SecondOpinion);
    QVERIFY(set);
    QVERIFY(!has(set->faces, "yunet-2023mar"));
    QVERIFY(!has(set->plates, "y5fu-320") && !has(set->plates, "y5fu-640"));
    QVERIFY(!set->faces.empty() && !set->plates.empty());
}

QTEST_GUILESS_MAIN(TestModelRegistry)
#include "tst_modelregistry.moc"
