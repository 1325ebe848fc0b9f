// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/backup.h"

#include "base/durablefile.h"
#include "base/file.h"
#include "keys/sealing.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace doorveil::pipeline {

namespace {

constexpr std::int64_t largestBackup = std::int64_t(256) << 20;
const QString format = QStringLiteral("doorveil-backup-1");

base::Error badBackup(const std::filesystem::path &file)
{
    return {base::ErrorKind::Failure, QStringLiteral("%1 is no backup of Doorveil").arg(base::displayPath(file)),
            QStringLiteral("bad-backup")};
}

} // namespace

base::Result<BackupContent> writeBackup(const std::filesystem::path &file, bool replaceExisting,
                                        const keys::KeyStore &store,
                                        const keys::KeyStore::PassphraseFunction &keyPassphrase,
                                        const consent::Ledger &ledger, const keys::SecretBytes &backupPassphrase,
                                        keys::SealingCost cost)
{
    const base::Result<keys::SecretBytes> exported = store.exportAll(keyPassphrase);
    if (!exported)
        return exported.error();
    const base::Result<QJsonArray> entries = ledger.exportAll();
    if (!entries)
        return entries.error();
    const auto keysText =
        QByteArray::fromRawData(reinterpret_cast<const char *>(exported->data()), qsizetype(exported->size()));
    const QJsonArray keysArray = QJsonDocument::fromJson(keysText).array();
    QByteArray text = QJsonDocument(QJsonObject{{QStringLiteral("format"), format},
                                                {QStringLiteral("keys"), keysArray},
                                                {QStringLiteral("ledger"), *entries}})
                          .toJson(QJsonDocument::Compact);
    const keys::SecretBytes content = keys::SecretBytes::take(text);
    const base::Result<QByteArray> sealed = keys::seal(content, backupPassphrase, cost);
    if (!sealed)
        return sealed.error();
    base::DurableFile::Options options;
    options.replaceExisting = replaceExisting;
    if (base::Result<void> written = base::writeDurably(file, *sealed, options); !written)
        return written.error();
    return BackupContent{int(keysArray.size()), int(entries->size())};
}

base::Result<BackupContent> restoreBackup(const std::filesystem::path &file, keys::KeyStore &store,
                                          const keys::SecretBytes &keyPassphrase, consent::Ledger &ledger,
                                          const keys::SecretBytes &backupPassphrase, keys::SealingCost cost)
{
    const base::Result<QByteArray> sealed = base::readSmallFile(file, largestBackup);
    if (!sealed)
        return sealed.error();
    const base::Result<keys::SecretBytes> content = keys::unseal(*sealed, backupPassphrase);
    if (!content)
        return content.error().prefixed(base::displayPath(file));
    const QJsonObject backup =
        QJsonDocument::fromJson(
            QByteArray::fromRawData(reinterpret_cast<const char *>(content->data()), qsizetype(content->size())))
            .object();
    if (backup.value(QStringLiteral("format")).toString() != format)
        return badBackup(file);
    BackupContent added;
    // The ledger first: it is the part that may refuse.
    const base::Result<int> entries = ledger.importAll(backup.value(QStringLiteral("ledger")).toArray());
    if (!entries)
        return entries.error();
    added.ledgerEntries = *entries;
    QByteArray keysText = QJsonDocument(backup.value(QStringLiteral("keys")).toArray()).toJson(QJsonDocument::Compact);
    const base::Result<int> keys = store.importAll(keys::SecretBytes::take(keysText), keyPassphrase, cost);
    if (!keys)
        return keys.error();
    added.keys = *keys;
    return added;
}

} // namespace doorveil::pipeline
