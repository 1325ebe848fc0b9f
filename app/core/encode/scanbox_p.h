// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/bytewindow_p.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <vector>

namespace doorveil::encode {

/// A box type, as in `code("moov")`.
[[nodiscard]] constexpr std::uint32_t code(const char (&text)[5])
{
    return std::uint32_t(std::uint8_t(text[0])) << 24 | std::uint32_t(std::uint8_t(text[1])) << 16
           | std::uint32_t(std::uint8_t(text[2])) << 8 | std::uint8_t(text[3]);
}

/// Four characters as a person reads them; what is not printable becomes \xNN.
[[nodiscard]] QString codeText(std::uint32_t type);

/// A box of the file: [begin, end) with its header, whose content begins at `content`.
struct ScanBox
{
    std::uint32_t type = 0;
    std::int64_t begin = 0;
    std::int64_t content = 0;
    std::int64_t end = 0;
    [[nodiscard]] std::int64_t contentSize() const { return end - content; }
    [[nodiscard]] bool isPresent() const { return end > 0; }
};

/// What was found, as sentences; a hostile file cannot make it grow without end.
class Findings
{
public:
    void add(const QString &sentence);
    [[nodiscard]] const QStringList &sentences() const { return m_sentences; }

private:
    QStringList m_sentences;
};

/// The boxes that fill [begin, end) of `parent` (for messages). What does not fit is a finding, and ends the list.
[[nodiscard]] std::vector<ScanBox> boxesIn(ByteWindow &file, std::int64_t begin, std::int64_t end,
                                           const QString &parent, Findings &findings);

} // namespace doorveil::encode
