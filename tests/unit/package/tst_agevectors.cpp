// SPDX-License-Identifier: GPL-3.0-or-later
// age files that somebody made wrong on purpose, one defect each, in the categories of the C2SP test vectors. They are
// put together here with libsodium, not by the writer they test, and the `age` program has to say the same of each.
#include "package/age.h"
#include "support/testdata.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <sodium.h>

using namespace doorveil;
using namespace doorveil::package;

namespace {

// A key pair made with age-keygen for these tests only.
const QByteArray identityText = "AGE-SECRET-KEY-1PLEXMAMDXVMGSZL8P9ZSEKK42P587QW9C0JW4MQ7YVG2E054PSASQS30DK";
const QByteArray version = "age-encryption.org/v1\n";
constexpr qsizetype chunkSize = 64 * 1024;

unsigned char *data(QByteArray &bytes)
{
    return reinterpret_cast<unsigned char *>(bytes.data());
}

const unsigned char *data(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray base64(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::OmitTrailingEquals);
}

/// Other bits where the last character of unpadded base64 has some to spare: it decodes to the same bytes.
QByteArray notCanonical(QByteArray text)
{
    static const QByteArray alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const qsizetype value = alphabet.indexOf(text.back());
    text.back() = alphabet[value ^ 1];
    return text;
}

QByteArray hmac(const QByteArray &key, const QByteArray &message)
{
    QByteArray code(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, data(key), std::size_t(key.size()));
    crypto_auth_hmacsha256_update(&state, data(message), std::size_t(message.size()));
    crypto_auth_hmacsha256_final(&state, data(code));
    return code;
}

QByteArray hkdf(const QByteArray &secret, const QByteArray &salt, const QByteArray &info)
{
    return hmac(hmac(salt.isEmpty() ? QByteArray(32, '\0') : salt, secret), info + '\x01');
}

QByteArray seal(const QByteArray &key, const QByteArray &nonce, const QByteArray &plain)
{
    QByteArray sealed(plain.size() + qsizetype(crypto_aead_chacha20poly1305_ietf_ABYTES), Qt::Uninitialized);
    crypto_aead_chacha20poly1305_ietf_encrypt(data(sealed), nullptr, data(plain), std::size_t(plain.size()), nullptr, 0,
                                              nullptr, data(nonce), data(key));
    return sealed;
}

const QByteArray fileKey = "sixteen secrets!";
const QByteArray payloadNonce = "sixteen numbers.";
const QByteArray plainText = "footage";

QByteArray shareOf(const QByteArray &scalar)
{
    QByteArray point(crypto_scalarmult_BYTES, Qt::Uninitialized);
    crypto_scalarmult_base(data(point), data(scalar));
    return point;
}

const QByteArray ephemeral(32, '\x42');

/// The file key as it is wrapped for a point, with a share that may be no honest one.
QByteArray wrapped(const QByteArray &point, const QByteArray &key = fileKey)
{
    QByteArray shared(crypto_scalarmult_BYTES, Qt::Uninitialized);
    if (crypto_scalarmult(data(shared), data(ephemeral), data(point)) != 0)
        qFatal("the test's own key is not usable");
    const QByteArray wrapKey = hkdf(shared, shareOf(ephemeral) + point, "age-encryption.org/v1/X25519");
    return seal(wrapKey, QByteArray(12, '\0'), key);
}

QByteArray chunk(std::uint64_t number, bool last, const QByteArray &plain)
{
    QByteArray nonce(12, '\0');
    nonce[10] = char(number);
    nonce[11] = last ? 1 : 0;
    return seal(hkdf(fileKey, payloadNonce, "payload"), nonce, plain);
}

QByteArray codeOf(const QByteArray &header)
{
    return hmac(hkdf(fileKey, {}, "header"), header);
}

QByteArray finished(const QByteArray &header)
{
    return header + "--- " + base64(codeOf(header + "---")) + '\n';
}

const QByteArray oneChunk = payloadNonce + chunk(0, true, plainText);

} // namespace

class TestAgeVectors final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void readerAgrees_data();
    void readerAgrees();
    void stockToolAgrees_data();
    void stockToolAgrees();

private:
    void addHeaders() const;
    void addCodes() const;
    void addRecipients() const;
    void addPayloads() const;

    QTemporaryDir m_folder;
    std::vector<AgeIdentity> m_identities;
    QByteArray m_stanza; ///< for the test's identity
    QByteArray m_body;
};

void TestAgeVectors::initTestCase()
{
    QVERIFY(sodium_init() >= 0);
    auto identities = parseAgeIdentities(identityText);
    QVERIFY(identities);
    m_identities = std::move(*identities);
    m_body = base64(wrapped(m_identities[0].point));
    m_stanza = "-> X25519 " + base64(shareOf(ephemeral)) + '\n' + m_body + '\n';
}

void TestAgeVectors::readerAgrees_data()
{
    QTest::addColumn<QByteArray>("file");
    QTest::addColumn<QByteArray>("refusal"); // empty: it opens
    QTest::newRow("right") << finished(version + m_stanza) + oneChunk << QByteArray();
    addHeaders();
    addCodes();
    addRecipients();
    addPayloads();
}

void TestAgeVectors::addHeaders() const
{
    const auto add = [this](const char *name, const QByteArray &stanza, const char *refusal = "age-malformed") {
        QTest::newRow(name) << finished(version + m_stanza + stanza) + oneChunk << QByteArray(refusal);
    };
    add("an unknown stanza", "-> grease !\"#$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~\nAAAA\n", "");
    add("an unknown stanza without a body", "-> grease\n\n", "");
    add("an unknown stanza of one full line", "-> grease\n" + QByteArray(64, 'A') + "\n\n", "");
    add("a full line with no short one after it", "-> grease\n" + QByteArray(64, 'A') + '\n');
    add("a line too long", "-> grease\n" + QByteArray(68, 'A') + '\n');
    add("two short lines", "-> grease\nAAAA\nAAAA\n");
    add("no body at all", "-> grease\n");
    add("no type", "->\n\n");
    add("an empty type", "-> \n\n");
    add("an empty argument", "-> grease  a\n\n");
    add("a space at the end", "-> grease \n\n");
    add("no space after the arrow", "->grease\n\n");
    add("another arrow", "=> grease\n\n");
    add("a tab", "-> grease a\tb\n\n");
    add("a control character", "-> grease a\x7f\n\n");
    add("a letter outside ASCII", "-> grease \xc3\xa8\n\n");
    add("a carriage return", "-> grease\r\n\n");
    add("padded base64", "-> grease\nAA==\n");
    add("base64 with bits to spare", "-> grease\nAB\n");
    add("base64 of another alphabet", "-> grease\n-_-_\n");
    add("a null byte", QByteArray("-> grease\0a\n\n", 12));

    QByteArray header = finished(version + m_stanza);
    QTest::newRow("empty") << QByteArray() << QByteArray("age-malformed");
    QTest::newRow("version only") << version << QByteArray("age-malformed");
    QTest::newRow("another version") << finished("age-encryption.org/v1234\n" + m_stanza) + oneChunk
                                     << QByteArray("age-malformed");
    QTest::newRow("nobody") << finished(version) + oneChunk << QByteArray("age-malformed");
    QTest::newRow("an empty line before") << '\n' + header + oneChunk << QByteArray("age-malformed");
    QTest::newRow("Windows line ends") << header.replace("\n", "\r\n") + oneChunk << QByteArray("age-malformed");
}

void TestAgeVectors::addCodes() const
{
    const QByteArray header = version + m_stanza + "---";
    const QByteArray code = base64(codeOf(header));
    const auto add = [&header](const char *name, const QByteArray &rest, const char *refusal = "age-malformed") {
        QTest::newRow(name) << header + rest + '\n' + oneChunk << QByteArray(refusal);
    };
    add("code missing", {});
    add("code empty", " ");
    add("code cut off", ' ' + code.left(40));
    add("code of another length", ' ' + code + "AAAA");
    add("code with bits to spare", ' ' + notCanonical(code));
    add("code without a space", code);
    add("code behind two spaces", "  " + code);
    add("code with a space behind", ' ' + code + ' ');
    add("code padded", ' ' + code + '=');
    add("code wrong", ' ' + base64(codeOf(header + "x")), "age-tampered");
    QTest::newRow("code of another header")
        << version + m_stanza + "-> grease\n\n--- " + code + '\n' + oneChunk << QByteArray("age-tampered");
}

void TestAgeVectors::addRecipients() const
{
    const QByteArray share = base64(shareOf(ephemeral));
    const auto add = [](const char *name, const QByteArray &stanzas, const char *refusal = "age-malformed") {
        QTest::newRow(name) << finished(version + stanzas) + oneChunk << QByteArray(refusal);
    };
    const QByteArray other = "-> X25519 " + share + '\n' + base64(wrapped(shareOf(QByteArray(32, 'o')))) + '\n';
    add("two recipients", other + m_stanza, "");
    add("somebody else", other, "age-no-identity");
    add("type in small letters", "-> x25519 " + share + '\n' + m_body + '\n', "age-no-identity");
    add("no share", "-> X25519\n" + m_body + '\n');
    add("an argument too many", "-> X25519 " + share + " 1234\n" + m_body + '\n');
    add("share too short", "-> X25519 " + base64(shareOf(ephemeral).left(31)) + '\n' + m_body + '\n');
    add("share too long", "-> X25519 " + base64(shareOf(ephemeral) + '\0') + '\n' + m_body + '\n');
    add("share with bits to spare", "-> X25519 " + notCanonical(share) + '\n' + m_body + '\n');
    add("wrapped key with bits to spare", "-> X25519 " + share + '\n' + notCanonical(m_body) + '\n');
    add("wrapped key too short", "-> X25519 " + share + '\n' + base64(wrapped(m_identities[0].point).left(31)) + '\n');
    add("file key too long",
        "-> X25519 " + share + '\n' + base64(wrapped(m_identities[0].point, fileKey + '!')) + '\n');
    QByteArray changed = wrapped(m_identities[0].point);
    changed.back() = char(changed.back() ^ 1);
    add("tag of the wrapped key", "-> X25519 " + share + '\n' + base64(changed) + '\n', "age-no-identity");

    // All points of small order, and what stands for them beyond the field's size: the secret would be known.
    const char *const smallOrder[] = {
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000000",
        "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
        "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    };
    const QByteArray known(32, '\0');
    for (const char *const point : smallOrder) {
        const QByteArray hostile = QByteArray::fromHex(point);
        const QByteArray wrapKey = hkdf(known, hostile + m_identities[0].point, "age-encryption.org/v1/X25519");
        const QByteArray body = base64(seal(wrapKey, QByteArray(12, '\0'), fileKey));
        QTest::addRow("small order %.8s", point)
            << finished(version + "-> X25519 " + base64(hostile) + '\n' + body + '\n') + oneChunk
            << QByteArray("age-malformed");
    }

    // A passphrase stands alone, or somebody who knows it could pass a file on as if it came from the others.
    const QByteArray passphrase = "-> scrypt " + base64(QByteArray(16, 's')) + " 10\n" + m_body + '\n';
    add("a passphrase, which is not ours to open", passphrase, "age-no-identity");
    add("a passphrase beside a recipient", passphrase + m_stanza);
    add("a recipient beside a passphrase", m_stanza + passphrase);
}

void TestAgeVectors::addPayloads() const
{
    const QByteArray header = finished(version + m_stanza);
    const QByteArray full(chunkSize, 'f');
    const auto add = [&header](const char *name, const QByteArray &payload, const char *refusal = "age-tampered") {
        QTest::newRow(name) << header + payload << QByteArray(refusal);
    };
    add("nothing inside", payloadNonce + chunk(0, true, {}), "");
    add("one full chunk", payloadNonce + chunk(0, true, full), "");
    add("two full chunks", payloadNonce + chunk(0, false, full) + chunk(1, true, full), "");
    add("three chunks", payloadNonce + chunk(0, false, full) + chunk(1, false, full) + chunk(2, true, "end"), "");
    add("no nonce", {}, "age-malformed");
    add("nonce cut off", payloadNonce.left(12), "age-malformed");
    add("no chunk", payloadNonce);
    add("tag missing", payloadNonce + chunk(0, true, plainText).left(plainText.size()));
    add("tag cut off", (payloadNonce + chunk(0, true, plainText)).chopped(1));
    QByteArray changed = chunk(0, true, plainText);
    changed.back() = char(changed.back() ^ 1);
    add("tag wrong", payloadNonce + changed);
    changed = chunk(0, true, plainText);
    changed.front() = char(changed.front() ^ 1);
    add("text changed", payloadNonce + changed);
    add("nonce changed", 'x' + oneChunk.mid(1));
    add("not marked as the last", payloadNonce + chunk(0, false, plainText));
    add("full and not marked as the last", payloadNonce + chunk(0, false, full));
    add("second not marked as the last", payloadNonce + chunk(0, false, full) + chunk(1, false, "end"));
    add("second full and not marked as the last", payloadNonce + chunk(0, false, full) + chunk(1, false, full));
    add("first marked as the last", payloadNonce + chunk(0, true, full) + chunk(1, true, "end"));
    add("an empty last chunk", payloadNonce + chunk(0, false, full) + chunk(1, true, {}));
    add("a short chunk in the middle", payloadNonce + chunk(0, false, "short") + chunk(1, true, "end"));
    add("a chunk too long", payloadNonce + chunk(0, true, full + 'f'));
    add("chunks exchanged", payloadNonce + chunk(1, false, full) + chunk(0, false, full) + chunk(2, true, "end"));
    add("a chunk left out", payloadNonce + chunk(0, false, full) + chunk(2, true, "end"));
    add("a chunk twice", payloadNonce + chunk(0, false, full) + chunk(0, false, full) + chunk(1, true, "end"));
    add("a byte behind the end", oneChunk + 'x');
    add("much behind the end", payloadNonce + chunk(0, true, full) + QByteArray(chunkSize + 16, 'x'));
    add("another file behind the end", oneChunk + header + oneChunk);
}

void TestAgeVectors::readerAgrees()
{
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, refusal);
    QFile input(m_folder.filePath(QStringLiteral("sealed")));
    QVERIFY(input.open(QIODevice::ReadWrite | QIODevice::Truncate));
    QCOMPARE(input.write(file), file.size());
    QVERIFY(input.flush());
    QFile output(m_folder.filePath(QStringLiteral("opened")));
    QVERIFY(output.open(QIODevice::ReadWrite | QIODevice::Truncate));
    const base::Result<void> result = ageDecrypt(input.handle(), output.handle(), m_identities);
    QCOMPARE(bool(result), refusal.isEmpty());
    if (!result)
        QCOMPARE(result.error().failureClass.toLatin1(), refusal);
    // What was written before the defect is what was sealed: whole chunks, nothing of the one that is wrong.
    const QByteArray written = output.readAll();
    if (!refusal.isEmpty())
        QVERIFY(written.size() % chunkSize == 0 && written.count('f') == written.size());
}

void TestAgeVectors::stockToolAgrees_data()
{
    readerAgrees_data();
}

void TestAgeVectors::stockToolAgrees()
{
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("age"));
    QFETCH(QByteArray, file);
    QFETCH(QByteArray, refusal);
    QFile identity(m_folder.filePath(QStringLiteral("identity")));
    QVERIFY(identity.open(QIODevice::WriteOnly | QIODevice::Truncate));
    identity.write(identityText + '\n');
    identity.close();
    QFile input(m_folder.filePath(QStringLiteral("for-the-tool")));
    QVERIFY(input.open(QIODevice::WriteOnly | QIODevice::Truncate));
    input.write(file);
    input.close();
    QProcess process;
    process.start(QStringLiteral("age"), {QStringLiteral("-d"), QStringLiteral("-i"), identity.fileName(),
                                          QStringLiteral("-o"), QStringLiteral("/dev/null"), input.fileName()});
    QVERIFY(process.waitForFinished());
    // The tool looks at that rule only where it is given the passphrase; the specification has it for every reader.
    if (QByteArray(QTest::currentDataTag()).contains("beside a"))
        refusal.clear();
    QVERIFY2((process.exitCode() == 0) == refusal.isEmpty(), process.readAllStandardError().constData());
}

QTEST_GUILESS_MAIN(TestAgeVectors)
#include "tst_agevectors.moc"
