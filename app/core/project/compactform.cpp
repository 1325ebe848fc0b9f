// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/compactform_p.h"

#include "project/documentrules.h"

#include <bit>
#include <optional>

namespace doorveil::project::internal {

namespace {

base::Error damaged()
{
    return {base::ErrorKind::Failure, QStringLiteral("a packed list is damaged")};
}

void putNumber(QByteArray &bytes, std::int64_t number)
{
    std::uint64_t zigzag = (std::uint64_t(number) << 1) ^ std::uint64_t(number >> 63);
    while (zigzag >= 0x80) {
        bytes.append(char(std::uint8_t(zigzag) | 0x80));
        zigzag >>= 7;
    }
    bytes.append(char(zigzag));
}

/// Reads what putNumber wrote; remembers a failure.
class ByteReader
{
public:
    explicit ByteReader(const QByteArray &bytes) : m_bytes(bytes) { }

    [[nodiscard]] bool atEnd() const { return m_position == m_bytes.size(); }
    [[nodiscard]] bool failed() const { return m_failed; }

    std::uint8_t byte()
    {
        if (m_position >= m_bytes.size()) {
            m_failed = true;
            return 0;
        }
        return std::uint8_t(m_bytes.at(m_position++));
    }

    std::int64_t number()
    {
        std::uint64_t zigzag = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            const std::uint8_t next = byte();
            if (shift == 63 && next > 1)
                break;
            zigzag |= std::uint64_t(next & 0x7f) << shift;
            if ((next & 0x80) == 0) {
                m_failed = m_failed || (next == 0 && shift > 0); // a longer form than putNumber's
                return std::int64_t(zigzag >> 1) ^ -std::int64_t(zigzag & 1);
            }
        }
        m_failed = true;
        return 0;
    }

    /// `before` plus a stored difference, within ±bound.
    std::int64_t next(std::int64_t before, std::int64_t bound)
    {
        const std::int64_t difference = number();
        if (difference < -2 * bound || difference > 2 * bound) {
            m_failed = true;
            return 0;
        }
        const std::int64_t value = before + difference;
        m_failed = m_failed || value < -bound || value > bound;
        return m_failed ? 0 : value;
    }

private:
    const QByteArray &m_bytes;
    qsizetype m_position = 0;
    bool m_failed = false;
};

base::Observation readObservation(ByteReader &reader, const base::Observation &before)
{
    base::Observation observation;
    observation.pts = reader.next(before.pts, limits::ticks);
    observation.box.x = int(reader.next(before.box.x, limits::coordinate));
    observation.box.y = int(reader.next(before.box.y, limits::coordinate));
    observation.box.width = int(reader.next(before.box.width, limits::coordinate));
    observation.box.height = int(reader.next(before.box.height, limits::coordinate));
    observation.origin = base::Origin(reader.byte());
    std::uint32_t score = 0;
    for (int shift = 0; shift < 32; shift += 8)
        score |= std::uint32_t(reader.byte()) << shift;
    observation.score = std::bit_cast<float>(score);
    return observation;
}

} // namespace

QByteArray packObservations(const std::vector<base::Observation> &observations)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(observations.size()) * 12);
    base::Observation before;
    for (const base::Observation &observation : observations) {
        putNumber(bytes, observation.pts - before.pts);
        putNumber(bytes, std::int64_t(observation.box.x) - before.box.x);
        putNumber(bytes, std::int64_t(observation.box.y) - before.box.y);
        putNumber(bytes, std::int64_t(observation.box.width) - before.box.width);
        putNumber(bytes, std::int64_t(observation.box.height) - before.box.height);
        bytes.append(char(observation.origin));
        const auto score = std::bit_cast<std::uint32_t>(observation.score);
        for (int shift = 0; shift < 32; shift += 8)
            bytes.append(char(score >> shift));
        before = observation;
    }
    return bytes;
}

base::Result<std::vector<base::Observation>> unpackObservations(const QByteArray &bytes)
{
    std::vector<base::Observation> observations;
    ByteReader reader(bytes);
    base::Observation before;
    while (!reader.atEnd()) {
        before = readObservation(reader, before);
        if (reader.failed() || base::toText(before.origin).isEmpty())
            return damaged();
        if (observations.size() >= limits::observations)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("there are too many boxes")};
        observations.push_back(before);
    }
    return observations;
}

QByteArray packFrames(const std::vector<base::FrameTime> &frames)
{
    QByteArray bytes;
    bytes.reserve(qsizetype(frames.size()) * 5);
    std::int64_t before = 0;
    for (const base::FrameTime &frame : frames) {
        putNumber(bytes, frame.pts - before);
        putNumber(bytes, frame.duration);
        bytes.append(frame.damaged ? '\1' : '\0');
        before = frame.pts;
    }
    return bytes;
}

base::Result<std::vector<base::FrameTime>> unpackFrames(const QByteArray &bytes)
{
    std::vector<base::FrameTime> frames;
    ByteReader reader(bytes);
    std::int64_t before = 0;
    while (!reader.atEnd()) {
        base::FrameTime frame;
        frame.pts = reader.next(before, limits::ticks);
        frame.duration = reader.next(0, limits::ticks);
        const std::uint8_t flag = reader.byte();
        if (reader.failed() || flag > 1)
            return damaged();
        if (frames.size() >= limits::frames)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("the clip has too many frames")};
        frame.damaged = flag == 1;
        before = frame.pts;
        frames.push_back(frame);
    }
    return frames;
}

QByteArray compress(const QByteArray &bytes)
{
    return qCompress(bytes);
}

base::Result<QByteArray> decompress(const QByteArray &bytes, std::int64_t largest)
{
    // qCompress puts the size in front, high byte first; qUncompress allocates what it says.
    if (bytes.size() < 4)
        return damaged();
    std::int64_t size = 0;
    for (qsizetype index = 0; index < 4; ++index)
        size = size << 8 | std::uint8_t(bytes.at(index));
    constexpr std::int64_t bestRatio = 1100; // deflate cannot do better than 1032 : 1
    if (size > largest || size > bytes.size() * bestRatio)
        return damaged();
    const QByteArray plain = qUncompress(bytes);
    if (plain.size() != size)
        return damaged();
    return plain;
}

} // namespace doorveil::project::internal
