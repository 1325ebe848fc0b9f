// SPDX-License-Identifier: GPL-3.0-or-later
#include "signing/keyjobs.h"

#include "base/clock.h"
#include "base/durablefile.h"
#include "keys/keychain.h"

#include <algorithm>

namespace doorveil::ui {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Result<keys::SecretBytes> fromKeychain(bool makeIfMissing)
{
    keys::SystemKeychain keychain;
    return keys::keychainPassphrase(keychain, makeIfMissing);
}

Result<keys::SecretBytes> passphraseOf(const keys::StoredKey &key, const QByteArray &typed)
{
    if (key.unlocking == keys::Unlocking::Keychain)
        return fromKeychain(false);
    if (typed.isEmpty())
        return Error{ErrorKind::Usage, QStringLiteral("the key needs its passphrase"), QStringLiteral("no-passphrase")};
    QByteArray copy = typed;
    return keys::SecretBytes::take(copy);
}

} // namespace

bool KeyState::needsPassphrase() const
{
    return current ? current->unlocking == keys::Unlocking::Passphrase : !keychainRuns;
}

bool KeyState::backupNeedsPassphrase() const
{
    return std::any_of(all.begin(), all.end(),
                       [](const keys::StoredKey &key) { return key.unlocking == keys::Unlocking::Passphrase; });
}

Result<KeyState> readKeyState()
{
    const keys::KeyStore store(keys::keyFolder());
    KeyState state;
    auto all = store.list();
    if (!all)
        return all.error();
    auto current = store.current();
    if (!current)
        return current.error();
    state.all = std::move(*all);
    state.current = std::move(*current);
    state.keychainRuns = keys::SystemKeychain().isRunning();
    return state;
}

Result<keys::StoredKey> makeKey(QByteArray &passphrase)
{
    keys::KeyStore store(keys::keyFolder());
    const base::SystemClock clock;
    if (!passphrase.isEmpty())
        return store.create(keys::SecretBytes::take(passphrase), keys::Unlocking::Passphrase, clock);
    const Result<keys::SecretBytes> kept = fromKeychain(true);
    if (!kept)
        return kept.error();
    return store.create(*kept, keys::Unlocking::Keychain, clock);
}

Result<keys::SigningKey> openSigningKey(QByteArray &passphrase, bool mayMake)
{
    const Result<KeyState> state = readKeyState();
    if (!state)
        return state.error();
    std::optional<keys::StoredKey> key = state->current;
    QByteArray typed = passphrase;
    if (!key) {
        if (!mayMake)
            return Error{ErrorKind::Usage, QStringLiteral("there is no key yet"), QStringLiteral("no-such-key")};
        if (passphrase.isEmpty() && !state->keychainRuns)
            return Error{ErrorKind::Usage, QStringLiteral("the key needs a passphrase"),
                         QStringLiteral("no-passphrase")};
        const Result<keys::StoredKey> made = makeKey(passphrase);
        if (!made)
            return made.error();
        key = *made;
    }
    const Result<keys::SecretBytes> secret = passphraseOf(*key, typed);
    (void)keys::SecretBytes::take(typed); // cleared
    (void)keys::SecretBytes::take(passphrase);
    if (!secret)
        return secret.error();
    return keys::KeyStore(keys::keyFolder()).open(key->id, *secret);
}

Result<void> savePublicKey(const std::filesystem::path &file, const keys::StoredKey &key)
{
    base::DurableFile::Options options;
    options.replaceExisting = true;
    options.mode = 0644; // made to be given away
    return base::writeDurably(file, key.publicKey.openSsh().toUtf8() + '\n', options);
}

Result<pipeline::BackupContent> backUp(const std::filesystem::path &file, QByteArray &keyPassphrase,
                                       QByteArray &backupPassphrase)
{
    const keys::SecretBytes sealing = keys::SecretBytes::take(backupPassphrase);
    auto content = pipeline::writeBackup(
        file, true, keys::KeyStore(keys::keyFolder()),
        [&keyPassphrase](const keys::StoredKey &key) { return passphraseOf(key, keyPassphrase); },
        consent::Ledger(consent::ledgerFile()), sealing);
    (void)keys::SecretBytes::take(keyPassphrase);
    return content;
}

Result<pipeline::BackupContent> restore(const std::filesystem::path &file, QByteArray &backupPassphrase,
                                        QByteArray &keyPassphrase)
{
    const keys::SecretBytes unsealing = keys::SecretBytes::take(backupPassphrase);
    const keys::SecretBytes sealing = keys::SecretBytes::take(keyPassphrase);
    keys::KeyStore store(keys::keyFolder());
    consent::Ledger ledger(consent::ledgerFile());
    return pipeline::restoreBackup(file, store, sealing, ledger, unsealing);
}

} // namespace doorveil::ui
