// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "cli/arguments.h"
#include "cli/context.h"
#include "keys/keystore.h"

#include <optional>

namespace doorveil::cli {

/// The option that every command with a key has.
[[nodiscard]] Option passphraseOption();

/// The passphrase that the caller gave: `--NAME FILE|-` (first line; `-` is stdin), else $DOORVEIL_KEY_PASSPHRASE.
/// Nothing where there is neither. Usage where the file is empty.
[[nodiscard]] base::Result<std::optional<keys::SecretBytes>>
givenPassphrase(Context &context, const Arguments &arguments, const std::string &name = "passphrase-file");

/// By id or fingerprint. Usage, class "no-such-key".
[[nodiscard]] base::Result<keys::StoredKey> findKey(const keys::KeyStore &store, const QString &reference);

/// Opens a key: with the given passphrase, or the system's keychain where that holds it. Usage, class "no-passphrase",
/// where there is no way.
[[nodiscard]] base::Result<keys::SecretBytes> passphraseOf(const keys::StoredKey &key,
                                                           const std::optional<keys::SecretBytes> &given);

/// The key `--key ID` names, or the current one; made on first use where a passphrase was given or a keychain runs.
[[nodiscard]] base::Result<keys::SigningKey> openSigningKey(Context &context, const Arguments &arguments,
                                                            keys::KeyStore &store, const base::Clock &clock);

/// Makes a key (and retires the current one), sealed as openSigningKey() would open it.
[[nodiscard]] base::Result<keys::StoredKey> makeKey(keys::KeyStore &store,
                                                    const std::optional<keys::SecretBytes> &given, bool inKeychain,
                                                    const base::Clock &clock);

} // namespace doorveil::cli
