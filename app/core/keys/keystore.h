// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "keys/sealing.h"
#include "keys/signingkey.h"

#include <QDateTime>
#include <QString>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace doorveil::keys {

/// What opens a stored key. In both cases the key lies sealed in a file; they differ in who remembers the secret.
enum class Unlocking {
    Passphrase, ///< the owner does
    Keychain, ///< the system's keychain does: it holds a random passphrase (see keychain.h)
};

/// A stored key as it may be shown. Retired keys stay: they verify what they signed.
struct StoredKey
{
    QString id; ///< first 16 hex digits of the SHA-256 of the public key blob
    PublicKey publicKey;
    Unlocking unlocking = Unlocking::Passphrase;
    QDateTime created;
    std::optional<QDateTime> retired;
};

/// "libsodium 1.0.18", for records.
[[nodiscard]] QString libraryVersion();

/// `keys` in the user's data folder for Doorveil.
[[nodiscard]] std::filesystem::path keyFolder();

/// The owner's signing keys: one folder, 0700, its files 0600, every write durable. Not thread-safe.
class KeyStore
{
public:
    /// The folder need not exist; it is made with the first key.
    explicit KeyStore(std::filesystem::path folder);

    /// All keys, oldest first. Files that cannot be read are errors that name them.
    [[nodiscard]] base::Result<std::vector<StoredKey>> list() const;
    /// The newest key that is not retired; nothing where there is none yet.
    [[nodiscard]] base::Result<std::optional<StoredKey>> current() const;

    /// Makes a key, seals it and retires the current one (rotation). The passphrase must not be empty.
    [[nodiscard]] base::Result<StoredKey> create(const SecretBytes &passphrase, Unlocking unlocking,
                                                 const base::Clock &clock, SealingCost cost = SealingCost::Moderate);
    /// Opens a key for signing; failure class "wrong-passphrase" or "no-such-key".
    [[nodiscard]] base::Result<SigningKey> open(const QString &id, const SecretBytes &passphrase) const;

    /// All keys with their secrets for the backup file: JSON, in guarded memory. `passphrase` opens each key.
    [[nodiscard]] base::Result<SecretBytes> exportAll(const SecretBytes &passphrase) const;
    /// The same where the keys have passphrases of their own: `passphraseOf` gives that of one.
    using PassphraseFunction = std::function<base::Result<SecretBytes>(const StoredKey &key)>;
    [[nodiscard]] base::Result<SecretBytes> exportAll(const PassphraseFunction &passphraseOf) const;
    /// Puts keys of exportAll() back, sealed with `passphrase`. Keys that are there already are left as they are.
    [[nodiscard]] base::Result<int> importAll(const SecretBytes &exported, const SecretBytes &passphrase,
                                              SealingCost cost = SealingCost::Moderate);

private:
    [[nodiscard]] base::Result<void> store(const StoredKey &key, const SigningKey &secret,
                                           const SecretBytes &passphrase, SealingCost cost) const;
    [[nodiscard]] base::Result<void> writeDescription(const StoredKey &key, bool replace) const;
    [[nodiscard]] std::filesystem::path fileOf(const QString &id, const char *ending) const;

    std::filesystem::path m_folder;
};

} // namespace doorveil::keys
