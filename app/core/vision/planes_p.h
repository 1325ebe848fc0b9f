// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cmath>
#include <cstddef>
#include <vector>

namespace doorveil::vision {

/// One output of a network: channels × height × width values, channel by channel, row by row.
struct Planes
{
    int channels = 0;
    int height = 0;
    int width = 0;
    std::vector<float> values;

    [[nodiscard]] const float *channel(int index) const
    {
        return values.data() + std::size_t(index) * std::size_t(height) * std::size_t(width);
    }
};

[[nodiscard]] inline float sigmoid(float value)
{
    return 1.0F / (1.0F + std::exp(-value));
}
/// What sigmoid() makes the value of, for comparing before computing it.
[[nodiscard]] inline float inverseSigmoid(float value)
{
    return std::log(value / (1.0F - value));
}

} // namespace doorveil::vision
