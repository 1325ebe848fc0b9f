// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/scanbox_p.h"

#include <QByteArray>
#include <QList>

#include <cstdint>
#include <optional>

namespace doorveil::encode {

/// What the scan keeps of a track: where its tables are (they may be millions of entries, so they stay in the file).
struct ScanTrack
{
    std::uint32_t handler = 0; ///< "vide" or "soun"
    std::uint32_t timeScale = 0;
    std::uint64_t mediaDuration = 0; ///< of mdhd
    std::uint64_t trackDuration = 0; ///< of tkhd, in the movie's time scale
    bool hasEditList = false;
    std::uint64_t editDuration = 0; ///< in the movie's time scale
    std::int64_t editStart = 0; ///< in the track's time scale
    ScanBox stts, ctts, stss, stsc, stsz, chunkOffsets; ///< a table that is absent is not isPresent()
    int nalLengthSize = 4;
    QList<QByteArray> parameterSets; ///< of avcC

    [[nodiscard]] bool isVideo() const { return handler == code("vide"); }
    [[nodiscard]] QString name() const
    {
        return isVideo() ? QStringLiteral("the video track") : QStringLiteral("the sound track");
    }
};

/// Entries of a full box "version, flags, count, entries" of a fixed size each. A table whose size does not fit its
/// count is a finding and counts as empty.
class TableReader
{
public:
    TableReader(const ByteWindow &file, const ScanBox &box, int entrySize, Findings &findings);
    [[nodiscard]] std::int64_t count() const { return m_count; }
    [[nodiscard]] std::uint32_t u32(std::int64_t entry, int field = 0);
    [[nodiscard]] std::uint64_t u64(std::int64_t entry);
    [[nodiscard]] int version() const { return m_version; }
    [[nodiscard]] bool failed() const { return m_window.failed(); }

private:
    ByteWindow m_window;
    std::int64_t m_first = 0;
    std::int64_t m_count = 0;
    int m_entrySize;
    int m_version = 0;
};

/// The samples of one track, in order, as places in the file. Constant memory.
class SampleCursor
{
public:
    /// Six days at 30 frames a second. A file may claim more samples than it has bytes.
    static constexpr std::int64_t mostSamples = 1 << 24;

    struct Sample
    {
        std::int64_t offset = 0;
        std::int64_t size = 0;
        [[nodiscard]] std::int64_t end() const { return offset + size; }
    };

    SampleCursor(const ByteWindow &file, const ScanTrack &track, Findings &findings);

    [[nodiscard]] const std::optional<Sample> &current() const { return m_current; }
    void advance();
    [[nodiscard]] std::int64_t sampleCount() const { return m_sampleCount; }
    [[nodiscard]] bool failed() const;

private:
    void openChunk();
    void stop(const QString &finding);

    const ScanTrack &m_track;
    Findings &m_findings;
    TableReader m_sizes;
    TableReader m_chunkRuns;
    TableReader m_chunkOffsets;
    bool m_wideOffsets;
    std::uint32_t m_uniformSize = 0;
    std::int64_t m_sampleCount = 0;
    std::int64_t m_sample = 0; ///< index of the current one
    std::int64_t m_chunk = -1;
    std::int64_t m_run = 0;
    std::int64_t m_leftInChunk = 0;
    std::int64_t m_position = 0;
    std::int64_t m_fileSize;
    std::optional<Sample> m_current;
};

} // namespace doorveil::encode
