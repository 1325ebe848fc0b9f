// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/checkpanel.h"

#include "itemmodels/checkmodel.h"
#include "review/actionbutton.h"
#include "review/panellist.h"
#include "theme/theme.h"

#include <QAction>
#include <QFrame>
#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QPainter>
#include <QProgressBar>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

/// A list that leaves the keys for stepping through the clip to the place.
class CheckList final : public QListView
{
public:
    using QListView::QListView;

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right || event->key() == Qt::Key_Space)
            event->ignore();
        else
            QListView::keyPressEvent(event);
    }
};

} // namespace

CheckDelegate::CheckDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

QSize CheckDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &) const
{
    return {160, 2 * QFontMetrics(option.font).height() + 14};
}

void CheckDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColours &colours = m_theme.colours();
    const bool settled = index.data(CheckModel::SettledRole).toBool();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    paintPanelRow(*painter, option, colours);
    const QRect icon(option.rect.left() + 12, option.rect.center().y() - 8, 16, 16);
    if (settled) {
        painter->setPen(QPen(colours.success, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        painter->drawPolyline(
            QPolygonF({QPointF(icon.left() + 2, icon.center().y() + 1), QPointF(icon.left() + 6, icon.bottom() - 2),
                       QPointF(icon.right() - 1, icon.top() + 3)}));
    } else {
        painter->setPen(QPen(colours.warning, 2));
        painter->setBrush(colours.warningSoft);
        painter->drawEllipse(QRectF(icon).adjusted(2, 2, -2, -2));
    }
    const int left = icon.right() + 10;
    const int width = option.rect.right() - 12 - left;
    QFont strong = option.font;
    strong.setBold(!settled);
    QFont small = option.font;
    small.setPointSizeF(std::max(7.5, small.pointSizeF() * 0.88));
    const QFontMetrics first(strong);
    const QFontMetrics second(small);
    int y = option.rect.center().y() - (first.height() + second.height()) / 2 + 1;
    painter->setFont(strong);
    painter->setPen(settled ? colours.mutedText : colours.text);
    painter->drawText(QRect(left, y, width, first.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      first.elidedText(index.data(CheckModel::TitleRole).toString(), Qt::ElideRight, width));
    y += first.height();
    const QString subject = index.data(CheckModel::SubjectRole).toString();
    const QString time = index.data(CheckModel::TimeRole).toString();
    painter->setFont(small);
    painter->setPen(colours.mutedText);
    painter->drawText(QRect(left, y, width, second.height()), Qt::AlignLeft | Qt::AlignVCenter,
                      second.elidedText(subject.isEmpty() ? time : QStringLiteral("%1 · %2").arg(subject, time),
                                        Qt::ElideRight, width));
    painter->restore();
}

CheckPanel::CheckPanel(CheckModel &model, const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(new CheckList(this)),
      m_title(new QLabel(this)),
      m_explanation(new QLabel(this)),
      m_card(new QFrame(this)),
      m_settleButtons(new QWidget(m_card)),
      m_walkButtons(new QWidget(this)),
      m_watchedText(new QLabel(this)),
      m_watchedBar(new QProgressBar(this)),
      m_reviewedText(new QLabel(this)),
      m_reviewedButtons(new QWidget(this))
{
    setObjectName(QStringLiteral("checkPanel"));
    m_title->setObjectName(QStringLiteral("checkTitle"));
    m_title->setProperty("look", QStringLiteral("heading"));
    m_title->setMinimumHeight(32);
    m_view->setObjectName(QStringLiteral("checkList"));
    setUpPanelList(*m_view, model, *new CheckDelegate(theme, this));
    m_explanation->setObjectName(QStringLiteral("checkExplanation"));
    m_explanation->setWordWrap(true);
    m_card->setProperty("look", QStringLiteral("card"));
    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(10, 8, 10, 8);
    card->setSpacing(6);
    card->addWidget(m_explanation);
    card->addWidget(m_settleButtons);
    auto *grid = new QGridLayout(m_settleButtons);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setSpacing(4);
    auto *walk = new QHBoxLayout(m_walkButtons);
    walk->setContentsMargins(0, 0, 0, 0);
    walk->setSpacing(2);

    m_watchedText->setObjectName(QStringLiteral("watchedText"));
    m_watchedBar->setObjectName(QStringLiteral("watchedBar"));
    m_watchedBar->setTextVisible(false);
    m_watchedBar->setRange(0, 100);
    m_reviewedText->setObjectName(QStringLiteral("reviewedText"));
    m_reviewedText->setWordWrap(true);
    m_reviewedText->setProperty("look", QStringLiteral("muted"));
    auto *reviewed = new QHBoxLayout(m_reviewedButtons);
    reviewed->setContentsMargins(0, 0, 0, 0);
    reviewed->setSpacing(4);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 12, 12, 8);
    layout->setSpacing(6);
    auto *top = new QHBoxLayout;
    top->addWidget(m_title, 1);
    top->addWidget(m_walkButtons);
    layout->addLayout(top);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_card);
    layout->addWidget(m_watchedText);
    layout->addWidget(m_watchedBar);
    layout->addWidget(m_reviewedText);
    layout->addWidget(m_reviewedButtons);

    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, [this](const QModelIndex &current) {
        updateTexts();
        if (!m_choosing)
            emit chosenChanged(current);
    });
    connect(m_view, &QListView::clicked, this, [this](const QModelIndex &index) {
        if (!m_choosing)
            emit chosenChanged(index); // again: back to where it is
    });
    connect(&model, &QAbstractItemModel::modelReset, this, &CheckPanel::updateTexts);
    connect(&model, &QAbstractItemModel::dataChanged, this, &CheckPanel::updateTexts);
    updateTexts();
}

void CheckPanel::setActions(const Actions &actions)
{
    for (QAction *action : {actions.previous, actions.next})
        m_walkButtons->layout()->addWidget(makeActionTool(action, m_walkButtons));
    auto *grid = qobject_cast<QGridLayout *>(m_settleButtons->layout());
    grid->addWidget(makeActionButton(actions.fine, m_settleButtons, QStringLiteral("primary")), 0, 0, 1, 3);
    int column = 0;
    for (QAction *action : {actions.cover, actions.show, actions.dismiss})
        grid->addWidget(makeActionButton(action, m_settleButtons, QStringLiteral("compact")), 1, column++);
    m_reviewedButtons->layout()->addWidget(
        makeActionButton(actions.nextUnwatched, m_reviewedButtons, QStringLiteral("compact")));
    m_reviewedButton = makeActionButton(actions.reviewed, m_reviewedButtons, QStringLiteral("compact"));
    m_reviewedButtons->layout()->addWidget(m_reviewedButton);
    updateTexts();
}

void CheckPanel::setWatched(const WatchedFrames &watched)
{
    m_watched = watched;
    updateTexts();
}

void CheckPanel::setReviewed(bool reviewed)
{
    m_reviewed = reviewed;
    updateTexts();
}

void CheckPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
    QWidget::changeEvent(event);
}

void CheckPanel::choose(const QModelIndex &index)
{
    m_choosing = true;
    m_view->setCurrentIndex(index);
    m_choosing = false;
    updateTexts();
}

void CheckPanel::updateTexts()
{
    m_view->setAccessibleName(tr("Things to check"));
    m_watchedBar->setAccessibleName(tr("Watched in covered view"));
    const int open = m_model.openCount();
    m_title->setText(open > 0 ? tr("To check (%1)").arg(open) : tr("All checked"));
    const CheckEntry *entry = m_model.entry(m_view->currentIndex());
    m_card->setVisible(entry != nullptr);
    m_settleButtons->setVisible(entry != nullptr && entry->check != 0);
    m_explanation->setText(entry != nullptr ? entry->why : QString());
    m_watchedText->setText(tr("Watched as covered: %1 %").arg(m_watched.percent()));
    m_watchedBar->setValue(m_watched.percent());
    QStringList missing;
    if (open > 0)
        missing += tr("%1 to check").arg(open);
    if (!m_watched.isComplete())
        missing += tr("%1 % not watched").arg(100 - m_watched.percent());
    const QString left = missing.join(QStringLiteral(", "));
    if (m_reviewed)
        m_reviewedText->setText(left.isEmpty() ? tr("You marked this clip as reviewed.")
                                               : tr("You marked this clip as reviewed. Left out: %1.").arg(left));
    else
        m_reviewedText->setText(left.isEmpty() ? tr("You have looked at everything.")
                                               : tr("Still to do: %1.").arg(left));
    if (m_reviewedButton != nullptr) {
        // The next step stands out: once everything was looked at, that is saying so.
        const QString look = left.isEmpty() && !m_reviewed ? QStringLiteral("primary") : QStringLiteral("compact");
        if (m_reviewedButton->property("look").toString() != look) {
            m_reviewedButton->setProperty("look", look);
            m_reviewedButton->style()->unpolish(m_reviewedButton);
            m_reviewedButton->style()->polish(m_reviewedButton);
        }
    }
}

} // namespace doorveil::ui
