// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/card.h"

#include <QFrame>
#include <QLabel>
#include <QVBoxLayout>

namespace doorveil::ui {

QVBoxLayout *addCard(QVBoxLayout &page, const QString &heading, const QString &objectName)
{
    auto *card = new QFrame;
    card->setObjectName(objectName);
    card->setProperty("look", QStringLiteral("card"));
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(18, 14, 18, 16);
    layout->setSpacing(12);
    auto *title = new QLabel(heading);
    title->setProperty("look", QStringLiteral("heading"));
    layout->addWidget(title);
    page.addWidget(card);
    return layout;
}

} // namespace doorveil::ui
