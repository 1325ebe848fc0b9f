// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QWidget>

namespace doorveil::ui {

/// Lies over the window while files are dragged over it, and says what letting go would do.
class DropOverlay final : public QWidget
{
    Q_OBJECT

public:
    DropOverlay(const Theme &theme, QWidget *parent);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const Theme &m_theme;
};

} // namespace doorveil::ui
