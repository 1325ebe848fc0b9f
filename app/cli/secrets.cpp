// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/secrets.h"

#include "base/file.h"
#include "cli/command.h"
#include "keys/keychain.h"

#include <algorithm>
#include <istream>
#include <string>

namespace doorveil::cli {

namespace {

constexpr std::int64_t longestPassphrase = 4096;
constexpr const char *variable = "DOORVEIL_KEY_PASSPHRASE";

/// The first line, without its end.
keys::SecretBytes firstLine(QByteArray &text)
{
    const qsizetype end = text.indexOf('\n');
    QByteArray line = end < 0 ? text : text.left(end);
    if (line.endsWith('\r'))
        line.chop(1);
    text.fill('\0');
    return keys::SecretBytes::take(line);
}

base::Error noPassphrase(const QString &what)
{
    return {base::ErrorKind::Usage,
            QStringLiteral("%1; give a passphrase with --passphrase-file FILE (or - for stdin) or in the environment "
                           "variable DOORVEIL_KEY_PASSPHRASE")
                .arg(what),
            QStringLiteral("no-passphrase")};
}

} // namespace

Option passphraseOption()
{
    return {"passphrase-file", QStringLiteral("FILE|-"),
            QStringLiteral("where the key's passphrase is (default: DOORVEIL_KEY_PASSPHRASE)")};
}

base::Result<std::optional<keys::SecretBytes>> givenPassphrase(Context &context, const Arguments &arguments,
                                                               const std::string &name)
{
    QByteArray text;
    if (const auto file = arguments.path(name)) {
        if (*file == "-") {
            std::string line;
            std::getline(context.in, line);
            text = QByteArray::fromStdString(line);
            std::fill(line.begin(), line.end(), '\0');
        } else {
            base::Result<QByteArray> read = base::readSmallFile(*file, longestPassphrase);
            if (!read)
                return read.error();
            text = std::move(*read);
        }
    } else {
        text = qgetenv(variable);
        if (text.isEmpty())
            return std::optional<keys::SecretBytes>();
    }
    keys::SecretBytes passphrase = firstLine(text);
    if (passphrase.isEmpty())
        return usageError(QStringLiteral("the passphrase is empty"));
    return std::optional(std::move(passphrase));
}

base::Result<keys::StoredKey> findKey(const keys::KeyStore &store, const QString &reference)
{
    const auto all = store.list();
    if (!all)
        return all.error();
    const auto found = std::find_if(all->begin(), all->end(), [&reference](const keys::StoredKey &key) {
        return key.id == reference || key.publicKey.fingerprint() == reference;
    });
    if (found == all->end())
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("there is no key %1 here; `key show` lists them").arg(reference),
                           QStringLiteral("no-such-key")};
    return *found;
}

base::Result<keys::SecretBytes> passphraseOf(const keys::StoredKey &key, const std::optional<keys::SecretBytes> &given)
{
    if (key.unlocking == keys::Unlocking::Keychain) {
        keys::SystemKeychain keychain;
        if (keychain.isRunning())
            return keys::keychainPassphrase(keychain, false);
        return noPassphrase(
            QStringLiteral("key %1 is opened by the system's keychain, which is not running").arg(key.id));
    }
    if (!given)
        return noPassphrase(QStringLiteral("key %1 is sealed with a passphrase").arg(key.id));
    QByteArray copy(reinterpret_cast<const char *>(given->data()), qsizetype(given->size()));
    return keys::SecretBytes::take(copy);
}

base::Result<keys::StoredKey> makeKey(keys::KeyStore &store, const std::optional<keys::SecretBytes> &given,
                                      bool inKeychain, const base::Clock &clock)
{
    if (!inKeychain) {
        if (!given)
            return noPassphrase(QStringLiteral("a new key has to be sealed"));
        return store.create(*given, keys::Unlocking::Passphrase, clock);
    }
    keys::SystemKeychain keychain;
    if (!keychain.isRunning())
        return noPassphrase(QStringLiteral("no keychain of the system is running"));
    const auto passphrase = keys::keychainPassphrase(keychain, true);
    if (!passphrase)
        return passphrase.error();
    return store.create(*passphrase, keys::Unlocking::Keychain, clock);
}

base::Result<keys::SigningKey> openSigningKey(Context &context, const Arguments &arguments, keys::KeyStore &store,
                                              const base::Clock &clock)
{
    const auto given = givenPassphrase(context, arguments);
    if (!given)
        return given.error();
    std::optional<keys::StoredKey> chosen;
    if (const auto id = arguments.text("key")) {
        const auto found = findKey(store, *id);
        if (!found)
            return found.error();
        chosen = *found;
    } else {
        auto current = store.current();
        if (!current)
            return current.error();
        chosen = std::move(*current);
    }
    if (!chosen) {
        const bool inKeychain = !given->has_value() && keys::SystemKeychain().isRunning();
        const auto made = makeKey(store, *given, inKeychain, clock);
        if (!made)
            return made.error();
        say(context,
            QStringLiteral("A signing key was made. Its fingerprint, to be told to recipients by voice:\n    %1")
                .arg(made->publicKey.fingerprint()));
        chosen = *made;
    }
    const auto passphrase = passphraseOf(*chosen, *given);
    if (!passphrase)
        return passphrase.error();
    return store.open(chosen->id, *passphrase);
}

} // namespace doorveil::cli
