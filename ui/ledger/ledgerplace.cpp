// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledgerplace.h"

#include "window/emptypage.h"

#include <QVBoxLayout>

namespace doorveil::ui {

LedgerPlace::LedgerPlace(const WindowContext &, QWidget *parent) : Place(parent)
{
    setObjectName(QStringLiteral("ledgerPlace"));
    auto *page = new EmptyPage(QStringLiteral("ledger"), this);
    page->setTexts(tr("The ledger is not in this version yet"),
                   tr("It will list what was asked for, what you decided and what you handed over."), {});
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(page);
}

QString LedgerPlace::title() const
{
    return tr("Ledger");
}

} // namespace doorveil::ui
