// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/tiltedfaces.h"

#include "vision/confirmation.h"
#include "vision/pictures_p.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace doorveil::vision {

namespace {

// Turned, a skull on a shirt comes to 0.75. Of 49 labelled faces that were turned by 45 degrees 46 are covered from 0.6
// on, 44 from here on, 37 without this search.
constexpr float likely = 0.8F;
constexpr double beyond = 114.0; // grey level of what is outside the picture

/// Turned, most areas are about as wide as high. A few sides only: networks plan anew for each size.
int canvasSide(int needed)
{
    constexpr std::array<int, 7> sides{128, 192, 256, 384, 512, 768, 1024};
    const auto *side = std::lower_bound(sides.begin(), sides.end(), needed);
    return side != sides.end() ? *side : needed;
}

/// An area of a picture, scaled and turned about its middle onto a canvas that holds all of it.
class Turned
{
public:
    Turned(const base::Picture &picture, const base::Rectangle &area, double degrees, double scale)
        : m_cosine(std::cos(degrees * std::numbers::pi / 180.0)),
          m_sine(std::sin(degrees * std::numbers::pi / 180.0)),
          m_scale(scale),
          m_middle{area.x + area.width / 2.0, area.y + area.height / 2.0}
    {
        const double across = std::abs(m_cosine);
        const double along = std::abs(m_sine);
        const double longest =
            std::max(area.width * across + area.height * along, area.width * along + area.height * across);
        const int side = canvasSide(int(std::ceil(scale * longest)));
        m_picture = blankPicture({side, side});
        cv::Mat target = matrixOf(m_picture);
        // From the canvas to the picture: what warpAffine asks for with WARP_INVERSE_MAP.
        const cv::Point2d corner = source({0.0, 0.0});
        const cv::Matx23d inverse(m_cosine / scale, -m_sine / scale, corner.x, //
                                  m_sine / scale, m_cosine / scale, corner.y);
        cv::warpAffine(matrixOf(picture), target, inverse, target.size(), cv::INTER_LINEAR | cv::WARP_INVERSE_MAP,
                       cv::BORDER_CONSTANT, cv::Scalar::all(beyond));
    }

    [[nodiscard]] const base::Picture &picture() const { return m_picture; }

    /// The upright box around the face (taken for an ellipse) that a box on the canvas holds.
    [[nodiscard]] base::Rectangle upright(const base::Rectangle &box) const
    {
        const cv::Point2d middle = source({box.x + box.width / 2.0, box.y + box.height / 2.0});
        const double halfWidth = std::hypot(box.width * m_cosine, box.height * m_sine) / 2.0 / m_scale;
        const double halfHeight = std::hypot(box.width * m_sine, box.height * m_cosine) / 2.0 / m_scale;
        const int x = int(std::floor(middle.x - halfWidth));
        const int y = int(std::floor(middle.y - halfHeight));
        return {x, y, int(std::ceil(middle.x + halfWidth)) - x, int(std::ceil(middle.y + halfHeight)) - y};
    }

private:
    /// Where a point of the canvas is in the picture.
    [[nodiscard]] cv::Point2d source(cv::Point2d point) const
    {
        const double x = (point.x - m_picture.size.width / 2.0) / m_scale;
        const double y = (point.y - m_picture.size.height / 2.0) / m_scale;
        return {m_middle.x + m_cosine * x - m_sine * y, m_middle.y + m_sine * x + m_cosine * y};
    }

    double m_cosine = 1.0;
    double m_sine = 0.0;
    double m_scale = 1.0;
    cv::Point2d m_middle;
    base::Picture m_picture;
};

} // namespace

base::Result<std::vector<Detection>> tiltedFaces(double degrees, Detector &detector, Detector &judge,
                                                 const base::Picture &picture, const base::Rectangle &area,
                                                 double scale)
{
    const base::Rectangle searched = area.clampedTo(picture.size);
    if (picture.isNull() || searched.isEmpty() || !(scale > 0.0))
        return std::vector<Detection>{};
    try {
        const Turned turned(picture, searched, degrees, scale);
        auto found = detector.detect(turned.picture(), {}, 1.0);
        if (found)
            found = sureFaces(std::move(*found), judge, turned.picture(), likely);
        if (!found)
            return found;
        for (Detection &face : *found)
            face.box = turned.upright(face.box).clampedTo(picture.size);
        std::erase_if(*found, [](const Detection &face) { return face.box.isEmpty(); });
        return found;
    } catch (const cv::Exception &exception) {
        return pictureError(exception);
    }
}

} // namespace doorveil::vision
