// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

#include <optional>
#include <vector>

namespace doorveil::testsupport {

/// One entry of a ZIP file with whatever is wrong about it.
struct RawEntry
{
    QByteArray name;
    QByteArray content;
    quint16 method = 0; ///< 0 stored, 8 deflated; the content goes in as it is
    quint16 flags = 0;
    quint32 attributes = 0100644U << 16;
    std::optional<quint32> statedSize = {}; ///< instead of the content's
    std::optional<quint32> statedCrc = {};
};

/// A ZIP file by APPNOTE.TXT, written by hand: a library would refuse what the tests need.
[[nodiscard]] QByteArray rawZip(const std::vector<RawEntry> &entries);

} // namespace doorveil::testsupport
