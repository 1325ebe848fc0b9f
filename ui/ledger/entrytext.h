// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/ledger.h"

#include <QString>

namespace doorveil::ui {

/// What an entry of the ledger says, as a page in the window's language: the statement where it holds a record, else
/// each thing that was noted, with its name.
[[nodiscard]] QString entryHtml(const consent::LedgerEntry &entry);

} // namespace doorveil::ui
