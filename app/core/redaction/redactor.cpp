// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/redactor.h"

#include "redaction/blockmask_p.h"
#include "redaction/membrane_p.h"
#include "redaction/mosaic_p.h"
#include "redaction/solidfill_p.h"

#include <algorithm>

namespace doorveil::redaction {

using base::Rectangle;

namespace {

bool isInterlaced(const base::VideoFrame &frame)
{
    return frame.fieldOrder != base::FieldOrder::Progressive;
}

bool holdsCover(const BlockMask &mask, const Rectangle &area, BlockCover cover)
{
    for (int y = area.y; y < area.bottom(); ++y) {
        const std::uint8_t *blocks = mask.row(y);
        if (std::find(blocks + area.x, blocks + area.right(), std::uint8_t(cover)) != blocks + area.right())
            return true;
    }
    return false;
}

template<typename Sample>
void fillSolid(const base::VideoFrame::Plane &plane, const BlockMask &mask, const Rectangle &area, int blockShiftX,
               int blockShiftY, int value)
{
    const int right = std::min(plane.size.width, area.right() << blockShiftX);
    const int bottom = std::min(plane.size.height, area.bottom() << blockShiftY);
    for (int y = area.y << blockShiftY; y < bottom; ++y) {
        const std::uint8_t *blocks = mask.row(y >> blockShiftY);
        auto *samples = reinterpret_cast<Sample *>(plane.data + std::ptrdiff_t(y) * plane.stride);
        for (int x = area.x << blockShiftX; x < right; ++x) {
            const auto cover = BlockCover(blocks[x >> blockShiftX]);
            if (cover == BlockCover::Solid || cover == BlockCover::Mosaic)
                samples[x] = Sample(value);
        }
    }
}

/// Mosaic blocks get the solid colour, too, as a base coat: what no mosaic reaches must not stay as it was.
void coverSolid(base::VideoFrame &frame, const BlockMask &mask, const Rectangle &area)
{
    const base::PixelLayout layout = frame.layout();
    for (int index = 0; index < layout.planeCount(); ++index) {
        const int shiftX = 1 - (index == 0 ? 0 : layout.chromaShiftX());
        const int shiftY = 1 - (index == 0 ? 0 : layout.chromaShiftY());
        const int value = solidSample(layout, frame.colour.fullRange, index);
        if (layout.bytesPerSample() == 1)
            fillSolid<std::uint8_t>(frame.plane(index), mask, area, shiftX, shiftY, value);
        else
            fillSolid<std::uint16_t>(frame.plane(index), mask, area, shiftX, shiftY, value);
    }
}

} // namespace

struct Redactor::State
{
    BlockMask mask;
    Membrane membrane;
    Mosaic mosaic;

    void coverArea(base::VideoFrame &frame, const Rectangle &area, const std::vector<const CoverRegion *> &newMosaics);
};

void Redactor::State::coverArea(base::VideoFrame &frame, const Rectangle &area,
                                const std::vector<const CoverRegion *> &newMosaics)
{
    const bool blurred = holdsCover(mask, area, BlockCover::Blur);
    if (blurred || !newMosaics.empty()) {
        membrane.solve(frame, mask, area);
        for (int plane = 0; plane < frame.layout().planeCount(); ++plane) {
            for (const CoverRegion *region : newMosaics)
                mosaic.sample(*region, frame, plane, membrane);
            if (blurred)
                membrane.render(frame, plane, BlockCover::Blur);
        }
    }
    if (holdsCover(mask, area, BlockCover::Solid) || holdsCover(mask, area, BlockCover::Mosaic))
        coverSolid(frame, mask, area);
}

Redactor::Redactor() : m_state(std::make_unique<State>()) { }
Redactor::~Redactor() = default;

base::Result<void> Redactor::cover(base::VideoFrame &frame, const std::vector<CoverRegion> &regions)
{
    if (frame.isNull() || frame.storedSize().isEmpty())
        return base::Error{base::ErrorKind::Failure, QStringLiteral("A frame without a picture cannot be covered.")};
    const int depth = frame.layout().bitDepth;
    if (depth != 8 && depth != 10)
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("Frames of %1 bits a sample cannot be covered.").arg(depth)};
    State &state = *m_state;
    state.mask.assign(frame.storedSize(), frame.orientation, isInterlaced(frame), regions);
    if (state.mask.bounds().empty())
        return {};
    frame.detach();
    for (const Rectangle &area : separateAreas(state.mask, frame.storedSize())) {
        std::vector<const CoverRegion *> newMosaics;
        for (const CoverRegion &region : regions) {
            if (region.style != base::CoverStyle::Mosaic || !state.mosaic.isNew(region))
                continue;
            const Rectangle stored = storedRegion(region, frame);
            const Rectangle blocks{stored.x / BlockMask::blockSize, stored.y / BlockMask::blockSize,
                                   stored.width / BlockMask::blockSize + 1, stored.height / BlockMask::blockSize + 1};
            if (!stored.isEmpty() && !area.intersected(blocks).isEmpty())
                newMosaics.push_back(&region);
        }
        state.coverArea(frame, area, newMosaics);
    }
    for (const CoverRegion &region : regions) {
        if (region.style == base::CoverStyle::Mosaic)
            state.mosaic.render(region, frame, state.mask);
    }
    return {};
}

CoverMask coverMask(const base::VideoFrame &frame, const std::vector<CoverRegion> &regions)
{
    BlockMask blocks;
    const base::Size size = frame.storedSize();
    blocks.assign(size, frame.orientation, isInterlaced(frame), regions);
    CoverMask mask{size, std::vector<std::uint8_t>(std::size_t(size.width) * std::size_t(size.height), 0)};
    for (const Rectangle &area : blocks.bounds()) {
        const int right = std::min(size.width, area.right() * BlockMask::blockSize);
        const int bottom = std::min(size.height, area.bottom() * BlockMask::blockSize);
        for (int y = area.y * BlockMask::blockSize; y < bottom; ++y) {
            const std::uint8_t *row = blocks.row(y / BlockMask::blockSize);
            for (int x = area.x * BlockMask::blockSize; x < right; ++x)
                mask.covered[std::size_t(y) * std::size_t(size.width) + std::size_t(x)] |=
                    std::uint8_t(row[x / BlockMask::blockSize] != 0);
        }
    }
    return mask;
}

} // namespace doorveil::redaction
