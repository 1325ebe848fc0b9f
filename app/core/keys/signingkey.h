// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "keys/secretbytes.h"

#include <QByteArray>
#include <QString>

namespace doorveil::keys {

/// An Ed25519 public key (RFC 8032), 32 bytes, with its OpenSSH forms.
class PublicKey
{
public:
    /// Exactly 32 bytes, or an error.
    [[nodiscard]] static base::Result<PublicKey> fromBytes(const QByteArray &bytes);
    /// A line such as `ssh-ed25519 AAAA… comment`.
    [[nodiscard]] static base::Result<PublicKey> fromOpenSsh(const QString &line);
    /// The "string ssh-ed25519, string key" blob of RFC 8709.
    [[nodiscard]] static base::Result<PublicKey> fromBlob(const QByteArray &blob);

    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] QByteArray blob() const;
    /// `ssh-ed25519 AAAA…` without a comment.
    [[nodiscard]] QString openSsh() const;
    /// `SHA256:…` as ssh-keygen prints it: unpadded base64 of the SHA-256 of the blob.
    [[nodiscard]] QString fingerprint() const;
    /// The fingerprint's characters in groups of four, to be read out and compared by voice.
    [[nodiscard]] QString spokenFingerprint() const;

    [[nodiscard]] bool verifies(const QByteArray &message, const QByteArray &signature) const;

    bool operator==(const PublicKey &) const = default;

private:
    QByteArray m_bytes;
};

/// An Ed25519 key that can sign. The secret stays in guarded memory; moves, does not copy.
class SigningKey
{
public:
    [[nodiscard]] static SigningKey generate();
    /// From the 32-byte seed (RFC 8032 section 5.1.5).
    [[nodiscard]] static base::Result<SigningKey> fromSeed(const SecretBytes &seed);

    [[nodiscard]] const PublicKey &publicKey() const { return m_public; }
    [[nodiscard]] SecretBytes seed() const;
    /// 64 bytes; deterministic (RFC 8032).
    [[nodiscard]] QByteArray sign(const QByteArray &message) const;

private:
    SigningKey() = default;
    SecretBytes m_secret; ///< libsodium's 64-byte form: seed and public key
    PublicKey m_public;
};

/// A length as SSH writes it, then the bytes (RFC 4251 section 5).
[[nodiscard]] QByteArray sshString(const QByteArray &bytes);

} // namespace doorveil::keys
