// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "keys/secretbytes.h"

#include <QString>

#include <optional>

namespace doorveil::keys {

/// Where the system keeps passwords for a logged-in person. Behind an interface, so that tests need none.
class Keychain
{
public:
    Keychain() = default;
    virtual ~Keychain() = default;
    Keychain(const Keychain &) = delete;
    Keychain &operator=(const Keychain &) = delete;

    /// Whether one can be reached at all; quick, asks nobody.
    [[nodiscard]] virtual bool isRunning() const = 0;
    /// Nothing where there is no such entry. May ask the person to unlock it. Failure, class "no-keychain".
    [[nodiscard]] virtual base::Result<std::optional<SecretBytes>> read(const QString &entry) = 0;
    [[nodiscard]] virtual base::Result<void> write(const QString &entry, const SecretBytes &secret) = 0;
    [[nodiscard]] virtual base::Result<void> remove(const QString &entry) = 0;
};

/// The system's own (Secret Service or KWallet on Linux, Keychain, Credential Manager), through QtKeychain. Each call
/// waits for a thread that all of them share, two minutes at most: not for the GUI thread.
/// Where Doorveil was built without QtKeychain, none is running.
class SystemKeychain final : public Keychain
{
public:
    [[nodiscard]] bool isRunning() const override;
    [[nodiscard]] base::Result<std::optional<SecretBytes>> read(const QString &entry) override;
    [[nodiscard]] base::Result<void> write(const QString &entry, const SecretBytes &secret) override;
    [[nodiscard]] base::Result<void> remove(const QString &entry) override;
};

/// The passphrase that opens keys of Unlocking::Keychain: random, made on first use, one for all of them.
[[nodiscard]] base::Result<SecretBytes> keychainPassphrase(Keychain &keychain, bool makeIfMissing);

} // namespace doorveil::keys
