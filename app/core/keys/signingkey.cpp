// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/signingkey.h"

#include "keys/sodium_p.h"

#include <QCryptographicHash>
#include <QStringList>
#include <QtEndian>

namespace doorveil::keys {

namespace {

const QByteArray keyType = QByteArrayLiteral("ssh-ed25519");

base::Error notAKey(const QString &reason)
{
    return {base::ErrorKind::Failure, QStringLiteral("not an Ed25519 public key: %1").arg(reason),
            QStringLiteral("bad-key")};
}

const unsigned char *unsignedData(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

} // namespace

QByteArray sshString(const QByteArray &bytes)
{
    QByteArray result(4, Qt::Uninitialized);
    qToBigEndian(quint32(bytes.size()), result.data());
    return result + bytes;
}

base::Result<PublicKey> PublicKey::fromBytes(const QByteArray &bytes)
{
    if (bytes.size() != qsizetype(crypto_sign_PUBLICKEYBYTES))
        return notAKey(QStringLiteral("it has %1 bytes, not 32").arg(bytes.size()));
    PublicKey key;
    key.m_bytes = bytes;
    return key;
}

base::Result<PublicKey> PublicKey::fromBlob(const QByteArray &blob)
{
    const QByteArray head = sshString(keyType);
    if (!blob.startsWith(head))
        return notAKey(QStringLiteral("it is of another type"));
    const QByteArray rest = blob.mid(head.size());
    if (rest.size() != 4 + qsizetype(crypto_sign_PUBLICKEYBYTES)
        || qFromBigEndian<quint32>(rest.constData()) != crypto_sign_PUBLICKEYBYTES)
        return notAKey(QStringLiteral("its length is wrong"));
    return fromBytes(rest.mid(4));
}

base::Result<PublicKey> PublicKey::fromOpenSsh(const QString &line)
{
    const QStringList words = line.simplified().split(QLatin1Char(' '));
    if (words.size() < 2 || words[0] != QString::fromLatin1(keyType))
        return notAKey(QStringLiteral("it does not begin with ssh-ed25519"));
    const auto decoded = QByteArray::fromBase64Encoding(words[1].toLatin1(), QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok)
        return notAKey(QStringLiteral("it is not base64"));
    return fromBlob(decoded.decoded);
}

QByteArray PublicKey::blob() const
{
    return sshString(keyType) + sshString(m_bytes);
}

QString PublicKey::openSsh() const
{
    return QString::fromLatin1(keyType + ' ' + blob().toBase64());
}

QString PublicKey::fingerprint() const
{
    const QByteArray hash = QCryptographicHash::hash(blob(), QCryptographicHash::Sha256);
    return QStringLiteral("SHA256:") + QString::fromLatin1(hash.toBase64(QByteArray::OmitTrailingEquals));
}

QString PublicKey::spokenFingerprint() const
{
    const QString characters = fingerprint().mid(7);
    QStringList groups;
    for (qsizetype start = 0; start < characters.size(); start += 4)
        groups += characters.mid(start, 4);
    return groups.join(QLatin1Char(' '));
}

bool PublicKey::verifies(const QByteArray &message, const QByteArray &signature) const
{
    ensureSodium();
    return signature.size() == qsizetype(crypto_sign_BYTES) && m_bytes.size() == qsizetype(crypto_sign_PUBLICKEYBYTES)
           && crypto_sign_verify_detached(unsignedData(signature), unsignedData(message),
                                          static_cast<unsigned long long>(message.size()), unsignedData(m_bytes))
                  == 0;
}

SigningKey SigningKey::generate()
{
    ensureSodium();
    SigningKey key;
    key.m_secret = SecretBytes(crypto_sign_SECRETKEYBYTES);
    QByteArray publicBytes(qsizetype(crypto_sign_PUBLICKEYBYTES), Qt::Uninitialized);
    crypto_sign_keypair(reinterpret_cast<unsigned char *>(publicBytes.data()), key.m_secret.data());
    key.m_public = *PublicKey::fromBytes(publicBytes);
    return key;
}

base::Result<SigningKey> SigningKey::fromSeed(const SecretBytes &seed)
{
    ensureSodium();
    if (seed.size() != crypto_sign_SEEDBYTES)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the stored key is damaged"),
                           QStringLiteral("bad-key")};
    SigningKey key;
    key.m_secret = SecretBytes(crypto_sign_SECRETKEYBYTES);
    QByteArray publicBytes(qsizetype(crypto_sign_PUBLICKEYBYTES), Qt::Uninitialized);
    crypto_sign_seed_keypair(reinterpret_cast<unsigned char *>(publicBytes.data()), key.m_secret.data(), seed.data());
    key.m_public = *PublicKey::fromBytes(publicBytes);
    return key;
}

SecretBytes SigningKey::seed() const
{
    SecretBytes seed(crypto_sign_SEEDBYTES);
    crypto_sign_ed25519_sk_to_seed(seed.data(), m_secret.data());
    return seed;
}

QByteArray SigningKey::sign(const QByteArray &message) const
{
    QByteArray signature(qsizetype(crypto_sign_BYTES), Qt::Uninitialized);
    crypto_sign_detached(reinterpret_cast<unsigned char *>(signature.data()), nullptr, unsignedData(message),
                         static_cast<unsigned long long>(message.size()), m_secret.data());
    return signature;
}

} // namespace doorveil::keys
