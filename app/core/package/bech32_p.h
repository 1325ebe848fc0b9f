// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>

namespace doorveil::package {

/// Bech32 (BIP 173, without its length limit, as age uses it): the data bytes behind a human-readable prefix.
/// Lower or upper case throughout; nothing where checksum, case, prefix or padding is wrong.
[[nodiscard]] std::optional<QByteArray> decodeBech32(const QString &text, const QString &prefix);

} // namespace doorveil::package
