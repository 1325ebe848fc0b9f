// SPDX-License-Identifier: GPL-3.0-or-later
#include "keys/keystore.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "keys/sodium_p.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

#include <algorithm>
#include <cstring>

namespace doorveil::keys {

namespace {

constexpr std::int64_t largestFile = 1 << 16;

QString idOf(const PublicKey &key)
{
    return QString::fromLatin1(QCryptographicHash::hash(key.blob(), QCryptographicHash::Sha256).toHex().left(16));
}

QJsonObject describe(const StoredKey &key)
{
    QJsonObject object{{QStringLiteral("id"), key.id},
                       {QStringLiteral("publicKey"), key.publicKey.openSsh()},
                       {QStringLiteral("unlocking"), key.unlocking == Unlocking::Keychain
                                                         ? QStringLiteral("keychain")
                                                         : QStringLiteral("passphrase")},
                       {QStringLiteral("created"), key.created.toString(Qt::ISODate)}};
    if (key.retired)
        object.insert(QStringLiteral("retired"), key.retired->toString(Qt::ISODate));
    return object;
}

base::Result<StoredKey> readDescription(const QJsonObject &object)
{
    const base::Result<PublicKey> publicKey =
        PublicKey::fromOpenSsh(object.value(QStringLiteral("publicKey")).toString());
    if (!publicKey)
        return publicKey.error();
    StoredKey key;
    key.publicKey = *publicKey;
    key.id = idOf(*publicKey);
    key.created = QDateTime::fromString(object.value(QStringLiteral("created")).toString(), Qt::ISODate);
    key.unlocking = object.value(QStringLiteral("unlocking")).toString() == QLatin1String("keychain")
                        ? Unlocking::Keychain
                        : Unlocking::Passphrase;
    const QString retired = object.value(QStringLiteral("retired")).toString();
    if (!retired.isEmpty())
        key.retired = QDateTime::fromString(retired, Qt::ISODate);
    if (!key.created.isValid() || (key.retired && !key.retired->isValid())
        || object.value(QStringLiteral("id")).toString() != key.id)
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the description of the key is damaged"),
                           QStringLiteral("bad-key")};
    return key;
}

base::Error damaged(const std::filesystem::path &path)
{
    return {base::ErrorKind::Failure, QStringLiteral("%1 is damaged").arg(base::displayPath(path)),
            QStringLiteral("bad-key")};
}

} // namespace

QString libraryVersion()
{
    return QStringLiteral("libsodium ") + QString::fromLatin1(sodium_version_string());
}

std::filesystem::path keyFolder()
{
    const QString data = QStandardPaths::writableLocation(QStandardPaths::GenericDataLocation);
    return std::filesystem::path((data + QStringLiteral("/doorveil/keys")).toStdString());
}

KeyStore::KeyStore(std::filesystem::path folder) : m_folder(std::move(folder)) { }

std::filesystem::path KeyStore::fileOf(const QString &id, const char *ending) const
{
    return m_folder / (id.toStdString() + ending);
}

base::Result<std::vector<StoredKey>> KeyStore::list() const
{
    std::vector<StoredKey> keys;
    std::error_code missing;
    for (const auto &entry : std::filesystem::directory_iterator(m_folder, missing)) {
        if (entry.path().extension() != ".json")
            continue;
        const base::Result<QByteArray> text = base::readSmallFile(entry.path(), largestFile);
        if (!text)
            return text.error();
        const QJsonDocument document = QJsonDocument::fromJson(*text);
        base::Result<StoredKey> key = readDescription(document.object());
        if (!key)
            return key.error().prefixed(base::displayPath(entry.path()));
        keys.push_back(std::move(*key));
    }
    std::sort(keys.begin(), keys.end(), [](const StoredKey &a, const StoredKey &b) {
        if (a.created != b.created)
            return a.created < b.created;
        // Whole seconds are kept: of two keys of one second the retired one came first.
        return a.retired.has_value() != b.retired.has_value() ? a.retired.has_value() : a.id < b.id;
    });
    return keys;
}

base::Result<std::optional<StoredKey>> KeyStore::current() const
{
    base::Result<std::vector<StoredKey>> keys = list();
    if (!keys)
        return keys.error();
    const auto newest =
        std::find_if(keys->rbegin(), keys->rend(), [](const StoredKey &key) { return !key.retired.has_value(); });
    return newest == keys->rend() ? std::optional<StoredKey>() : std::optional<StoredKey>(*newest);
}

base::Result<void> KeyStore::writeDescription(const StoredKey &key, bool replace) const
{
    base::DurableFile::Options options;
    options.replaceExisting = replace;
    return base::writeDurably(fileOf(key.id, ".json"), QJsonDocument(describe(key)).toJson(), options);
}

base::Result<void> KeyStore::store(const StoredKey &key, const SigningKey &secret, const SecretBytes &passphrase,
                                   SealingCost cost) const
{
    if (const base::Result<void> made = base::makePrivateFolder(m_folder); !made)
        return made.error().prefixed(QStringLiteral("the folder for keys cannot be made"));
    const base::Result<QByteArray> sealed = seal(secret.seed(), passphrase, cost);
    if (!sealed)
        return sealed.error();
    base::DurableFile::Options options;
    options.replaceExisting = true; // a sealed file without description is left over from a crash
    if (base::Result<void> written = base::writeDurably(fileOf(key.id, ".sealed"), *sealed, options); !written)
        return written;
    return writeDescription(key, false);
}

base::Result<StoredKey> KeyStore::create(const SecretBytes &passphrase, Unlocking unlocking, const base::Clock &clock,
                                         SealingCost cost)
{
    const base::Result<std::optional<StoredKey>> before = current();
    if (!before)
        return before.error();

    const SigningKey secret = SigningKey::generate();
    StoredKey key;
    key.publicKey = secret.publicKey();
    key.id = idOf(key.publicKey);
    key.unlocking = unlocking;
    key.created = clock.now();
    if (base::Result<void> stored = store(key, secret, passphrase, cost); !stored)
        return stored.error();

    if (before->has_value()) {
        StoredKey retired = **before;
        retired.retired = key.created;
        if (base::Result<void> written = writeDescription(retired, true); !written)
            return written.error();
    }
    return key;
}

base::Result<SigningKey> KeyStore::open(const QString &id, const SecretBytes &passphrase) const
{
    base::Result<std::vector<StoredKey>> keys = list();
    if (!keys)
        return keys.error();
    const auto found = std::find_if(keys->begin(), keys->end(), [&](const StoredKey &key) { return key.id == id; });
    if (found == keys->end())
        return base::Error{base::ErrorKind::Usage, QStringLiteral("there is no key %1 here").arg(id),
                           QStringLiteral("no-such-key")};
    const base::Result<QByteArray> sealed = base::readSmallFile(fileOf(id, ".sealed"), largestFile);
    if (!sealed)
        return sealed.error();
    const base::Result<SecretBytes> seed = unseal(*sealed, passphrase);
    if (!seed)
        return seed.error().prefixed(base::displayPath(fileOf(id, ".sealed")));
    base::Result<SigningKey> key = SigningKey::fromSeed(*seed);
    if (key && key->publicKey() != found->publicKey)
        return damaged(fileOf(id, ".sealed"));
    return key;
}

base::Result<SecretBytes> KeyStore::exportAll(const SecretBytes &passphrase) const
{
    return exportAll([&passphrase](const StoredKey &) -> base::Result<SecretBytes> {
        QByteArray copy(reinterpret_cast<const char *>(passphrase.data()), qsizetype(passphrase.size()));
        return SecretBytes::take(copy);
    });
}

base::Result<SecretBytes> KeyStore::exportAll(const PassphraseFunction &passphraseOf) const
{
    base::Result<std::vector<StoredKey>> keys = list();
    if (!keys)
        return keys.error();
    QJsonArray entries;
    for (const StoredKey &key : *keys) {
        const base::Result<SecretBytes> passphrase = passphraseOf(key);
        if (!passphrase)
            return passphrase.error();
        const base::Result<SigningKey> secret = open(key.id, *passphrase);
        if (!secret)
            return secret.error().prefixed(QStringLiteral("key %1").arg(key.id));
        const SecretBytes seed = secret->seed();
        QJsonObject entry = describe(key);
        const auto bytes = QByteArray::fromRawData(reinterpret_cast<const char *>(seed.data()), qsizetype(seed.size()));
        entry.insert(QStringLiteral("seed"), QString::fromLatin1(bytes.toBase64()));
        entries.append(entry);
    }
    QByteArray text = QJsonDocument(entries).toJson(QJsonDocument::Compact);
    return SecretBytes::take(text);
}

base::Result<int> KeyStore::importAll(const SecretBytes &exported, const SecretBytes &passphrase, SealingCost cost)
{
    base::Result<std::vector<StoredKey>> present = list();
    if (!present)
        return present.error();
    const auto text =
        QByteArray::fromRawData(reinterpret_cast<const char *>(exported.data()), qsizetype(exported.size()));
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isArray())
        return base::Error{base::ErrorKind::Failure, QStringLiteral("the backup holds no keys"),
                           QStringLiteral("bad-backup")};
    int added = 0;
    for (const QJsonValue &value : document.array()) {
        base::Result<StoredKey> key = readDescription(value.toObject());
        if (!key)
            return key.error();
        QByteArray seedBytes =
            QByteArray::fromBase64(value.toObject().value(QStringLiteral("seed")).toString().toLatin1());
        const SecretBytes seed = SecretBytes::take(seedBytes);
        const base::Result<SigningKey> secret = SigningKey::fromSeed(seed);
        if (!secret)
            return secret.error();
        if (secret->publicKey() != key->publicKey)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("a key of the backup is damaged"),
                               QStringLiteral("bad-backup")};
        const bool known =
            std::any_of(present->begin(), present->end(), [&](const StoredKey &other) { return other.id == key->id; });
        if (known)
            continue;
        key->unlocking = Unlocking::Passphrase;
        if (base::Result<void> stored = store(*key, *secret, passphrase, cost); !stored)
            return stored.error();
        ++added;
    }
    return added;
}

} // namespace doorveil::keys
