// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

#include <vector>

class QGridLayout;
class QLabel;
class QPushButton;

namespace doorveil::ui {

/// The first thing a new owner sees: one screen that says what this program does and what stays on this computer.
class WelcomePage final : public QWidget
{
    Q_OBJECT

public:
    /// `projectFolder` and `dataFolder` as people read them.
    WelcomePage(bool networkRefused, const QString &projectFolder, const QString &dataFolder,
                QWidget *parent = nullptr);
    [[nodiscard]] QPushButton *button() const { return m_start; }

signals:
    void startClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    struct Point
    {
        const char *icon;
        QLabel *picture;
        QLabel *title;
        QLabel *text;
    };
    void addPoint(const char *icon, QGridLayout &layout);
    void retranslate();
    void drawIcons();

    bool m_networkRefused;
    QString m_projectFolder;
    QString m_dataFolder;
    QLabel *m_logo;
    QLabel *m_title;
    QLabel *m_subtitle;
    std::vector<Point> m_points;
    QPushButton *m_start;
};

} // namespace doorveil::ui
