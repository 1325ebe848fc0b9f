// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/smalldialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

SmallDialog::SmallDialog(const QString &objectName, const QString &title, const std::pair<QString, QString> &agree,
                         QWidget *parent)
    : QDialog(parent), m_content(new QVBoxLayout)
{
    setObjectName(objectName);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    auto *buttons = new QDialogButtonBox;
    buttons->addButton(agree.first, QDialogButtonBox::AcceptRole)->setObjectName(agree.second);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_content->setSpacing(12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(m_content);
    layout->addWidget(buttons);
}

} // namespace doorveil::ui
