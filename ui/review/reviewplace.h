// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/reviewplacebase.h"
#include "windowcontext.h"

namespace doorveil::ui {

class ReviewSession;

/// The place where a project is looked at and corrected. So far it opens and holds the project and says what it holds.
class ReviewPlace final : public ReviewPlaceBase
{
    Q_OBJECT

public:
    explicit ReviewPlace(const WindowContext &context, QWidget *parent = nullptr);
    ~ReviewPlace() override;

    [[nodiscard]] QString title() const override;
    void openProject(const std::filesystem::path &project) override;
    void closeProject() override;
    [[nodiscard]] std::filesystem::path currentProject() const override;

private:
    void showEmpty();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
