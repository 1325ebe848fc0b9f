// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/network_p.h"

#include <algorithm>

namespace doorveil::vision {

namespace {
constexpr std::size_t keptSizes = 6; // a whole frame, its tiles, a reduced pass and some changing areas

cv::dnn::Net onCpu(cv::dnn::Net net)
{
    net.setPreferableBackend(cv::dnn::DNN_BACKEND_OPENCV);
    net.setPreferableTarget(cv::dnn::DNN_TARGET_CPU);
    return net;
}
} // namespace

Network::Network(Reader reader) : m_reader(std::move(reader))
{
    const cv::dnn::Net net = m_reader(); // copies share one network
    const std::vector<std::string> outputs = net.getUnconnectedOutLayersNames();
    m_planned.push_back({{}, net, outputs});
}

Network::Reader Network::onnx(QByteArray model)
{
    return [model = std::move(model)] {
        return onCpu(cv::dnn::readNetFromONNX(model.constData(), std::size_t(model.size())));
    };
}

Network::Planned &Network::plannedFor(cv::Size size)
{
    auto found = std::find_if(m_planned.begin(), m_planned.end(),
                              [&](const Planned &planned) { return planned.size == size || planned.size.empty(); });
    if (found == m_planned.end()) {
        if (m_planned.size() < keptSizes) {
            const cv::dnn::Net net = m_reader(); // copies share one network
            const std::vector<std::string> outputs = net.getUnconnectedOutLayersNames();
            m_planned.push_back({size, net, outputs});
        }
        found = m_planned.end() - 1;
    }
    found->size = size;
    std::rotate(m_planned.begin(), found, found + 1);
    return m_planned.front();
}

std::vector<cv::Mat> Network::run(const cv::Mat &bgr, const Normalisation &normalisation,
                                  const std::vector<std::string> &outputs)
{
    Planned &planned = plannedFor(bgr.size());
    cv::dnn::blobFromImage(bgr, m_blob, normalisation.factor, {}, normalisation.mean, normalisation.swapRedBlue);
    planned.net.setInput(m_blob);
    std::vector<cv::Mat> results;
    planned.net.forward(results, outputs.empty() ? planned.outputs : outputs);
    return results;
}

} // namespace doorveil::vision
