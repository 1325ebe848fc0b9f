// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/age.h"
#include "support/testdata.h"

#include <QFile>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using namespace doorveil::package;

namespace {

// A key pair made with age-keygen for these tests only.
const QByteArray identityText = "AGE-SECRET-KEY-1PLEXMAMDXVMGSZL8P9ZSEKK42P587QW9C0JW4MQ7YVG2E054PSASQS30DK";

QByteArray pattern(qsizetype size)
{
    QByteArray bytes(size, Qt::Uninitialized);
    for (qsizetype index = 0; index < size; ++index)
        bytes[index] = char((index * 131 + index / 251) & 0xff);
    return bytes;
}

} // namespace

class TestAge final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void opensWhatItSealed_data();
    void opensWhatItSealed();
    void stockToolOpens_data();
    void stockToolOpens();
    void stockToolOpensForSshKeys();
    void opensWhatTheStockToolSealed();
    void everyAlteredByteIsRefused();
    void cutOffFilesAreRefused();
    void wrongRecipientsAreRefused_data();
    void wrongRecipientsAreRefused();
    void hostileHeadersAreRefused_data();
    void hostileHeadersAreRefused();

private:
    base::Result<void> decrypt(const QByteArray &sealed, QByteArray *plain);
    QByteArray encrypt(const QByteArray &plain, const AgeRecipient &recipient);
    QString write(const char *name, const QByteArray &bytes);
    QByteArray read(const QString &path);

    QTemporaryDir m_folder;
    std::vector<AgeIdentity> m_identities;
    AgeRecipient m_recipient;
    QString m_tool;
};

QString TestAge::write(const char *name, const QByteArray &bytes)
{
    QFile file(m_folder.filePath(QString::fromLatin1(name)));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("a test file could not be written");
    return file.fileName();
}

QByteArray TestAge::read(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QByteArray TestAge::encrypt(const QByteArray &plain, const AgeRecipient &recipient)
{
    QFile input(write("plain", plain));
    QFile output(m_folder.filePath(QStringLiteral("sealed")));
    if (!input.open(QIODevice::ReadOnly) || !output.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return {};
    if (!ageEncrypt(input.handle(), output.handle(), {recipient}))
        return {};
    output.close();
    return read(output.fileName());
}

base::Result<void> TestAge::decrypt(const QByteArray &sealed, QByteArray *plain)
{
    QFile input(write("sealed-again", sealed));
    QFile output(m_folder.filePath(QStringLiteral("opened")));
    if (!input.open(QIODevice::ReadOnly) || !output.open(QIODevice::WriteOnly | QIODevice::Truncate))
        return base::Error{};
    const base::Result<void> result = ageDecrypt(input.handle(), output.handle(), m_identities);
    output.close();
    if (plain != nullptr)
        *plain = read(output.fileName());
    return result;
}

void TestAge::initTestCase()
{
    m_tool = QStandardPaths::findExecutable(QStringLiteral("age"));
    auto identities = parseAgeIdentities("# a comment\n\n" + identityText + "\n");
    QVERIFY2(identities, identities ? "" : qPrintable(identities.error().message));
    m_identities = std::move(*identities);
    m_recipient.point = m_identities[0].point;
}

void TestAge::opensWhatItSealed_data()
{
    QTest::addColumn<int>("size");
    for (const int size : {0, 1, 65'535, 65'536, 65'537, 131'072, 300'001})
        QTest::addRow("%d bytes", size) << size;
}

void TestAge::opensWhatItSealed()
{
    QFETCH(int, size);
    QByteArray plain;
    QVERIFY(decrypt(encrypt(pattern(size), m_recipient), &plain));
    QCOMPARE(plain, pattern(size));
}

void TestAge::stockToolOpens_data()
{
    opensWhatItSealed_data();
}

void TestAge::stockToolOpens()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("age"));
    QFETCH(int, size);
    const QByteArray sealed = encrypt(pattern(size), m_recipient);
    QProcess process;
    process.start(m_tool, {QStringLiteral("-d"), QStringLiteral("-i"), write("identity", identityText + '\n'),
                           write("for-the-tool", sealed)});
    QVERIFY(process.waitForFinished());
    QCOMPARE(process.exitCode(), 0);
    QCOMPARE(process.readAllStandardOutput(), pattern(size));
}

void TestAge::stockToolOpensForSshKeys()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("age"), QStringLiteral("ssh-keygen"));
    const QString keygen = QStringLiteral("ssh-keygen");
    const QString keyFile = m_folder.filePath(QStringLiteral("officer"));
    QCOMPARE(QProcess::execute(keygen, {QStringLiteral("-q"), QStringLiteral("-t"), QStringLiteral("ed25519"),
                                        QStringLiteral("-N"), QString(), QStringLiteral("-f"), keyFile}),
             0);
    const auto recipient = parseAgeRecipient(QString::fromLatin1(read(keyFile + QStringLiteral(".pub"))));
    QVERIFY(recipient);
    const QByteArray sealed = encrypt(pattern(70'000), *recipient);
    QProcess process;
    process.start(m_tool, {QStringLiteral("-d"), QStringLiteral("-i"), keyFile, write("for-the-officer", sealed)});
    QVERIFY(process.waitForFinished());
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QCOMPARE(process.readAllStandardOutput(), pattern(70'000));
}

void TestAge::opensWhatTheStockToolSealed()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("age"), QStringLiteral("age-keygen"));
    const QString keygen = QStringLiteral("age-keygen");
    QProcess make;
    make.start(keygen, {QStringLiteral("-y"), write("identity", identityText + '\n')});
    QVERIFY(make.waitForFinished());
    const QString recipientText = QString::fromLatin1(make.readAllStandardOutput()).trimmed();
    const auto recipient = parseAgeRecipient(recipientText);
    QVERIFY(recipient);
    QCOMPARE(recipient->point, m_recipient.point);

    QProcess process;
    process.start(m_tool, {QStringLiteral("-r"), recipientText, write("plain", pattern(100'000))});
    QVERIFY(process.waitForFinished());
    QByteArray plain;
    QVERIFY(decrypt(process.readAllStandardOutput(), &plain));
    QCOMPARE(plain, pattern(100'000));
}

void TestAge::everyAlteredByteIsRefused()
{
    const QByteArray sealed = encrypt(pattern(40), m_recipient);
    for (qsizetype position = 0; position < sealed.size(); ++position) {
        QByteArray altered = sealed;
        altered[position] = char(altered[position] ^ 1);
        QByteArray plain;
        QVERIFY2(!decrypt(altered, &plain), qPrintable(QString::number(position)));
        QVERIFY(plain.isEmpty());
    }
}

void TestAge::cutOffFilesAreRefused()
{
    const QByteArray sealed = encrypt(pattern(131'072), m_recipient);
    for (const qsizetype size : {qsizetype(0), qsizetype(10), qsizetype(100), sealed.size() - 65'552,
                                 sealed.size() - 65'551, sealed.size() - 1})
        QVERIFY2(!decrypt(sealed.left(size), nullptr), qPrintable(QString::number(size)));
    QVERIFY(!decrypt(sealed + 'x', nullptr));
}

void TestAge::wrongRecipientsAreRefused_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("empty") << QString();
    QTest::newRow("prefix only") << QStringLiteral("age1");
    QTest::newRow("mixed case") << QStringLiteral("age1QQ");
    QTest::newRow("checksum") << QStringLiteral("age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwk");
    QTest::newRow("other key type") << QStringLiteral("ssh-rsa AAAAB3NzaC1yc2E=");
    QTest::newRow("cut off ssh key") << QStringLiteral("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5");
}

void TestAge::wrongRecipientsAreRefused()
{
    QFETCH(QString, text);
    const auto recipient = parseAgeRecipient(text);
    QVERIFY(!recipient);
    QCOMPARE(recipient.error().kind, base::ErrorKind::Usage);
}

void TestAge::hostileHeadersAreRefused_data()
{
    QTest::addColumn<QByteArray>("header");
    const QByteArray code = " " + QByteArray(32, 'x').toBase64(QByteArray::OmitTrailingEquals) + "\n";
    QTest::newRow("other version") << QByteArray("age-encryption.org/v2\n-> X25519 AA\n\n---" + code);
    QTest::newRow("no stanza") << QByteArray("age-encryption.org/v1\n---" + code);
    QTest::newRow("no end") << QByteArray("age-encryption.org/v1\n-> X25519 AA\n");
    QTest::newRow("endless line") << QByteArray("age-encryption.org/v1\n-> " + QByteArray(200'000, 'A'));
    QTest::newRow("short share") << QByteArray("age-encryption.org/v1\n-> X25519 AAAA\n\n---" + code);
    QTest::newRow("empty argument") << QByteArray("age-encryption.org/v1\n-> X25519  \n\n---" + code);
    QTest::newRow("padded base64") << QByteArray("age-encryption.org/v1\n-> X25519 AA==\n\n---" + code);
    QTest::newRow("point of small order") << QByteArray(
        "age-encryption.org/v1\n-> X25519 " + QByteArray(32, '\0').toBase64(QByteArray::OmitTrailingEquals) + "\n"
        + QByteArray(32, 'y').toBase64(QByteArray::OmitTrailingEquals) + "\n---" + code);
}

void TestAge::hostileHeadersAreRefused()
{
    QFETCH(QByteArray, header);
    const auto result = decrypt(header + QByteArray(64, 'p'), nullptr);
    QVERIFY(!result);
    QCOMPARE(result.error().failureClass, QStringLiteral("age-malformed"));
}

QTEST_GUILESS_MAIN(TestAge)
#include "tst_age.moc"
