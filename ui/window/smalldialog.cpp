// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/smalldialog.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

SmallDialog::SmallDialog(const QString &objectName, const QString &title, const std::pair<QString, QString> &agree,
                         QWidget *parent)
    : QDialog(parent), m_content(new QVBoxLayout), m_buttons(new QDialogButtonBox)
{
    setObjectName(objectName);
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(title);
    m_buttons->addButton(agree.first, QDialogButtonBox::AcceptRole)->setObjectName(agree.second);
    m_buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(m_buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_content->setSpacing(12);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addLayout(m_content);
    layout->addWidget(m_buttons);
}

void SmallDialog::showEvent(QShowEvent *event)
{
    QDialog::showEvent(event);
    QWidget *first = nullptr;
    QWidget *last = nullptr;
    for (QWidget *widget = nextInFocusChain(); widget != this; widget = widget->nextInFocusChain()) {
        if ((widget->focusPolicy() & Qt::TabFocus) == 0 || !widget->isVisibleTo(this) || !widget->isEnabled()
            || m_buttons->isAncestorOf(widget))
            continue;
        first = first != nullptr ? first : widget;
        last = widget;
    }
    if (first == nullptr)
        return;
    for (QAbstractButton *button : m_buttons->buttons()) {
        setTabOrder(last, button);
        last = button;
    }
    first->setFocus(Qt::OtherFocusReason);
}

} // namespace doorveil::ui
