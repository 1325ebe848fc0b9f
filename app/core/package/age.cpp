// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/age.h"

#include "keys/signingkey.h"
#include "package/bech32_p.h"

#include <QCryptographicHash>
#include <QList>

#include <sodium.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <unistd.h>

namespace doorveil::package {

namespace {

const QByteArray versionLine = QByteArrayLiteral("age-encryption.org/v1\n");
const QByteArray x25519Info = QByteArrayLiteral("age-encryption.org/v1/X25519");
const QByteArray sshInfo = QByteArrayLiteral("age-encryption.org/v1/ssh-ed25519");
constexpr std::size_t fileKeyBytes = 16;
constexpr qsizetype wrappedBytes = fileKeyBytes + crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr qsizetype payloadNonceBytes = 16;
constexpr std::size_t chunkBytes = std::size_t(64) << 10;
constexpr std::size_t tagBytes = crypto_aead_chacha20poly1305_ietf_ABYTES;
constexpr qsizetype longestHeader = qsizetype(64) << 10;

base::Error malformed(const QString &reason)
{
    return {base::ErrorKind::CheckFailed, QStringLiteral("this is no readable age file: %1").arg(reason),
            QStringLiteral("age-malformed")};
}

base::Error tampered()
{
    return {base::ErrorKind::CheckFailed, QStringLiteral("the sealed file was changed or is cut off"),
            QStringLiteral("age-tampered")};
}

const unsigned char *unsignedData(const QByteArray &bytes)
{
    return reinterpret_cast<const unsigned char *>(bytes.constData());
}

QByteArray base64(const QByteArray &bytes)
{
    return bytes.toBase64(QByteArray::OmitTrailingEquals);
}

/// Canonical unpadded base64 only, as the specification wants it.
std::optional<QByteArray> fromBase64(const QByteArray &text)
{
    const auto decoded =
        QByteArray::fromBase64Encoding(text, QByteArray::OmitTrailingEquals | QByteArray::AbortOnBase64DecodingErrors);
    if (decoded.decodingStatus != QByteArray::Base64DecodingStatus::Ok || base64(decoded.decoded) != text)
        return std::nullopt;
    return decoded.decoded;
}

void hmac(unsigned char *result, const unsigned char *key, std::size_t keyBytes, const QByteArray &message)
{
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, key, keyBytes);
    crypto_auth_hmacsha256_update(&state, unsignedData(message), static_cast<unsigned long long>(message.size()));
    crypto_auth_hmacsha256_final(&state, result);
}

/// HKDF with SHA-256 (RFC 5869), one block of output: 32 bytes.
keys::SecretBytes hkdf(const keys::SecretBytes &secret, const QByteArray &salt, const QByteArray &info)
{
    keys::SecretBytes pseudorandom(crypto_auth_hmacsha256_BYTES);
    const QByteArray extractKey = salt.isEmpty() ? QByteArray(crypto_auth_hmacsha256_BYTES, '\0') : salt;
    crypto_auth_hmacsha256_state state;
    crypto_auth_hmacsha256_init(&state, unsignedData(extractKey), std::size_t(extractKey.size()));
    crypto_auth_hmacsha256_update(&state, secret.data(), secret.size());
    crypto_auth_hmacsha256_final(&state, pseudorandom.data());

    keys::SecretBytes result(crypto_auth_hmacsha256_BYTES);
    hmac(result.data(), pseudorandom.data(), pseudorandom.size(), info + '\x01');
    return result;
}

/// X25519; nothing where the result is all zero (a point of small order).
std::optional<keys::SecretBytes> multiply(const unsigned char *scalar, const QByteArray &point)
{
    keys::SecretBytes shared(crypto_scalarmult_BYTES);
    if (crypto_scalarmult(shared.data(), scalar, unsignedData(point)) != 0)
        return std::nullopt;
    return shared;
}

/// "-> …" lines that give the file key to one recipient.
base::Result<QByteArray> makeStanza(const AgeRecipient &recipient, const keys::SecretBytes &fileKey)
{
    keys::SecretBytes ephemeral(crypto_scalarmult_SCALARBYTES);
    randombytes_buf(ephemeral.data(), ephemeral.size());
    QByteArray share(crypto_scalarmult_BYTES, Qt::Uninitialized);
    crypto_scalarmult_base(reinterpret_cast<unsigned char *>(share.data()), ephemeral.data());
    std::optional<keys::SecretBytes> shared = multiply(ephemeral.data(), recipient.point);

    QByteArray head;
    QByteArray info = x25519Info;
    if (recipient.kind == AgeRecipient::Kind::SshEd25519) {
        const QByteArray tag = QCryptographicHash::hash(recipient.sshBlob, QCryptographicHash::Sha256).left(4);
        const keys::SecretBytes tweak = hkdf(keys::SecretBytes(0), recipient.sshBlob, sshInfo);
        if (shared) {
            const QByteArray point(reinterpret_cast<const char *>(shared->data()), qsizetype(shared->size()));
            shared = multiply(tweak.data(), point);
        }
        info = sshInfo;
        head = "-> ssh-ed25519 " + base64(tag) + ' ' + base64(share) + '\n';
    } else {
        head = "-> X25519 " + base64(share) + '\n';
    }
    if (!shared)
        return base::Error{base::ErrorKind::Usage, QStringLiteral("the recipient's key is not usable")};

    const keys::SecretBytes wrapKey = hkdf(*shared, share + recipient.point, info);
    const QByteArray nonce(crypto_aead_chacha20poly1305_ietf_NPUBBYTES, '\0');
    QByteArray wrapped(wrappedBytes, Qt::Uninitialized);
    crypto_aead_chacha20poly1305_ietf_encrypt(reinterpret_cast<unsigned char *>(wrapped.data()), nullptr,
                                              fileKey.data(), fileKey.size(), nullptr, 0, nullptr, unsignedData(nonce),
                                              wrapKey.data());
    return head + base64(wrapped) + '\n';
}

/// 11 bytes of big-endian counter, then 1 for the last chunk.
class ChunkNonce
{
public:
    [[nodiscard]] const unsigned char *forChunk(std::uint64_t number, bool last)
    {
        std::memset(m_bytes, 0, sizeof m_bytes);
        for (int index = 0; index < 8; ++index)
            m_bytes[10 - index] = static_cast<unsigned char>(number >> (8 * index));
        m_bytes[11] = last ? 1 : 0;
        return m_bytes;
    }

private:
    unsigned char m_bytes[crypto_aead_chacha20poly1305_ietf_NPUBBYTES] = {};
};

base::Error systemError(const char *what)
{
    return {base::ErrorKind::Failure,
            QString::fromLatin1(what) + QStringLiteral(": ") + QString::fromLocal8Bit(std::strerror(errno))};
}

/// Up to `wanted` bytes at `offset`; fewer only at the end of the file.
base::Result<std::size_t> readAt(int file, unsigned char *bytes, std::size_t wanted, std::int64_t offset)
{
    std::size_t done = 0;
    while (done < wanted) {
        const ssize_t count = ::pread(file, bytes + done, wanted - done, off_t(offset + std::int64_t(done)));
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError("reading failed");
        if (count == 0)
            break;
        done += std::size_t(count);
    }
    return done;
}

base::Result<void> writeAll(int file, const unsigned char *bytes, std::size_t size)
{
    while (size > 0) {
        const ssize_t count = ::write(file, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return systemError("writing failed");
        bytes += count;
        size -= std::size_t(count);
    }
    return {};
}

base::Result<void> writeAll(int file, const QByteArray &bytes)
{
    return writeAll(file, unsignedData(bytes), std::size_t(bytes.size()));
}

struct Stanza
{
    QList<QByteArray> arguments;
    QByteArray body;
};

struct Header
{
    std::vector<Stanza> stanzas;
    QByteArray authenticated; ///< everything up to and with "---"
    QByteArray code;
    qsizetype bytes = 0;
};

/// Printable ASCII without the space, and not empty.
bool isArgument(const QByteArray &argument)
{
    return !argument.isEmpty()
           && std::all_of(argument.begin(), argument.end(), [](char letter) { return letter > ' ' && letter <= '~'; });
}

base::Result<Header> parseHeader(const QByteArray &start)
{
    if (!start.startsWith(versionLine))
        return malformed(QStringLiteral("it does not begin with the version line"));
    Header header;
    qsizetype position = versionLine.size();
    const auto takeLine = [&]() -> std::optional<QByteArray> {
        const qsizetype end = start.indexOf('\n', position);
        if (end < 0)
            return std::nullopt;
        QByteArray line = start.mid(position, end - position);
        position = end + 1;
        return line;
    };
    while (true) {
        const qsizetype lineStart = position;
        const std::optional<QByteArray> line = takeLine();
        if (!line)
            return malformed(QStringLiteral("its header does not end"));
        if (line->startsWith("--- ")) {
            const std::optional<QByteArray> code = fromBase64(line->mid(4));
            if (!code || code->size() != crypto_auth_hmacsha256_BYTES)
                return malformed(QStringLiteral("its header has no code"));
            header.authenticated = start.left(lineStart + 3);
            header.code = *code;
            header.bytes = position;
            if (header.stanzas.empty())
                return malformed(QStringLiteral("it is sealed to nobody"));
            const auto isPassphrase = [](const Stanza &stanza) { return stanza.arguments[0] == "scrypt"; };
            // Who knows the passphrase could pass the file on as if it came from who sealed it to the others.
            if (header.stanzas.size() > 1 && std::any_of(header.stanzas.begin(), header.stanzas.end(), isPassphrase))
                return malformed(QStringLiteral("it is sealed with a passphrase and to somebody as well"));
            return header;
        }
        if (!line->startsWith("-> "))
            return malformed(QStringLiteral("its header has an unknown line"));
        Stanza stanza;
        stanza.arguments = line->mid(3).split(' ');
        // Body lines of exactly 64 columns, ended by a shorter one.
        QByteArray text;
        while (true) {
            const std::optional<QByteArray> bodyLine = takeLine();
            if (!bodyLine || bodyLine->size() > 64)
                return malformed(QStringLiteral("a recipient's part is not complete"));
            text += *bodyLine;
            if (bodyLine->size() < 64)
                break;
        }
        const std::optional<QByteArray> body = fromBase64(text);
        if (!body || !std::all_of(stanza.arguments.begin(), stanza.arguments.end(), isArgument))
            return malformed(QStringLiteral("a recipient's part is damaged"));
        stanza.body = *body;
        header.stanzas.push_back(stanza);
    }
}

/// The file key, where this stanza is for this identity.
base::Result<std::optional<keys::SecretBytes>> unwrap(const Stanza &stanza, const AgeIdentity &identity)
{
    if (stanza.arguments[0] != "X25519")
        return std::optional<keys::SecretBytes>();
    const std::optional<QByteArray> share =
        stanza.arguments.size() == 2 ? fromBase64(stanza.arguments[1]) : std::nullopt;
    if (!share || share->size() != crypto_scalarmult_BYTES || stanza.body.size() != wrappedBytes)
        return malformed(QStringLiteral("an X25519 part has the wrong length"));
    const std::optional<keys::SecretBytes> shared = multiply(identity.scalar.data(), *share);
    if (!shared)
        return malformed(QStringLiteral("an X25519 part is not usable"));
    const keys::SecretBytes wrapKey = hkdf(*shared, *share + identity.point, x25519Info);
    const QByteArray nonce(crypto_aead_chacha20poly1305_ietf_NPUBBYTES, '\0');
    keys::SecretBytes fileKey(fileKeyBytes);
    if (crypto_aead_chacha20poly1305_ietf_decrypt(fileKey.data(), nullptr, nullptr, unsignedData(stanza.body),
                                                  static_cast<unsigned long long>(stanza.body.size()), nullptr, 0,
                                                  unsignedData(nonce), wrapKey.data())
        != 0)
        return std::optional<keys::SecretBytes>();
    return std::optional<keys::SecretBytes>(std::move(fileKey));
}

base::Result<keys::SecretBytes> fileKeyFor(const Header &header, const std::vector<AgeIdentity> &identities)
{
    for (const Stanza &stanza : header.stanzas) {
        for (const AgeIdentity &identity : identities) {
            base::Result<std::optional<keys::SecretBytes>> key = unwrap(stanza, identity);
            if (!key)
                return key.error();
            if (key->has_value())
                return std::move(**key);
        }
    }
    return base::Error{base::ErrorKind::CheckFailed, QStringLiteral("it is sealed to another key than yours"),
                       QStringLiteral("age-no-identity")};
}

QByteArray headerCode(const keys::SecretBytes &fileKey, const QByteArray &authenticated)
{
    const keys::SecretBytes key = hkdf(fileKey, {}, QByteArrayLiteral("header"));
    QByteArray code(crypto_auth_hmacsha256_BYTES, Qt::Uninitialized);
    hmac(reinterpret_cast<unsigned char *>(code.data()), key.data(), key.size(), authenticated);
    return code;
}

} // namespace

base::Result<AgeRecipient> parseAgeRecipient(const QString &text)
{
    const QString trimmed = text.trimmed();
    AgeRecipient recipient;
    if (trimmed.startsWith(QStringLiteral("ssh-ed25519 "))) {
        const base::Result<keys::PublicKey> key = keys::PublicKey::fromOpenSsh(trimmed);
        recipient.kind = AgeRecipient::Kind::SshEd25519;
        recipient.point = QByteArray(crypto_scalarmult_BYTES, Qt::Uninitialized);
        if (!key
            || crypto_sign_ed25519_pk_to_curve25519(reinterpret_cast<unsigned char *>(recipient.point.data()),
                                                    unsignedData(key->bytes()))
                   != 0)
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("the recipient's ssh-ed25519 key is not valid: copy the whole line")};
        recipient.sshBlob = key->blob();
        return recipient;
    }
    const std::optional<QByteArray> point = decodeBech32(trimmed, QStringLiteral("age"));
    if (!point || point->size() != crypto_scalarmult_BYTES)
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 is no recipient: it must be age1… or ssh-ed25519 …, copied whole")
                               .arg(trimmed.left(24))};
    recipient.point = *point;
    return recipient;
}

base::Result<std::vector<AgeIdentity>> parseAgeIdentities(const QByteArray &fileText)
{
    std::vector<AgeIdentity> identities;
    for (const QByteArray &line : fileText.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#'))
            continue;
        std::optional<QByteArray> scalar = decodeBech32(QString::fromLatin1(text), QStringLiteral("AGE-SECRET-KEY-"));
        if (!scalar || scalar->size() != crypto_scalarmult_SCALARBYTES)
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("the identity file holds a line that is no AGE-SECRET-KEY-1…")};
        AgeIdentity identity;
        identity.scalar = keys::SecretBytes::take(*scalar);
        identity.point = QByteArray(crypto_scalarmult_BYTES, Qt::Uninitialized);
        crypto_scalarmult_base(reinterpret_cast<unsigned char *>(identity.point.data()), identity.scalar.data());
        identities.push_back(std::move(identity));
    }
    if (identities.empty())
        return base::Error{base::ErrorKind::Usage, QStringLiteral("the identity file holds no key")};
    return identities;
}

base::Result<void> ageEncrypt(int input, int output, const std::vector<AgeRecipient> &recipients,
                              const base::CancelToken &cancel)
{
    keys::SecretBytes fileKey(fileKeyBytes);
    randombytes_buf(fileKey.data(), fileKey.size());
    QByteArray header = versionLine;
    for (const AgeRecipient &recipient : recipients) {
        const base::Result<QByteArray> stanza = makeStanza(recipient, fileKey);
        if (!stanza)
            return stanza.error();
        header += *stanza;
    }
    header += "---";
    header += ' ' + base64(headerCode(fileKey, header)) + '\n';
    QByteArray payloadNonce(payloadNonceBytes, Qt::Uninitialized);
    randombytes_buf(payloadNonce.data(), std::size_t(payloadNonce.size()));
    if (base::Result<void> written = writeAll(output, header + payloadNonce); !written)
        return written;

    const keys::SecretBytes key = hkdf(fileKey, payloadNonce, QByteArrayLiteral("payload"));
    std::vector<unsigned char> plain(chunkBytes + 1);
    std::vector<unsigned char> sealed(chunkBytes + tagBytes);
    ChunkNonce nonce;
    std::int64_t offset = 0;
    for (std::uint64_t number = 0;; ++number) {
        if (cancel.isCancelled())
            return base::Error{base::ErrorKind::Cancelled, QStringLiteral("cancelled")};
        // One byte more than a chunk tells whether it is the last: the last may be full, but never empty behind others.
        const base::Result<std::size_t> count = readAt(input, plain.data(), chunkBytes + 1, offset);
        if (!count)
            return count.error();
        const bool last = *count <= chunkBytes;
        const std::size_t size = std::min(*count, chunkBytes);
        crypto_aead_chacha20poly1305_ietf_encrypt(sealed.data(), nullptr, plain.data(), size, nullptr, 0, nullptr,
                                                  nonce.forChunk(number, last), key.data());
        if (base::Result<void> written = writeAll(output, sealed.data(), size + tagBytes); !written)
            return written;
        if (last)
            return {};
        offset += std::int64_t(chunkBytes);
    }
}

base::Result<void> ageDecrypt(int input, int output, const std::vector<AgeIdentity> &identities,
                              const base::CancelToken &cancel)
{
    QByteArray start(longestHeader, Qt::Uninitialized);
    const base::Result<std::size_t> got =
        readAt(input, reinterpret_cast<unsigned char *>(start.data()), std::size_t(start.size()), 0);
    if (!got)
        return got.error();
    start.truncate(qsizetype(*got));
    const base::Result<Header> header = parseHeader(start);
    if (!header)
        return header.error();
    const base::Result<keys::SecretBytes> fileKey = fileKeyFor(*header, identities);
    if (!fileKey)
        return fileKey.error();
    if (sodium_memcmp(headerCode(*fileKey, header->authenticated).constData(), header->code.constData(),
                      crypto_auth_hmacsha256_BYTES)
        != 0)
        return tampered();

    QByteArray payloadNonce(payloadNonceBytes, Qt::Uninitialized);
    std::int64_t offset = header->bytes;
    const base::Result<std::size_t> nonceRead =
        readAt(input, reinterpret_cast<unsigned char *>(payloadNonce.data()), std::size_t(payloadNonceBytes), offset);
    if (!nonceRead)
        return nonceRead.error();
    if (*nonceRead != std::size_t(payloadNonceBytes))
        return malformed(QStringLiteral("it ends after its header"));
    offset += payloadNonceBytes;

    const keys::SecretBytes key = hkdf(*fileKey, payloadNonce, QByteArrayLiteral("payload"));
    std::vector<unsigned char> sealed(chunkBytes + tagBytes + 1);
    std::vector<unsigned char> plain(chunkBytes);
    ChunkNonce nonce;
    for (std::uint64_t number = 0;; ++number) {
        if (cancel.isCancelled())
            return base::Error{base::ErrorKind::Cancelled, QStringLiteral("cancelled")};
        const base::Result<std::size_t> count = readAt(input, sealed.data(), sealed.size(), offset);
        if (!count)
            return count.error();
        const bool last = *count <= chunkBytes + tagBytes;
        const std::size_t size = std::min(*count, chunkBytes + tagBytes);
        if (size < tagBytes)
            return tampered();
        if (crypto_aead_chacha20poly1305_ietf_decrypt(plain.data(), nullptr, nullptr, sealed.data(), size, nullptr, 0,
                                                      nonce.forChunk(number, last), key.data())
            != 0)
            return tampered();
        if (last && size == tagBytes && number > 0) // the last chunk may not be empty behind others
            return tampered();
        if (base::Result<void> written = writeAll(output, plain.data(), size - tagBytes); !written)
            return written;
        if (last)
            return {};
        offset += std::int64_t(size);
    }
}

} // namespace doorveil::package
