// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/edgefaces.h"

#include "vision/confirmation.h"

#include <opencv2/core.hpp>

#include <algorithm>

namespace doorveil::vision {

namespace {

// Somebody at the door has a face a third as wide as the picture is high. Of one that wide at least a third is in the
// mirror if it is not found without.
constexpr double stripShare = 1.0 / 3.0; // of the area's height
constexpr double mirroredShare = 0.75; // of the strip's width
// A face is cut in two if so much of its width lies beyond the edge; what lies in the mirror for the most part is the
// image of a face inside, which is found as it is.
constexpr double leastBeyond = 0.1;
constexpr double mostBeyond = 0.6;
// Of 408 labelled faces that were cut to 45, 60 and 75 % of their width, and found so, all but 14 reach this, of 50
// other finds in pictures and clips without faces there two, both of one fence.
constexpr float likely = 0.6F;

base::Picture mirrored(PictureEdge edge, const base::Picture &picture, const base::Rectangle &strip, int beyond)
{
    base::Picture result;
    result.size = {strip.width + beyond, strip.height};
    result.bgr.resize(std::size_t(result.size.width) * std::size_t(result.size.height) * 3);
    // OpenCV has no constant view; nothing writes through this one.
    const cv::Mat whole(picture.size.height, picture.size.width, CV_8UC3,
                        const_cast<std::uint8_t *>(picture.bgr.data()));
    cv::Mat target(result.size.height, result.size.width, CV_8UC3, result.bgr.data());
    cv::copyMakeBorder(whole(cv::Rect(strip.x, strip.y, strip.width, strip.height)), target, 0, 0,
                       edge == PictureEdge::Left ? beyond : 0, edge == PictureEdge::Right ? beyond : 0,
                       cv::BORDER_REFLECT_101 | cv::BORDER_ISOLATED);
    return result;
}

bool isAcross(const base::Rectangle &box, const base::Rectangle &inside)
{
    const double beyond = 1.0 - double(box.intersected(inside).width) / box.width;
    return beyond >= leastBeyond && beyond <= mostBeyond;
}

} // namespace

base::Rectangle stripAlong(PictureEdge edge, const base::Rectangle &area, base::Size picture)
{
    const int width = std::min(area.width, std::max(1, int(stripShare * area.height)));
    if (edge == PictureEdge::Left && area.x <= 0)
        return {area.x, area.y, width, area.height};
    if (edge == PictureEdge::Right && area.right() >= picture.width)
        return {area.right() - width, area.y, width, area.height};
    return {};
}

base::Result<std::vector<Detection>> facesAcross(PictureEdge edge, Detector &detector, Detector &judge,
                                                 const base::Picture &picture, const base::Rectangle &strip,
                                                 double scale)
{
    const int beyond = std::min(int(mirroredShare * strip.width), strip.width - 1);
    if (strip.isEmpty() || beyond <= 0)
        return std::vector<Detection>{};
    const base::Picture extended = mirrored(edge, picture, strip, beyond);
    const base::Rectangle inside{edge == PictureEdge::Left ? beyond : 0, 0, strip.width, strip.height};
    auto found = detector.detect(extended, {}, scale);
    if (!found)
        return found;
    std::vector<Detection> faces;
    for (Detection &face : *found) {
        if (face.score < face.threshold || !isAcross(face.box, inside))
            continue;
        const base::Result<float> certainty = faceCertainty(face, judge, extended);
        if (!certainty)
            return certainty.error();
        if (*certainty < likely)
            continue;
        face.box = face.box.intersected(inside);
        face.box.x += strip.x - inside.x;
        face.box.y += strip.y;
        faces.push_back(std::move(face));
    }
    return faces;
}

} // namespace doorveil::vision
