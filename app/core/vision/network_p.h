// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <QByteArray>

#include <functional>
#include <string>
#include <vector>

namespace doorveil::vision {

/// A cv::dnn network read from memory, on the CPU. A change of input size costs a network planned anew (2 to 6 ms with
/// OpenCV 4.6), so one is kept for each of the last few sizes. May throw what OpenCV throws.
class Network
{
public:
    using Reader = std::function<cv::dnn::Net()>;

    /// Reads it once, so that a broken file is found when it is loaded.
    explicit Network(Reader reader);

    [[nodiscard]] static Reader onnx(QByteArray model);

    /// Runs on one picture. `outputs` empty: all outputs, in the network's order. What is returned is valid until the
    /// next call.
    struct Normalisation
    {
        double factor = 1.0;
        cv::Scalar mean;
        bool swapRedBlue = false;
    };
    [[nodiscard]] std::vector<cv::Mat> run(const cv::Mat &bgr, const Normalisation &normalisation,
                                           const std::vector<std::string> &outputs = {});

private:
    struct Planned
    {
        cv::Size size;
        cv::dnn::Net net;
        std::vector<std::string> outputs;
    };
    [[nodiscard]] Planned &plannedFor(cv::Size size);

    Reader m_reader;
    std::vector<Planned> m_planned; ///< most recently used first
    cv::Mat m_blob;
};

} // namespace doorveil::vision
