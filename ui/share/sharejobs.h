// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "consent/ledger.h"
#include "consent/request.h"
#include "pipeline/packagejob.h"
#include "signing/keyjobs.h"

#include <QString>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

/// The Share place's work off the window's thread: each function runs on a JobThread and returns values.
namespace doorveil::ui {

/// A project as the Share place shows it.
struct ShareClip
{
    std::filesystem::path project;
    pipeline::PackageClip clip;
    std::vector<consent::DepictedPerson> people;
};
[[nodiscard]] base::Result<ShareClip> readShareClip(const std::filesystem::path &project);

/// Keeps the part of a clip that lies in the window (SetTrim): an edit like any other, undone in review.
[[nodiscard]] base::Result<ShareClip> trimToWindow(const std::filesystem::path &project,
                                                   const consent::RequestWindow &window);

struct ShareOrder
{
    std::vector<ShareClip> clips;
    consent::Request request;
    QString signAs;
    QString unreviewedReason;
    std::filesystem::path output;
    bool zip = false;
    QString recipients; ///< age1… or ssh-ed25519 …, one a line; empty: not sealed
    QByteArray passphrase; ///< of the key; empty where the keychain opens it
};

struct ShareOutcome
{
    pipeline::PackageResult package;
    QString fingerprint;
    QString spokenFingerprint;
    std::int64_t ledgerEntry = 0;
};

/// Whether the order may become a package, as far as that can be said before its projects are read again.
[[nodiscard]] base::Result<void> checkOrder(const ShareOrder &order);

/// The statement as it would read, as a page. Nothing is exported or signed.
[[nodiscard]] base::Result<QString> previewStatement(const ShareOrder &order);

/// Makes the key on first use, the package, and its entry in the ledger. `step` is told on the working thread.
[[nodiscard]] base::Result<ShareOutcome> makeShare(ShareOrder order, const base::ProgressCallback &progress,
                                                   const std::function<void(const QString &, std::size_t)> &step,
                                                   const base::CancelToken &cancel);

/// A request that gets nothing. Nobody is told.
[[nodiscard]] base::Result<consent::LedgerEntry> noteDecline(const consent::Request &request, const QString &note);
[[nodiscard]] base::Result<consent::LedgerEntry> noteLater(consent::EntryKind kind, const QString &record,
                                                           const QJsonObject &content);

/// SHA-256 of the owner's copy of a document.
[[nodiscard]] base::Result<QString> hashDocument(const std::filesystem::path &file, const base::CancelToken &cancel);

} // namespace doorveil::ui
