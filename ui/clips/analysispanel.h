// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clips/analysisqueue.h"

#include <QFrame>
#include <QString>

class QAction;
class QLabel;
class QProgressBar;
class QToolButton;

namespace doorveil::ui {

/// What is being analysed, how fast, and how long it will take, with pause and stop.
class AnalysisPanel final : public QFrame
{
    Q_OBJECT

public:
    /// The buttons do what the actions do.
    AnalysisPanel(QAction *pause, QAction *stop, QWidget *parent = nullptr);

    /// Hides itself where nothing runs or waits.
    void show(const AnalysisQueue::Overview &overview, const QString &clipName);

    /// "Analysing 2 of 3" and "12 frames a second · about 1:10 left", for the status strip too.
    [[nodiscard]] static QString titleOf(const AnalysisQueue::Overview &overview);
    [[nodiscard]] static QString detailOf(const AnalysisQueue::Overview &overview, bool withRate);

private:
    QLabel *m_title;
    QLabel *m_detail;
    QProgressBar *m_bar;
};

} // namespace doorveil::ui
