// SPDX-License-Identifier: GPL-3.0-or-later
// Packages end to end: made, checked with stock tools, tampered with, and not made where anything fails.
#include "bagitvalidator.h"
#include "keys/sshsignature.h"
#include "package/openedpackage.h"
#include "package/ziparchive.h"
#include "packagetesting.h"
#include "pipeline/verifypackage.h"
#include "rawzip.h"
#include "support/testdata.h"

#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <functional>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace doorveil;
using namespace doorveil::testsupport;
using pipeline::PackageParameters;

struct Bag
{
    QString path;
    const PackageBench *bench = nullptr;
};
using Tamper = std::function<void(const Bag &bag)>;
using Spoil = std::function<void(PackageBench &bench, PackageParameters &parameters)>;
Q_DECLARE_METATYPE(Tamper)
Q_DECLARE_METATYPE(Spoil)

class TestPackage final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void untamperedIsAccepted();
    void stockToolsAgree();
    void isAValidBag();
    void validatorFindsDefects();
    void tampered_data();
    void tampered();
    void tamperedZips_data();
    void tamperedZips();
    void sealedPackages();
    void expiryAndWithdrawal();
    void nothingPrivateInside();
    void gate_data();
    void gate();
    void nothingIsSignedOnFailure_data();
    void nothingIsSignedOnFailure();
    void fullDiskLeavesNothing();
    void cancelledLeavesNothing();
    void unreviewedNeedsAReason();
    void realExportInOneGo();
    void compelledAndEmergency();
    void severalClips();

private:
    [[nodiscard]] QString at(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    [[nodiscard]] QString freshCopy();
    [[nodiscard]] QString classOf(const QString &bag, const QString &fingerprint = {}) const;
    [[nodiscard]] QString classOfFile(const QString &file,
                                      const std::vector<package::AgeIdentity> &identities = {}) const;

    QTemporaryDir m_folder;
    PackageBench m_bench;
    QString m_bag;
    QString m_zip;
    int m_copies = 0;
};

void TestPackage::initTestCase()
{
    const QString problem = m_bench.prepare(m_folder.path());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    m_bag = at("share");
    PackageParameters parameters = m_bench.parameters(m_bag);
    parameters.zip = true;
    const auto made = m_bench.make(parameters);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    QCOMPARE(m_bench.signatures, 2);
    QCOMPARE(made->folder.string(), m_bag.toStdString());
    m_zip = QString::fromStdString(made->zip->string());
    QCOMPARE(m_zip, m_bag + QStringLiteral(".zip"));
    // Nothing else is left in the folder.
    QCOMPARE(QDir(m_folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot),
             (QStringList{QStringLiteral("exported.mp4"), QStringLiteral("secret-camera-name.mp4"),
                          QStringLiteral("share"), QStringLiteral("share.zip")}));
}

QString TestPackage::freshCopy()
{
    const QString copy = at("copies/bag-") + QString::number(++m_copies);
    copyFolder(m_bag, copy);
    return copy;
}

QString TestPackage::classOf(const QString &bag, const QString &fingerprint) const
{
    package::PackageOptions options;
    options.now = m_bench.clock.moment;
    options.expectedFingerprint = fingerprint;
    const auto findings = pipeline::verifyPackage(bag.toStdString(), options);
    if (!findings)
        return QStringLiteral("error: ") + findings.error().message;
    return findings->firstFailure() == nullptr ? QString() : findings->firstFailure()->failureClass;
}

QString TestPackage::classOfFile(const QString &file, const std::vector<package::AgeIdentity> &identities) const
{
    const auto opened = package::OpenedPackage::open(file.toStdString(), identities);
    if (!opened)
        return opened.error().failureClass;
    return classOf(QString::fromStdString(opened->folder().string()));
}

void TestPackage::untamperedIsAccepted()
{
    package::PackageOptions options;
    options.now = m_bench.clock.moment;
    options.expectedFingerprint = m_bench.key.publicKey().fingerprint();
    const auto findings = pipeline::verifyPackage(m_bag.toStdString(), options);
    QVERIFY2(findings, findings ? "" : qPrintable(findings.error().message));
    QVERIFY2(findings->passed(), findings->passed() ? "" : qPrintable(findings->firstFailure()->sentence));
    QCOMPARE(findings->checks.size(), 12U);
    int holds = 0;
    for (const package::PackageCheck &check : findings->checks)
        holds += check.state == package::PackageCheck::State::Holds ? 1 : 0;
    QCOMPARE(holds, 11); // all but the withdrawal, which only a ledger knows
    QCOMPARE(classOf(freshCopy()), QString());
    QCOMPARE(classOfFile(m_zip), QString());
}

namespace {

/// Runs a program; its exit code, and what it said.
int runTool(const QString &program, const QStringList &arguments, const QString &folder, const QString &input = {},
            QByteArray *output = nullptr)
{
    QProcess process;
    process.setWorkingDirectory(folder);
    if (!input.isEmpty())
        process.setStandardInputFile(input);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    if (!process.waitForStarted() || !process.waitForFinished())
        return -1;
    if (output != nullptr)
        *output = process.readAll();
    return process.exitCode();
}

} // namespace

void TestPackage::stockToolsAgree()
{
    // Without them only our own verifier and the other BagIt reader of these tests look at the package.
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("ssh-keygen"), QStringLiteral("sha256sum"), QStringLiteral("unzip"));
    const QString signers = at("allowed_signers");
    writeContent(signers, "owner " + m_bench.key.publicKey().openSsh().toLatin1() + '\n');
    for (const char *name : {"manifest-sha256.txt", "data/consent.jsonld"}) {
        const QString file = m_bag + QLatin1Char('/') + QString::fromLatin1(name);
        QByteArray said;
        QCOMPARE(runTool(QStringLiteral("ssh-keygen"),
                         {QStringLiteral("-Y"), QStringLiteral("check-novalidate"), QStringLiteral("-n"),
                          QStringLiteral("file"), QStringLiteral("-s"), file + QStringLiteral(".sig")},
                         m_bag, file, &said),
                 0);
        QVERIFY2(said.contains(m_bench.key.publicKey().fingerprint().toLatin1()), said.constData());
        QCOMPARE(runTool(QStringLiteral("ssh-keygen"),
                         {QStringLiteral("-Y"), QStringLiteral("verify"), QStringLiteral("-f"), signers,
                          QStringLiteral("-I"), QStringLiteral("owner"), QStringLiteral("-n"), QStringLiteral("file"),
                          QStringLiteral("-s"), file + QStringLiteral(".sig")},
                         m_bag, file),
                 0);
        // The control: another content, and another name space.
        QVERIFY(runTool(QStringLiteral("ssh-keygen"),
                        {QStringLiteral("-Y"), QStringLiteral("check-novalidate"), QStringLiteral("-n"),
                         QStringLiteral("file"), QStringLiteral("-s"), file + QStringLiteral(".sig")},
                        m_bag, m_bag + QStringLiteral("/bagit.txt"))
                != 0);
    }
    for (const char *manifest : {"manifest-sha256.txt", "tagmanifest-sha256.txt"})
        QCOMPARE(runTool(QStringLiteral("sha256sum"), {QStringLiteral("-c"), QString::fromLatin1(manifest)}, m_bag), 0);
    QCOMPARE(runTool(QStringLiteral("unzip"), {QStringLiteral("-tq"), m_zip}, m_folder.path()), 0);
    // VERIFY.txt names these very commands.
    const QByteArray verify = contentOf(m_bag + QStringLiteral("/data/VERIFY.txt"));
    for (const char *command :
         {"ssh-keygen -Y check-novalidate -n file -s manifest-sha256.txt.sig < manifest-sha256.txt",
          "sha256sum -c manifest-sha256.txt", "shasum -a 256 -c manifest-sha256.txt",
          "certutil -hashfile data\\clip-001.redacted.mp4 SHA256"})
        QVERIFY2(verify.contains(command), command);
    QVERIFY(verify.contains(m_bench.key.publicKey().fingerprint().toLatin1()));
}

void TestPackage::isAValidBag()
{
    const QStringList problems = bagitProblems(m_bag);
    QVERIFY2(problems.isEmpty(), qPrintable(problems.join(QLatin1Char('\n'))));
}

void TestPackage::validatorFindsDefects()
{
    const auto spoiled = [this](const char *name, const QByteArray &from, const QByteArray &to) {
        const QString bag = freshCopy();
        const QString file = bag + QLatin1Char('/') + QString::fromLatin1(name);
        writeContent(file, contentOf(file).replace(from, to));
        return bagitProblems(bag);
    };
    QVERIFY(!spoiled("bagit.txt", "UTF-8", "UTF-9").isEmpty());
    QVERIFY(!spoiled("bag-info.txt", "Payload-Oxum: ", "Payload-Oxum: 1").isEmpty());
    QVERIFY(!spoiled("manifest-sha256.txt", "data/VERIFY.txt", "data/../x").isEmpty());
    QVERIFY(!spoiled("data/consent.jsonld", "dct:", "dcx:").isEmpty());
    const QString bag = freshCopy();
    writeContent(bag + QStringLiteral("/data/more.txt"), "x");
    QVERIFY(!bagitProblems(bag).isEmpty());
}

void TestPackage::tampered_data()
{
    QTest::addColumn<Tamper>("tamper");
    QTest::addColumn<QString>("failureClass");
    const auto row = [](const char *name, const char *failureClass, const Tamper &tamper) {
        QTest::newRow(name) << tamper << QString::fromLatin1(failureClass);
    };
    const auto flip = [](const char *name) {
        return [=](const Bag &bag) {
            const QString file = bag.path + QLatin1Char('/') + QString::fromLatin1(name);
            QByteArray content = contentOf(file);
            const qsizetype middle = content.size() / 2;
            content[middle] = char(content[middle] ^ 0x01);
            writeContent(file, content);
        };
    };
    const auto replace = [](const char *name, const QByteArray &from, const QByteArray &to) {
        return [=](const Bag &bag) {
            const QString file = bag.path + QLatin1Char('/') + QString::fromLatin1(name);
            const QByteArray content = contentOf(file);
            QVERIFY(content.contains(from));
            writeContent(file, QByteArray(content).replace(from, to));
        };
    };
    const auto remove = [](const char *name) {
        return [=](const Bag &bag) { QVERIFY(QFile::remove(bag.path + QLatin1Char('/') + QString::fromLatin1(name))); };
    };
    const auto add = [](const char *name) {
        return [=](const Bag &bag) {
            const QString file = bag.path + QLatin1Char('/') + QString::fromLatin1(name);
            QDir().mkpath(QFileInfo(file).path());
            writeContent(file, "x");
        };
    };

    // Files changed as they lie there.
    row("a bit of the clip", "hash-mismatch", flip("data/clip-001.redacted.mp4"));
    row("a bit of the record", "hash-mismatch", flip("data/consent.jsonld"));
    row("a bit of the log", "hash-mismatch", flip("data/processing-log.jsonl"));
    row("a bit of the statement", "hash-mismatch", flip("data/statement.html"));
    row("a bit of the report", "hash-mismatch", flip("data/clip-001.report.json"));
    row("a bit of VERIFY.txt", "hash-mismatch", flip("data/VERIFY.txt"));
    row("a digit of the manifest", "hash-mismatch", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/manifest-sha256.txt");
        QByteArray content = contentOf(file);
        content[0] = content[0] == '0' ? '1' : '0';
        writeContent(file, content);
    });
    row("a digit of the tag manifest", "hash-mismatch", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/tagmanifest-sha256.txt");
        QByteArray content = contentOf(file);
        content[0] = content[0] == '0' ? '1' : '0';
        writeContent(file, content);
    });
    row("the date in bag-info", "hash-mismatch", replace("bag-info.txt", "2026-03-06", "2026-03-07"));
    row("another version of BagIt", "bag-structure", replace("bagit.txt", "1.0", "0.97"));
    row("no manifest", "bag-structure", remove("manifest-sha256.txt"));
    row("no tag manifest", "bag-structure", remove("tagmanifest-sha256.txt"));
    row("no signature", "unsigned", remove("manifest-sha256.txt.sig"));
    row("no signature of the record", "missing-file", remove("data/consent.jsonld.sig"));
    row("no clip", "missing-file", remove("data/clip-001.redacted.mp4"));
    row("an extra payload file", "extra-file", add("data/clip-002.redacted.mp4"));
    row("a fetch.txt", "extra-file", add("fetch.txt"));
    row("an extra folder", "extra-file", add("more/x.txt"));
    row("carriage returns in the manifest", "manifest-malformed", replace("manifest-sha256.txt", "\n", "\r\n"));
    row("a line twice in the manifest", "manifest-malformed", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/manifest-sha256.txt");
        const QByteArray content = contentOf(file);
        writeContent(file, content + content.left(content.indexOf('\n') + 1));
    });
    row("a cut manifest", "manifest-malformed", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/manifest-sha256.txt");
        writeContent(file, contentOf(file).chopped(5));
    });
    row("a name that leads outside", "bag-unsafe-name",
        replace("manifest-sha256.txt", "data/VERIFY.txt", "data/../../etc/passwd"));
    row("an absolute path", "bag-unsafe-name", replace("manifest-sha256.txt", "data/VERIFY.txt", "/etc/passwd"));
    row("a name in capitals", "bag-unsafe-name", add("data/CLIP.MP4"));
    row("a hidden file", "bag-unsafe-name", add("data/.hidden"));
    row("a link in place of the clip", "bag-link", [](const Bag &bag) {
        const QString clip = bag.path + QStringLiteral("/data/clip-001.redacted.mp4");
        QVERIFY(QFile::remove(clip));
        QVERIFY(QFile::link(bag.bench->exportedFile, clip)); // the same bytes, elsewhere
    });
    row("a link in place of the folder", "bag-link", [](const Bag &bag) {
        QVERIFY(QDir().rename(bag.path + QStringLiteral("/data"), bag.path + QStringLiteral("-elsewhere")));
        QVERIFY(QFile::link(bag.path + QStringLiteral("-elsewhere"), bag.path + QStringLiteral("/data")));
    });
    row("a pipe", "bag-link", [](const Bag &bag) {
        QCOMPARE(::mkfifo((bag.path + QStringLiteral("/data/pipe")).toLocal8Bit().constData(), 0600), 0);
    });

    // Hashes made good again, by somebody without the key.
    row("a changed clip, new hashes", "bad-signature", [flip](const Bag &bag) {
        flip("data/clip-001.redacted.mp4")(bag);
        rehash(bag.path, nullptr);
    });
    row("an extra file, new hashes", "bad-signature", [add](const Bag &bag) {
        add("data/more.txt")(bag);
        rehash(bag.path, nullptr);
    });
    row("no signature, new hashes", "unsigned", [remove](const Bag &bag) {
        remove("manifest-sha256.txt.sig")(bag);
        rehash(bag.path, nullptr);
    });
    row("a signature that is none", "malformed-signature", [](const Bag &bag) {
        writeContent(bag.path + QStringLiteral("/manifest-sha256.txt.sig"), "hello\n");
        rehash(bag.path, nullptr);
    });
    row("the signature of something else", "bad-signature", [](const Bag &bag) {
        writeContent(bag.path + QStringLiteral("/manifest-sha256.txt.sig"),
                     keys::makeSshSignature(bag.bench->key, "something else"));
        rehash(bag.path, nullptr);
    });
    row("a changed record under its old signature", "bad-signature", [flip](const Bag &bag) {
        flip("data/consent.jsonld")(bag);
        rehash(bag.path, &bag.bench->key);
    });

    // Another key.
    row("the package signed by another key", "wrong-key",
        [](const Bag &bag) { rehash(bag.path, &bag.bench->otherKey); });
    row("the record signed by another key", "wrong-key", [](const Bag &bag) {
        const QString record = bag.path + QStringLiteral("/data/consent.jsonld");
        writeContent(record + QStringLiteral(".sig"), keys::makeSshSignature(bag.bench->otherKey, contentOf(record)));
        rehash(bag.path, &bag.bench->key);
    });
    row("everything signed by another key", "wrong-key",
        [](const Bag &bag) { changeRecord(bag.path, bag.bench->otherKey, [](QJsonObject &) {}); });

    // Contradictions under good signatures: a program that signed what it did not check.
    const auto withRecord = [](const std::function<void(QJsonObject &)> &change) {
        return [=](const Bag &bag) { changeRecord(bag.path, bag.bench->key, change); };
    };
    const auto inItem = [withRecord](const char *key, const QJsonValue &value) {
        return withRecord([=](QJsonObject &changed) {
            QJsonArray items = changed.value(QStringLiteral("vs:items")).toArray();
            QJsonObject first = items.first().toObject();
            first.insert(QLatin1String(key), value);
            items.replace(0, first);
            changed.insert(QStringLiteral("vs:items"), items);
        });
    };
    row("no record", "missing-record", [remove](const Bag &bag) {
        remove("data/consent.jsonld")(bag);
        rehash(bag.path, &bag.bench->key);
    });
    row("no signature of the record, new hashes", "unsigned", [remove](const Bag &bag) {
        remove("data/consent.jsonld.sig")(bag);
        rehash(bag.path, &bag.bench->key);
    });
    row("a record that is no JSON", "invalid-record", [](const Bag &bag) {
        writeContent(bag.path + QStringLiteral("/data/consent.jsonld"), "{");
        writeContent(bag.path + QStringLiteral("/data/consent.jsonld.sig"),
                     keys::makeSshSignature(bag.bench->key, "{"));
        rehash(bag.path, &bag.bench->key);
    });
    row("a record beside its schema", "invalid-record",
        withRecord([](QJsonObject &changed) { changed.remove(QStringLiteral("vs:recipient")); }));
    row("a record with a path outside", "invalid-record", inItem("file", QStringLiteral("data/../../etc/passwd")));
    row("expired", "expired", withRecord([](QJsonObject &changed) {
            changed.insert(QStringLiteral("vs:validUntil"), QStringLiteral("2026-03-05"));
        }));
    row("another clip", "record-mismatch", [](const Bag &bag) {
        QByteArray other = contentOf(bag.bench->exportedFile);
        other[other.size() - 1] = char(other[other.size() - 1] ^ 0x01);
        writeContent(bag.path + QStringLiteral("/data/clip-001.redacted.mp4"), other);
        rehash(bag.path, &bag.bench->key);
    });
    row("another size of the file", "record-mismatch", inItem("bytes", 12345));
    row("a frame too many", "clip-mismatch", inItem("frames", 13));
    row("a frame removed", "clip-mismatch", inItem("frames", 11));
    row("sound that is not there", "clip-mismatch", inItem("hasAudio", true));
    row("another duration", "clip-mismatch", inItem("durationMs", 99'000));
    row("another picture size", "clip-mismatch", inItem("width", 1920));
    row("a clip that the record does not know", "unlisted-clip", [](const Bag &bag) {
        QVERIFY(QFile::copy(bag.bench->exportedFile, bag.path + QStringLiteral("/data/clip-002.redacted.mp4")));
        rehash(bag.path, &bag.bench->key);
    });
    row("another statement", "statement-mismatch", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/statement.txt");
        writeContent(file, contentOf(file).replace("Springfield", "Shelbyville"));
        rehash(bag.path, &bag.bench->key);
    });
    row("another log", "log-mismatch", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/processing-log.jsonl");
        writeContent(file, contentOf(file).replace("\"crf\":20", "\"crf\":51"));
        rehash(bag.path, &bag.bench->key);
    });
    row("a log whose chain does not hold", "broken-log", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/processing-log.jsonl");
        const QByteArray changed = contentOf(file).replace("\"reviewed\":true", "\"reviewed\":false");
        writeContent(file, changed);
        changeRecord(bag.path, bag.bench->key, [&changed](QJsonObject &record) {
            QJsonObject log = record.value(QStringLiteral("vs:log")).toObject();
            log.insert(QStringLiteral("sha256"), hashOf(changed));
            record.insert(QStringLiteral("vs:log"), log);
        });
    });
    row("a log without its second line", "broken-log", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/processing-log.jsonl");
        QList<QByteArray> lines = contentOf(file).split('\n');
        lines.removeAt(1);
        const QByteArray changed = lines.join('\n');
        writeContent(file, changed);
        changeRecord(bag.path, bag.bench->key, [&changed](QJsonObject &record) {
            QJsonObject log = record.value(QStringLiteral("vs:log")).toObject();
            log.insert(QStringLiteral("sha256"), hashOf(changed));
            record.insert(QStringLiteral("vs:log"), log);
        });
    });
    const auto report = [](const QByteArray &from, const QByteArray &to) {
        return [=](const Bag &bag) {
            const QString file = bag.path + QStringLiteral("/data/clip-001.report.json");
            QVERIFY(contentOf(file).contains(from));
            const QByteArray changed = contentOf(file).replace(from, to);
            writeContent(file, changed);
            changeRecord(bag.path, bag.bench->key, [&changed](QJsonObject &record) {
                QJsonArray items = record.value(QStringLiteral("vs:items")).toArray();
                QJsonObject first = items.first().toObject();
                QJsonObject reference = first.value(QStringLiteral("report")).toObject();
                reference.insert(QStringLiteral("sha256"), hashOf(changed));
                first.insert(QStringLiteral("report"), reference);
                items.replace(0, first);
                record.insert(QStringLiteral("vs:items"), items);
            });
        };
    };
    row("the report of an older export", "stale-report", [report](const Bag &bag) {
        report(bag.bench->exported.outputSha256.toLatin1(), hashOf("older").toLatin1())(bag);
    });
    row("a report that failed", "verification-failed",
        report("\"passed\": true,\n    \"preset\"", "\"passed\": false,\n    \"preset\""));
    row("a report that the record does not name", "report-mismatch", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/clip-001.report.json");
        writeContent(file, contentOf(file) + '\n');
        rehash(bag.path, &bag.bench->key);
    });
    row("a verification of something else", "stale-report", withRecord([](QJsonObject &changed) {
            QJsonObject redaction = changed.value(QStringLiteral("vs:redaction")).toObject();
            QJsonArray qa = redaction.value(QStringLiteral("qa")).toArray();
            QJsonObject entry = qa.first().toObject();
            entry.insert(QStringLiteral("verifiedSha256"), hashOf("something else"));
            qa.replace(0, entry);
            redaction.insert(QStringLiteral("qa"), qa);
            changed.insert(QStringLiteral("vs:redaction"), redaction);
        }));
    row("something hidden in the clip", "container", [](const Bag &bag) {
        const QString file = bag.path + QStringLiteral("/data/clip-001.redacted.mp4");
        const QByteArray clip = contentOf(file) + QByteArray::fromHex("00000010") + "uuid" + "01234567";
        writeContent(file, clip);
        const QString reportFile = bag.path + QStringLiteral("/data/clip-001.report.json");
        const QByteArray reportText =
            contentOf(reportFile).replace(bag.bench->exported.outputSha256.toLatin1(), hashOf(clip).toLatin1());
        writeContent(reportFile, reportText);
        changeRecord(bag.path, bag.bench->key, [&](QJsonObject &record) {
            QByteArray text = consent::recordBytes(record);
            text.replace(bag.bench->exported.outputSha256.toLatin1(), hashOf(clip).toLatin1());
            record = QJsonDocument::fromJson(text).object();
            QJsonArray items = record.value(QStringLiteral("vs:items")).toArray();
            QJsonObject first = items.first().toObject();
            first.insert(QStringLiteral("bytes"), clip.size());
            first.insert(QStringLiteral("report"),
                         QJsonObject{{QStringLiteral("file"), QStringLiteral("data/clip-001.report.json")},
                                     {QStringLiteral("sha256"), hashOf(reportText)}});
            items.replace(0, first);
            record.insert(QStringLiteral("vs:items"), items);
        });
    });
}

void TestPackage::tampered()
{
    QFETCH(Tamper, tamper);
    QFETCH(QString, failureClass);
    const Bag bag{freshCopy(), &m_bench};
    tamper(bag);
    QCOMPARE(classOf(bag.path), failureClass);
}

void TestPackage::tamperedZips_data()
{
    QTest::addColumn<QByteArray>("zip");
    QTest::addColumn<QString>("failureClass");
    const QByteArray whole = contentOf(m_zip);
    const auto row = [](const char *name, const char *failureClass, const QByteArray &zip) {
        QTest::newRow(name) << zip << QString::fromLatin1(failureClass);
    };
    const RawEntry good{"share/data/a.txt", "a"};
    row("cut off", "zip-malformed", whole.left(whole.size() - 30));
    row("a flipped bit inside", "zip-malformed", [&whole] {
        QByteArray changed = whole;
        changed[changed.size() / 2] = char(changed[changed.size() / 2] ^ 0x10);
        return changed;
    }());
    row("nothing inside", "bag-too-large", rawZip({}));
    row("a name that leads outside", "bag-unsafe-name", rawZip({good, {"share/../../evil.txt", "x"}}));
    row("an absolute name", "bag-unsafe-name", rawZip({good, {"/tmp/evil.txt", "x"}}));
    row("a backslash", "bag-unsafe-name", rawZip({good, {"share\\data\\evil.txt", "x"}}));
    row("two folders", "bag-unsafe-name", rawZip({good, {"other/data/b.txt", "x"}}));
    row("no folder", "bag-unsafe-name", rawZip({{"bagit.txt", "x"}}));
    RawEntry link{"share/data/link", "/etc/passwd"};
    link.attributes = 0120777U << 16;
    row("a link", "bag-link", rawZip({good, link}));
    row("the same name twice", "zip-duplicate", rawZip({good, good}));
    RawEntry deflated{"share/data/b.txt", QByteArray::fromHex("4b04 00")};
    deflated.method = 8;
    deflated.statedSize = 1;
    row("compressed", "zip-compressed", rawZip({good, deflated}));
    RawEntry bomb{"share/data/b.txt", QByteArray::fromHex("4b0400")};
    bomb.method = 8;
    bomb.statedSize = 0xf0000000U;
    row("a bomb", "zip-compressed", rawZip({good, bomb}));
    RawEntry encrypted{"share/data/b.txt", QByteArray(13, 'x')};
    encrypted.flags = 1;
    row("encrypted", "zip-encrypted", rawZip({good, encrypted}));
    RawEntry crc{"share/data/b.txt", "x"};
    crc.statedCrc = 1;
    row("a wrong checksum", "zip-malformed", rawZip({good, crc}));
    std::vector<RawEntry> many;
    for (int index = 0; index < 300; ++index)
        many.push_back({"share/data/f" + QByteArray::number(index), "x"});
    row("too many files", "bag-too-large", rawZip(many));
    row("some other folder", "bag-structure", rawZip({good}));
}

void TestPackage::tamperedZips()
{
    QFETCH(QByteArray, zip);
    QFETCH(QString, failureClass);
    const QString file = at("tampered.zip");
    writeContent(file, zip);
    QCOMPARE(classOfFile(file), failureClass);
    QVERIFY(!QFile::exists(QStringLiteral("/tmp/evil.txt")));
}

void TestPackage::sealedPackages()
{
    // Without it tst_age checks sealing, with our own reader alone.
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("age"), QStringLiteral("age-keygen"));
    const QString keyFile = at("age.key");
    QCOMPARE(runTool(QStringLiteral("age-keygen"), {QStringLiteral("-o"), keyFile}, m_folder.path()), 0);
    QByteArray recipient;
    QCOMPARE(runTool(QStringLiteral("age-keygen"), {QStringLiteral("-y"), keyFile}, m_folder.path(), {}, &recipient),
             0);
    const auto parsed = package::parseAgeRecipient(QString::fromLatin1(recipient.trimmed()));
    QVERIFY(parsed);
    PackageParameters parameters = m_bench.parameters(at("sealed"));
    parameters.zip = true;
    parameters.recipients = {*parsed};
    const auto made = m_bench.make(parameters);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    const QString sealed = QString::fromStdString(made->sealed->string());
    QCOMPARE(sealed, at("sealed.zip.age"));
    QCOMPARE(
        runTool(QStringLiteral("age"),
                {QStringLiteral("-d"), QStringLiteral("-i"), keyFile, QStringLiteral("-o"), at("opened.zip"), sealed},
                m_folder.path()),
        0);
    QCOMPARE(contentOf(at("opened.zip")), contentOf(at("sealed.zip")));

    const auto identities = package::parseAgeIdentities(contentOf(keyFile));
    QVERIFY(identities);
    QCOMPARE(classOfFile(sealed, *identities), QString());
    QCOMPARE(classOfFile(sealed), QStringLiteral("sealed"));
    const QString otherKey = at("other.key");
    QCOMPARE(runTool(QStringLiteral("age-keygen"), {QStringLiteral("-o"), otherKey}, m_folder.path()), 0);
    QCOMPARE(classOfFile(sealed, *package::parseAgeIdentities(contentOf(otherKey))), QStringLiteral("age-no-identity"));
    QByteArray changed = contentOf(sealed);
    changed[changed.size() / 2] = char(changed[changed.size() / 2] ^ 0x01);
    writeContent(at("changed.age"), changed);
    QCOMPARE(classOfFile(at("changed.age"), *identities), QStringLiteral("age-tampered"));
}

void TestPackage::expiryAndWithdrawal()
{
    package::PackageOptions options;
    options.now = QDateTime(QDate(2027, 3, 5), QTime(23, 59), Qt::OffsetFromUTC, 0);
    QVERIFY(pipeline::verifyPackage(m_bag.toStdString(), options)->passed());
    options.now = QDateTime(QDate(2027, 3, 6), QTime(0, 0), Qt::OffsetFromUTC, 0);
    QCOMPARE(pipeline::verifyPackage(m_bag.toStdString(), options)->firstFailure()->failureClass,
             QStringLiteral("expired"));
    options.now = m_bench.clock.moment;
    QString asked;
    options.withdrawal = [&asked](const QString &identifier) -> base::Result<std::optional<QString>> {
        asked = identifier;
        return std::optional(QStringLiteral("withdrawn"));
    };
    QCOMPARE(pipeline::verifyPackage(m_bag.toStdString(), options)->firstFailure()->failureClass,
             QStringLiteral("withdrawn"));
    QCOMPARE(asked, consent::recordIdentifier(recordOf(m_bag)));
}

/// Nothing of what identifies the owner's machine, and no place where a hidden person stood.
void TestPackage::nothingPrivateInside()
{
    int files = 0;
    QDirIterator entries(m_bag, QDir::Files, QDirIterator::Subdirectories);
    while (entries.hasNext()) {
        const QString file = entries.next();
        const QByteArray content = contentOf(file);
        ++files;
        for (const QByteArray &secret :
             {QByteArray("secret-camera-name"), m_folder.path().toUtf8(), QByteArray("the neighbour")})
            QVERIFY2(!content.contains(secret), qPrintable(file));
        if (!file.endsWith(QStringLiteral(".mp4"))) {
            for (const char *word : {"\"box\"", "\"region\":", "\"regions\": ["})
                QVERIFY2(!content.contains(word), qPrintable(file + QLatin1Char(' ') + QLatin1String(word)));
        }
    }
    QCOMPARE(files, 13);
    // The control: the ordinary report has them.
    QByteArray ordinary;
    QVERIFY(pipeline::writeReport(m_bench.exported, [&ordinary](const QByteArray &bytes) {
        ordinary += bytes;
        return base::Result<void>();
    }));
    QVERIFY(ordinary.contains("\"box\"") && ordinary.contains("secret-camera-name"));
    // What the project said about people is there.
    const QJsonArray people = recordOf(m_bag).value(QStringLiteral("vs:personsDepicted")).toArray();
    QCOMPARE(people.size(), 2);
    QCOMPARE(people.at(1).toObject().value(QStringLiteral("reasonUnredacted")).toString(), QStringLiteral("household"));
}

void TestPackage::gate_data()
{
    QTest::addColumn<Spoil>("spoil");
    QTest::addColumn<QString>("failureClass");
    QTest::addColumn<int>("kind");
    const auto row = [](const char *name, const char *failureClass, base::ErrorKind kind, const Spoil &spoil) {
        QTest::newRow(name) << spoil << QString::fromLatin1(failureClass) << int(kind);
    };
    using base::ErrorKind;
    row("no name", "no-name", ErrorKind::Usage,
        [](PackageBench &, PackageParameters &parameters) { parameters.signAs.clear(); });
    row("blank name", "no-name", ErrorKind::Usage,
        [](PackageBench &, PackageParameters &parameters) { parameters.signAs = QStringLiteral(" \t "); });
    row("name with a line feed", "no-name", ErrorKind::Usage,
        [](PackageBench &, PackageParameters &parameters) { parameters.signAs = QStringLiteral("a\nb"); });
    row("no clip", "no-clips", ErrorKind::Usage,
        [](PackageBench &, PackageParameters &parameters) { parameters.clips.clear(); });
    row("preservation", "preservation-request", ErrorKind::Usage, [](PackageBench &, PackageParameters &parameters) {
        parameters.request.kind = consent::RequestKind::PreservationRequest;
    });
    row("declined", "declined", ErrorKind::Usage, [](PackageBench &, PackageParameters &parameters) {
        parameters.request.decision.outcome = consent::DecisionOutcome::Decline;
    });
    row("invalid request", "invalid-request", ErrorKind::Usage, [](PackageBench &, PackageParameters &parameters) {
        parameters.request.basis = consent::RequestBasis::Compelled;
    });
    row("not reviewed", "not-reviewed", ErrorKind::ReviewMissing,
        [](PackageBench &, PackageParameters &parameters) { parameters.clips[0].document.reviewed = false; });
    row("a blank reason", "not-reviewed", ErrorKind::ReviewMissing, [](PackageBench &, PackageParameters &parameters) {
        parameters.clips[0].document.reviewed = false;
        parameters.unreviewedReason = QStringLiteral("  ");
    });
    row("open find", "unsettled-finds", ErrorKind::ReviewMissing, [](PackageBench &, PackageParameters &parameters) {
        parameters.unreviewedReason = QStringLiteral("whatever");
        parameters.clips[0].document.checks = {{1, QStringLiteral("verification-find"), 1, 0, {1, 1, 9, 9}, false}};
    });
}

void TestPackage::gate()
{
    QFETCH(Spoil, spoil);
    QFETCH(QString, failureClass);
    QFETCH(int, kind);
    PackageParameters parameters = m_bench.parameters(at("gate"));
    QVERIFY(pipeline::checkGate(parameters));
    spoil(m_bench, parameters);
    m_bench.signatures = 0;
    const auto made = m_bench.make(parameters);
    QVERIFY(!made);
    QCOMPARE(made.error().failureClass, failureClass);
    QCOMPARE(int(made.error().kind), kind);
    QCOMPARE(m_bench.signatures, 0);
    QVERIFY(!QFile::exists(at("gate")));
}

void TestPackage::nothingIsSignedOnFailure_data()
{
    QTest::addColumn<Spoil>("spoil");
    const auto row = [](const char *name, const Spoil &spoil) { QTest::newRow(name) << spoil; };
    const auto altered = [](const std::function<void(pipeline::ExportResult &)> &change) {
        return [=](PackageBench &bench, PackageParameters &parameters) {
            parameters.exportClip = [&bench, change](const project::ReviewDocument &,
                                                     const pipeline::ExportParameters &wanted,
                                                     const base::ProgressCallback &, const base::CancelToken &) {
                auto result = bench.copiedExport(wanted);
                if (result)
                    change(*result);
                return result;
            };
        };
    };
    row("the export fails", [](PackageBench &, PackageParameters &parameters) {
        parameters.exportClip = [](const auto &, const auto &, const auto &,
                                   const auto &) -> base::Result<pipeline::ExportResult> {
            return base::Error{base::ErrorKind::Failure, QStringLiteral("the worker crashed")};
        };
    });
    row("verification fails", altered([](pipeline::ExportResult &result) {
            result.inPlace = false;
            result.verification.picture.passed = false;
            result.failure = {base::ErrorKind::CheckFailed, QStringLiteral("failed"),
                              QStringLiteral("verification-failed")};
        }));
    row("a check is left out", altered([](pipeline::ExportResult &result) { result.verification.secondPass = {}; }));
    row("a check failed and the file is there all the same",
        altered([](pipeline::ExportResult &result) { result.verification.timing.passed = false; }));
    row("nothing was verified", altered([](pipeline::ExportResult &result) { result.verification = {}; }));
    row("no hash", altered([](pipeline::ExportResult &result) { result.outputSha256.clear(); }));
    row("another file than was verified", [](PackageBench &bench, PackageParameters &parameters) {
        parameters.exportClip = [&bench](const project::ReviewDocument &, const pipeline::ExportParameters &wanted,
                                         const base::ProgressCallback &, const base::CancelToken &) {
            auto result = bench.copiedExport(wanted);
            QFile file(QString::fromStdString(wanted.output.string()));
            if (file.open(QIODevice::Append))
                file.write("x");
            return result;
        };
    });
    row("no file", [](PackageBench &bench, PackageParameters &parameters) {
        parameters.exportClip = [&bench](const auto &, const auto &, const auto &,
                                         const auto &) -> base::Result<pipeline::ExportResult> {
            return bench.exported;
        };
    });
    row("a record that does not validate", [](PackageBench &, PackageParameters &parameters) {
        parameters.clips[0].document.analysis.detectors.clear(); // who looked is not known
    });
    row("the output exists", [](PackageBench &, PackageParameters &parameters) {
        QDir().mkpath(QString::fromStdString(parameters.output.string()));
    });
}

void TestPackage::nothingIsSignedOnFailure()
{
    QFETCH(Spoil, spoil);
    QTemporaryDir folder;
    m_bench.signatures = 0;
    PackageParameters parameters = m_bench.parameters(folder.filePath(QStringLiteral("out")));
    parameters.zip = true;
    spoil(m_bench, parameters);
    const QStringList before = QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    const auto made = m_bench.make(parameters);
    QVERIFY(!made);
    QCOMPARE(m_bench.signatures, 0);
    QCOMPARE(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot), before);
}

void TestPackage::fullDiskLeavesNothing()
{
    QTemporaryDir folder;
    std::signal(SIGXFSZ, SIG_IGN);
    rlimit before{};
    QCOMPARE(::getrlimit(RLIMIT_FSIZE, &before), 0);
    // From nothing up to more than the clip: every write on the way fails once.
    const rlim_t most = rlim_t(QFile(m_bench.exportedFile).size()) + 60'000;
    int refused = 0;
    for (rlim_t limit = 10; limit < most; limit += most / 12) {
        m_bench.signatures = 0;
        PackageParameters parameters = m_bench.parameters(folder.filePath(QStringLiteral("out")));
        parameters.zip = true;
        // A copy made beforehand is moved in, so that the limit hits the package and not the export.
        const QString spare = folder.filePath(QStringLiteral("spare"));
        QVERIFY(QFile::copy(m_bench.exportedFile, spare));
        parameters.exportClip = [&](const auto &, const pipeline::ExportParameters &wanted, const auto &,
                                    const auto &) -> base::Result<pipeline::ExportResult> {
            if (!QFile::rename(spare, QString::fromStdString(wanted.output.string())))
                return base::Error{base::ErrorKind::Failure, QStringLiteral("not moved")};
            return m_bench.exported;
        };
        const rlimit small{limit, before.rlim_max};
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &small), 0);
        const auto made = m_bench.make(parameters);
        QCOMPARE(::setrlimit(RLIMIT_FSIZE, &before), 0);
        QFile::remove(spare);
        if (made) {
            QDir(folder.filePath(QStringLiteral("out"))).removeRecursively();
            QFile::remove(folder.filePath(QStringLiteral("out.zip")));
            continue;
        }
        ++refused;
        if (limit < rlim_t(QFile(m_bench.exportedFile).size()))
            QCOMPARE(m_bench.signatures, 0);
        QVERIFY2(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty(),
                 qPrintable(QString::number(limit)));
    }
    QVERIFY(refused > 6);
}

void TestPackage::cancelledLeavesNothing()
{
    for (const char *when : {"export", "verified", "record", "signed", "read-back"}) {
        QTemporaryDir folder;
        const base::CancelToken cancel;
        PackageParameters parameters = m_bench.parameters(folder.filePath(QStringLiteral("out")));
        parameters.zip = true;
        QStringList steps;
        parameters.onStep = [&](const QString &step, std::size_t) {
            steps.append(step);
            if (step == QLatin1String(when))
                cancel.cancel();
        };
        m_bench.signatures = 0;
        const auto made = m_bench.make(parameters, cancel);
        QVERIFY2(!made, when);
        QCOMPARE(made.error().kind, base::ErrorKind::Cancelled);
        QVERIFY(steps.contains(QLatin1String(when)));
        QVERIFY(QDir(folder.path()).entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot).isEmpty());
        if (steps.last() != QLatin1String("signed") && steps.last() != QLatin1String("read-back"))
            QCOMPARE(m_bench.signatures, 0);
    }
}

void TestPackage::unreviewedNeedsAReason()
{
    PackageParameters parameters = m_bench.parameters(at("unreviewed"));
    parameters.clips[0].document.reviewed = false;
    parameters.clips[0].history.reviewedAt.reset();
    parameters.unreviewedReason = QStringLiteral("the hearing is tomorrow");
    const auto made = m_bench.make(parameters);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    QCOMPARE(classOf(at("unreviewed")), QString());
    const QByteArray statement = contentOf(at("unreviewed/data/statement.txt"));
    QVERIFY(statement.contains("was NOT reviewed"));
    QVERIFY(statement.contains("the hearing is tomorrow"));
    QVERIFY(recordOf(at("unreviewed"))
                .value(QStringLiteral("vs:redaction"))
                .toObject()
                .value(QStringLiteral("knownLimits"))
                .toArray()
                .contains(QStringLiteral("not-reviewed")));
}

/// Without any stand-in: decode, cover, encode, verify, sign.
void TestPackage::realExportInOneGo()
{
    PackageParameters parameters = m_bench.parameters(at("real"));
    parameters.exportClip = {};
    const auto made = m_bench.make(parameters);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    QCOMPARE(classOf(at("real")), QString());
    const QJsonObject qa = made->record.value(QStringLiteral("vs:redaction"))
                               .toObject()
                               .value(QStringLiteral("qa"))
                               .toArray()
                               .first()
                               .toObject();
    QCOMPARE(qa.value(QStringLiteral("verifiedSha256")).toString(),
             hashOf(contentOf(at("real/data/clip-001.redacted.mp4"))));
    QCOMPARE(made->ledgerContent.value(QStringLiteral("manifestSha256")).toString(),
             hashOf(contentOf(at("real/manifest-sha256.txt"))));
}

void TestPackage::compelledAndEmergency()
{
    PackageParameters parameters = m_bench.parameters(at("compelled"));
    parameters.request.kind = consent::RequestKind::SearchWarrant;
    parameters.request.basis = consent::RequestBasis::Compelled;
    parameters.request.document = {
        QStringLiteral("search warrant"), QStringLiteral("County Court"), QStringLiteral("SW-99"), {}, {}};
    const auto compelled = m_bench.make(parameters);
    QVERIFY2(compelled, compelled ? "" : qPrintable(compelled.error().message));
    QCOMPARE(classOf(at("compelled")), QString());
    QVERIFY(!contentOf(at("compelled/data/consent.jsonld")).contains("ExplicitlyExpressedConsent"));

    parameters = m_bench.parameters(at("emergency"));
    parameters.request.kind = consent::RequestKind::EmergencyRequest;
    parameters.request.basis = consent::RequestBasis::Emergency;
    parameters.request.language = QStringLiteral("es");
    const auto emergency = m_bench.make(parameters);
    QVERIFY2(emergency, emergency ? "" : qPrintable(emergency.error().message));
    QCOMPARE(classOf(at("emergency")), QString());
    QVERIFY(contentOf(at("emergency/data/statement.txt")).contains("Declaración"));
}

void TestPackage::severalClips()
{
    PackageParameters parameters = m_bench.parameters(at("several"));
    parameters.clips.push_back(parameters.clips.front());
    const auto made = m_bench.make(parameters);
    QVERIFY2(made, made ? "" : qPrintable(made.error().message));
    QVERIFY(QFile::exists(at("several/data/clip-002.redacted.mp4")));
    QCOMPARE(classOf(at("several")), QString());
    QCOMPARE(recordOf(at("several")).value(QStringLiteral("vs:items")).toArray().size(), 2);
    QVERIFY(made->portal.fitsAtOnce());
    // The limits of portals: a proposal of two submissions, each with the record.
    std::vector<package::BagFile> files;
    files.push_back({QStringLiteral("data/consent.jsonld"), 1000, {}});
    files.push_back({QStringLiteral("data/consent.jsonld.sig"), 300, {}});
    for (int index = 0; index < 20; ++index)
        files.push_back({QStringLiteral("data/clip-%1.mp4").arg(index), std::int64_t(700) << 20, {}});
    files.push_back({QStringLiteral("data/clip-big.mp4"), std::int64_t(3) << 30, {}});
    const package::PortalPlan plan = package::planForPortal(files);
    QCOMPARE(plan.submissions.size(), 2U);
    QCOMPARE(plan.tooLarge, QStringList{QStringLiteral("data/clip-big.mp4")});
    qsizetype clips = 0;
    for (const QStringList &submission : plan.submissions) {
        QVERIFY(submission.size() <= 16);
        QVERIFY(submission.contains(QStringLiteral("data/consent.jsonld.sig")));
        clips += submission.size() - 2;
    }
    QCOMPARE(clips, 20);
}

QTEST_GUILESS_MAIN(TestPackage)
#include "tst_package.moc"
