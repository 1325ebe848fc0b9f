// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/democlip.h"

#include "base/durablefile.h"
#include "encode/clipwriter.h"
#include "support/framecounter.h"

#include <opencv2/imgproc.hpp>

#include <array>
#include <cmath>
#include <cstring>
#include <string>

namespace doorveil::testsupport {

namespace {

// Everything is drawn at twice the size and reduced, so that edges are soft as a lens makes them: detectors
// are trained on photographs.
constexpr int oversampling = 2;

/// Unit drawing space of one figure: a point of the figure on the oversampled canvas.
struct Frame
{
    double x = 0; ///< canvas position of the head's centre
    double y = 0;
    double scale = 1; ///< canvas pixels for one head width

    [[nodiscard]] cv::Point at(double horizontal, double vertical) const
    {
        return {int(std::lround(x + horizontal * scale)), int(std::lround(y + vertical * scale))};
    }
    [[nodiscard]] int length(double value) const { return std::max(1, int(std::lround(value * scale))); }
    [[nodiscard]] cv::Size size(double width, double height) const { return {length(width), length(height)}; }
};

cv::Scalar shade(const cv::Scalar &colour, double factor)
{
    return {colour[0] * factor, colour[1] * factor, colour[2] * factor};
}

void filledEllipse(cv::Mat &canvas, cv::Point centre, cv::Size axes, const cv::Scalar &colour, double angle = 0,
                   double from = 0, double to = 360)
{
    cv::ellipse(canvas, centre, axes, angle, from, to, colour, cv::FILLED, cv::LINE_AA);
}

struct Person
{
    cv::Scalar skin;
    cv::Scalar hair;
    cv::Scalar coat;
    bool beard = false;
};

void drawBody(cv::Mat &canvas, const Frame &frame, const Person &person, double stride)
{
    const double swing = 0.18 * std::sin(stride);
    const cv::Scalar trousers{60, 50, 45};
    for (const double side : {-1.0, 1.0}) {
        const std::array<cv::Point, 4> leg{frame.at(side * 0.08, 3.0), frame.at(side * 0.48, 3.0),
                                           frame.at(side * 0.42 + side * swing, 5.6),
                                           frame.at(side * 0.12 + side * swing, 5.6)};
        cv::fillConvexPoly(canvas, leg.data(), int(leg.size()), trousers, cv::LINE_AA);
    }
    filledEllipse(canvas, frame.at(0, 1.25), frame.size(0.95, 0.55), person.coat);
    const std::array<cv::Point, 4> trunk{frame.at(-0.95, 1.25), frame.at(0.95, 1.25), frame.at(0.72, 3.3),
                                         frame.at(-0.72, 3.3)};
    cv::fillConvexPoly(canvas, trunk.data(), int(trunk.size()), person.coat, cv::LINE_AA);
    cv::line(canvas, frame.at(0, 1.0), frame.at(0, 3.3), shade(person.coat, 0.7), frame.length(0.05), cv::LINE_AA);
    filledEllipse(canvas, frame.at(0, 0.72), frame.size(0.27, 0.4), shade(person.skin, 0.8));
}

void drawFace(cv::Mat &canvas, const Frame &frame, const Person &person)
{
    filledEllipse(canvas, frame.at(0, -0.16), frame.size(0.57, 0.68), person.hair);
    for (const double side : {-1.0, 1.0})
        filledEllipse(canvas, frame.at(side * 0.5, 0.02), frame.size(0.08, 0.14), shade(person.skin, 0.82));
    filledEllipse(canvas, frame.at(0, 0.03), frame.size(0.48, 0.64), person.skin);

    // Light from above: cheeks and forehead brighter, the sides and the chin darker.
    for (int step = 0; step < 5; ++step) {
        const double inset = 0.06 * step;
        filledEllipse(canvas, frame.at(0, 0.0), frame.size(0.46 - inset, 0.6 - inset),
                      shade(person.skin, 0.94 + 0.025 * step));
    }
    filledEllipse(canvas, frame.at(0, -0.52), frame.size(0.44, 0.22), person.hair, 0, 180, 360);

    for (const double side : {-1.0, 1.0}) {
        // The socket's shadow, then the eye in it: the dark band across the eyes is what finders look for first.
        filledEllipse(canvas, frame.at(side * 0.2, -0.09), frame.size(0.155, 0.1), shade(person.skin, 0.72));
        filledEllipse(canvas, frame.at(side * 0.2, -0.07), frame.size(0.105, 0.05), {225, 230, 232});
        filledEllipse(canvas, frame.at(side * 0.2, -0.075), frame.size(0.052, 0.052), {40, 50, 60});
        filledEllipse(canvas, frame.at(side * 0.2, -0.075), frame.size(0.025, 0.025), {10, 10, 10});
        cv::ellipse(canvas, frame.at(side * 0.2, -0.06), frame.size(0.12, 0.075), 0, 190, 350, {35, 35, 40},
                    frame.length(0.025), cv::LINE_AA);
        cv::ellipse(canvas, frame.at(side * 0.2, -0.14), frame.size(0.15, 0.085), 0, 205, 335, shade(person.hair, 0.9),
                    frame.length(0.05), cv::LINE_AA);
        filledEllipse(canvas, frame.at(side * 0.27, 0.17), frame.size(0.12, 0.09), shade(person.skin, 1.07));
    }
    filledEllipse(canvas, frame.at(0, 0.06), frame.size(0.05, 0.17), shade(person.skin, 1.1));
    filledEllipse(canvas, frame.at(0, 0.21), frame.size(0.1, 0.055), shade(person.skin, 0.86));
    for (const double side : {-1.0, 1.0})
        filledEllipse(canvas, frame.at(side * 0.05, 0.225), frame.size(0.03, 0.018), shade(person.skin, 0.45));
    filledEllipse(canvas, frame.at(0, 0.56), frame.size(0.26, 0.1), shade(person.skin, 0.84));
    if (person.beard)
        filledEllipse(canvas, frame.at(0, 0.46), frame.size(0.34, 0.2), shade(person.hair, 1.15));
    filledEllipse(canvas, frame.at(0, 0.385), frame.size(0.165, 0.06), {95, 90, 165});
    cv::line(canvas, frame.at(-0.16, 0.38), frame.at(0.16, 0.38), {45, 45, 80}, frame.length(0.025), cv::LINE_AA);
}

/// The part of the head that labels of face data sets cover: forehead to chin.
base::Rectangle faceBox(const Frame &frame)
{
    const cv::Point first = frame.at(-0.48, -0.5);
    const cv::Point last = frame.at(0.48, 0.67);
    return {first.x / oversampling, first.y / oversampling, (last.x - first.x) / oversampling,
            (last.y - first.y) / oversampling};
}

void drawStreet(cv::Mat &canvas)
{
    const int width = canvas.cols;
    const int height = canvas.rows;
    for (int row = 0; row < height; ++row) {
        const double down = double(row) / height;
        const cv::Scalar colour = down < 0.42 ? cv::Scalar(205 - 60 * down, 195 - 60 * down, 180 - 60 * down)
                                              : cv::Scalar(118 + 30 * down, 122 + 30 * down, 126 + 30 * down);
        cv::line(canvas, {0, row}, {width - 1, row}, colour);
    }
    const cv::Scalar hedge{52, 84, 58};
    for (int index = 0; index < 40; ++index) {
        const int x = index * width / 39;
        filledEllipse(canvas, {x, int(height * 0.4)}, {width / 45, height / (12 + index % 5)},
                      shade(hedge, 0.8 + 0.06 * (index % 6)));
    }
    for (int index = -6; index <= 6; ++index) // paving stones that run to a vanishing point
        cv::line(canvas, {width / 2 + index * width / 24, int(height * 0.47)}, {width / 2 + index * width / 4, height},
                 {105, 108, 110}, 2, cv::LINE_AA);
    for (int index = 1; index < 8; ++index) {
        const int row = int(height * (0.47 + 0.53 * std::pow(index / 8.0, 1.7)));
        cv::line(canvas, {0, row}, {width, row}, {105, 108, 110}, 2, cv::LINE_AA);
    }
}

base::Rectangle drawCar(cv::Mat &canvas, double left, double top, double carWidth)
{
    const auto at = [&](double horizontal, double vertical) {
        return cv::Point(int(left + horizontal * carWidth), int(top + vertical * carWidth));
    };
    const auto size = [&](double width, double height) {
        return cv::Size(std::max(1, int(width * carWidth)), std::max(1, int(height * carWidth)));
    };
    const cv::Scalar paint{132, 62, 40};
    filledEllipse(canvas, at(0.5, 0.78), size(0.55, 0.06), {70, 72, 74});
    for (const double wheel : {0.12, 0.72})
        cv::rectangle(canvas, at(wheel, 0.58), at(wheel + 0.16, 0.8), {28, 28, 28}, cv::FILLED, cv::LINE_AA);
    const std::array<cv::Point, 4> cabin{at(0.2, 0.02), at(0.8, 0.02), at(0.92, 0.33), at(0.08, 0.33)};
    cv::fillConvexPoly(canvas, cabin.data(), int(cabin.size()), shade(paint, 0.85), cv::LINE_AA);
    const std::array<cv::Point, 4> window{at(0.24, 0.06), at(0.76, 0.06), at(0.85, 0.3), at(0.15, 0.3)};
    cv::fillConvexPoly(canvas, window.data(), int(window.size()), {95, 88, 78}, cv::LINE_AA);
    cv::rectangle(canvas, at(0.02, 0.32), at(0.98, 0.68), paint, cv::FILLED, cv::LINE_AA);
    cv::rectangle(canvas, at(0.02, 0.6), at(0.98, 0.7), shade(paint, 0.6), cv::FILLED, cv::LINE_AA);
    for (const double lamp : {0.06, 0.8})
        cv::rectangle(canvas, at(lamp, 0.38), at(lamp + 0.14, 0.46), {50, 50, 190}, cv::FILLED, cv::LINE_AA);

    const cv::Point first = at(0.32, 0.47);
    const cv::Point last = at(0.68, 0.56);
    cv::rectangle(canvas, first, last, {238, 240, 240}, cv::FILLED, cv::LINE_AA);
    cv::rectangle(canvas, first, last, {30, 30, 30}, std::max(1, int(carWidth * 0.005)), cv::LINE_AA);
    const std::string text = "DV 428 KX";
    const int thickness = std::max(2, int(carWidth * 0.009));
    int baseline = 0;
    const cv::Size unit = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, 1.0, 1, &baseline);
    const double fontScale = std::min(0.9 * (last.x - first.x) / unit.width, 0.62 * (last.y - first.y) / unit.height);
    const cv::Size drawn = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, fontScale, thickness, &baseline);
    cv::putText(canvas, text, {(first.x + last.x - drawn.width) / 2, (first.y + last.y + drawn.height) / 2},
                cv::FONT_HERSHEY_SIMPLEX, fontScale, {25, 20, 20}, thickness, cv::LINE_AA);
    return {first.x / oversampling, first.y / oversampling, (last.x - first.x) / oversampling,
            (last.y - first.y) / oversampling};
}

base::VideoFrame toFrame(const cv::Mat &bgr)
{
    cv::Mat planar;
    cv::cvtColor(bgr, planar, cv::COLOR_BGR2YUV_I420); // BT.601, limited range
    base::VideoFrame frame({bgr.cols, bgr.rows}, {base::ChromaLayout::Yuv420, 8});
    frame.colour.matrix = 6;
    const unsigned char *source = planar.data;
    for (int index = 0; index < 3; ++index) {
        const base::VideoFrame::Plane &plane = frame.plane(index);
        for (int row = 0; row < plane.size.height; ++row) {
            std::memcpy(plane.data + row * plane.stride, source, std::size_t(plane.size.width));
            source += plane.size.width;
        }
    }
    return frame;
}

} // namespace

base::VideoFrame drawDemoFrame(const DemoSettings &settings, int index, DemoTruth *truth)
{
    const int width = settings.size.width * oversampling;
    const int height = settings.size.height * oversampling;
    const double time = double(index) / settings.framesPerSecond;
    cv::Mat canvas(height, width, CV_8UC3);
    drawStreet(canvas);

    DemoTruth drawn;
    // A car passes behind everybody, slowly enough for its plate to be read.
    drawn.plates.push_back(drawCar(canvas, width * (0.02 + 0.03 * time), height * 0.36, width * 0.27));

    const std::array<Person, 2> people{Person{{150, 178, 214}, {32, 44, 66}, {94, 70, 52}},
                                       Person{{92, 122, 168}, {20, 22, 26}, {60, 92, 70}, true}};
    // One walks up to the door, one crosses the picture.
    const double near = std::min(1.0, 0.25 + time / 8.0);
    const Frame first{width * (0.5 + 0.06 * std::sin(time * 0.9)), height * (0.36 - 0.06 * near),
                      width * (0.04 + 0.09 * near)};
    const Frame second{width * (0.98 - 0.06 * time), height * 0.38, width * 0.07};
    drawBody(canvas, second, people[1], time * 5);
    drawFace(canvas, second, people[1]);
    drawBody(canvas, first, people[0], time * 6);
    drawFace(canvas, first, people[0]);
    drawn.faces = {faceBox(first), faceBox(second)};

    cv::Mat reduced;
    cv::resize(canvas, reduced, {settings.size.width, settings.size.height}, 0, 0, cv::INTER_AREA);
    // A sensor's grain, the same in every run: drawn scenes without any are nothing like footage.
    cv::RNG random(std::uint64_t(index) + 1);
    cv::Mat grain(reduced.size(), CV_16SC3);
    random.fill(grain, cv::RNG::NORMAL, 0, 2.5);
    cv::Mat grained;
    cv::add(reduced, grain, grained, cv::noArray(), CV_8UC3);

    base::VideoFrame frame = toFrame(grained);
    frame.pts = index;
    frame.duration = 1;
    drawFrameCounter(frame, std::uint32_t(index));
    if (truth != nullptr)
        *truth = drawn;
    return frame;
}

base::Result<void> writeDemoClip(const std::filesystem::path &path, const DemoSettings &settings)
{
    base::DurableFile::Options options;
    options.replaceExisting = true;
    options.mode = 0644;
    auto file = base::DurableFile::create(path, options);
    if (!file)
        return file.error();
    encode::EncodeSettings encoding;
    encoding.storedSize = settings.size;
    encoding.timeBase = {1, settings.framesPerSecond};
    encoding.colour.matrix = 6;
    encoding.preset = QStringLiteral("veryfast");
    auto writer = encode::createClipWriter((*file)->descriptor(), encoding);
    if (!writer)
        return writer.error();
    for (int index = 0; index < settings.frameCount; ++index) {
        if (auto written = (*writer)->writeVideo(drawDemoFrame(settings, index)); !written)
            return written.error();
    }
    if (auto finished = (*writer)->finish(); !finished)
        return finished.error();
    return (*file)->commit();
}

} // namespace doorveil::testsupport
