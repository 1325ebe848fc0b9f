// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"

#include <QFrame>

class QLabel;
class QProgressBar;
class QToolButton;

namespace doorveil::ui {

/// The window's lower edge: the promise to the left, passing messages, and the running job with its cancel button.
class StatusStrip final : public QFrame
{
    Q_OBJECT

public:
    explicit StatusStrip(QWidget *parent = nullptr);

    /// `enforced`: the system keeps this process from the network.
    void setNetworkStatement(bool enforced);
    void showJob(const JobStatus &job);
    /// Stays until the next one; empty for none.
    void showMessage(const QString &message);

signals:
    void cancelClicked();

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();

    bool m_enforced = false;
    JobStatus m_jobShown;
    QLabel *m_dot;
    QLabel *m_promise;
    QLabel *m_message;
    QLabel *m_job;
    QProgressBar *m_bar;
    QToolButton *m_cancel;
};

} // namespace doorveil::ui
