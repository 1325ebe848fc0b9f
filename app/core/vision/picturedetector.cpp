// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/picturedetector_p.h"

#include "vision/grain_p.h"
#include "vision/pictures_p.h"

#include <opencv2/imgproc.hpp>

#include <algorithm>
#include <cmath>
#include <utility>

namespace doorveil::vision {

namespace {

// Smoothing takes detail: what is left is found better enlarged (86 % instead of 71 % of the plates in a grainy clip).
constexpr double grainyScale = 1.4;
constexpr double largestScale = 8.0; // beyond that there is nothing to see, only memory to use up

/// In the picture's pixels, marked where it touches an edge of the tile that is none of the picture.
Candidate inPicture(Candidate candidate, const Tile &tile, const cv::Mat &picture)
{
    constexpr float edge = 2.0F; // pixels of the input
    const base::Rectangle &source = tile.source;
    const bool left = source.x > 0 && candidate.x < edge;
    const bool top = source.y > 0 && candidate.y < edge;
    const bool right = source.right() < picture.cols && candidate.x + candidate.width > float(tile.input.width) - edge;
    const bool bottom =
        source.bottom() < picture.rows && candidate.y + candidate.height > float(tile.input.height) - edge;
    candidate.cut = left || top || right || bottom;
    const float factorX = float(source.width) / float(tile.input.width);
    const float factorY = float(source.height) / float(tile.input.height);
    candidate.x = candidate.x * factorX + float(source.x);
    candidate.y = candidate.y * factorY + float(source.y);
    candidate.width *= factorX;
    candidate.height *= factorY;
    return candidate;
}

/// Rounded outwards and clamped to the picture; empty for nonsense (not finite, outside).
base::Rectangle roundedBox(const Candidate &candidate, base::Size picture)
{
    const double left = double(candidate.x);
    const double top = double(candidate.y);
    const double right = left + double(candidate.width);
    const double bottom = top + double(candidate.height);
    if (!std::isfinite(left + top + right + bottom))
        return {};
    const auto clamped = [](double value, int limit) { return int(std::clamp(value, 0.0, double(limit))); };
    const int x = clamped(std::floor(left), picture.width);
    const int y = clamped(std::floor(top), picture.height);
    return {x, y, clamped(std::ceil(right), picture.width) - x, clamped(std::ceil(bottom), picture.height) - y};
}

} // namespace

PictureDetector::PictureDetector(DetectorInfo info, double weakThreshold, double suppression)
    : m_info(std::move(info)), m_weakThreshold(weakThreshold), m_suppression(suppression)
{
}

std::vector<Candidate> PictureDetector::findAll(const cv::Mat &picture, const base::Rectangle &area, double scale)
{
    std::vector<Candidate> all;
    const cv::Mat wanted = picture(cv::Rect(area.x, area.y, area.width, area.height));
    bool grainy = false;
    const cv::Mat clear = smoothsGrain() ? withoutGrain(wanted, &grainy) : wanted;
    for (const Tile &tile : plan(area, grainy ? scale * grainyScale : scale)) {
        const base::Rectangle &source = tile.source;
        const cv::Mat cutOut = clear(cv::Rect(source.x - area.x, source.y - area.y, source.width, source.height));
        cv::Mat input = cutOut;
        if (tile.input != base::Size{source.width, source.height}) {
            // Down to half the size every pixel has its part in what is made from its neighbours, at a third of the
            // cost.
            const bool muchSmaller = tile.input.width * 2 < source.width;
            cv::resize(cutOut, input, {tile.input.width, tile.input.height}, 0, 0,
                       muchSmaller ? cv::INTER_AREA : cv::INTER_LINEAR);
        }
        for (const Candidate &candidate : find(input)) {
            if (double(candidate.score) >= m_weakThreshold)
                all.push_back(inPicture(candidate, tile, picture));
        }
    }
    return suppressed(std::move(all), m_suppression);
}

base::Result<std::vector<Detection>> PictureDetector::detect(const base::Picture &picture, const base::Rectangle &area,
                                                             double scale)
{
    const base::Rectangle wanted =
        area.isEmpty() ? base::Rectangle{0, 0, picture.size.width, picture.size.height} : area;
    const base::Rectangle searched = wanted.clampedTo(picture.size);
    std::vector<Detection> detections;
    if (picture.isNull() || searched.isEmpty() || !(scale > 0))
        return detections;
    std::unique_lock turn(m_turn, std::defer_lock);
    if (!findsConcurrently())
        turn.lock();
    try {
        for (const Candidate &candidate : findAll(matrixOf(picture), searched, std::min(scale, largestScale))) {
            const base::Rectangle box = roundedBox(candidate, picture.size);
            if (!box.isEmpty())
                detections.push_back({m_info.kind, box, std::clamp(candidate.score, 0.0F, 1.0F), m_info.id,
                                      float(m_info.threshold), float(m_info.aloneThreshold)});
        }
    } catch (const std::exception &exception) {
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("The detector %1 failed: %2")
                               .arg(m_info.id, QString::fromUtf8(exception.what()).simplified()),
                           QStringLiteral("detector-failed")};
    }
    return detections;
}

cv::Mat padded(const cv::Mat &tile, cv::Size size, cv::Point offset, const cv::Scalar &colour)
{
    if (tile.size() == size && tile.isContinuous())
        return tile;
    cv::Mat canvas;
    cv::copyMakeBorder(tile, canvas, offset.y, size.height - tile.rows - offset.y, offset.x,
                       size.width - tile.cols - offset.x, cv::BORDER_CONSTANT, colour);
    return canvas;
}

} // namespace doorveil::vision
