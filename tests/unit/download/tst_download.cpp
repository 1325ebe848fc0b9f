// SPDX-License-Identifier: GPL-3.0-or-later
#include "download/filedownload.h"
#include "download/modelinstaller.h"
#include "tinyserver.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QNetworkAccessManager>
#include <QTemporaryDir>
#include <QTest>

#include <memory>
#include <optional>
#include <random>

using namespace doorveil;
using namespace doorveil::download;

namespace {

QByteArray someContent(int bytes, unsigned seed = 1)
{
    std::mt19937 random(seed);
    QByteArray content(bytes, Qt::Uninitialized);
    for (char &byte : content)
        byte = char(random() & 0xff);
    return content;
}

QString sha256(const QByteArray &content)
{
    return QString::fromLatin1(QCryptographicHash::hash(content, QCryptographicHash::Sha256).toHex());
}

vision::ModelFile pinned(const QString &url, const QByteArray &content)
{
    return {QStringLiteral("net.onnx"), url, sha256(content), content.size()};
}

vision::ModelDescription model(const QString &id, const vision::ModelFile &file)
{
    vision::ModelDescription description;
    description.id = id;
    description.role = QStringLiteral("face");
    description.files = {file};
    return description;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void write(const QString &path, const QByteArray &content)
{
    QDir().mkpath(QFileInfo(path).path());
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(content), content.size());
}

QStringList filesIn(const QString &folder)
{
    QStringList names;
    QDirIterator files(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext())
        names.append(QDir(folder).relativeFilePath(files.next()));
    names.sort();
    return names;
}

std::filesystem::path toPath(const QString &path)
{
    return QFile::encodeName(path).toStdString();
}

} // namespace

class TestDownload final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void fetchesAndVerifies();
    void goesOnWhereItEnded();
    void startsAnewWhereTheServerKnowsNoRanges();
    void startsAnewWhereTheFirstPartWasWrong();
    void keepsWhatAClosedConnectionBrought();
    void givesUpOnASilentServer();
    void givesUpWhereNobodyListens();
    void refusesAWrongHash();
    void refusesTooMuch();
    void refusesAnErrorPage();
    void followsARedirect();
    void refusesPlainHttp();

    void installsSeveralModels();
    void stopsAfterOneSilence();
    void goesOnAfterAnErrorPage();
    void replacesADamagedModel();
    void doesNotFetchWhatIsThere();
    void copiesFromAFolder();
    void refusesAWrongFileOfAFolder();
    void namesUnknownModels();

private:
    base::Result<QByteArray> fetched(const vision::ModelFile &file);
    InstallOutcome installed(std::vector<vision::ModelDescription> models);
    [[nodiscard]] QString path(const QString &name) const { return m_folder->filePath(name); }

    std::unique_ptr<TinyServer> m_server;
    std::unique_ptr<QTemporaryDir> m_folder;
    DownloadSettings m_settings{std::chrono::milliseconds(300), false};
};

void TestDownload::init()
{
    m_server = std::make_unique<TinyServer>();
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = {std::chrono::milliseconds(300), false};
}

base::Result<QByteArray> TestDownload::fetched(const vision::ModelFile &file)
{
    QNetworkAccessManager network;
    FileDownload download(network, file, toPath(path(QStringLiteral("partial"))), m_settings);
    std::optional<base::Result<QByteArray>> result;
    int calls = 0;
    download.start(
        [&](base::Result<QByteArray> outcome) {
            result = std::move(outcome);
            ++calls;
        },
        {});
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 10000); }();
    QTest::qWait(20); // a second call would be a defect
    [&] { QCOMPARE(calls, 1); }();
    return result ? *result : base::Error{base::ErrorKind::Failure, QStringLiteral("never finished")};
}

InstallOutcome TestDownload::installed(std::vector<vision::ModelDescription> models)
{
    ModelInstaller installer(std::move(models), toPath(path(QStringLiteral("models"))), m_settings);
    std::optional<InstallOutcome> result;
    installer.start([&](const InstallOutcome &outcome) { result = outcome; }, {});
    [&] { QTRY_VERIFY_WITH_TIMEOUT(result.has_value(), 10000); }();
    return result.value_or(InstallOutcome());
}

void TestDownload::fetchesAndVerifies()
{
    const QByteArray content = someContent(300000);
    m_server->serve("/net.onnx", {content});
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(result);
    QCOMPARE(*result, content);
    QVERIFY(filesIn(m_folder->path()).isEmpty());
}

void TestDownload::goesOnWhereItEnded()
{
    const QByteArray content = someContent(100000);
    m_server->serve("/net.onnx", {content});
    write(path(QStringLiteral("partial")), content.left(40000));
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(result);
    QCOMPARE(*result, content);
    QCOMPARE(m_server->ranges(), QList<QByteArray>({"40000"}));
}

void TestDownload::startsAnewWhereTheServerKnowsNoRanges()
{
    const QByteArray content = someContent(100000);
    m_server->serve("/net.onnx", {content, false});
    write(path(QStringLiteral("partial")), content.left(40000));
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(result);
    QCOMPARE(*result, content);
}

void TestDownload::startsAnewWhereTheFirstPartWasWrong()
{
    const QByteArray content = someContent(100000);
    m_server->serve("/net.onnx", {content});
    write(path(QStringLiteral("partial")), someContent(40000, 2));
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(result);
    QCOMPARE(*result, content);
    QCOMPARE(m_server->ranges(), QList<QByteArray>({"40000", ""}));
}

void TestDownload::keepsWhatAClosedConnectionBrought()
{
    const QByteArray content = someContent(100000);
    TinyServer::Page page{content};
    page.closeAfter = 60000;
    m_server->serve("/net.onnx", page);
    const vision::ModelFile file = pinned(m_server->url(QStringLiteral("/net.onnx")), content);
    QVERIFY(!fetched(file));
    QCOMPARE(contentOf(path(QStringLiteral("partial"))), content.left(60000));

    m_server->serve("/net.onnx", {content});
    const auto result = fetched(file);
    QVERIFY(result);
    QCOMPARE(*result, content);
    QCOMPARE(m_server->ranges().last(), QByteArray("60000"));
}

void TestDownload::givesUpOnASilentServer()
{
    const QByteArray content = someContent(100000);
    TinyServer::Page page{content};
    page.stallAfter = 1000;
    m_server->serve("/net.onnx", page);
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("no-answer"));
    QVERIFY(result.error().message.contains(QLatin1String("net.onnx")));
    QCOMPARE(contentOf(path(QStringLiteral("partial"))), content.left(1000));
}

void TestDownload::givesUpWhereNobodyListens()
{
    const QString url = m_server->url(QStringLiteral("/net.onnx"));
    m_server->close();
    const auto result = fetched(pinned(url, someContent(10)));
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("no-answer"));
}

void TestDownload::refusesAWrongHash()
{
    const QByteArray content = someContent(100000);
    m_server->serve("/net.onnx", {someContent(100000, 2)});
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(!result);
    QVERIFY(result.error().message.contains(sha256(content)));
    QVERIFY(result.error().message.contains(sha256(someContent(100000, 2))));
    QVERIFY(filesIn(m_folder->path()).isEmpty());
    QCOMPARE(m_server->ranges().size(), 1);
}

void TestDownload::refusesTooMuch()
{
    const QByteArray content = someContent(1000);
    m_server->serve("/net.onnx", {content + someContent(5000000)});
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("wrong-size"));
    QVERIFY(filesIn(m_folder->path()).isEmpty());
}

void TestDownload::refusesAnErrorPage()
{
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/gone.onnx")), someContent(10)));
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("bad-answer"));
    QVERIFY(filesIn(m_folder->path()).isEmpty());
}

void TestDownload::followsARedirect()
{
    const QByteArray content = someContent(1000);
    TinyServer::Page redirect{QByteArray("moved")};
    redirect.status = 302;
    redirect.location = m_server->url(QStringLiteral("/there")).toLatin1();
    m_server->serve("/net.onnx", redirect);
    m_server->serve("/there", {content});
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(result);
    QCOMPARE(*result, content);
}

void TestDownload::refusesPlainHttp()
{
    m_settings.requireHttps = true;
    const QByteArray content = someContent(1000);
    m_server->serve("/net.onnx", {content});
    const auto result = fetched(pinned(m_server->url(QStringLiteral("/net.onnx")), content));
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("bad-address"));
    QVERIFY(m_server->ranges().isEmpty());
}

void TestDownload::installsSeveralModels()
{
    const QByteArray first = someContent(5000, 3);
    const QByteArray second = someContent(7000, 4);
    m_server->serve("/a", {first});
    m_server->serve("/b", {second});
    const InstallOutcome outcome =
        installed({model(QStringLiteral("a"), pinned(m_server->url(QStringLiteral("/a")), first)),
                   model(QStringLiteral("b"), pinned(m_server->url(QStringLiteral("/b")), second))});
    QVERIFY(outcome.errors.empty());
    QCOMPARE(outcome.installed, QStringList({QStringLiteral("a"), QStringLiteral("b")}));
    QCOMPARE(contentOf(path(QStringLiteral("models/b/net.onnx"))), second);
    QCOMPARE(filesIn(m_folder->path()),
             QStringList({QStringLiteral("models/a/net.onnx"), QStringLiteral("models/b/net.onnx")}));
}

void TestDownload::stopsAfterOneSilence()
{
    const QByteArray content = someContent(5000);
    TinyServer::Page silent{content};
    silent.stallAfter = 0;
    m_server->serve("/a", silent);
    m_server->serve("/b", {content});
    const InstallOutcome outcome =
        installed({model(QStringLiteral("a"), pinned(m_server->url(QStringLiteral("/a")), content)),
                   model(QStringLiteral("b"), pinned(m_server->url(QStringLiteral("/b")), content))});
    QCOMPARE(outcome.errors.size(), std::size_t(1));
    QVERIFY(outcome.installed.isEmpty());
    QCOMPARE(m_server->ranges().size(), 1);
}

void TestDownload::goesOnAfterAnErrorPage()
{
    const QByteArray content = someContent(5000);
    m_server->serve("/b", {content});
    const InstallOutcome outcome =
        installed({model(QStringLiteral("a"), pinned(m_server->url(QStringLiteral("/a")), content)),
                   model(QStringLiteral("b"), pinned(m_server->url(QStringLiteral("/b")), content))});
    QCOMPARE(outcome.errors.size(), std::size_t(1));
    QCOMPARE(outcome.installed, QStringList({QStringLiteral("b")}));
}

void TestDownload::replacesADamagedModel()
{
    const QByteArray content = someContent(5000);
    m_server->serve("/a", {content});
    write(path(QStringLiteral("models/a/net.onnx")), someContent(5000, 9));
    const InstallOutcome outcome =
        installed({model(QStringLiteral("a"), pinned(m_server->url(QStringLiteral("/a")), content))});
    QCOMPARE(outcome.installed, QStringList({QStringLiteral("a")}));
    QCOMPARE(contentOf(path(QStringLiteral("models/a/net.onnx"))), content);
}

void TestDownload::doesNotFetchWhatIsThere()
{
    const QByteArray content = someContent(5000);
    write(path(QStringLiteral("models/a/net.onnx")), content);
    const InstallOutcome outcome =
        installed({model(QStringLiteral("a"), pinned(m_server->url(QStringLiteral("/a")), content))});
    QCOMPARE(outcome.alreadyThere, QStringList({QStringLiteral("a")}));
    QVERIFY(m_server->ranges().isEmpty());
}

void TestDownload::copiesFromAFolder()
{
    const QByteArray content = someContent(5000);
    write(path(QStringLiteral("source/deep/below/net.onnx")), content);
    vision::ModelFile other = pinned(QStringLiteral("https://example.org/other"), content);
    other.name = QStringLiteral("other.onnx");
    const InstallOutcome outcome =
        installFromFolder({model(QStringLiteral("a"), pinned(QStringLiteral("https://example.org/a"), content)),
                           model(QStringLiteral("b"), other)},
                          toPath(path(QStringLiteral("source"))), toPath(path(QStringLiteral("models"))));
    QCOMPARE(outcome.installed, QStringList({QStringLiteral("a")}));
    QCOMPARE(outcome.missing, QStringList({QStringLiteral("b")}));
    QCOMPARE(contentOf(path(QStringLiteral("models/a/net.onnx"))), content);
}

void TestDownload::refusesAWrongFileOfAFolder()
{
    const QByteArray content = someContent(5000);
    write(path(QStringLiteral("source/net.onnx")), someContent(5000, 2));
    const InstallOutcome outcome =
        installFromFolder({model(QStringLiteral("a"), pinned(QStringLiteral("https://example.org/a"), content))},
                          toPath(path(QStringLiteral("source"))), toPath(path(QStringLiteral("models"))));
    QCOMPARE(outcome.errors.size(), std::size_t(1));
    QVERIFY(outcome.errors[0].message.contains(sha256(content)));
    QVERIFY(!QFile::exists(path(QStringLiteral("models/a/net.onnx"))));
}

void TestDownload::namesUnknownModels()
{
    const auto chosen = chosenModels({model(QStringLiteral("a"), {})}, {QStringLiteral("zebra")});
    QVERIFY(!chosen);
    QCOMPARE(chosen.error().kind, base::ErrorKind::Usage);
    QVERIFY(chosen.error().message.contains(QLatin1String("zebra")));
    vision::ModelDescription embedded = model(QStringLiteral("e"), {});
    embedded.embedded = true;
    const auto all = chosenModels({model(QStringLiteral("a"), {}), embedded}, {});
    QVERIFY(all);
    QCOMPARE(all->size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
