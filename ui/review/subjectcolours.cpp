// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/subjectcolours.h"

#include <array>
#include <cstddef>

namespace doorveil::ui {

QColor subjectColour(std::int64_t id, bool onDark)
{
    static constexpr std::array<QRgb, 6> light{0xff0072b2, 0xff008763, 0xffb25400, 0xffa8487f, 0xff2a86b8, 0xff8a7a00};
    static constexpr std::array<QRgb, 6> dark{0xff56b4e9, 0xff2fc79a, 0xffff9d4d, 0xffe08fbf, 0xff8ed2f5, 0xffe6d84a};
    const std::size_t index =
        std::size_t((id - 1) % std::int64_t(light.size()) + std::int64_t(light.size())) % light.size();
    return QColor(onDark ? dark[index] : light[index]);
}

} // namespace doorveil::ui
