// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <vector>

namespace doorveil::pipeline {

/// A library the program is built with, for the About box.
struct Component
{
    QString name;
    QString version; ///< that it was built with
    QString licence; ///< SPDX expression
    QString purpose;
};

[[nodiscard]] std::vector<Component> components();

} // namespace doorveil::pipeline
