// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace doorveil::cli {

/// Many clips by one policy; and putting the parts of a divided batch together.
class BatchCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "batch"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] std::vector<Option> options() const override;
    [[nodiscard]] base::Result<int> run(Context &context, const Arguments &arguments) override;
};

} // namespace doorveil::cli
