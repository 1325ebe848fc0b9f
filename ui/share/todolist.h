// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QListWidget>
#include <QString>

#include <vector>

namespace doorveil::ui {

/// What is still to be done before a package can be made, what is missing and what is unusual. Choosing a line leads to
/// the field it is about.
class TodoList final : public QListWidget
{
    Q_OBJECT

public:
    enum class Kind {
        ToDo, ///< no package without it
        Missing,
        Unusual,
    };
    struct Item
    {
        Kind kind = Kind::Missing;
        QString text;
        QWidget *field = nullptr; ///< may be none
    };

    explicit TodoList(QWidget *parent = nullptr);

    void setItems(std::vector<Item> items);
    /// The first thing that keeps a package from being made; null where nothing does.
    [[nodiscard]] const Item *firstToDo() const;

signals:
    void fieldWanted(QWidget *field);

private:
    std::vector<Item> m_items;
};

} // namespace doorveil::ui
