// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/edgefaces.h"

#include "vision/confirmation.h"
#include "vision/pictures_p.h"

#include <opencv2/core.hpp>

#include <algorithm>

namespace doorveil::vision {

namespace {

// Somebody at the door has a face a third as wide as the picture is high, and somewhat higher than wide. Of one that
// large at least a third is in the mirror if it is not found without.
constexpr double stripWidthShare = 1.0 / 3.0; // of the area's height
constexpr double stripHeightShare = 0.5;
constexpr double mirroredShare = 0.75; // of the strip's width
constexpr double mirroredHeightShare = 0.5;
// A face is cut in two if so much of its width or height lies beyond the edge; what lies in the mirror for the most
// part is the image of a face inside, which is found as it is.
constexpr double leastBeyond = 0.1;
constexpr double mostBeyond = 0.6;
// Of 408 finds of labelled faces that were cut on a side to 45, 60 and 75 % of their width all but 14 reach this, of 50
// other finds in pictures and clips without faces there two, both of one fence. Cut below, 174 of 218 faces do, and
// none of 18 other finds.
constexpr float likely = 0.6F;

bool isUpright(PictureEdge edge)
{
    return edge == PictureEdge::Left || edge == PictureEdge::Right;
}

/// The strip and its mirror image.
struct Mirrored
{
    base::Picture picture;
    base::Rectangle strip; ///< in it
};

Mirrored mirrored(PictureEdge edge, const base::Picture &picture, const base::Rectangle &strip)
{
    const int length = isUpright(edge) ? strip.width : strip.height;
    const int beyond = std::min(int((isUpright(edge) ? mirroredShare : mirroredHeightShare) * length), length - 1);
    const auto at = [&](PictureEdge wanted) { return edge == wanted ? beyond : 0; };
    const int left = at(PictureEdge::Left);
    const int below = at(PictureEdge::Lower);
    Mirrored result;
    result.strip = {left, 0, strip.width, strip.height};
    result.picture = blankPicture({strip.width + left + at(PictureEdge::Right), strip.height + below});
    cv::Mat target = matrixOf(result.picture);
    cv::copyMakeBorder(matrixOf(picture)(cv::Rect(strip.x, strip.y, strip.width, strip.height)), target, 0, below, left,
                       at(PictureEdge::Right), cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
    return result;
}

bool isAcross(PictureEdge edge, const base::Rectangle &box, const base::Rectangle &inside)
{
    const base::Rectangle visible = box.intersected(inside);
    const double share = isUpright(edge) ? double(visible.width) / box.width : double(visible.height) / box.height;
    return 1.0 - share >= leastBeyond && 1.0 - share <= mostBeyond;
}

} // namespace

base::Rectangle stripAlong(PictureEdge edge, const base::Rectangle &area, base::Size picture)
{
    const int width = std::min(area.width, std::max(1, int(stripWidthShare * area.height)));
    const int height = std::max(1, int(stripHeightShare * area.height));
    switch (edge) {
    case PictureEdge::Left:
        return area.x <= 0 ? base::Rectangle{area.x, area.y, width, area.height} : base::Rectangle{};
    case PictureEdge::Right:
        return area.right() >= picture.width ? base::Rectangle{area.right() - width, area.y, width, area.height}
                                             : base::Rectangle{};
    case PictureEdge::Lower:
        return area.bottom() >= picture.height ? base::Rectangle{area.x, area.bottom() - height, area.width, height}
                                               : base::Rectangle{};
    case PictureEdge::None:
        break;
    }
    return {};
}

base::Result<std::vector<Detection>> facesAcross(PictureEdge edge, Detector &detector, Detector &judge,
                                                 const base::Picture &picture, const base::Rectangle &strip,
                                                 double scale)
{
    if (picture.isNull() || strip.isEmpty() || strip.clampedTo(picture.size) != strip)
        return std::vector<Detection>{};
    try {
        const auto [extended, inside] = mirrored(edge, picture, strip);
        auto found = detector.detect(extended, {}, scale);
        if (found) {
            std::erase_if(
                *found, [edge, &inside = inside](const Detection &face) { return !isAcross(edge, face.box, inside); });
            found = sureFaces(std::move(*found), judge, extended, likely);
        }
        if (!found)
            return found;
        for (Detection &face : *found) {
            face.box = face.box.intersected(inside);
            face.box.x += strip.x - inside.x;
            face.box.y += strip.y;
        }
        return found;
    } catch (const cv::Exception &exception) {
        return pictureError(exception);
    }
}

} // namespace doorveil::vision
