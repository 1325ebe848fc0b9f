// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/command.h"

namespace doorveil::cli {

/// The owner's signing keys: made, shown, backed up.
class KeyCommand final : public Command
{
public:
    [[nodiscard]] std::string name() const override { return "key"; }
    [[nodiscard]] QString description() const override;
    [[nodiscard]] QString synopsis() const override;
    [[nodiscard]] std::vector<Option> options() const override;
    [[nodiscard]] base::Result<int> run(Context &context, const Arguments &arguments) override;
};

} // namespace doorveil::cli
