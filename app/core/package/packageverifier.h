// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "keys/signingkey.h"
#include "package/bag.h"

#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

/// Checks a package that somebody handed over. Nothing in it is believed before it was checked; no path from inside is
/// opened but plain names below its folder.
namespace doorveil::package {

/// One thing that was looked at.
struct PackageCheck
{
    enum class State { Holds, Failed, NotChecked };
    QString name; ///< "structure", "signature", "record", …
    State state = State::NotChecked;
    QString failureClass; ///< "hash-mismatch"; empty unless failed
    QString sentence; ///< what was found, or why it was not checked
};

struct PackagedClip
{
    QString path; ///< inside the package
    QJsonObject item; ///< its entry in the record
    std::int64_t videoSamples = 0; ///< of the container scan
};

struct PackageFindings
{
    std::vector<PackageCheck> checks; ///< in the order in which they were made
    Bag bag;
    QJsonObject record;
    std::optional<keys::PublicKey> signer;
    std::vector<PackagedClip> clips; ///< that are there and listed

    /// Nothing that was looked at failed.
    [[nodiscard]] bool passed() const;
    /// Of the first failure; empty where all holds.
    [[nodiscard]] const PackageCheck *firstFailure() const;
    void add(const QString &name, const base::Result<void> &outcome, const QString &sentence);
    void skip(const QString &name, const QString &reason);
};

struct PackageOptions
{
    QDateTime now; ///< for the last day of the permission
    QString expectedFingerprint; ///< `SHA256:…` as the owner told it; empty where it is not known
    /// What the owner's own ledger knows of a record: a sentence where it was withdrawn. Null on other machines.
    std::function<base::Result<std::optional<QString>>(const QString &identifier)> withdrawal;
    BagLimits limits;
};

/// Structure, hashes, both signatures, the record's schema, statement, log chain, reports, clips against the record,
/// container scan, dates, withdrawal. Failure classes are in docs/formats.md. An error is only what kept it from
/// looking (unreadable disk, cancelled).
[[nodiscard]] base::Result<PackageFindings> verifyPackageFolder(const std::filesystem::path &folder,
                                                                const PackageOptions &options,
                                                                const base::CancelToken &cancel = {});

} // namespace doorveil::package
