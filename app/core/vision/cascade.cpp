// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/adapters_p.h"
#include "vision/picturedetector_p.h"

#include <opencv2/imgproc.hpp>
#include <opencv2/objdetect.hpp>

#include <algorithm>
#include <stdexcept>

namespace doorveil::vision {

namespace {

constexpr double fineStep = 1.1; // between the sizes that are looked for
constexpr double coarseStep = 1.2; // for the profile cascade, which takes three times as long as the frontal one
constexpr TileLimits limits = {1600, 200, 1.2};

/// A cascade from the bytes of its XML file.
void load(cv::CascadeClassifier &cascade, const QByteArray &xml)
{
    const cv::FileStorage storage(xml.toStdString(), cv::FileStorage::READ | cv::FileStorage::MEMORY);
    if (!storage.isOpened() || !cascade.read(storage.getFirstTopLevelNode()))
        throw std::runtime_error("the cascade is not readable");
}

/// A cascade says how many windows at one place agreed, not how sure it is: 0.36 + 0.03 a window.
float scoreOf(int windows)
{
    return std::min(0.36F + 0.03F * float(windows), 0.95F);
}
int leastWindows(double score)
{
    return std::max(2, int((score - 0.36) / 0.03 + 0.999));
}

std::vector<Candidate> findWith(cv::CascadeClassifier &cascade, const cv::Mat &grey, double weakThreshold,
                                cv::Size smallest, double step)
{
    std::vector<cv::Rect> boxes;
    std::vector<int> windows;
    cascade.detectMultiScale(grey, boxes, windows, step, leastWindows(weakThreshold), 0, smallest);
    std::vector<Candidate> candidates;
    for (std::size_t index = 0; index < boxes.size(); ++index) {
        const cv::Rect &box = boxes[index];
        candidates.push_back(
            {float(box.x), float(box.y), float(box.width), float(box.height), scoreOf(windows.at(index)), false});
    }
    return candidates;
}

cv::Mat normalisedGrey(const cv::Mat &bgr)
{
    cv::Mat grey;
    cv::cvtColor(bgr, grey, cv::COLOR_BGR2GRAY);
    cv::equalizeHist(grey, grey);
    return grey;
}

class FaceCascade final : public PictureDetector
{
public:
    FaceCascade(const ModelDescription &model, const QByteArray &xml, bool bothSides)
        : PictureDetector(infoOf(model), model.weakThreshold, model.nonMaximumSuppression),
          m_smallest(model.smallestSide),
          m_bothSides(bothSides)
    {
        load(m_cascade, xml);
    }

protected:
    std::vector<Tile> plan(const base::Rectangle &area, double scale) const override
    {
        return planTiles(area, scale, limits);
    }

    std::vector<Candidate> find(const cv::Mat &tile) override
    {
        const cv::Mat grey = normalisedGrey(tile);
        std::vector<Candidate> found = findWith(m_cascade, grey, weakThreshold(), {m_smallest, m_smallest}, m_step);
        if (!m_bothSides)
            return found;
        cv::Mat mirrored;
        cv::flip(grey, mirrored, 1);
        for (Candidate candidate : findWith(m_cascade, mirrored, weakThreshold(), {m_smallest, m_smallest}, m_step)) {
            candidate.x = float(grey.cols) - candidate.x - candidate.width;
            found.push_back(candidate);
        }
        return found;
    }

private:
    cv::CascadeClassifier m_cascade;
    int m_smallest = 24;
    bool m_bothSides = false; ///< trained on faces that look one way only
    double m_step = fineStep;
};

} // namespace

std::unique_ptr<Detector> makeFaceCascade(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<FaceCascade>(model, contents.at(0), false);
}

std::unique_ptr<Detector> makeProfileCascade(const ModelDescription &model, const ModelContents &contents)
{
    return std::make_unique<FaceCascade>(model, contents.at(0), true);
}

} // namespace doorveil::vision
