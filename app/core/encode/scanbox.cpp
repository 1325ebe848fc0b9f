// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/scanbox_p.h"

namespace doorveil::encode {

namespace {
constexpr int mostFindings = 100;
/// Many more than an export has in any place.
constexpr std::size_t mostChildren = 64;
} // namespace

QString codeText(std::uint32_t type)
{
    QString text;
    for (int shift = 24; shift >= 0; shift -= 8) {
        const char16_t character = (type >> shift) & 0xff;
        if (character >= 0x20 && character < 0x7f)
            text += QChar(character);
        else
            text += QStringLiteral("\\x%1").arg(character, 2, 16, QLatin1Char('0'));
    }
    return text;
}

void Findings::add(const QString &sentence)
{
    if (m_sentences.size() < mostFindings)
        m_sentences.append(sentence);
    else if (m_sentences.size() == mostFindings)
        m_sentences.append(QStringLiteral("There is more; the list ends here."));
}

std::vector<ScanBox> boxesIn(ByteWindow &file, std::int64_t begin, std::int64_t end, const QString &parent,
                             Findings &findings)
{
    std::vector<ScanBox> boxes;
    while (begin < end) {
        if (boxes.size() == mostChildren) {
            findings.add(QStringLiteral("There are more than %1 boxes in %2.").arg(mostChildren).arg(parent));
            break;
        }
        if (end - begin < 8) {
            findings.add(QStringLiteral("%1 bytes in %2 belong to no box.").arg(end - begin).arg(parent));
            break;
        }
        ScanBox box{file.u32(begin + 4), begin, begin + 8, 0};
        std::uint64_t size = file.u32(begin);
        if (size == 1 && end - begin >= 16) {
            size = file.u64(begin + 8);
            box.content = begin + 16;
        }
        if (size < std::uint64_t(box.content - begin) || size > std::uint64_t(end - begin)) {
            findings.add(
                QStringLiteral("The box “%1” in %2 has a size that does not fit.").arg(codeText(box.type), parent));
            break;
        }
        box.end = begin + std::int64_t(size);
        boxes.push_back(box);
        begin = box.end;
    }
    return boxes;
}

} // namespace doorveil::encode
