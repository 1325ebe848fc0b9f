// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signingkey.h"
#include "keys/sshsignature.h"
#include "support/testdata.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using namespace doorveil::keys;

namespace {

SigningKey keyOfTest()
{
    // RFC 8032 section 7.1, test 2.
    QByteArray seed = QByteArray::fromHex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
    return std::move(*SigningKey::fromSeed(SecretBytes::take(seed)));
}

} // namespace

class TestSigning final : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithTheStandard();
    void readsWhatItWrites();
    void refusesOtherKeys_data();
    void refusesOtherKeys();
    void signatureBelongsToItsContent();
    void damagedSignaturesAreRefused();
    void stockToolVerifies();
};

void TestSigning::agreesWithTheStandard()
{
    const SigningKey key = keyOfTest();
    QCOMPARE(key.publicKey().bytes().toHex(),
             QByteArray("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"));
    QCOMPARE(key.sign(QByteArray("\x72", 1)).toHex(),
             QByteArray("92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
                        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"));
}

void TestSigning::readsWhatItWrites()
{
    const PublicKey key = SigningKey::generate().publicKey();
    const auto again = PublicKey::fromOpenSsh(key.openSsh() + QStringLiteral(" owner@home"));
    QVERIFY(again);
    QCOMPARE(*again, key);
    QVERIFY(key.fingerprint().startsWith(QStringLiteral("SHA256:")));
    QCOMPARE(key.spokenFingerprint().remove(QLatin1Char(' ')), key.fingerprint().mid(7));
}

void TestSigning::refusesOtherKeys_data()
{
    QTest::addColumn<QString>("line");
    QTest::newRow("empty") << QString();
    QTest::newRow("other type") << QStringLiteral("ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAABgQ==");
    QTest::newRow("not base64") << QStringLiteral("ssh-ed25519 A*A=");
    QTest::newRow("short") << QStringLiteral("ssh-ed25519 ")
                                  + QString::fromLatin1((sshString("ssh-ed25519") + sshString("short")).toBase64());
    QTest::newRow("trailing bytes") << keyOfTest().publicKey().openSsh() + QStringLiteral("AAAA");
}

void TestSigning::refusesOtherKeys()
{
    QFETCH(QString, line);
    QVERIFY(!PublicKey::fromOpenSsh(line));
}

void TestSigning::signatureBelongsToItsContent()
{
    const SigningKey key = SigningKey::generate();
    const QByteArray content = "abc  data/clip-001.redacted.mp4\n";
    const QByteArray signature = makeSshSignature(key, content);
    const auto signer = verifySshSignature(signature, content);
    QVERIFY(signer);
    QCOMPARE(*signer, key.publicKey());

    QByteArray altered = content;
    altered[0] = 'b';
    const auto refused = verifySshSignature(signature, altered);
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("bad-signature"));
}

void TestSigning::damagedSignaturesAreRefused()
{
    const SigningKey key = SigningKey::generate();
    const QByteArray content = "content";
    const QByteArray signature = makeSshSignature(key, content);
    // Every single altered character of the armoured text is refused, whichever field it hits.
    for (qsizetype position = 0; position < signature.size(); ++position) {
        QByteArray damaged = signature;
        damaged[position] = damaged[position] == 'Q' ? 'R' : 'Q';
        if (damaged == signature)
            continue;
        const auto verified = verifySshSignature(damaged, content);
        QVERIFY2(!verified || *verified == key.publicKey(), "a changed signature named another key");
        if (verified) // base64's unused last bits may change without changing a byte
            QCOMPARE(position, signature.indexOf("\n-----END") - 1);
    }
    for (qsizetype length = 0; length < signature.size() - 1; ++length)
        QVERIFY(!verifySshSignature(signature.left(length), content));
    QVERIFY(!verifySshSignature(signature + signature, content));
    QVERIFY(!verifySshSignature(QByteArray(1 << 20, 'A'), content));
}

void TestSigning::stockToolVerifies()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("ssh-keygen"));
    const QString tool = QStringLiteral("ssh-keygen");
    const SigningKey key = SigningKey::generate();
    const QByteArray content = "line one\nline two\n";
    const QTemporaryDir folder;
    QFile signature(folder.filePath(QStringLiteral("content.sig")));
    QVERIFY(signature.open(QIODevice::WriteOnly));
    signature.write(makeSshSignature(key, content));
    signature.close();

    const auto check = [&](const QByteArray &input) {
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(tool, {QStringLiteral("-Y"), QStringLiteral("check-novalidate"), QStringLiteral("-n"),
                             QStringLiteral("file"), QStringLiteral("-s"), signature.fileName()});
        process.write(input);
        process.closeWriteChannel();
        process.waitForFinished();
        return std::pair(process.exitCode(), process.readAll());
    };
    const auto [code, output] = check(content);
    QCOMPARE(code, 0);
    QVERIFY2(output.contains(key.publicKey().fingerprint().toLatin1()), output.constData());
    QVERIFY(check("line one\r\nline two\r\n").first != 0);
}

QTEST_GUILESS_MAIN(TestSigning)
#include "tst_signing.moc"
