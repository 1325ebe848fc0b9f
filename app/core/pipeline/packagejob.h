// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "consent/consentrecord.h"
#include "consent/request.h"
#include "keys/signingkey.h"
#include "package/age.h"
#include "package/portal.h"
#include "pipeline/jobs.h"
#include "project/projectstore.h"

#include <QDateTime>
#include <QString>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

namespace doorveil::pipeline {

/// What a project's log tells about the review.
struct ReviewHistory
{
    std::optional<QDateTime> reviewedAt;
    std::int64_t manualEdits = 0; ///< by the owner; analyses, things to check and what was watched do not count
};

/// One project as it goes into a package.
struct PackageClip
{
    project::ReviewDocument document;
    ReviewHistory history;
    std::optional<std::filesystem::path> projectFile; ///< never overwritten
};
[[nodiscard]] base::Result<PackageClip> readPackageClip(const project::ProjectStore &store);

/// Who signs. The secret stays with the caller.
struct Signer
{
    keys::PublicKey publicKey;
    std::function<base::Result<QByteArray>(const QByteArray &content)> sign; ///< an SSHSIG over exactly these bytes
};
[[nodiscard]] Signer signerFor(const keys::SigningKey &key);

using ExportFunction =
    std::function<base::Result<ExportResult>(const project::ReviewDocument &, const ExportParameters &,
                                             const base::ProgressCallback &, const base::CancelToken &)>;

struct PackageParameters
{
    std::vector<PackageClip> clips; ///< in the order of their names in the package
    consent::Request request;
    QString signAs; ///< the owner's typed name
    QString unreviewedReason; ///< the owner's words, where a clip is not reviewed
    std::filesystem::path output; ///< the bag; `.zip` and `.zip.age` beside it
    bool zip = false;
    std::vector<package::AgeRecipient> recipients; ///< not empty: sealed as well
    int crf = 20;
    QString preset = QStringLiteral("medium");
    vision::DetectorChoice secondPass = vision::DetectorChoice::Best;
    QString replaces; ///< identifier of an earlier record
    Signer signer;
    /// What the second pass found in a clip: the project keeps it as things to check. Called on the working thread.
    std::function<void(std::size_t clip, const std::vector<base::Track> &finds)> onFinds;
    /// What happened so far, for a live display: "export", "verified", "record", "signed", "read-back", "done".
    std::function<void(const QString &step, std::size_t clip)> onStep;
    ExportFunction exportClip; ///< pipeline::exportClip where empty; tests plant failures here
};

struct PackageResult
{
    QString identifier; ///< of the record
    std::filesystem::path folder;
    std::optional<std::filesystem::path> zip;
    std::optional<std::filesystem::path> sealed;
    QString manifestSha256;
    QJsonObject record;
    package::PortalPlan portal;
    QJsonObject ledgerContent; ///< for a ledger entry of kind Package
};

/// What keeps a package from being made, before any work: no typed name (Usage, "no-name"), an invalid request
/// ("invalid-request"), one that makes no package ("preservation-request", "declined"), a clip that is not reviewed
/// without the owner's reason (ReviewMissing, "not-reviewed"), finds nobody settled (ReviewMissing, "unsettled-finds").
[[nodiscard]] base::Result<void> checkGate(const PackageParameters &parameters);

/// Exports every clip, verifies each finished file, builds the bag beside its final name, signs, reads everything back
/// with the verifier, and only then names it. Nothing is signed unless every clip in the bag is, byte for byte, one
/// that was decoded and verified by this call, and the record fits its schema. After an error nothing has a final
/// name.
[[nodiscard]] base::Result<PackageResult> makePackage(const PackageParameters &parameters, const base::Clock &clock,
                                                      const base::ProgressCallback &progress,
                                                      const base::CancelToken &cancel);

/// The record as it would be, from the projects alone, for the preview: nothing is exported, hashes and figures are
/// placeholders, and it does not validate.
[[nodiscard]] base::Result<QJsonObject> previewRecord(const PackageParameters &parameters, const base::Clock &clock);

} // namespace doorveil::pipeline
