// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/analysispanel.h"

#include "clips/clipentry.h"

#include <QAction>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QProgressBar>
#include <QStringList>
#include <QToolButton>
#include <QVBoxLayout>

namespace doorveil::ui {

AnalysisPanel::AnalysisPanel(QAction *pause, QAction *stop, QWidget *parent)
    : QFrame(parent), m_title(new QLabel(this)), m_detail(new QLabel(this)), m_bar(new QProgressBar(this))
{
    setObjectName(QStringLiteral("analysisPanel"));
    setProperty("look", QStringLiteral("card"));
    m_title->setObjectName(QStringLiteral("analysisTitle"));
    QFont bold = m_title->font();
    bold.setWeight(QFont::DemiBold);
    m_title->setFont(bold);
    m_title->setMinimumWidth(200);
    m_detail->setObjectName(QStringLiteral("analysisDetail"));
    m_detail->setProperty("look", QStringLiteral("muted"));
    m_bar->setObjectName(QStringLiteral("analysisBar"));
    m_bar->setTextVisible(false);

    auto *texts = new QHBoxLayout;
    texts->addWidget(m_title, 1);
    texts->addWidget(m_detail);
    auto *left = new QVBoxLayout;
    left->setSpacing(8);
    left->addLayout(texts);
    left->addWidget(m_bar);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 10, 10, 10);
    layout->setSpacing(12);
    layout->addLayout(left, 1);
    for (QAction *action : {pause, stop}) {
        auto *button = new QToolButton(this);
        button->setDefaultAction(action);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setProperty("look", QStringLiteral("flat"));
        layout->addWidget(button);
    }
    hide();
}

void AnalysisPanel::show(const AnalysisQueue::Overview &overview, const QString &clipName)
{
    const bool works = overview.count > 0 && (overview.position > 0 || overview.paused);
    setVisible(works);
    if (!works)
        return;
    QString title = titleOf(overview);
    if (!clipName.isEmpty())
        title += QStringLiteral(": ") + clipName;
    m_title->setText(m_title->fontMetrics().elidedText(title, Qt::ElideMiddle, std::max(width() / 2, 200)));
    m_title->setToolTip(title);
    m_detail->setText(detailOf(overview, true));
    m_bar->setRange(0, overview.percent < 0 && !overview.paused ? 0 : 100);
    m_bar->setValue(std::max(overview.percent, 0));
    m_bar->setAccessibleName(title);
}

QString AnalysisPanel::titleOf(const AnalysisQueue::Overview &overview)
{
    if (overview.paused)
        return overview.position > 0 ? tr("Paused at %1 of %2").arg(overview.position).arg(overview.count)
                                     : tr("Paused");
    return tr("Analysing %1 of %2").arg(overview.position).arg(overview.count);
}

QString AnalysisPanel::detailOf(const AnalysisQueue::Overview &overview, bool withRate)
{
    if (overview.paused)
        return {};
    QStringList parts;
    if (withRate) {
        if (overview.percent >= 0)
            parts += tr("%1 %").arg(overview.percent);
        if (overview.framesPerSecond)
            parts += tr("%1 frames a second").arg(QLocale().toString(*overview.framesPerSecond, 'f', 1));
    }
    if (overview.secondsLeft)
        parts += tr("about %1 left").arg(remainingText(*overview.secondsLeft));
    return parts.join(QStringLiteral(" · "));
}

} // namespace doorveil::ui
