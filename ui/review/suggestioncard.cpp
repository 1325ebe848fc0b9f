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

constexpr int pictureSide = 44;

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
    : QFrame(parent), m_first(new QLabel(this)), m_second(new QLabel(this)), m_question(new QLabel(this))
{
    setObjectName(QStringLiteral("suggestionCard"));
    setProperty("look", QStringLiteral("card"));
    m_question->setObjectName(QStringLiteral("suggestionText"));
    m_question->setWordWrap(true);
    m_question->setTextFormat(Qt::PlainText);
    // In one line: the list above needs the room.
    auto *answers = new QHBoxLayout;
    answers->setSpacing(6);
    answers->addWidget(m_first);
    answers->addWidget(m_second);
    for (QAction *answer : {yes, no}) {
        QPushButton *button = makeActionButton(answer, this);
        button->setMinimumWidth(1); // the words are short
        answers->addWidget(button, 1);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(10, 8, 10, 8);
    layout->setSpacing(6);
    layout->addWidget(m_question);
    layout->addLayout(answers);
    hide();
}

void SuggestionCard::ask(const QString &question, const QPixmap &first, const QPixmap &second, int more)
{
    m_asked = question;
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
    m_question->setText(m_more > 0 ? QStringLiteral("%1 (%2)").arg(m_asked, tr("%n more", nullptr, m_more)) : m_asked);
}

void SuggestionCard::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
    QFrame::changeEvent(event);
}

} // namespace doorveil::ui
