// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/emptypage.h"

#include "theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {
constexpr int iconSize = 56;
constexpr int textWidth = 520;
} // namespace

EmptyPage::EmptyPage(const QString &icon, QWidget *parent)
    : QWidget(parent),
      m_iconName(icon),
      m_icon(new QLabel(this)),
      m_title(new QLabel(this)),
      m_explanation(new QLabel(this)),
      m_button(new QPushButton(this))
{
    m_title->setProperty("look", QStringLiteral("title"));
    m_explanation->setProperty("look", QStringLiteral("muted"));
    m_explanation->setWordWrap(true);
    m_explanation->setAlignment(Qt::AlignHCenter);
    m_explanation->setMinimumWidth(textWidth);
    m_explanation->setMaximumWidth(textWidth);
    // A layout that aligns a label asks it for one line only.
    auto *explanationRow = new QHBoxLayout;
    explanationRow->addStretch();
    explanationRow->addWidget(m_explanation);
    explanationRow->addStretch();
    m_button->setProperty("look", QStringLiteral("primary"));
    m_button->setObjectName(QStringLiteral("emptyPageButton"));
    m_button->hide();
    connect(m_button, &QPushButton::clicked, this, &EmptyPage::buttonClicked);

    auto *layout = new QVBoxLayout(this);
    layout->setSpacing(8);
    layout->addStretch(2);
    layout->addWidget(m_icon, 0, Qt::AlignHCenter);
    layout->addSpacing(8);
    layout->addWidget(m_title, 0, Qt::AlignHCenter);
    layout->addLayout(explanationRow);
    layout->addSpacing(16);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch(3);
    drawIcon();
}

void EmptyPage::setTexts(const QString &title, const QString &explanation, const QString &button)
{
    m_title->setText(title);
    m_explanation->setText(explanation);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
}

void EmptyPage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        drawIcon();
    QWidget::changeEvent(event);
}

void EmptyPage::drawIcon()
{
    m_icon->setPixmap(themedIcon(m_iconName, QPalette::Link).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
}

} // namespace doorveil::ui
