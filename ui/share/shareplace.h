// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "windowcontext.h"

namespace doorveil::ui {

/// The place where a reviewed clip becomes a package. Not built yet: it says so.
class SharePlace final : public Place
{
    Q_OBJECT

public:
    explicit SharePlace(const WindowContext &context, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override;
};

} // namespace doorveil::ui
