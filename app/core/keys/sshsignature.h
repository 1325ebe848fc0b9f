// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "keys/signingkey.h"

#include <QByteArray>

namespace doorveil::keys {

/// A detached signature in OpenSSH's format (PROTOCOL.sshsig of OpenSSH): namespace "file", SHA-512, armoured.
/// `ssh-keygen -Y check-novalidate -n file -s X.sig < X` checks it.
[[nodiscard]] QByteArray makeSshSignature(const SigningKey &key, const QByteArray &content);

/// The key that made the signature, where the signature is over exactly this content. Failure classes: "bad-signature"
/// (it is not), "malformed-signature" (the text is no such signature, or of another namespace, hash or key type).
[[nodiscard]] base::Result<PublicKey> verifySshSignature(const QByteArray &armoured, const QByteArray &content);

} // namespace doorveil::keys
