// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/sshsignature.h"

#include <QCryptographicHash>
#include <QList>
#include <QtEndian>

#include <optional>

namespace doorveil::keys {

namespace {

const QByteArray magic = QByteArrayLiteral("SSHSIG");
const QByteArray nameSpace = QByteArrayLiteral("file");
const QByteArray hashName = QByteArrayLiteral("sha512");
const QByteArray keyType = QByteArrayLiteral("ssh-ed25519");
const QByteArray firstLine = QByteArrayLiteral("-----BEGIN SSH SIGNATURE-----");
const QByteArray lastLine = QByteArrayLiteral("-----END SSH SIGNATURE-----");
constexpr qsizetype armourColumns = 70; // as ssh-keygen writes it
constexpr qsizetype longestArmour = 4096;

QByteArray signedMessage(const QByteArray &content)
{
    return magic + sshString(nameSpace) + sshString({}) + sshString(hashName)
           + sshString(QCryptographicHash::hash(content, QCryptographicHash::Sha512));
}

base::Error malformed(const QString &reason)
{
    return {base::ErrorKind::CheckFailed, QStringLiteral("the signature cannot be read: %1").arg(reason),
            QStringLiteral("malformed-signature")};
}

/// Takes one length-prefixed string off the front; nothing where it does not fit.
std::optional<QByteArray> takeString(QByteArray &rest)
{
    if (rest.size() < 4)
        return std::nullopt;
    const quint32 length = qFromBigEndian<quint32>(rest.constData());
    if (length > quint32(rest.size() - 4))
        return std::nullopt;
    QByteArray value = rest.mid(4, qsizetype(length));
    rest.remove(0, 4 + qsizetype(length));
    return value;
}

base::Result<QByteArray> unarmour(const QByteArray &armoured)
{
    if (armoured.size() > longestArmour)
        return malformed(QStringLiteral("it is too long"));
    QByteArray base64;
    bool begun = false;
    bool ended = false;
    for (const QByteArray &line : armoured.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text == firstLine && !begun)
            begun = true;
        else if (text == lastLine && begun && !ended)
            ended = true;
        else if (begun && !ended)
            base64 += text;
        else if (!text.isEmpty())
            return malformed(QStringLiteral("there is text outside its frame"));
    }
    if (!ended)
        return malformed(QStringLiteral("its frame is not complete"));
    const auto decoded = QByteArray::fromBase64Encoding(base64, QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return malformed(QStringLiteral("it is not base64"));
    return decoded.decoded;
}

} // namespace

QByteArray makeSshSignature(const SigningKey &key, const QByteArray &content)
{
    const QByteArray signature = sshString(keyType) + sshString(key.sign(signedMessage(content)));
    const QByteArray version = QByteArrayLiteral("\x00\x00\x00\x01");
    const QByteArray blob = magic + version + sshString(key.publicKey().blob()) + sshString(nameSpace) + sshString({})
                            + sshString(hashName) + sshString(signature);
    const QByteArray base64 = blob.toBase64();
    QByteArray armoured = firstLine + '\n';
    for (qsizetype start = 0; start < base64.size(); start += armourColumns)
        armoured += base64.mid(start, armourColumns) + '\n';
    return armoured + lastLine + '\n';
}

base::Result<PublicKey> verifySshSignature(const QByteArray &armoured, const QByteArray &content)
{
    const base::Result<QByteArray> blob = unarmour(armoured);
    if (!blob)
        return blob.error();
    QByteArray rest = *blob;
    if (!rest.startsWith(magic) || rest.size() < magic.size() + 4)
        return malformed(QStringLiteral("it is of another kind"));
    if (qFromBigEndian<quint32>(rest.constData() + magic.size()) != 1)
        return malformed(QStringLiteral("its version is not 1"));
    rest.remove(0, magic.size() + 4);

    const std::optional<QByteArray> keyBlob = takeString(rest);
    const std::optional<QByteArray> space = takeString(rest);
    const std::optional<QByteArray> reserved = takeString(rest);
    const std::optional<QByteArray> hash = takeString(rest);
    std::optional<QByteArray> signature = takeString(rest);
    if (!keyBlob || !space || !reserved || !hash || !signature || !rest.isEmpty())
        return malformed(QStringLiteral("its parts do not fit"));
    if (*space != nameSpace)
        return malformed(QStringLiteral("it was made for another purpose than files"));
    if (*hash != hashName)
        return malformed(QStringLiteral("it uses another hash than SHA-512"));
    const base::Result<PublicKey> key = PublicKey::fromBlob(*keyBlob);
    if (!key)
        return malformed(key.error().message);
    const std::optional<QByteArray> type = takeString(*signature);
    const std::optional<QByteArray> bytes = takeString(*signature);
    if (!type || *type != keyType || !bytes || !signature->isEmpty())
        return malformed(QStringLiteral("it is of another key type"));

    if (!key->verifies(signedMessage(content), *bytes))
        return base::Error{base::ErrorKind::CheckFailed,
                           QStringLiteral("the signature does not belong to this content: one of the two was changed"),
                           QStringLiteral("bad-signature")};
    return *key;
}

} // namespace doorveil::keys
