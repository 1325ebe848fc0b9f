// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "consent/request.h"

#include <QDate>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace doorveil::consent {

/// What the ledger notes. Nothing of it leaves this machine but by the owner's hand.
enum class EntryKind {
    Request, ///< somebody asked
    Decline, ///< and got nothing
    Package, ///< a package was made: hashes, recipient, conditions
    Delivery, ///< and handed over: when, how, to whom
    Acknowledgement, ///< the recipient answered
    Withdrawal, ///< the permission was taken back
    Note,
};
[[nodiscard]] QString toText(EntryKind kind);
[[nodiscard]] std::optional<EntryKind> entryKindFromText(const QString &text);
[[nodiscard]] QStringList entryKindWords();

/// What every entry about a request says of it.
[[nodiscard]] QJsonObject requestSummary(const Request &request);
/// The same with the whole request: what entries of the kinds Request and Decline hold.
[[nodiscard]] QJsonObject requestContent(const Request &request);

struct LedgerEntry
{
    std::int64_t number = 0; ///< from 1, without gaps
    QDateTime at;
    EntryKind kind = EntryKind::Note;
    QString subject; ///< identifier of the record (UUID) or of the request it belongs to
    QJsonObject content;
    QString chain; ///< SHA-256 over the chain before and this entry, hex
};

/// A package as all its entries tell it.
struct PackageState
{
    LedgerEntry package;
    std::vector<LedgerEntry> later; ///< deliveries, acknowledgements, withdrawals and notes, in order
    [[nodiscard]] bool withdrawn() const;
    [[nodiscard]] std::optional<QDate> retainUntil() const; ///< when the recipient was asked to delete
    [[nodiscard]] std::optional<QDate> validUntil() const;
};

/// The owner's book of requests, declines, packages and withdrawals: one SQLite file, 0600, append-only (triggers and
/// a hash chain that is checked whenever it is read), one transaction an entry, on disk when append() returns. Opened
/// for each call, so that window and command line can take turns; needs a QCoreApplication.
class Ledger
{
public:
    /// The file need not exist; it is made with the first entry.
    explicit Ledger(std::filesystem::path file);
    [[nodiscard]] const std::filesystem::path &path() const { return m_file; }

    [[nodiscard]] base::Result<LedgerEntry> append(EntryKind kind, const QString &subject, const QJsonObject &content,
                                                   const base::Clock &clock);
    /// All entries, oldest first, after the chain was checked. Class "ledger-damaged" where it does not hold.
    [[nodiscard]] base::Result<std::vector<LedgerEntry>> entries() const;
    /// Entries that hold the text somewhere (any case).
    [[nodiscard]] base::Result<std::vector<LedgerEntry>> search(const QString &text) const;
    /// By number, or by the identifier of a record or its first characters (8 at least) where only one fits. Usage,
    /// class "no-such-entry".
    [[nodiscard]] base::Result<LedgerEntry> find(const QString &reference) const;
    [[nodiscard]] base::Result<std::vector<PackageState>> packages() const;
    [[nodiscard]] base::Result<std::optional<PackageState>> package(const QString &identifier) const;
    /// Packages whose date of deletion has come and about which nothing was noted since.
    [[nodiscard]] base::Result<std::vector<PackageState>> due(const QDate &today) const;

    /// The whole ledger for the backup, and back into an empty place. Entries that are there already are compared:
    /// Usage where the two differ, nothing where the backup is a beginning of what is there.
    [[nodiscard]] base::Result<QJsonArray> exportAll() const;
    [[nodiscard]] base::Result<int> importAll(const QJsonArray &exported);

private:
    std::filesystem::path m_file;
};

/// `ledger.sqlite` in the user's data folder for Doorveil.
[[nodiscard]] std::filesystem::path ledgerFile();

} // namespace doorveil::consent
