// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/todolist.h"

#include <algorithm>

namespace doorveil::ui {

TodoList::TodoList(QWidget *parent) : QListWidget(parent)
{
    setProperty("look", QStringLiteral("todo"));
    setWordWrap(true);
    setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    const auto wanted = [this](const QListWidgetItem *item) {
        const int at = row(item);
        if (at < int(m_items.size()) && m_items[std::size_t(at)].field != nullptr)
            emit fieldWanted(m_items[std::size_t(at)].field);
    };
    connect(this, &QListWidget::itemClicked, this, wanted);
    connect(this, &QListWidget::itemActivated, this, wanted);
}

void TodoList::setItems(std::vector<Item> items)
{
    std::stable_sort(items.begin(), items.end(), [](const Item &a, const Item &b) { return a.kind < b.kind; });
    m_items = std::move(items);
    clear();
    for (const Item &item : m_items) {
        const QString mark = item.kind == Kind::ToDo      ? tr("To do")
                             : item.kind == Kind::Missing ? tr("Missing")
                                                          : tr("Unusual");
        auto *line = new QListWidgetItem(mark + QStringLiteral(": ") + item.text, this);
        if (item.kind == Kind::ToDo) {
            QFont strong = font();
            strong.setBold(true);
            line->setFont(strong);
        }
        if (item.field != nullptr)
            line->setToolTip(tr("Go to the field"));
    }
    if (m_items.empty()) {
        auto *line = new QListWidgetItem(tr("Nothing is missing, and nothing is unusual."), this);
        line->setFlags(Qt::ItemIsEnabled);
    }
}

const TodoList::Item *TodoList::firstToDo() const
{
    return !m_items.empty() && m_items.front().kind == Kind::ToDo ? &m_items.front() : nullptr;
}

} // namespace doorveil::ui
