// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "windowcontext.h"

namespace doorveil::ui {

/// What was asked for, decided and handed over. Not built yet: it says so.
class LedgerPlace final : public Place
{
    Q_OBJECT

public:
    explicit LedgerPlace(const WindowContext &context, QWidget *parent = nullptr);
    [[nodiscard]] QString title() const override;
};

} // namespace doorveil::ui
