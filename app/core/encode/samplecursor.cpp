// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/samplecursor_p.h"

#include <limits>

namespace doorveil::encode {

namespace {

/// stsz has its uniform size between flags and count, and no entries where that is set.
ScanBox entriesOfSizes(const ScanBox &box)
{
    ScanBox shifted = box;
    shifted.content += 4;
    return shifted;
}

} // namespace

TableReader::TableReader(const ByteWindow &file, const ScanBox &box, int entrySize, Findings &findings)
    : m_window(file), m_first(box.content + 8), m_entrySize(entrySize)
{
    if (!box.isPresent())
        return;
    if (box.contentSize() < 8) {
        findings.add(QStringLiteral("The table “%1” is too short.").arg(codeText(box.type)));
        return;
    }
    m_version = m_window.u8(box.content);
    const std::int64_t count = m_window.u32(box.content + 4);
    if (box.contentSize() - 8 == count * entrySize)
        m_count = count;
    else
        findings.add(
            QStringLiteral("The table “%1” has a size that does not fit its entries.").arg(codeText(box.type)));
}

std::uint32_t TableReader::u32(std::int64_t entry, int field)
{
    return m_window.u32(m_first + entry * m_entrySize + std::int64_t(4) * field);
}

std::uint64_t TableReader::u64(std::int64_t entry)
{
    return m_window.u64(m_first + entry * m_entrySize);
}

SampleCursor::SampleCursor(const ByteWindow &file, const ScanTrack &track, Findings &findings)
    : m_track(track),
      m_findings(findings),
      // With a uniform size there are no entries: then the table is read as one of empty entries.
      m_sizes(file, entriesOfSizes(track.stsz), ByteWindow(file).u32(track.stsz.content + 4) == 0 ? 4 : 0, findings),
      m_chunkRuns(file, track.stsc, 12, findings),
      m_chunkOffsets(file, track.chunkOffsets, track.chunkOffsets.type == code("co64") ? 8 : 4, findings),
      m_wideOffsets(track.chunkOffsets.type == code("co64")),
      m_fileSize(file.fileSize())
{
    m_uniformSize = ByteWindow(file).u32(track.stsz.content + 4);
    m_sampleCount = m_sizes.count();
    if (m_sampleCount > mostSamples) {
        stop(QStringLiteral("has more samples than this check looks at"));
        return;
    }
    m_sample = -1;
    advance();
}

bool SampleCursor::failed() const
{
    return m_sizes.failed() || m_chunkRuns.failed() || m_chunkOffsets.failed();
}

void SampleCursor::stop(const QString &finding)
{
    m_findings.add(QStringLiteral("In %1 the index %2.").arg(m_track.name(), finding));
    m_current.reset();
    m_sample = m_sampleCount;
}

void SampleCursor::openChunk()
{
    ++m_chunk;
    if (m_chunk >= m_chunkOffsets.count() || m_chunkRuns.count() == 0 || m_chunkRuns.u32(0) != 1) {
        stop(QStringLiteral("has fewer chunks than its samples need"));
        return;
    }
    if (m_run + 1 < m_chunkRuns.count() && m_chunkRuns.u32(m_run + 1) == m_chunk + 1)
        ++m_run;
    m_leftInChunk = m_chunkRuns.u32(m_run, 1);
    m_position = m_wideOffsets ? std::int64_t(m_chunkOffsets.u64(m_chunk) & std::numeric_limits<std::int64_t>::max())
                               : std::int64_t(m_chunkOffsets.u32(m_chunk));
    if (m_leftInChunk == 0 || m_chunkRuns.u32(m_run, 2) != 1)
        stop(QStringLiteral("has an empty chunk or one of another sample description"));
}

void SampleCursor::advance()
{
    m_current.reset();
    if (++m_sample >= m_sampleCount) {
        if (m_sample == m_sampleCount
            && (m_leftInChunk != 0 || m_chunk + 1 != m_chunkOffsets.count() || m_run + 1 != m_chunkRuns.count()))
            stop(QStringLiteral("has more chunks than its samples need"));
        m_sample = m_sampleCount;
        return;
    }
    if (m_leftInChunk == 0)
        openChunk();
    if (m_sample >= m_sampleCount)
        return;
    const std::int64_t size = m_uniformSize != 0 ? m_uniformSize : m_sizes.u32(m_sample);
    if (size == 0 || m_position > m_fileSize || size > m_fileSize - m_position) {
        stop(QStringLiteral("points outside the file or has an empty sample"));
        return;
    }
    m_current = Sample{m_position, size};
    m_position += size;
    --m_leftInChunk;
}

} // namespace doorveil::encode
