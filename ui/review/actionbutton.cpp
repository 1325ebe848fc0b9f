// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/actionbutton.h"

#include "actions.h"

#include <QAction>
#include <QPushButton>
#include <QToolButton>

namespace doorveil::ui {

QPushButton *makeActionButton(QAction *action, QWidget *parent, const QString &look)
{
    auto *button = new QPushButton(parent);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    if (!look.isEmpty())
        button->setProperty("look", look);
    const auto follow = [button, action] {
        button->setText(action->iconText());
        button->setToolTip(action->toolTip());
        button->setAccessibleName(withoutMnemonic(action->text()));
        button->setEnabled(action->isEnabled());
        button->setVisible(action->isVisible());
    };
    follow();
    QObject::connect(action, &QAction::changed, button, follow);
    QObject::connect(button, &QPushButton::clicked, action, &QAction::trigger);
    return button;
}

QToolButton *makeActionTool(QAction *action, QWidget *parent, bool withText)
{
    auto *button = new QToolButton(parent);
    button->setDefaultAction(action);
    button->setObjectName(action->objectName() + QStringLiteral("Button"));
    button->setProperty("look", QStringLiteral("flat"));
    button->setToolButtonStyle(withText ? Qt::ToolButtonTextBesideIcon : Qt::ToolButtonIconOnly);
    button->setIconSize({20, 20});
    button->setAccessibleName(withoutMnemonic(action->text()));
    return button;
}

} // namespace doorveil::ui
