// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"

#include <cstdint>
#include <vector>

namespace doorveil::redaction {

/// 8-bit luma in the stored orientation, to look at only: 8-bit frames are not copied and must outlive it.
class LumaPicture
{
public:
    explicit LumaPicture(const base::VideoFrame &frame);

    [[nodiscard]] base::Size size() const { return m_size; }
    [[nodiscard]] const std::uint8_t *row(int y) const { return m_data + std::ptrdiff_t(y) * m_stride; }

private:
    base::Size m_size;
    const std::uint8_t *m_data = nullptr;
    std::ptrdiff_t m_stride = 0;
    std::vector<std::uint8_t> m_converted;
};

/// The same luma as a frame of its own, with the source's orientation, field order and range.
[[nodiscard]] base::VideoFrame greyFrame(const LumaPicture &picture, const base::VideoFrame &like);

/// Pixels of a picture to be looked at, one byte each, over a rectangle.
class PixelSet
{
public:
    PixelSet(base::Rectangle bounds, bool filled);
    [[nodiscard]] base::Rectangle bounds() const { return m_bounds; }
    void set(int y, int first, int last, bool value); ///< clamped to the bounds
    [[nodiscard]] const std::uint8_t *row(int y) const ///< of the pixel at bounds().x; 1 where in the set
    {
        return m_pixels.data() + std::size_t(y - m_bounds.y) * std::size_t(m_bounds.width);
    }

private:
    base::Rectangle m_bounds;
    std::vector<std::uint8_t> m_pixels;
};

/// Peak signal to noise ratio over a set of pixels, dB; 99 where they are equal or there are none.
[[nodiscard]] double psnr(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels);

struct TileStatistics
{
    double mean = 0.0;
    double deviation = 0.0; ///< standard deviation
};
[[nodiscard]] TileStatistics tileStatistics(const LumaPicture &picture, const base::Rectangle &tile);

/// Sum of absolute differences over a set's pixels in a rectangle, and how many there are.
struct Difference
{
    std::int64_t sum = 0;
    std::int64_t pixels = 0;
    [[nodiscard]] double mean() const { return pixels > 0 ? double(sum) / double(pixels) : 0.0; }
};
[[nodiscard]] Difference absoluteDifference(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels,
                                            const base::Rectangle &area);

/// How much of `source` shines through a cover, as a share: the slope of (exported - cover) over (source - cover), both
/// with their means taken off. What an encoder does to a cover knows nothing of the source and gives about 0; a tenth
/// of the source mixed in gives 0.1, however faint its texture. The slope's standard error is taken off: in a small
/// area the encoder's blocks lie like the source by chance. 0 where source and cover are alike, and where less than 0.4
/// levels shine through.
[[nodiscard]] double shareOfSource(const LumaPicture &exported, const LumaPicture &source, const LumaPicture &cover,
                                   const PixelSet &pixels);

/// |Correlation| of what is left of two pictures when the mean of the 5 × 5 pixels around is taken off, over a set
/// whose pixels lie at least two from the picture's edge. One squared level is added to each variance: without it the
/// rounding of two smooth surfaces that are nearly even would correlate by chance. 0 where `a` has no texture.
[[nodiscard]] double highPassCorrelation(const LumaPicture &a, const LumaPicture &b, const PixelSet &pixels);

} // namespace doorveil::redaction
