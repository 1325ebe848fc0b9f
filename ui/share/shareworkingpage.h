// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/progress.h"

#include <QWidget>

class QLabel;
class QListWidget;
class QProgressBar;

namespace doorveil::ui {

/// The package while it is being made: how far it is, and each check as it is done.
class ShareWorkingPage final : public QWidget
{
    Q_OBJECT

public:
    explicit ShareWorkingPage(QWidget *parent = nullptr);

    void begin();
    void showProgress(const base::Progress &progress);
    /// A step of pipeline::PackageParameters::onStep.
    void showStep(const QString &step, std::size_t clip);

    [[nodiscard]] QString text() const;
    [[nodiscard]] int percent() const; ///< -1: unknown

signals:
    void cancelWanted();

private:
    int m_percent = -1;
    QLabel *m_text;
    QProgressBar *m_bar;
    QListWidget *m_steps;
};

} // namespace doorveil::ui
