// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;

namespace doorveil::ui {

struct ReviewActions;

/// The row under the picture: playing, the time, the frame, speed and sound, trim.
class TransportBar final : public QWidget
{
    Q_OBJECT

public:
    TransportBar(const ReviewActions &actions, QWidget *parent = nullptr);

    void setTime(const QString &now, const QString &whole, const QString &wallClock, std::size_t frame);
    void setPlaying(bool playing, double speed);
    void setSoundText(const QString &text, const QString &explanation);

private:
    const ReviewActions &m_actions;
    QLabel *m_time;
    QLabel *m_frame;
    QLabel *m_speed;
    QLabel *m_sound;
};

} // namespace doorveil::ui
