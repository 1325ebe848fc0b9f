// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/statusstrip.h"

#include "theme/icons.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QToolButton>

namespace doorveil::ui {

namespace {
constexpr int iconSize = 16;
constexpr int barWidth = 140;
} // namespace

StatusStrip::StatusStrip(QWidget *parent)
    : QFrame(parent),
      m_dot(new QLabel(this)),
      m_promise(new QLabel(this)),
      m_message(new QLabel(this)),
      m_job(new QLabel(this)),
      m_bar(new QProgressBar(this)),
      m_cancel(new QToolButton(this))
{
    setProperty("look", QStringLiteral("statusbar"));
    m_promise->setObjectName(QStringLiteral("networkStatement"));
    m_message->setObjectName(QStringLiteral("statusMessage"));
    m_message->setProperty("look", QStringLiteral("muted"));
    m_job->setObjectName(QStringLiteral("jobText"));
    m_bar->setObjectName(QStringLiteral("jobBar"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(barWidth);
    m_cancel->setObjectName(QStringLiteral("jobCancel"));
    m_cancel->setProperty("look", QStringLiteral("flat"));
    m_cancel->setIcon(themedIcon(QStringLiteral("close")));
    connect(m_cancel, &QToolButton::clicked, this, &StatusStrip::cancelClicked);

    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(12, 3, 8, 3);
    layout->setSpacing(8);
    layout->addWidget(m_dot);
    layout->addWidget(m_promise);
    layout->addSpacing(16);
    layout->addWidget(m_message, 1);
    layout->addWidget(m_job);
    layout->addWidget(m_bar);
    layout->addWidget(m_cancel);
    setFixedHeight(36);
    retranslate();
    showJob({});
}

void StatusStrip::setNetworkStatement(bool enforced)
{
    m_enforced = enforced;
    retranslate();
}

void StatusStrip::showJob(const JobStatus &job)
{
    m_jobShown = job;
    const bool runs = !job.title.isEmpty();
    m_job->setVisible(runs);
    m_bar->setVisible(runs);
    m_cancel->setVisible(runs && job.cancellable);
    QString text = job.title;
    if (job.percent >= 0)
        text += QStringLiteral(" · %1 %").arg(job.percent);
    if (!job.detail.isEmpty())
        text += QStringLiteral(" · ") + job.detail;
    m_job->setText(text);
    m_bar->setAccessibleName(job.title);
    m_bar->setRange(0, job.percent < 0 ? 0 : 100); // 0 to 0: busy, end unknown
    m_bar->setValue(job.percent);
}

void StatusStrip::showMessage(const QString &message)
{
    m_message->setText(message);
}

void StatusStrip::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange || event->type() == QEvent::PaletteChange)
        retranslate();
    QFrame::changeEvent(event);
}

void StatusStrip::retranslate()
{
    m_dot->setPixmap(
        themedIcon(QStringLiteral("home"), QPalette::Link).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    m_promise->setText(tr("Doorveil has sent nothing"));
    m_promise->setToolTip(m_enforced
                              ? tr("Your system keeps this program from the network: it could not send anything.")
                              : tr("This program has no network code. This system does not enforce that."));
    m_cancel->setToolTip(tr("Stop this work"));
    m_cancel->setAccessibleName(tr("Stop this work"));
}

} // namespace doorveil::ui
