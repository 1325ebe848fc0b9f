// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"

#include <QDialog>

class QLineEdit;
class QTreeWidget;

namespace doorveil::ui {

/// Every action that has a key, by menu, made from the actions themselves: it cannot be out of date.
class KeySheet final : public QDialog
{
    Q_OBJECT

public:
    explicit KeySheet(const QList<ActionMenu> &menus, QWidget *parent = nullptr);

private:
    void filter(const QString &text);

    QLineEdit *m_search;
    QTreeWidget *m_list;
};

} // namespace doorveil::ui
