// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/sshsignature.h"
#include "package/bag.h"
#include "package/ziparchive.h"
#include "support/testdata.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <functional>
#include <unistd.h>

using namespace doorveil;
using namespace doorveil::package;

namespace {

using Tamper = std::function<void(const QString &bag)>;

void writeFile(const QString &path, const QByteArray &content)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(content) != content.size())
        qFatal("a test file could not be written");
}

QByteArray readFile(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

Q_DECLARE_METATYPE(Tamper)

class TestBag final : public QObject
{
    Q_OBJECT

private slots:
    void init();
    void readsBackWhatItWrote();
    void stockToolsAgree();
    void tamperedBagsAreRefused_data();
    void tamperedBagsAreRefused();
    void refusesAnExistingName();
    void leavesNothingWithoutFinish();
    void leavesNothingWhenSigningFails();
    void zipIsTheSameInEveryTimeZone();
    void zipUnpacksToTheSameBag();
    void stockUnzipAccepts();
    void damagedZipsAreRefused();
    void namesAreChecked();

private:
    void makeBag(const QString &path);
    QByteArray zipOf(const QString &bag);

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_bag;
    keys::SigningKey m_key = keys::SigningKey::generate();
};

void TestBag::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_bag = m_folder->filePath(QStringLiteral("share-2026-03-04"));
    makeBag(m_bag);
}

void TestBag::makeBag(const QString &path)
{
    auto writer = BagWriter::create(path.toStdString());
    QVERIFY(writer);
    QVERIFY((*writer)->addPayload(QStringLiteral("clip-001.redacted.mp4"), QByteArray(100'000, 'v')));
    QVERIFY((*writer)->addPayload(QStringLiteral("consent.jsonld"), QByteArray("{}\n")));
    const auto done = (*writer)->finish({{QStringLiteral("Bagging-Date"), QStringLiteral("2026-03-04")}},
                                        [this](const QByteArray &manifest) -> base::Result<QByteArray> {
                                            return keys::makeSshSignature(m_key, manifest);
                                        });
    QVERIFY2(done, done ? "" : qPrintable(done.error().message));
}

QByteArray TestBag::zipOf(const QString &bag)
{
    QFile file(m_folder->filePath(QStringLiteral("bag.zip")));
    if (!file.open(QIODevice::ReadWrite | QIODevice::Truncate))
        return {};
    if (!writeZip(bag.toStdString(), QStringLiteral("share-2026-03-04"), file.handle()))
        return {};
    return readFile(file.fileName());
}

void TestBag::readsBackWhatItWrote()
{
    const auto bag = readBag(m_bag.toStdString());
    QVERIFY2(bag, bag ? "" : qPrintable(bag.error().message));
    QCOMPARE(bag->payload.size(), 2U);
    QCOMPARE(bag->payload[0].path, QStringLiteral("data/clip-001.redacted.mp4"));
    QCOMPARE(bag->payload[0].bytes, 100'000);
    QCOMPARE(bag->information[0].second, QStringLiteral("2026-03-04"));
    const auto signer = keys::verifySshSignature(bag->signature, bag->manifest);
    QVERIFY(signer);
    QCOMPARE(*signer, m_key.publicKey());
}

void TestBag::stockToolsAgree()
{
    QProcess process;
    process.setWorkingDirectory(m_bag);
    for (const char *manifest : {"manifest-sha256.txt", "tagmanifest-sha256.txt"}) {
        process.start(QStringLiteral("sha256sum"), {QStringLiteral("-c"), QString::fromLatin1(manifest)});
        QVERIFY(process.waitForFinished());
        QCOMPARE(process.exitCode(), 0);
    }
}

void TestBag::tamperedBagsAreRefused_data()
{
    QTest::addColumn<Tamper>("tamper");
    QTest::addColumn<QString>("failureClass");
    const auto row = [](const char *name, const char *failureClass, const Tamper &tamper) {
        QTest::newRow(name) << tamper << QString::fromLatin1(failureClass);
    };
    const auto replace = [](const char *name, const QByteArray &from, const QByteArray &to) {
        return [=](const QString &bag) {
            const QString path = bag + QLatin1Char('/') + QString::fromLatin1(name);
            writeFile(path, readFile(path).replace(from, to));
        };
    };
    row("a bit of the clip", "hash-mismatch", replace("data/clip-001.redacted.mp4", "vvvvvvvv", "vvvvvvvw"));
    row("the record", "hash-mismatch", replace("data/consent.jsonld", "{}", "[]"));
    row("the manifest", "hash-mismatch", [](const QString &bag) {
        const QString path = bag + QStringLiteral("/manifest-sha256.txt");
        QByteArray text = readFile(path);
        text[0] = text[0] == '0' ? '1' : '0';
        writeFile(path, text);
    });
    row("carriage returns in the manifest", "manifest-malformed", replace("manifest-sha256.txt", "\n", "\r\n"));
    row("bag-info", "hash-mismatch", replace("bag-info.txt", "2026-03-04", "2026-03-05"));
    row("declaration", "bag-structure",
        [](const QString &bag) { writeFile(bag + QStringLiteral("/bagit.txt"), "BagIt-Version: 0.97\n"); });
    row("extra payload", "extra-file",
        [](const QString &bag) { writeFile(bag + QStringLiteral("/data/extra.txt"), "x"); });
    row("extra tag file", "extra-file", [](const QString &bag) { writeFile(bag + QStringLiteral("/fetch.txt"), "x"); });
    row("extra folder", "extra-file", [](const QString &bag) {
        QDir(bag).mkdir(QStringLiteral("more"));
        writeFile(bag + QStringLiteral("/more/file"), "x");
    });
    row("missing clip", "missing-file",
        [](const QString &bag) { QFile::remove(bag + QStringLiteral("/data/clip-001.redacted.mp4")); });
    row("missing manifest", "bag-structure",
        [](const QString &bag) { QFile::remove(bag + QStringLiteral("/manifest-sha256.txt")); });
    row("missing signature", "missing-file",
        [](const QString &bag) { QFile::remove(bag + QStringLiteral("/manifest-sha256.txt.sig")); });
    row("link instead of the clip", "bag-link", [](const QString &bag) {
        const QString clip = bag + QStringLiteral("/data/clip-001.redacted.mp4");
        QFile::rename(clip, bag + QStringLiteral("/../outside"));
        QFile::link(QStringLiteral("../../outside"), clip);
    });
    row("traversal in the manifest", "bag-unsafe-name",
        replace("manifest-sha256.txt", "data/clip-001", "data/../../clip-001"));
    row("absolute path in the manifest", "bag-unsafe-name", replace("manifest-sha256.txt", "data/clip", "/etc/clip"));
    row("name with a newline", "bag-unsafe-name",
        [](const QString &bag) { writeFile(bag + QStringLiteral("/data/a\nb"), "x"); });
    row("listed twice", "manifest-malformed", [](const QString &bag) {
        const QString path = bag + QStringLiteral("/manifest-sha256.txt");
        writeFile(path, readFile(path) + readFile(path));
    });
    row("manifest cut off", "manifest-malformed", [](const QString &bag) {
        const QString path = bag + QStringLiteral("/manifest-sha256.txt");
        writeFile(path, readFile(path).chopped(1));
    });
}

void TestBag::tamperedBagsAreRefused()
{
    QFETCH(Tamper, tamper);
    QFETCH(QString, failureClass);
    tamper(m_bag);
    const auto bag = readBag(m_bag.toStdString());
    QVERIFY(!bag);
    QCOMPARE(bag.error().failureClass, failureClass);
    QCOMPARE(bag.error().kind, base::ErrorKind::CheckFailed);
}

void TestBag::refusesAnExistingName()
{
    const auto again = BagWriter::create(m_bag.toStdString());
    QVERIFY(!again);
    QCOMPARE(again.error().kind, base::ErrorKind::Usage);
}

void TestBag::leavesNothingWithoutFinish()
{
    const QStringList before = QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden);
    {
        auto writer = BagWriter::create(m_folder->filePath(QStringLiteral("other")).toStdString());
        QVERIFY(writer);
        QVERIFY((*writer)->addPayload(QStringLiteral("a"), QByteArray("x")));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TestBag::leavesNothingWhenSigningFails()
{
    const QStringList before = QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden);
    {
        auto writer = BagWriter::create(m_folder->filePath(QStringLiteral("other")).toStdString());
        QVERIFY(writer);
        QVERIFY((*writer)->addPayload(QStringLiteral("a"), QByteArray("x")));
        QVERIFY(!(*writer)->finish({}, [](const QByteArray &) -> base::Result<QByteArray> {
            return base::Error{base::ErrorKind::Failure, QStringLiteral("no key")};
        }));
    }
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::AllEntries | QDir::Hidden), before);
}

void TestBag::zipIsTheSameInEveryTimeZone()
{
    QByteArray first;
    for (const char *zone : {"UTC", "Asia/Tokyo", "America/New_York"}) {
        qputenv("TZ", zone);
        tzset();
        const QByteArray zip = zipOf(m_bag);
        QVERIFY(!zip.isEmpty());
        if (first.isEmpty())
            first = zip;
        QCOMPARE(zip, first);
    }
    qunsetenv("TZ");
    tzset();
}

void TestBag::zipUnpacksToTheSameBag()
{
    QVERIFY(!zipOf(m_bag).isEmpty());
    QFile file(m_folder->filePath(QStringLiteral("bag.zip")));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QDir(m_folder->path()).mkdir(QStringLiteral("out"));
    const auto root = extractZip(file.handle(), m_folder->filePath(QStringLiteral("out")).toStdString());
    QVERIFY2(root, root ? "" : qPrintable(root.error().message));
    const auto bag = readBag(*root);
    QVERIFY(bag);
    QCOMPARE(bag->manifest, readBag(m_bag.toStdString())->manifest);
}

void TestBag::stockUnzipAccepts()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("unzip"));
    const QByteArray zip = zipOf(m_bag);
    QProcess process;
    process.start(QStringLiteral("unzip"), {QStringLiteral("-t"), m_folder->filePath(QStringLiteral("bag.zip"))});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
}

void TestBag::damagedZipsAreRefused()
{
    const QByteArray zip = zipOf(m_bag);
    const auto refuses = [&](const QByteArray &bytes) {
        writeFile(m_folder->filePath(QStringLiteral("damaged.zip")), bytes);
        QFile file(m_folder->filePath(QStringLiteral("damaged.zip")));
        const QTemporaryDir out;
        return file.open(QIODevice::ReadOnly) && !extractZip(file.handle(), out.path().toStdString());
    };
    QVERIFY(refuses(zip.left(zip.size() / 2)));
    QVERIFY(refuses({}));
    QVERIFY(refuses("PK\x05\x06" + QByteArray(18, '\0')));
    QByteArray content = zip;
    content[content.indexOf("vvvv") + 500] = 'w';
    QVERIFY(refuses(content)); // the CRC no longer fits
    QByteArray traversal = zip;
    QVERIFY(refuses(traversal.replace("share-2026-03-04/data/consent.jsonld", "share-2026-03-04/../../nsent.jsonld")));
    QByteArray absolute = zip;
    QVERIFY(refuses(absolute.replace("share-2026-03-04/bagit.txt", "/hare-2026-03-04/bagit.txt")));
}

void TestBag::namesAreChecked()
{
    for (const char *safe : {"bagit.txt", "data/clip-001.redacted.mp4", "data/consent.jsonld.sig", "_a"})
        QVERIFY2(isSafePackagePath(QString::fromLatin1(safe)), safe);
    for (const char *unsafe : {"", "/etc/passwd", "../x", "data/../x", "data//x", ".hidden", "data/.hidden", "A",
                               "data/a b", "data\\x", "data/x\n", "c:/x"})
        QVERIFY2(!isSafePackagePath(QString::fromLatin1(unsafe)), unsafe);
}

QTEST_GUILESS_MAIN(TestBag)
#include "tst_bag.moc"
