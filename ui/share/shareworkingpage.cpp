// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareworkingpage.h"

#include <QLabel>
#include <QListWidget>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

ShareWorkingPage::ShareWorkingPage(QWidget *parent)
    : QWidget(parent), m_text(new QLabel), m_bar(new QProgressBar), m_steps(new QListWidget)
{
    auto *heading = new QLabel(tr("Making the package"));
    heading->setProperty("look", QStringLiteral("title"));
    m_text->setObjectName(QStringLiteral("shareProgressText"));
    m_bar->setObjectName(QStringLiteral("shareProgress"));
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_steps->setObjectName(QStringLiteral("shareSteps"));
    m_steps->setAccessibleName(tr("What was done and checked"));
    m_steps->setSelectionMode(QAbstractItemView::NoSelection);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancelShare"));
    connect(cancel, &QPushButton::clicked, this, &ShareWorkingPage::cancelWanted);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(60, 40, 60, 40);
    layout->setSpacing(14);
    layout->addWidget(heading);
    layout->addWidget(m_text);
    layout->addWidget(m_bar);
    layout->addWidget(m_steps, 1);
    layout->addLayout(buttons);
}

void ShareWorkingPage::begin()
{
    m_percent = -1;
    m_steps->clear();
    m_bar->setRange(0, 0);
    m_text->clear();
}

void ShareWorkingPage::showProgress(const base::Progress &progress)
{
    m_percent = progress.total > 0 ? int(std::clamp<std::int64_t>(100 * progress.done / progress.total, 0, 100)) : -1;
    m_bar->setRange(0, m_percent < 0 ? 0 : 100);
    m_bar->setValue(std::max(m_percent, 0));
    m_text->setText(progress.stage == QLatin1String("verify")
                        ? tr("Checking the finished clip, frame %1 of %2").arg(progress.done).arg(progress.total)
                        : tr("Covering and encoding, frame %1 of %2").arg(progress.done).arg(progress.total));
}

void ShareWorkingPage::showStep(const QString &step, std::size_t clip)
{
    const int number = int(clip) + 1;
    const QString tick = QStringLiteral("✓  ");
    if (step == QLatin1String("export"))
        m_steps->addItem(QStringLiteral("…  ") + tr("Clip %1: covering, encoding, decoding again").arg(number));
    else if (step == QLatin1String("verified"))
        m_steps->addItem(
            tick
            + tr("Clip %1: covers, frames, second search, container and original were checked on the finished file")
                  .arg(number));
    else if (step == QLatin1String("record"))
        m_steps->addItem(tick + tr("Log, record and statement"));
    else if (step == QLatin1String("signed"))
        m_steps->addItem(tick + tr("The record fits its schema; record and manifest are signed"));
    else if (step == QLatin1String("read-back"))
        m_steps->addItem(tick + tr("Everything was read back and checked as the recipient will"));
    else if (step == QLatin1String("done"))
        m_steps->addItem(tick + tr("In place"));
    m_steps->scrollToBottom();
}

QString ShareWorkingPage::text() const
{
    return m_text->text();
}

int ShareWorkingPage::percent() const
{
    return m_percent;
}

} // namespace doorveil::ui
