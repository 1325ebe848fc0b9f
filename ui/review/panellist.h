// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QAbstractItemDelegate;
class QAbstractItemModel;
class QListView;
class QPainter;
class QStyleOptionViewItem;

namespace doorveil::ui {

struct ThemeColours;

/// The looks and ways that the lists at both sides of the picture have in common.
void setUpPanelList(QListView &list, QAbstractItemModel &model, QAbstractItemDelegate &delegate);

/// What lies behind a row of such a list: chosen, under the mouse, with the keyboard.
void paintPanelRow(QPainter &painter, const QStyleOptionViewItem &option, const ThemeColours &colours);

} // namespace doorveil::ui
