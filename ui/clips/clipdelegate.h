// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "theme/theme.h"

#include <QStyledItemDelegate>

namespace doorveil::ui {

/// Draws a row of the list of clips: the thumbnail beside the name, a second line in a quieter colour, the state with
/// its icon, and a progress bar while it is analysed.
class ClipDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    explicit ClipDelegate(const Theme &theme, QObject *parent = nullptr);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

    static constexpr int rowHeight = 70;

private:
    const Theme &m_theme;
};

} // namespace doorveil::ui
