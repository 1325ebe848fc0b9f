// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "keys/secretbytes.h"

#include <QByteArray>
#include <QString>

#include <vector>

/// Sealing to a recipient: the age file format, version 1 (C2SP specification "age"), written with libsodium so that
/// the stock `age` tool opens it. X25519 recipients (`age1…`) and OpenSSH Ed25519 keys.
namespace doorveil::package {

struct AgeRecipient
{
    enum class Kind { X25519, SshEd25519 };
    Kind kind = Kind::X25519;
    QByteArray point; ///< 32 bytes on Curve25519
    QByteArray sshBlob; ///< the OpenSSH public key blob of an SSH recipient
};

/// `age1…` or `ssh-ed25519 AAAA…`; a Usage error names what is wrong with it.
[[nodiscard]] base::Result<AgeRecipient> parseAgeRecipient(const QString &text);

/// A secret that opens what was sealed to its recipient.
struct AgeIdentity
{
    keys::SecretBytes scalar; ///< 32 bytes
    QByteArray point; ///< its X25519 public key
};

/// All `AGE-SECRET-KEY-1…` lines of an identity file; comments and empty lines are skipped.
[[nodiscard]] base::Result<std::vector<AgeIdentity>> parseAgeIdentities(const QByteArray &fileText);

/// Reads `input` from its start, writes to `output` (both borrowed). Memory is one chunk (64 KiB).
[[nodiscard]] base::Result<void> ageEncrypt(int input, int output, const std::vector<AgeRecipient> &recipients,
                                            const base::CancelToken &cancel = {});

/// The other way round. Nothing that was not authenticated is written; after an error the output is to be thrown away:
/// a file cut off between chunks gives its whole chunks first. CheckFailed classes: "age-malformed" (header or length),
/// "age-no-identity" (sealed to somebody else), "age-tampered" (header or payload does not authenticate).
[[nodiscard]] base::Result<void> ageDecrypt(int input, int output, const std::vector<AgeIdentity> &identities,
                                            const base::CancelToken &cancel = {});

} // namespace doorveil::package
