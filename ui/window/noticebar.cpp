// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/noticebar.h"

#include "theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QToolButton>

namespace doorveil::ui {

namespace {

constexpr int iconSize = 20;

QString lookOf(NoticeBar::Tone tone)
{
    switch (tone) {
    case NoticeBar::Tone::Danger:
        return QStringLiteral("danger");
    case NoticeBar::Tone::Success:
        return QStringLiteral("success");
    case NoticeBar::Tone::Warning:
        break;
    }
    return QStringLiteral("warning");
}

QString iconOf(NoticeBar::Tone tone)
{
    switch (tone) {
    case NoticeBar::Tone::Danger:
        return QStringLiteral("error");
    case NoticeBar::Tone::Success:
        return QStringLiteral("done");
    case NoticeBar::Tone::Warning:
        break;
    }
    return QStringLiteral("warning");
}

} // namespace

NoticeBar::NoticeBar(Tone tone, QWidget *parent)
    : QFrame(parent),
      m_tone(tone),
      m_icon(new QLabel(this)),
      m_text(new QLabel(this)),
      m_button(new QPushButton(this)),
      m_dismiss(new QToolButton(this))
{
    setProperty("look", lookOf(tone));
    m_text->setWordWrap(true);
    m_dismiss->setProperty("look", QStringLiteral("flat"));
    m_dismiss->setIcon(themedIcon(QStringLiteral("close")));
    m_dismiss->hide();
    connect(m_button, &QPushButton::clicked, this, &NoticeBar::buttonClicked);
    connect(m_dismiss, &QToolButton::clicked, this, [this] {
        hide();
        emit dismissed();
    });
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 8, 10, 8);
    layout->setSpacing(12);
    layout->addWidget(m_icon);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_dismiss);
    hide();
}

void NoticeBar::setTexts(const QString &text, const QString &button)
{
    m_text->setText(text);
    setAccessibleName(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_dismiss->setToolTip(tr("Close this notice"));
    m_dismiss->setAccessibleName(tr("Close this notice"));
    setVisible(!text.isEmpty());
    drawIcon();
}

void NoticeBar::setDismissable(bool dismissable)
{
    m_dismiss->setVisible(dismissable);
}

QString NoticeBar::text() const
{
    return m_text->text();
}

void NoticeBar::changeEvent(QEvent *event)
{
    // The colour of the text comes from the style sheet, which is new when the theme is.
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::StyleChange)
        drawIcon();
    QFrame::changeEvent(event);
}

void NoticeBar::drawIcon()
{
    m_text->ensurePolished();
    const QColor colour = m_text->palette().color(QPalette::WindowText);
    m_icon->setPixmap(tintedIcon(iconOf(m_tone), colour, QSize(iconSize, iconSize), devicePixelRatioF()));
}

} // namespace doorveil::ui
