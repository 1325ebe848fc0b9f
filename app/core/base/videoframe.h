// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/mediatime.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace doorveil::base {

/// How many luma columns and rows share one chroma sample. `Grey` has no chroma planes.
enum class ChromaLayout { Grey, Yuv420, Yuv422, Yuv444 };

/// Sample layout of a frame: planar Y, Cb, Cr. Depths above 8 use 16-bit little-endian samples with the value in the
/// low bits.
struct PixelLayout
{
    ChromaLayout chroma = ChromaLayout::Yuv420;
    int bitDepth = 8; ///< 8 or 10

    [[nodiscard]] int bytesPerSample() const { return bitDepth > 8 ? 2 : 1; }
    [[nodiscard]] int planeCount() const { return chroma == ChromaLayout::Grey ? 1 : 3; }
    /// log2 of luma columns (rows) a chroma sample.
    [[nodiscard]] int chromaShiftX() const
    {
        return chroma == ChromaLayout::Yuv420 || chroma == ChromaLayout::Yuv422 ? 1 : 0;
    }
    [[nodiscard]] int chromaShiftY() const { return chroma == ChromaLayout::Yuv420 ? 1 : 0; }
    /// Size of plane 0 to 2 of a picture: chroma planes round up.
    [[nodiscard]] Size planeSize(Size picture, int plane) const
    {
        if (plane == 0)
            return picture;
        const int shiftX = chromaShiftX();
        const int shiftY = chromaShiftY();
        return {(picture.width + (1 << shiftX) - 1) >> shiftX, (picture.height + (1 << shiftY) - 1) >> shiftY};
    }
    bool operator==(const PixelLayout &) const = default;
};

/// Colour description with the code points of ITU-T H.273 (2 is "unspecified").
struct ColourInfo
{
    int primaries = 2;
    int transfer = 2;
    int matrix = 2;
    bool fullRange = false;
    int chromaLocation = 0; ///< 0 unspecified, 1 left, 2 centre, 3 top left (FFmpeg's AVChromaLocation order)
    bool operator==(const ColourInfo &) const = default;
};

enum class FieldOrder { Progressive, TopFirst, BottomFirst };

/// One decoded picture in plain memory, in the *stored* orientation, with how to turn it for display.
/// Copies share the samples; `detach()` before writing. Not thread-safe for writing; sharing for reading is.
class VideoFrame
{
public:
    struct Plane
    {
        std::byte *data = nullptr; ///< first row
        std::ptrdiff_t stride = 0; ///< bytes from one row to the next
        Size size; ///< in samples
    };

    VideoFrame() = default;
    /// Allocates planes with 64-byte aligned rows, which follow each other without gaps. Samples are uninitialised.
    VideoFrame(Size storedSize, PixelLayout layout);
    /// The same in memory that somebody else provides: bytesFor() bytes, which need not be aligned.
    VideoFrame(Size storedSize, PixelLayout layout, std::shared_ptr<std::byte[]> memory);

    /// Bytes that the samples of such a frame take.
    [[nodiscard]] static std::size_t bytesFor(Size storedSize, PixelLayout layout);

    [[nodiscard]] bool isNull() const { return !m_memory; }
    [[nodiscard]] Size storedSize() const { return m_storedSize; }
    [[nodiscard]] Size displayedSize() const { return orientedSize(m_storedSize, orientation); }
    [[nodiscard]] PixelLayout layout() const { return m_layout; }
    /// Writing through the returned pointer is allowed only after detach().
    [[nodiscard]] const Plane &plane(int index) const { return m_planes[std::size_t(index)]; }
    /// Makes this frame the only owner of its samples (copies them where they are shared).
    void detach();
    /// Bytes held by the samples.
    [[nodiscard]] std::size_t byteCount() const { return m_bytes; }

    std::int64_t pts = 0; ///< ticks of the stream's time base
    std::int64_t duration = 0; ///< ticks until the next frame; for the last frame its own; 0 where unknown
    Orientation orientation;
    ColourInfo colour;
    FieldOrder fieldOrder = FieldOrder::Progressive;
    bool damaged = false; ///< decoded, but the decoder reported errors in it

private:
    Size m_storedSize;
    PixelLayout m_layout;
    std::shared_ptr<std::byte[]> m_memory;
    std::size_t m_bytes = 0;
    std::array<Plane, 3> m_planes;
};

/// A picture for detectors and screens: displayed orientation, 8-bit interleaved B, G, R, rows without padding.
struct Picture
{
    Size size;
    std::vector<std::uint8_t> bgr; ///< size.height rows of size.width × 3 bytes
    [[nodiscard]] bool isNull() const { return bgr.empty(); }
};

/// Luma only, displayed orientation, 8 bit, rows without padding.
struct GreyPicture
{
    Size size;
    std::vector<std::uint8_t> samples;
    [[nodiscard]] bool isNull() const { return samples.empty(); }
};

/// Sound: interleaved 32-bit float samples in [-1, 1].
struct AudioBlock
{
    std::int64_t pts = 0; ///< ticks of 1 / sampleRate, on the clip's own clock
    int sampleRate = 0;
    int channels = 0;
    std::vector<float> samples; ///< channels × frames
    [[nodiscard]] std::int64_t frameCount() const { return channels > 0 ? std::int64_t(samples.size()) / channels : 0; }
};

} // namespace doorveil::base
