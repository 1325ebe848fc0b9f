// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/samplescan_p.h"

#include <algorithm>
#include <memory>

namespace doorveil::encode {

namespace {

/// Slices, parameter sets and delimiters. Not: SEI (6), data partitions, filler, extensions.
bool isAllowedUnit(int type)
{
    return type == 1 || type == 5 || type == 7 || type == 8 || type == 9;
}

/// The units of one access unit, each behind its length. Reports each kind of finding once.
class VideoSampleCheck
{
public:
    VideoSampleCheck(const ByteWindow &file, const ScanTrack &track, Findings &findings)
        : m_window(file), m_track(track), m_findings(findings)
    {
    }

    void check(const SampleCursor::Sample &sample)
    {
        std::int64_t position = sample.offset;
        while (position < sample.end()) {
            const std::int64_t room = sample.end() - position - m_track.nalLengthSize;
            std::int64_t size = 0;
            for (int index = 0; room > 0 && index < m_track.nalLengthSize; ++index)
                size = size << 8 | m_window.u8(position + index);
            if (size < 1 || size > room) {
                reportOnce(m_brokenReported, QStringLiteral("A frame has bytes that belong to no NAL unit."));
                return;
            }
            checkUnit(position + m_track.nalLengthSize, size);
            position += m_track.nalLengthSize + size;
        }
    }

    [[nodiscard]] bool failed() const { return m_window.failed(); }

private:
    void checkUnit(std::int64_t begin, std::int64_t size)
    {
        constexpr std::int64_t delimiterSize = 2;
        const int type = m_window.u8(begin) & 0x1f;
        if (!isAllowedUnit(type))
            reportType(type);
        else if ((type == 7 || type == 8) && !isKnownParameterSet(begin, size))
            reportOnce(m_setReported, QStringLiteral("A frame has a parameter set that the index does not have."));
        else if (type == 9 && size != delimiterSize)
            reportOnce(m_delimiterReported, QStringLiteral("An access unit delimiter is too long."));
    }

    bool isKnownParameterSet(std::int64_t begin, std::int64_t size)
    {
        return std::any_of(m_track.parameterSets.begin(), m_track.parameterSets.end(), [&](const QByteArray &known) {
            if (known.size() != size)
                return false;
            QByteArray content(size, '\0');
            m_window.copy(begin, {reinterpret_cast<std::uint8_t *>(content.data()), std::size_t(size)});
            return content == known;
        });
    }

    void reportType(int type)
    {
        if ((m_reportedTypes >> type & 1) != 0)
            return;
        m_reportedTypes |= std::uint32_t(1) << type;
        m_findings.add(
            type == 6 ? QStringLiteral("The video has SEI units, which can hold any data.")
                      : QStringLiteral("The video has NAL units of type %1, which an export does not have.").arg(type));
    }

    void reportOnce(bool &reported, const QString &sentence)
    {
        if (!reported)
            m_findings.add(sentence);
        reported = true;
    }

    ByteWindow m_window;
    const ScanTrack &m_track;
    Findings &m_findings;
    std::uint32_t m_reportedTypes = 0;
    bool m_brokenReported = false;
    bool m_setReported = false;
    bool m_delimiterReported = false;
};

/// AAC frames begin with the kind of their first element (ISO 14496-3, 4.4.2): 0 to 3 are sound. Encoders write their
/// name into a data or fill element, which comes first.
class SoundSampleCheck
{
public:
    SoundSampleCheck(const ByteWindow &file, Findings &findings) : m_window(file), m_findings(findings) { }

    void check(const SampleCursor::Sample &sample)
    {
        if (m_window.u8(sample.offset) >> 5 > 3 && !m_reported) {
            m_findings.add(QStringLiteral("The sound has frames that begin with data instead of sound."));
            m_reported = true;
        }
    }

    [[nodiscard]] bool failed() const { return m_window.failed(); }

private:
    ByteWindow m_window;
    Findings &m_findings;
    bool m_reported = false;
};

struct TrackWalk
{
    TrackWalk(const ByteWindow &file, const ScanTrack &scanned, Findings &findings)
        : track(scanned), cursor(file, scanned, findings), video(file, scanned, findings), sound(file, findings)
    {
    }

    void check(const SampleCursor::Sample &sample)
    {
        if (track.isVideo())
            video.check(sample);
        else
            sound.check(sample);
    }

    [[nodiscard]] bool failed() const { return cursor.failed() || video.failed() || sound.failed(); }

    const ScanTrack &track;
    SampleCursor cursor;
    VideoSampleCheck video;
    SoundSampleCheck sound;
};

using Walks = std::vector<std::unique_ptr<TrackWalk>>;

TrackWalk *nextInFile(const Walks &walks)
{
    TrackWalk *next = nullptr;
    for (const std::unique_ptr<TrackWalk> &walk : walks) {
        if (walk->cursor.current()
            && (next == nullptr || walk->cursor.current()->offset < next->cursor.current()->offset))
            next = walk.get();
    }
    return next;
}

/// Sum of a run-length table's counts, and of count × value.
struct RunSum
{
    std::int64_t count = 0;
    std::uint64_t weighted = 0;
};

RunSum sumOf(TableReader &table)
{
    RunSum sum;
    for (std::int64_t entry = 0; entry < table.count(); ++entry) {
        const std::uint32_t count = table.u32(entry, 0);
        sum.count += count;
        sum.weighted += std::uint64_t(count) * table.u32(entry, 1);
    }
    return sum;
}

/// The earliest shown time of the samples. Walks runs of both tables side by side, so that a huge count costs nothing.
std::int64_t earliestTime(TableReader &steps, TableReader &offsets)
{
    std::int64_t earliest = 0;
    std::int64_t decoded = 0;
    std::int64_t stepEntry = 0;
    std::int64_t stepLeft = steps.count() > 0 ? steps.u32(0, 0) : 0;
    for (std::int64_t entry = 0; entry < offsets.count(); ++entry) {
        std::int64_t left = offsets.u32(entry, 0);
        const auto offset = std::int32_t(offsets.u32(entry, 1));
        // In a run the first sample is the earliest.
        earliest = left > 0 ? std::min(earliest, decoded + offset) : earliest;
        while (left > 0 && stepEntry < steps.count()) {
            const std::int64_t part = std::min(left, stepLeft);
            decoded += part * steps.u32(stepEntry, 1);
            left -= part;
            stepLeft -= part;
            if (stepLeft == 0) {
                ++stepEntry;
                stepLeft = stepEntry < steps.count() ? steps.u32(stepEntry, 0) : 0;
            }
        }
    }
    return earliest;
}

void checkEditList(const ScanTrack &track, std::uint32_t movieTimeScale, Findings &findings)
{
    // The priming of AAC encoders is 1024 to 2112 samples; the last frame is padded to 1024 (2048 in HE-AAC).
    constexpr std::int64_t mostPriming = 2112;
    constexpr double mostPadding = 2048;
    const double shown = double(track.editDuration) / movieTimeScale * track.timeScale;
    const double media = double(track.mediaDuration) - double(track.editStart);
    if (track.editStart < 0 || track.editStart > mostPriming || media - shown > mostPadding
        || shown - media > mostPadding)
        findings.add(QStringLiteral("The sound's edit list hides more than the encoder's own priming."));
}

} // namespace

SampleScan scanSamples(const ByteWindow &file, const ScanBox &samples, const std::vector<ScanTrack> &tracks,
                       Findings &findings)
{
    SampleScan result;
    Walks walks;
    for (const ScanTrack &track : tracks) {
        walks.push_back(std::make_unique<TrackWalk>(file, track, findings));
        if (track.isVideo())
            result.videoSamples += walks.back()->cursor.sampleCount();
    }
    std::int64_t position = samples.content;
    bool overlapReported = false;
    while (TrackWalk *walk = nextInFile(walks)) {
        const SampleCursor::Sample sample = *walk->cursor.current();
        if (sample.offset < samples.content || sample.end() > samples.end) {
            findings.add(QStringLiteral("The index points at bytes outside the samples."));
            break;
        }
        if (sample.offset < position && !overlapReported) {
            findings.add(QStringLiteral("Samples overlap, or are not in the order of the file."));
            overlapReported = true;
        }
        result.unreferencedBytes += std::max<std::int64_t>(sample.offset - position, 0);
        position = std::max(position, sample.end());
        walk->check(sample);
        if (walk->failed())
            break;
        walk->cursor.advance();
    }
    result.unreferencedBytes += samples.end - position;
    if (result.unreferencedBytes > 0)
        findings.add(QStringLiteral("%1 bytes among the samples belong to no frame.").arg(result.unreferencedBytes));
    for (const std::unique_ptr<TrackWalk> &walk : walks)
        result.failed = result.failed || walk->failed();
    return result;
}

void scanTiming(const ByteWindow &file, const ScanTrack &track, std::uint32_t movieTimeScale, Findings &findings)
{
    if (track.timeScale == 0 || movieTimeScale == 0) {
        findings.add(QStringLiteral("A time scale is zero."));
        return;
    }
    TableReader steps(file, track.stts, 8, findings);
    TableReader offsets(file, track.ctts, 8, findings);
    TableReader keyFrames(file, track.stss, 4, findings);
    const std::int64_t samples = track.stsz.contentSize() >= 12 ? ByteWindow(file).u32(track.stsz.content + 8) : 0;
    const RunSum stepSum = sumOf(steps);
    if (stepSum.count != samples || (track.ctts.isPresent() && sumOf(offsets).count != samples)
        || keyFrames.count() > samples || samples > SampleCursor::mostSamples)
        findings.add(QStringLiteral("The times of %1 do not fit its samples.").arg(track.name()));
    else if (earliestTime(steps, offsets) < 0)
        findings.add(QStringLiteral("A frame lies before the start of the clip."));
    if (stepSum.weighted != track.mediaDuration)
        findings.add(QStringLiteral("The duration of %1 is not that of its samples.").arg(track.name()));
    if (track.hasEditList && track.isVideo())
        findings.add(QStringLiteral("The video has an edit list, which can hide frames."));
    else if (track.hasEditList)
        checkEditList(track, movieTimeScale, findings);
    // A header that ends before the media does would hide the rest from some players.
    constexpr double rounding = 0.002;
    const double shown = double(track.trackDuration) / movieTimeScale;
    const double length =
        track.hasEditList ? double(track.editDuration) / movieTimeScale : double(track.mediaDuration) / track.timeScale;
    if (shown + rounding < length)
        findings.add(QStringLiteral("The header of %1 ends before its last frame does.").arg(track.name()));
}

} // namespace doorveil::encode
