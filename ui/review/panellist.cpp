// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/panellist.h"

#include "theme/theme.h"

#include <QListView>
#include <QPainter>
#include <QPen>
#include <QStyleOptionViewItem>

namespace doorveil::ui {

void setUpPanelList(QListView &list, QAbstractItemModel &model, QAbstractItemDelegate &delegate)
{
    list.setModel(&model);
    list.setItemDelegate(&delegate);
    list.setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    list.setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list.setUniformItemSizes(true);
    list.setMouseTracking(true);
}

void paintPanelRow(QPainter &painter, const QStyleOptionViewItem &option, const ThemeColours &colours)
{
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter.setPen(selected && option.state.testFlag(QStyle::State_HasFocus) ? QPen(colours.accent, 2)
                                                                             : QPen(Qt::NoPen));
    painter.setBrush(selected                                         ? QBrush(colours.accentSoft)
                     : option.state.testFlag(QStyle::State_MouseOver) ? QBrush(colours.raised)
                                                                      : QBrush(Qt::NoBrush));
    painter.drawRoundedRect(QRectF(option.rect).adjusted(4, 2, -4, -2), 8, 8);
}

} // namespace doorveil::ui
