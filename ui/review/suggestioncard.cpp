// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/suggestioncard.h"

#include "review/actionbutton.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

constexpr int pictureSide = 56;

void setPicture(QLabel &label, const QPixmap &picture)
{
    label.setVisible(!picture.isNull());
    if (!picture.isNull()) {
        const double ratio = label.devicePixelRatioF();
        QPixmap scaled = picture.scaledToHeight(int(pictureSide * ratio), Qt::SmoothTransformation);
        scaled.setDevicePixelRatio(ratio);
        label.setPixmap(scaled);
    }
}

} // namespace

SuggestionCard::SuggestionCard(QAction *yes, QAction *no, QWidget *parent)
    : QFrame(parent),
      m_first(new QLabel(this)),
      m_second(new QLabel(this)),
      m_title(new QLabel(this)),
      m_question(new QLabel(this))
{
    setObjectName(QStringLiteral("suggestionCard"));
    setProperty("look", QStringLiteral("card"));
    m_title->setProperty("look", QStringLiteral("muted"));
    m_question->setObjectName(QStringLiteral("suggestionText"));
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    auto *pictures = new QHBoxLayout;
    pictures->setSpacing(6);
    pictures->addWidget(m_first);
    pictures->addWidget(m_second);
    pictures->addWidget(m_title, 1, Qt::AlignTop);
    auto *answers = new QHBoxLayout;
    answers->setSpacing(6);
    answers->addWidget(makeActionButton(yes, this), 1);
    answers->addWidget(makeActionButton(no, this), 1);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    layout->addLayout(pictures);
    layout->addWidget(m_question);
    layout->addLayout(answers);
    hide();
}

void SuggestionCard::ask(const QString &question, const QPixmap &first, const QPixmap &second, int more)
{
    m_question->setText(question);
    setPicture(*m_first, first);
    setPicture(*m_second, second);
    m_more = more;
    updateTexts();
    show();
}

void SuggestionCard::clear()
{
    hide();
}

void SuggestionCard::updateTexts()
{
    m_title->setText(m_more > 0 ? tr("%n more", nullptr, m_more) : QString());
}

void SuggestionCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
    QFrame::changeEvent(event);
}

} // namespace doorveil::ui
