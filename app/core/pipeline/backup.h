// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "consent/ledger.h"
#include "keys/keystore.h"

#include <filesystem>

namespace doorveil::pipeline {

struct BackupContent
{
    int keys = 0;
    int ledgerEntries = 0;
};

/// All signing keys and the whole ledger as one file sealed with a passphrase (keys/sealing.h), 0600, whole or not at
/// all. `keyPassphrase` opens each key.
[[nodiscard]] base::Result<BackupContent>
writeBackup(const std::filesystem::path &file, bool replaceExisting, const keys::KeyStore &store,
            const keys::KeyStore::PassphraseFunction &keyPassphrase, const consent::Ledger &ledger,
            const keys::SecretBytes &backupPassphrase, keys::SealingCost cost = keys::SealingCost::Moderate);

/// Puts back what is not there: keys, sealed with `keyPassphrase`, and ledger entries. Says what was added. Failure
/// classes "wrong-passphrase", "not-sealed", "bad-backup", "ledgers-differ".
[[nodiscard]] base::Result<BackupContent> restoreBackup(const std::filesystem::path &file, keys::KeyStore &store,
                                                        const keys::SecretBytes &keyPassphrase, consent::Ledger &ledger,
                                                        const keys::SecretBytes &backupPassphrase,
                                                        keys::SealingCost cost = keys::SealingCost::Moderate);

} // namespace doorveil::pipeline
