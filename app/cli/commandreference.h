// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

/// What packages ship about the command line, made from the command definitions themselves, so that it cannot say
/// something else than `--help`.
namespace doorveil::cli {

/// doorveil-cli(1) as roff with the man macros; `date` as `2026-11-28`, empty for none.
[[nodiscard]] QByteArray manualPage(const QString &date);
[[nodiscard]] QByteArray bashCompletion();
[[nodiscard]] QByteArray zshCompletion();
[[nodiscard]] QByteArray fishCompletion();

} // namespace doorveil::cli
