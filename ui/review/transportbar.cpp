// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/transportbar.h"

#include "review/actionbutton.h"
#include "review/reviewactions.h"
#include "theme/icons.h"

#include <QFontDatabase>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QToolButton>

#include <cmath>

namespace doorveil::ui {

TransportBar::TransportBar(const ReviewActions &actions, QWidget *parent)
    : QWidget(parent),
      m_actions(actions),
      m_time(new QLabel(this)),
      m_frame(new QLabel(this)),
      m_speed(new QLabel(this)),
      m_sound(new QLabel(this))
{
    setObjectName(QStringLiteral("transportBar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 4, 12, 4);
    layout->setSpacing(2);
    const auto tool = [&](QAction *action, bool withText = false) {
        QToolButton *button = makeActionTool(action, this, withText);
        layout->addWidget(button);
        return button;
    };
    tool(actions.first);
    tool(actions.frameBack);
    tool(actions.playPause)->setIconSize({24, 24});
    tool(actions.frameForward);
    tool(actions.last);
    tool(actions.loop);
    layout->addSpacing(10);
    m_time->setObjectName(QStringLiteral("timeLabel"));
    m_time->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_time->setFocusPolicy(Qt::NoFocus);
    m_frame->setObjectName(QStringLiteral("frameLabel"));
    m_frame->setProperty("look", QStringLiteral("muted"));
    m_speed->setObjectName(QStringLiteral("speedLabel"));
    m_speed->setProperty("look", QStringLiteral("muted"));
    m_sound->setObjectName(QStringLiteral("soundLabel"));
    m_sound->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(m_time);
    layout->addSpacing(10);
    layout->addWidget(m_frame);
    layout->addSpacing(10);
    layout->addWidget(m_speed);
    layout->addStretch();
    layout->addWidget(m_sound);
    tool(actions.listen);
    layout->addSpacing(6);
    tool(actions.trimIn);
    tool(actions.trimOut);
}

void TransportBar::setTime(const QString &now, const QString &whole, const QString &wallClock, std::size_t frame)
{
    m_time->setText(wallClock.isEmpty() ? QStringLiteral("%1 / %2").arg(now, whole)
                                        : QStringLiteral("%1 / %2   %3").arg(now, whole, wallClock));
    m_frame->setText(tr("frame %1").arg(frame + 1));
}

void TransportBar::setPlaying(bool playing, double speed)
{
    m_actions.playPause->setIcon(themedIcon(playing ? QStringLiteral("pause") : QStringLiteral("play")));
    const QString factor = QLocale().toString(std::abs(speed), 'g', 3);
    m_speed->setText(!playing     ? QString()
                     : speed < 0  ? tr("backwards ×%1").arg(factor)
                     : speed != 1 ? QStringLiteral("×%1").arg(factor)
                                  : QString());
}

void TransportBar::setSoundText(const QString &text, const QString &explanation)
{
    m_sound->setText(text);
    m_sound->setToolTip(explanation);
}

} // namespace doorveil::ui
