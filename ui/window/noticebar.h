// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>

class QLabel;
class QPushButton;
class QToolButton;

namespace doorveil::ui {

/// A sentence that matters, in its colour, with what can be done about it. Hidden until it is given a text.
class NoticeBar final : public QFrame
{
    Q_OBJECT

public:
    enum class Tone { Warning, Danger, Success };

    explicit NoticeBar(Tone tone, QWidget *parent = nullptr);

    /// An empty `text` hides the notice, an empty `button` the button.
    void setTexts(const QString &text, const QString &button);
    void setDismissable(bool dismissable);
    [[nodiscard]] QString text() const;
    [[nodiscard]] QPushButton *button() const { return m_button; }

signals:
    void buttonClicked();
    void dismissed();

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();

    Tone m_tone;
    QLabel *m_icon;
    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_dismiss;
};

} // namespace doorveil::ui
