// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/sealing.h"

#include "keys/sodium_p.h"

#include <QtEndian>

#include <cstring>

namespace doorveil::keys {

namespace {

const QByteArray magic = QByteArrayLiteral("doorveil-sealed-1\n");
constexpr qsizetype saltBytes = crypto_pwhash_SALTBYTES;
constexpr qsizetype nonceBytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr qsizetype tagBytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;

struct Work
{
    quint64 operations = 0;
    quint64 memory = 0;
};

Work workFor(SealingCost cost)
{
    switch (cost) {
    case SealingCost::Interactive:
        return {crypto_pwhash_OPSLIMIT_INTERACTIVE, crypto_pwhash_MEMLIMIT_INTERACTIVE};
    case SealingCost::Quick:
        return {crypto_pwhash_OPSLIMIT_MIN, crypto_pwhash_MEMLIMIT_MIN};
    case SealingCost::Moderate:
        break;
    }
    return {crypto_pwhash_OPSLIMIT_MODERATE, crypto_pwhash_MEMLIMIT_MODERATE};
}

const unsigned char *unsignedData(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

base::Result<SecretBytes> keyFrom(const SecretBytes &passphrase, const QByteArray &salt, const Work &work)
{
    SecretBytes key(crypto_aead_xchacha20poly1305_ietf_KEYBYTES);
    const int result =
        crypto_pwhash(key.data(), key.size(), reinterpret_cast<const char *>(passphrase.data()), passphrase.size(),
                      unsignedData(salt), work.operations, std::size_t(work.memory), crypto_pwhash_ALG_ARGON2ID13);
    if (result != 0)
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("there is not enough free memory to work with the passphrase (%1 MiB needed)")
                               .arg(work.memory >> 20)};
    return key;
}

base::Error notSealed()
{
    return {base::ErrorKind::Failure, QStringLiteral("this is not a file sealed by Doorveil, or it is damaged"),
            QStringLiteral("not-sealed")};
}

} // namespace

base::Result<QByteArray> seal(const SecretBytes &content, const SecretBytes &passphrase, SealingCost cost)
{
    ensureSodium();
    if (passphrase.isEmpty())
        return base::Error{base::ErrorKind::Usage, QStringLiteral("the passphrase is empty")};
    const Work work = workFor(cost);
    QByteArray salt(saltBytes, Qt::Uninitialized);
    randombytes_buf(salt.data(), std::size_t(salt.size()));
    QByteArray nonce(nonceBytes, Qt::Uninitialized);
    randombytes_buf(nonce.data(), std::size_t(nonce.size()));

    QByteArray numbers(16, Qt::Uninitialized);
    qToLittleEndian(work.operations, numbers.data());
    qToLittleEndian(work.memory, numbers.data() + 8);
    const QByteArray head = magic + salt + numbers + nonce;

    const base::Result<SecretBytes> key = keyFrom(passphrase, salt, work);
    if (!key)
        return key.error();
    QByteArray sealed(qsizetype(content.size()) + tagBytes, Qt::Uninitialized);
    unsigned long long written = 0;
    crypto_aead_xchacha20poly1305_ietf_encrypt(
        reinterpret_cast<unsigned char *>(sealed.data()), &written, content.data(), content.size(), unsignedData(head),
        static_cast<unsigned long long>(head.size()), nullptr, unsignedData(nonce), key->data());
    sealed.resize(qsizetype(written));
    return head + sealed;
}

base::Result<SecretBytes> unseal(const QByteArray &sealed, const SecretBytes &passphrase)
{
    ensureSodium();
    const qsizetype headBytes = magic.size() + saltBytes + 16 + nonceBytes;
    if (!sealed.startsWith(magic) || sealed.size() < headBytes + tagBytes)
        return notSealed();
    const QByteArray head = sealed.left(headBytes);
    const char *numbers = head.constData() + magic.size() + saltBytes;
    const Work work{qFromLittleEndian<quint64>(numbers), qFromLittleEndian<quint64>(numbers + 8)};
    // The numbers come from the file: never work harder than for a file of ours.
    const Work most = workFor(SealingCost::Moderate);
    if (work.operations < crypto_pwhash_OPSLIMIT_MIN || work.operations > most.operations
        || work.memory < crypto_pwhash_MEMLIMIT_MIN || work.memory > most.memory)
        return notSealed();

    const base::Result<SecretBytes> key = keyFrom(passphrase, head.mid(magic.size(), saltBytes), work);
    if (!key)
        return key.error();
    const QByteArray body = sealed.mid(headBytes);
    SecretBytes content(std::size_t(body.size() - tagBytes));
    unsigned long long written = 0;
    if (crypto_aead_xchacha20poly1305_ietf_decrypt(content.data(), &written, nullptr, unsignedData(body),
                                                   static_cast<unsigned long long>(body.size()), unsignedData(head),
                                                   static_cast<unsigned long long>(head.size()),
                                                   unsignedData(head.right(nonceBytes)), key->data())
        != 0)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the passphrase is wrong, or the file was changed"),
                           QStringLiteral("wrong-passphrase")};
    return content;
}

} // namespace doorveil::keys
