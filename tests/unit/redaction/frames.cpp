// SPDX-License-Identifier: GPL-3.0-or-later
#include "frames.h"

#include <algorithm>
#include <cmath>

namespace doorveil::testsupport {

using base::VideoFrame;

int sampleAt(const VideoFrame &frame, int plane, int x, int y)
{
    const VideoFrame::Plane &samples = frame.plane(plane);
    const std::byte *row = samples.data + std::ptrdiff_t(y) * samples.stride;
    if (frame.layout().bytesPerSample() == 1)
        return int(row[x]);
    return reinterpret_cast<const std::uint16_t *>(row)[x];
}

void setSample(VideoFrame &frame, int plane, int x, int y, int value)
{
    const VideoFrame::Plane &samples = frame.plane(plane);
    std::byte *row = samples.data + std::ptrdiff_t(y) * samples.stride;
    if (frame.layout().bytesPerSample() == 1)
        row[x] = std::byte(value);
    else
        reinterpret_cast<std::uint16_t *>(row)[x] = std::uint16_t(value);
}

VideoFrame texturedFrame(base::Size storedSize, base::PixelLayout layout, std::uint32_t seed)
{
    VideoFrame frame(storedSize, layout);
    Noise noise(seed);
    const int scale = 1 << (layout.bitDepth - 8);
    for (int plane = 0; plane < layout.planeCount(); ++plane) {
        const base::Size size = frame.plane(plane).size;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                const int gradient = 60 + 60 * x / size.width + 50 * y / size.height;
                const int checks = ((x / 5 + y / 7) % 2) * 24;
                setSample(frame, plane, x, y, (gradient + checks + noise.next(16)) * scale);
            }
        }
    }
    return frame;
}

namespace {

bool isInside(const base::Polygon &polygon, double x, double y)
{
    bool inside = false;
    for (std::size_t index = 0; index < polygon.size(); ++index) {
        const base::Point &a = polygon[index];
        const base::Point &b = polygon[(index + 1) % polygon.size()];
        if ((a.y > y) != (b.y > y) && x < a.x + (y - a.y) * (b.x - a.x) / double(b.y - a.y))
            inside = !inside;
    }
    return inside;
}

/// Whether the region has a part in a displayed pixel: of a polygon, whether it holds one of 16 points of the pixel.
bool holds(const redaction::CoverRegion &region, int x, int y)
{
    if (region.polygon.empty() || !region.region.grown(1, 1).contains({x, y}))
        return region.region.contains({x, y});
    for (int point = 0; point < 16; ++point) {
        const int column = point % 4;
        const int row = point / 4;
        if (isInside(region.polygon, x + (column + 0.5) / 4.0, y + (row + 0.5) / 4.0))
            return true;
    }
    return false;
}

/// The stored pixels of the regions, found by asking of each stored pixel whether it is shown inside one.
std::vector<std::uint8_t> hiddenLuma(const VideoFrame &frame, const std::vector<redaction::CoverRegion> &regions)
{
    const base::Size size = frame.storedSize();
    std::vector<std::uint8_t> hidden(std::size_t(size.width) * std::size_t(size.height), 0);
    const base::Size displayed = frame.displayedSize();
    for (int y = 0; y < displayed.height; ++y) {
        for (int x = 0; x < displayed.width; ++x) {
            const bool inside = std::any_of(regions.begin(), regions.end(),
                                            [&](const redaction::CoverRegion &region) { return holds(region, x, y); });
            if (!inside)
                continue;
            const base::Point stored = base::displayedToStored(base::Point{x, y}, size, frame.orientation);
            hidden[std::size_t(stored.y) * std::size_t(size.width) + std::size_t(stored.x)] = 1;
        }
    }
    return hidden;
}

/// The chroma row that colours a luma row.
int chromaRow(const VideoFrame &frame, int lumaRow)
{
    if (frame.layout().chromaShiftY() == 0)
        return lumaRow;
    if (frame.fieldOrder == base::FieldOrder::Progressive)
        return lumaRow / 2;
    const int field = lumaRow % 2;
    const int rows = frame.plane(1).size.height;
    const int row = lumaRow / 4 * 2 + field;
    return std::min(row, rows - 1);
}

} // namespace

HiddenSamples hiddenSamples(const VideoFrame &frame, const std::vector<redaction::CoverRegion> &regions)
{
    const base::Size size = frame.storedSize();
    HiddenSamples hidden{hiddenLuma(frame, regions)};
    for (int plane = 1; plane < frame.layout().planeCount(); ++plane) {
        const base::Size planeSize = frame.plane(plane).size;
        std::vector<std::uint8_t> samples(std::size_t(planeSize.width) * std::size_t(planeSize.height), 0);
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (hidden[0][std::size_t(y) * std::size_t(size.width) + std::size_t(x)] != 0)
                    samples[std::size_t(chromaRow(frame, y)) * std::size_t(planeSize.width)
                            + std::size_t(x >> frame.layout().chromaShiftX())] = 1;
            }
        }
        hidden.push_back(std::move(samples));
    }
    return hidden;
}

VideoFrame withHiddenNoise(const VideoFrame &frame, const HiddenSamples &hidden, std::uint32_t seed)
{
    VideoFrame noisy = frame;
    noisy.detach();
    Noise noise(seed);
    const int maximum = (1 << frame.layout().bitDepth) - 1;
    for (int plane = 0; plane < frame.layout().planeCount(); ++plane) {
        const base::Size size = frame.plane(plane).size;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (hidden[std::size_t(plane)][std::size_t(y) * std::size_t(size.width) + std::size_t(x)] != 0)
                    setSample(noisy, plane, x, y, noise.next(maximum));
            }
        }
    }
    return noisy;
}

void mixIn(VideoFrame &covered, const VideoFrame &source, const HiddenSamples &hidden, double share)
{
    covered.detach();
    for (int plane = 0; plane < covered.layout().planeCount(); ++plane) {
        const base::Size size = covered.plane(plane).size;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (hidden[std::size_t(plane)][std::size_t(y) * std::size_t(size.width) + std::size_t(x)] == 0)
                    continue;
                const double mixed =
                    (1.0 - share) * sampleAt(covered, plane, x, y) + share * sampleAt(source, plane, x, y);
                setSample(covered, plane, x, y, int(std::lround(mixed)));
            }
        }
    }
}

bool sameSamples(const VideoFrame &a, const VideoFrame &b)
{
    if (a.storedSize() != b.storedSize() || !(a.layout() == b.layout()))
        return false;
    for (int plane = 0; plane < a.layout().planeCount(); ++plane) {
        const base::Size size = a.plane(plane).size;
        for (int y = 0; y < size.height; ++y) {
            for (int x = 0; x < size.width; ++x) {
                if (sampleAt(a, plane, x, y) != sampleAt(b, plane, x, y))
                    return false;
            }
        }
    }
    return true;
}

redaction::CoverRegion region(std::int64_t track, base::Rectangle displayed, base::CoverStyle style)
{
    redaction::CoverRegion region;
    region.track = track;
    region.box = displayed;
    region.region = displayed;
    region.style = style;
    return region;
}

redaction::CoverRegion zoneRegion(std::int64_t id, base::Polygon displayed, base::Size displayedSize,
                                  base::CoverStyle style)
{
    redaction::CoverRegion region;
    region.track = id;
    region.kind = base::TrackKind::Region;
    region.origin = base::Origin::Zone;
    region.region = base::boundingRectangle(displayed).clampedTo(displayedSize);
    region.polygon = std::move(displayed);
    region.style = style;
    return region;
}

} // namespace doorveil::testsupport
