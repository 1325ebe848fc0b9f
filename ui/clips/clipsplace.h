// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "projectsummary.h"
#include "windowcontext.h"

#include "base/result.h"

#include <filesystem>
#include <vector>

namespace doorveil::ui {

/// The list of clips: import, analysis, and the way into review.
class ClipsPlace final : public Place
{
    Q_OBJECT

public:
    explicit ClipsPlace(const WindowContext &context, QWidget *parent = nullptr);
    ~ClipsPlace() override;

    [[nodiscard]] QString title() const override;

    /// Clips, folders and projects, in any mixture.
    void addPaths(const std::vector<std::filesystem::path> &paths);

signals:
    void reviewWanted(const std::filesystem::path &project);
};

} // namespace doorveil::ui
