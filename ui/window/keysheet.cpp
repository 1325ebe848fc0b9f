// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/keysheet.h"

#include "actions.h"

#include <QDialogButtonBox>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QStringList>
#include <QTreeWidget>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {
constexpr QSize sheetSize(640, 580);

QString keysOf(const QAction &action)
{
    QStringList keys;
    const QList<QKeySequence> shortcuts = action.shortcuts();
    for (const QKeySequence &key : shortcuts)
        keys += key.toString(QKeySequence::NativeText);
    return keys.join(QStringLiteral(", "));
}
} // namespace

KeySheet::KeySheet(const QList<ActionMenu> &menus, QWidget *parent)
    : QDialog(parent), m_search(new QLineEdit(this)), m_list(new QTreeWidget(this))
{
    setObjectName(QStringLiteral("keySheet"));
    setWindowTitle(tr("All keys"));
    resize(sheetSize);
    m_search->setObjectName(QStringLiteral("keySearch"));
    m_search->setPlaceholderText(tr("Find an action or a key"));
    m_search->setClearButtonEnabled(true);
    m_search->setAccessibleName(tr("Find an action or a key"));
    m_list->setObjectName(QStringLiteral("keyList"));
    m_list->setAccessibleName(tr("All keys"));
    m_list->setHeaderLabels({tr("Action"), tr("Key")});
    m_list->setRootIsDecorated(false);
    m_list->setSelectionMode(QAbstractItemView::SingleSelection);
    m_list->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    m_list->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    m_list->header()->setStretchLastSection(false);
    for (const ActionMenu &menu : menus) {
        auto *group = new QTreeWidgetItem({withoutMnemonic(menu.title)});
        QFont bold = m_list->font();
        bold.setWeight(QFont::DemiBold);
        group->setFont(0, bold);
        group->setFlags(Qt::ItemIsEnabled);
        for (const QAction *action : menu.actions) {
            if (action == nullptr || action->shortcuts().isEmpty())
                continue;
            group->addChild(new QTreeWidgetItem({action->whatsThis(), keysOf(*action)})); // the group owns it
        }
        if (group->childCount() > 0)
            m_list->addTopLevelItem(group); // the list owns it
        else
            delete group;
    }
    m_list->expandAll();
    connect(m_search, &QLineEdit::textChanged, this, &KeySheet::filter);

    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeKeySheet"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 16);
    layout->setSpacing(10);
    layout->addWidget(m_search);
    layout->addWidget(m_list, 1);
    layout->addWidget(buttons);
}

void KeySheet::filter(const QString &text)
{
    for (int group = 0; group < m_list->topLevelItemCount(); ++group) {
        QTreeWidgetItem *parent = m_list->topLevelItem(group);
        bool any = false;
        for (int row = 0; row < parent->childCount(); ++row) {
            QTreeWidgetItem *item = parent->child(row);
            const bool fits =
                item->text(0).contains(text, Qt::CaseInsensitive) || item->text(1).contains(text, Qt::CaseInsensitive);
            item->setHidden(!fits);
            any = any || fits;
        }
        parent->setHidden(!any);
    }
}

} // namespace doorveil::ui
