// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QWidget>

class QLabel;
class QPushButton;

namespace doorveil::ui {

/// What a place shows while there is nothing in it: a picture, what this is, what to do next, and one button.
class EmptyPage final : public QWidget
{
    Q_OBJECT

public:
    /// `icon` is a name of resources/icons.
    explicit EmptyPage(const QString &icon, QWidget *parent = nullptr);

    /// An empty `button` hides it.
    void setTexts(const QString &title, const QString &explanation, const QString &button);
    [[nodiscard]] QPushButton *button() const { return m_button; }

signals:
    void buttonClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void drawIcon();

    QString m_iconName;
    QLabel *m_icon;
    QLabel *m_title;
    QLabel *m_explanation;
    QPushButton *m_button;
};

} // namespace doorveil::ui
