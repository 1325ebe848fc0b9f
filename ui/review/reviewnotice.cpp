// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewnotice.h"

#include "theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>

#include <algorithm>
#include <utility>

namespace doorveil::ui {

namespace {
constexpr int passingMilliseconds = 8000; // long enough to read two sentences twice
}

ReviewNotice::ReviewNotice(QWidget *parent)
    : QFrame(parent), m_text(new QLabel(this)), m_button(new QPushButton(this)), m_close(new QToolButton(this))
{
    setObjectName(QStringLiteral("reviewNotice"));
    m_text->setObjectName(QStringLiteral("noticeText"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_button->setObjectName(QStringLiteral("noticeButton"));
    m_button->setAccessibleName(tr("Do what the notice offers"));
    m_close->setObjectName(QStringLiteral("noticeClose"));
    m_close->setProperty("look", QStringLiteral("flat"));
    m_close->setIcon(themedIcon(QStringLiteral("close")));
    m_close->setToolTip(tr("Close this notice"));
    m_close->setAccessibleName(m_close->toolTip());
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 6, 6, 6);
    layout->setSpacing(8);
    layout->addWidget(m_text, 1);
    layout->addWidget(m_button);
    layout->addWidget(m_close);
    m_passing.setSingleShot(true);
    connect(&m_passing, &QTimer::timeout, this, &ReviewNotice::dismiss);
    connect(m_close, &QToolButton::clicked, this, &ReviewNotice::dismiss);
    connect(m_button, &QPushButton::clicked, this, [this] {
        const std::function<void()> act = std::exchange(m_act, {});
        dismiss();
        if (act)
            act();
    });
    setAutoFillBackground(true);
    parent->installEventFilter(this);
    hide();
}

bool ReviewNotice::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize)
        place();
    return QFrame::eventFilter(watched, event);
}

void ReviewNotice::place()
{
    constexpr int margin = 10;
    constexpr int widest = 760; // longer lines are hard to read
    const QSize room = parentWidget()->size();
    const int width = std::min(widest, room.width() - 2 * margin);
    const int height = std::max(layout()->minimumHeightForWidth(width), layout()->minimumSize().height());
    setGeometry((room.width() - width) / 2, room.height() - height - margin, width, height);
}

void ReviewNotice::tell(Kind kind, const QString &text, const QString &button, std::function<void()> act)
{
    m_kind = kind;
    static constexpr const char *looks[] = {"card", "card", "warning", "danger"};
    setProperty("look", QString::fromLatin1(looks[int(kind)]));
    style()->unpolish(this);
    style()->polish(this);
    m_text->style()->unpolish(m_text);
    m_text->style()->polish(m_text);
    m_text->setText(text);
    m_button->setText(button);
    m_button->setVisible(!button.isEmpty());
    m_act = std::move(act);
    if (kind == Kind::Remark)
        m_passing.start(passingMilliseconds);
    else
        m_passing.stop();
    show();
    raise();
    place();
}

void ReviewNotice::dismiss()
{
    m_passing.stop();
    m_act = {};
    hide();
}

QString ReviewNotice::text() const
{
    return isHidden() ? QString() : m_text->text();
}

} // namespace doorveil::ui
