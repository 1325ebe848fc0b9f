// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "keys/secretbytes.h"

#include <QByteArray>

namespace doorveil::keys {

/// How hard guessing is made: Argon2id as libsodium offers it. Tests take Quick.
enum class SealingCost { Interactive, Moderate, Quick };

/// Seals bytes with a passphrase: Argon2id (RFC 9106) makes the key, XChaCha20-Poly1305 seals. Layout:
/// "doorveil-sealed-1\n", 16 bytes of salt, operations (8, little endian), memory in bytes (8, little endian),
/// 24 bytes of nonce, ciphertext with tag; everything before the ciphertext is authenticated.
[[nodiscard]] base::Result<QByteArray> seal(const SecretBytes &content, const SecretBytes &passphrase,
                                            SealingCost cost = SealingCost::Moderate);

/// Failure class "wrong-passphrase" where it does not open (also for altered bytes: the two cannot be told apart),
/// "not-sealed" where it is something else or asks for more work than seal() ever does.
[[nodiscard]] base::Result<SecretBytes> unseal(const QByteArray &sealed, const SecretBytes &passphrase);

} // namespace doorveil::keys
