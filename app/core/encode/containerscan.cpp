// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/containerscan.h"

#include "encode/samplescan_p.h"
#include "encode/trackscan_p.h"

#include "base/file.h"

#include <algorithm>
#include <array>

namespace doorveil::encode {

namespace {

/// Brands say which edition of the format a file keeps to; others could spell anything.
constexpr std::array brands = {code("isom"), code("iso2"), code("iso4"), code("iso5"),
                               code("iso6"), code("avc1"), code("mp41"), code("mp42")};

base::Error notReadable(const QString &reason)
{
    return {base::ErrorKind::InputNotOpenable, QStringLiteral("This is no MP4 file that can be read: %1.").arg(reason)};
}

class ContainerScanner
{
public:
    ContainerScanner(int descriptor, std::int64_t size) : m_file(descriptor, size) { }

    base::Result<ContainerScan> scan()
    {
        for (const ScanBox &box : boxesIn(m_file, 0, m_file.fileSize(), QStringLiteral("the file"), m_findings))
            scanTopLevel(box);
        if (!m_hasBrands)
            return notReadable(QStringLiteral("it does not begin as one"));
        if (!m_index.isPresent() || !m_samples.isPresent())
            return notReadable(QStringLiteral("index or samples are missing"));
        scanIndex();
        SampleScan samples = scanSamples(m_file, m_samples, m_tracks, m_findings);
        if (samples.failed || m_file.failed())
            return base::Error{base::ErrorKind::Failure, QStringLiteral("The file could not be read to its end.")};
        return report(samples);
    }

private:
    void scanTopLevel(const ScanBox &box)
    {
        switch (box.type) {
        case code("ftyp"):
            scanBrands(box);
            break;
        case code("moov"):
            keepOnly(m_index, box);
            break;
        case code("mdat"):
            keepOnly(m_samples, box);
            break;
        case code("free"):
            checkFree(m_file, box, m_findings);
            break;
        default:
            reportUnknown(box, QStringLiteral("The file"), m_findings);
        }
    }

    void keepOnly(ScanBox &place, const ScanBox &box)
    {
        if (place.isPresent())
            m_findings.add(QStringLiteral("The file has a second box “%1”.").arg(codeText(box.type)));
        else
            place = box;
    }

    void scanBrands(const ScanBox &box)
    {
        constexpr std::int64_t mostBytes = 64;
        if (box.begin != 0 || box.contentSize() < 8 || box.contentSize() > mostBytes || box.contentSize() % 4 != 0) {
            m_findings.add(QStringLiteral("The file type is not as an export has it."));
            return;
        }
        m_hasBrands = true;
        for (std::int64_t position = box.content; position < box.end; position += 4) {
            const std::uint32_t value = m_file.u32(position);
            const bool isVersion = position == box.content + 4;
            const bool known = isVersion ? value == 0 || value == 1 || value == 0x200
                                         : std::find(brands.begin(), brands.end(), value) != brands.end();
            if (!known)
                m_findings.add(
                    QStringLiteral("The file type names “%1”, which an export does not.").arg(codeText(value)));
        }
    }

    void scanIndex()
    {
        const QString path = QStringLiteral("moov");
        std::vector<ScanBox> tracks;
        bool hasHeader = false;
        for (const ScanBox &box : boxesIn(m_file, m_index.content, m_index.end, path, m_findings)) {
            if (box.type == code("trak")) {
                tracks.push_back(box);
            } else if (box.type == code("mvhd") && !hasHeader) {
                hasHeader = true;
                scanMovieHeader(box);
            } else {
                reportUnknown(box, path, m_findings);
            }
        }
        for (const ScanBox &box : tracks)
            addTrack(scanTrack(m_file, box, m_findings));
        if (m_videoTracks != 1 || m_audioTracks > 1)
            m_findings.add(QStringLiteral("The file has %1 video and %2 sound tracks instead of one and at most one.")
                               .arg(m_videoTracks)
                               .arg(m_audioTracks));
        for (const ScanTrack &track : m_tracks)
            scanTiming(m_file, track, m_timeScale, m_findings);
    }

    void scanMovieHeader(const ScanBox &box)
    {
        // ISO 14496-12, 8.2.2: times, time scale, duration, rate, volume, reserved, matrix, pre-defined, next track.
        const bool wide = m_file.u8(box.content) == 1;
        const int shift = wide ? 12 : 0;
        checkFixed(m_file, box, QStringLiteral("moov/mvhd"),
                   {100 + shift, {{4, wide ? 20 : 12}, {26 + shift, 36 + shift}, {72 + shift, 92 + shift}}},
                   m_findings);
        m_timeScale = m_file.u32(box.content + (wide ? 20 : 12));
    }

    void addTrack(const ScanTrack &track)
    {
        if (track.isVideo())
            ++m_videoTracks;
        else if (track.handler == code("soun"))
            ++m_audioTracks;
        else
            m_findings.add(QStringLiteral("There is a track of kind “%1”.").arg(codeText(track.handler)));
        m_tracks.push_back(track);
    }

    [[nodiscard]] ContainerScan report(const SampleScan &samples) const
    {
        ContainerScan scan;
        scan.findings = m_findings.sentences();
        scan.videoTracks = m_videoTracks;
        scan.audioTracks = m_audioTracks;
        scan.videoSamples = samples.videoSamples;
        scan.unreferencedBytes = samples.unreferencedBytes;
        return scan;
    }

    ByteWindow m_file;
    Findings m_findings;
    bool m_hasBrands = false;
    ScanBox m_index;
    ScanBox m_samples;
    std::uint32_t m_timeScale = 0;
    std::vector<ScanTrack> m_tracks;
    int m_videoTracks = 0;
    int m_audioTracks = 0;
};

} // namespace

base::Result<ContainerScan> scanContainer(int descriptor)
{
    const base::Result<std::int64_t> size = base::sizeOf(descriptor);
    if (!size)
        return size.error();
    return ContainerScanner(descriptor, *size).scan();
}

} // namespace doorveil::encode
