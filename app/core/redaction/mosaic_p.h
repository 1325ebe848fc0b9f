// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/videoframe.h"
#include "redaction/blockmask_p.h"
#include "redaction/coverplan.h"
#include "redaction/membrane_p.h"

#include <array>
#include <map>
#include <utility>

namespace doorveil::redaction {

/// The mosaic cover: 4 × 4 blocks over a track's region, moving and growing with it, with values that are taken once,
/// in the first frame in which the track is covered by mosaic, and then never change. They come from the membrane that
/// the blur cover would show, reduced to four levels a channel with an ordered dither that makes the blocks visible;
/// so not even the mosaic reads a covered pixel. (The manifest still calls it cosmetic: its look promises less than
/// its making keeps, and the owner should not learn to trust mosaics.)
class Mosaic
{
public:
    static constexpr int blocksAcross = 4;

    /// Whether the region's values are still to be taken with sample().
    [[nodiscard]] bool isNew(const CoverRegion &region) const;
    /// Takes the values of one plane from a membrane solved over an area that holds the region.
    void sample(const CoverRegion &region, const base::VideoFrame &frame, int plane, const Membrane &membrane);
    /// Writes the region's blocks into all planes, where the mask says mosaic.
    void render(const CoverRegion &region, base::VideoFrame &frame, const BlockMask &mask) const;

    /// The rectangle of block (column, row) in stored luma pixels; together they are the region's stored rectangle.
    [[nodiscard]] static base::Rectangle block(const base::Rectangle &stored, int column, int row);

private:
    using Key = std::pair<bool, std::int64_t>; // zone or track, id
    using Values = std::array<std::array<int, std::size_t(blocksAcross) * blocksAcross>, 3>;

    [[nodiscard]] static Key keyOf(const CoverRegion &region);
    std::map<Key, Values> m_frozen;
};

} // namespace doorveil::redaction
