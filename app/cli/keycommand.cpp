// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/keycommand.h"

#include "cli/jsonlines.h"
#include "cli/outputs.h"
#include "cli/secrets.h"
#include "consent/ledger.h"
#include "pipeline/backup.h"

namespace doorveil::cli {

namespace {

QJsonObject keyObject(const keys::StoredKey &key, bool current)
{
    QJsonObject object{{QStringLiteral("id"), key.id},
                       {QStringLiteral("fingerprint"), key.publicKey.fingerprint()},
                       {QStringLiteral("public_key"), key.publicKey.openSsh()},
                       {QStringLiteral("created"), key.created.toString(Qt::ISODate)},
                       {QStringLiteral("unlocking"), key.unlocking == keys::Unlocking::Keychain
                                                         ? QStringLiteral("keychain")
                                                         : QStringLiteral("passphrase")},
                       {QStringLiteral("current"), current}};
    if (key.retired)
        object.insert(QStringLiteral("retired"), key.retired->toString(Qt::ISODate));
    return object;
}

void printKey(Context &context, const keys::StoredKey &key, bool current)
{
    print(context, QStringLiteral("Key %1%2").arg(key.id, current ? QStringLiteral(" (signs)") : QString()));
    print(context, QStringLiteral("    %1").arg(key.publicKey.fingerprint()));
    print(context, QStringLiteral("    to read out: %1").arg(key.publicKey.spokenFingerprint()));
    print(context, QStringLiteral("    made %1%2; opened by %3")
                       .arg(key.created.toString(Qt::ISODate),
                            key.retired ? QStringLiteral(", retired ") + key.retired->toString(Qt::ISODate) : QString(),
                            key.unlocking == keys::Unlocking::Keychain ? QStringLiteral("the system's keychain")
                                                                       : QStringLiteral("a passphrase")));
}

class KeyActions
{
public:
    KeyActions(Context &context, const Arguments &arguments)
        : m_context(context), m_arguments(arguments), m_store(keys::keyFolder())
    {
    }

    base::Result<int> make()
    {
        const auto given = givenPassphrase(m_context, m_arguments);
        if (!given)
            return given.error();
        const auto made = makeKey(m_store, *given, m_arguments.has("keychain"), m_clock);
        if (!made)
            return made.error();
        tell(*made, true);
        say(m_context, QStringLiteral("The key was made. Back it up: `doorveil-cli key backup -o FILE`."));
        return exitDone;
    }

    base::Result<int> show(const std::optional<QString> &id)
    {
        const auto current = m_store.current();
        if (!current)
            return current.error();
        const auto isCurrent = [&current](const keys::StoredKey &key) { return *current && (*current)->id == key.id; };
        if (id) {
            const auto found = findKey(m_store, *id);
            if (!found)
                return found.error();
            tell(*found, isCurrent(*found));
            return exitDone;
        }
        const auto all = m_store.list();
        if (!all)
            return all.error();
        for (const keys::StoredKey &key : *all)
            tell(key, isCurrent(key));
        if (all->empty())
            say(m_context,
                QStringLiteral("There is no key yet; `key new` makes one, and so does the first `package`."));
        return exitDone;
    }

    base::Result<int> exportPublic(const std::optional<QString> &id)
    {
        const auto key = id ? findKey(m_store, *id) : currentKey();
        if (!key)
            return key.error();
        const QString signer = m_arguments.text("allowed-signer").value_or(QString());
        const QString line =
            signer.isEmpty() ? key->publicKey.openSsh() : signer + QLatin1Char(' ') + key->publicKey.openSsh();
        const auto output = m_arguments.path("output");
        base::DurableFile::Options options;
        options.replaceExisting = m_arguments.has("force");
        options.mode = 0644;
        const auto isFile = writeOutput(m_context, output, line.toUtf8() + '\n', options);
        if (!isFile)
            return isFile.error();
        if (*isFile)
            say(m_context, QStringLiteral("%1: the public key").arg(base::displayPath(*output)));
        return exitDone;
    }

    base::Result<int> backUp()
    {
        const auto output = m_arguments.path("output");
        if (!output)
            return usageError(QStringLiteral("-o FILE is needed: where the backup goes"));
        auto given = givenPassphrase(m_context, m_arguments);
        if (!given)
            return given.error();
        const auto backup = backupPassphrase(*given);
        if (!backup)
            return backup.error();
        const auto content = pipeline::writeBackup(
            *output, m_arguments.has("force"), m_store,
            [&given](const keys::StoredKey &key) { return passphraseOf(key, *given); },
            consent::Ledger(consent::ledgerFile()), *backup);
        if (!content)
            return content.error();
        return done(*output, *content, QStringLiteral("%1: %2 keys and %3 ledger entries, sealed"));
    }

    base::Result<int> restore(const std::filesystem::path &file)
    {
        auto given = givenPassphrase(m_context, m_arguments);
        if (!given)
            return given.error();
        const auto backup = backupPassphrase(*given);
        if (!backup)
            return backup.error();
        if (!*given)
            return usageError(QStringLiteral("the restored keys have to be sealed; give a passphrase"));
        consent::Ledger ledger(consent::ledgerFile());
        const auto content = pipeline::restoreBackup(file, m_store, **given, ledger, *backup);
        if (!content)
            return content.error();
        return done(file, *content, QStringLiteral("%1: %2 keys and %3 ledger entries were added"));
    }

private:
    base::Result<keys::StoredKey> currentKey()
    {
        const auto current = m_store.current();
        if (!current)
            return current.error();
        if (!*current)
            return base::Error{base::ErrorKind::Usage, QStringLiteral("there is no key yet; `key new` makes one"),
                               QStringLiteral("no-such-key")};
        return **current;
    }

    void tell(const keys::StoredKey &key, bool current)
    {
        if (m_arguments.has("json"))
            printJson(m_context, keyObject(key, current));
        else
            printKey(m_context, key, current);
    }

    /// `--backup-passphrase-file`, else that of the key.
    base::Result<keys::SecretBytes> backupPassphrase(const std::optional<keys::SecretBytes> &given)
    {
        if (m_arguments.has("backup-passphrase-file")) {
            auto own = givenPassphrase(m_context, m_arguments, "backup-passphrase-file");
            if (!own)
                return own.error();
            return std::move(**own);
        }
        if (!given)
            return base::Error{base::ErrorKind::Usage,
                               QStringLiteral("the backup is sealed with a passphrase; give one with "
                                              "--backup-passphrase-file, --passphrase-file or DOORVEIL_KEY_PASSPHRASE"),
                               QStringLiteral("no-passphrase")};
        QByteArray copy(reinterpret_cast<const char *>(given->data()), qsizetype(given->size()));
        return keys::SecretBytes::take(copy);
    }

    int done(const std::filesystem::path &file, const pipeline::BackupContent &content, const QString &sentence)
    {
        if (m_arguments.has("json"))
            printJson(m_context, {{QStringLiteral("file"), base::displayPath(file)},
                                  {QStringLiteral("keys"), content.keys},
                                  {QStringLiteral("ledger_entries"), content.ledgerEntries}});
        say(m_context, sentence.arg(base::displayPath(file)).arg(content.keys).arg(content.ledgerEntries));
        return exitDone;
    }

    Context &m_context;
    const Arguments &m_arguments;
    keys::KeyStore m_store;
    base::SystemClock m_clock;
};

} // namespace

QString KeyCommand::description() const
{
    return QStringLiteral("The key that signs packages: made, shown, exported, backed up and restored");
}

QString KeyCommand::synopsis() const
{
    return QStringLiteral("new [--keychain] | show [ID] | export [ID] [-o FILE] | backup -o FILE | restore FILE");
}

std::vector<Option> KeyCommand::options() const
{
    return {passphraseOption(),
            {"backup-passphrase-file", QStringLiteral("FILE|-"),
             QStringLiteral("the backup's own passphrase (default: the key's)")},
            {"keychain", {}, QStringLiteral("keep the new key's passphrase in the system's keychain")},
            {"output", QStringLiteral("FILE"), QStringLiteral("where the public key or the backup goes"), 'o'},
            {"allowed-signer", QStringLiteral("NAME"),
             QStringLiteral("export as a line of an allowed_signers file for ssh-keygen -Y verify")},
            {"force", {}, QStringLiteral("replace an existing output")},
            {"json", {}, QStringLiteral("one JSON object a line on stdout instead of text")}};
}

base::Result<int> KeyCommand::run(Context &context, const Arguments &arguments)
{
    const auto &words = arguments.positional();
    const std::string action = words.empty() ? std::string() : words.front();
    const auto id = words.size() > 1 ? std::optional(QString::fromStdString(words[1])) : std::nullopt;
    KeyActions actions(context, arguments);
    if (action == "new" && words.size() == 1)
        return actions.make();
    if (action == "show" && words.size() <= 2)
        return actions.show(id);
    if (action == "export" && words.size() <= 2)
        return actions.exportPublic(id);
    if (action == "backup" && words.size() == 1)
        return actions.backUp();
    if (action == "restore" && words.size() == 2)
        return actions.restore(words[1]);
    return usageError(QStringLiteral("it takes ") + synopsis());
}

} // namespace doorveil::cli
