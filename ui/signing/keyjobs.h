// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "keys/keystore.h"
#include "pipeline/backup.h"

#include <QByteArray>

#include <filesystem>
#include <optional>
#include <vector>

/// What the window does with the owner's signing keys, off its thread: each function runs on a JobThread and returns
/// values. Passphrases are cleared when they were used.
namespace doorveil::ui {

/// The keys of this computer.
struct KeyState
{
    std::vector<keys::StoredKey> all; ///< oldest first
    std::optional<keys::StoredKey> current; ///< the one that signs; nothing where there is none yet
    bool keychainRuns = false;
    /// Whether signing takes a typed passphrase.
    [[nodiscard]] bool needsPassphrase() const;
    /// Whether a backup does: any key is sealed with one.
    [[nodiscard]] bool backupNeedsPassphrase() const;
};
[[nodiscard]] base::Result<KeyState> readKeyState();

/// The current key, made on first use where `mayMake`. Class "no-passphrase" where it needs one; "no-keychain" where
/// the system's keychain should open it and cannot.
[[nodiscard]] base::Result<keys::SigningKey> openSigningKey(QByteArray &passphrase, bool mayMake);

/// A new key that signs from now on; the former one stays for what it signed. Without a passphrase it goes to the
/// system's keychain.
[[nodiscard]] base::Result<keys::StoredKey> makeKey(QByteArray &passphrase);

/// The public key as a line for ssh-keygen. Replaces a file: the dialog has asked.
[[nodiscard]] base::Result<void> savePublicKey(const std::filesystem::path &file, const keys::StoredKey &key);

/// Replaces a file: the dialog has asked.
[[nodiscard]] base::Result<pipeline::BackupContent> backUp(const std::filesystem::path &file, QByteArray &keyPassphrase,
                                                           QByteArray &backupPassphrase);
[[nodiscard]] base::Result<pipeline::BackupContent> restore(const std::filesystem::path &file,
                                                            QByteArray &backupPassphrase, QByteArray &keyPassphrase);

} // namespace doorveil::ui
