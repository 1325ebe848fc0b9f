// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/ledger.h"

#include <QByteArray>

#include <vector>

/// The ledger as files for people.
namespace doorveil::consent {

/// One line an entry, RFC 4180 with a line of names; cells that a spreadsheet would run as formulas are disarmed.
[[nodiscard]] QByteArray ledgerCsv(const std::vector<LedgerEntry> &entries);
[[nodiscard]] QByteArray ledgerHtml(const std::vector<LedgerEntry> &entries);

} // namespace doorveil::consent
