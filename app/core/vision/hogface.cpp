// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <dlib/image_processing/frontal_face_detector.h>
#include <dlib/opencv.h>

#include <opencv2/imgproc.hpp>

#include <algorithm>

namespace doorveil::vision {

namespace {

// The detector's window is 80 pixels; the face in it about 70. Enlarging by 2 finds faces of some 36 pixels.
constexpr double enlargement = 2.0;
constexpr TileLimits limits = {2048, 256, 1.0};

/// dlib's frontal face detector (histograms of oriented gradients, five poses). Its margin above the decision threshold
/// becomes the score 0.5 + margin / 4.
class HogFace final : public PictureDetector
{
public:
    explicit HogFace(const ModelDescription &model)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_detector(dlib::get_frontal_face_detector())
    {
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        return planTiles(area, scale * enlargement, limits);
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        cv::Mat grey;
        cv::cvtColor(tile, grey, cv::COLOR_BGR2GRAY);
        std::vector<dlib::rect_detection> found;
        m_detector(dlib::cv_image<unsigned char>(grey), found, marginOf(weakThreshold()));
        std::vector<Candidate> candidates;
        for (const dlib::rect_detection &face : found) {
            candidates.push_back({float(face.rect.left()), float(face.rect.top()), float(face.rect.width()),
                                  float(face.rect.height()), scoreOf(face.detection_confidence), false});
        }
        return candidates;
    }

private:
    static double marginOf(double score) { return (score - 0.5) * 4; }
    static float scoreOf(double margin) { return float(std::clamp(0.5 + margin / 4, 0.0, 1.0)); }

    dlib::frontal_face_detector m_detector;
};

} // namespace

std::unique_ptr<Detector> makeHogFace(const ModelDescription &model, const ModelContents &)
{
    return std::make_unique<HogFace>(model);
}

} // namespace doorveil::vision
