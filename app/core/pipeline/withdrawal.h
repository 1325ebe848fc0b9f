// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "consent/ledger.h"
#include "pipeline/packagejob.h"

#include <QString>

#include <filesystem>
#include <optional>

namespace doorveil::pipeline {

struct WithdrawalParameters
{
    QString identifier; ///< of the record to withdraw
    QString reason; ///< may be empty
    /// Where a signed record goes (withdrawal.jsonld, its signature, statements), for the recipient. Needs signAs and
    /// signer.
    std::optional<std::filesystem::path> output;
    QString signAs;
    Signer signer;
};

/// Notes that a permission is taken back, and makes the signed record of it where asked for. Usage: "no-such-package"
/// where the ledger knows no package of that record, "withdrawn" where it was withdrawn already, "not-a-consent" for a
/// compelled disclosure, which rests on no permission.
[[nodiscard]] base::Result<consent::LedgerEntry> withdrawPackage(const WithdrawalParameters &parameters,
                                                                 consent::Ledger &ledger, const base::Clock &clock);

} // namespace doorveil::pipeline
