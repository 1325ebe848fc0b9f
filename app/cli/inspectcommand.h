// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace doorveil::cli {

/// What is in a clip: streams, rotation, timing, tags that identify.
class InspectCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "inspect"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] std::vector<Option> options() const override;
    [[nodiscard]] base::Result<int> run(Context &context, const Arguments &arguments) override;
};

} // namespace doorveil::cli
