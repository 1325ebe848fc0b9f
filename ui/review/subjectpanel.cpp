// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/subjectpanel.h"

#include "itemmodels/subjectmodel.h"
#include "review/actionbutton.h"
#include "review/panellist.h"
#include "review/subjectcolours.h"
#include "theme/theme.h"

#include <QAction>
#include <QKeyEvent>
#include <QLabel>
#include <QListView>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

constexpr int rowHeight = 66;
constexpr int thumbnailSide = 48;
constexpr QSize switchSize(38, 20);

/// A list that gives Space to the switch instead of the selection.
class SubjectList final : public QListView
{
public:
    SubjectList(SubjectDelegate &delegate, QWidget *parent) : QListView(parent), m_delegate(delegate) { }

protected:
    void keyPressEvent(QKeyEvent *event) override
    {
        if (event->key() == Qt::Key_Space && currentIndex().isValid())
            emit m_delegate.switched(currentIndex().data(SubjectModel::IdRole).value<std::int64_t>());
        else if (event->key() == Qt::Key_Left || event->key() == Qt::Key_Right)
            event->ignore(); // steps through the clip
        else
            QListView::keyPressEvent(event);
    }

private:
    SubjectDelegate &m_delegate;
};

} // namespace

SubjectDelegate::SubjectDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

QRect SubjectDelegate::switchArea(const QRect &row)
{
    return {row.right() - switchSize.width() - 10, row.center().y() - switchSize.height() / 2, switchSize.width(),
            switchSize.height()};
}

QSize SubjectDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {180, rowHeight};
}

void SubjectDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColours &colours = m_theme.colours();
    const QRect row = option.rect;
    const bool shown = index.data(SubjectModel::ShownRole).toBool();
    const bool dismissed = index.data(SubjectModel::DismissedRole).toBool();
    const auto id = index.data(SubjectModel::IdRole).value<std::int64_t>();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setRenderHint(QPainter::SmoothPixmapTransform);
    paintPanelRow(*painter, option, colours);

    const QRect picture(row.left() + 12, row.center().y() - thumbnailSide / 2 + 1, thumbnailSide, thumbnailSide);
    QPainterPath round;
    round.addRoundedRect(picture, 6, 6);
    const QPixmap thumbnail = index.data(Qt::DecorationRole).value<QPixmap>();
    painter->fillPath(round, colours.raised);
    if (!thumbnail.isNull()) {
        painter->setClipPath(round);
        painter->setOpacity(dismissed ? 0.45 : 1.0);
        painter->drawPixmap(picture, thumbnail);
        painter->setOpacity(1.0);
        painter->setClipping(false);
    }
    painter->setBrush(Qt::NoBrush);
    painter->setPen(QPen(dismissed ? colours.border : subjectColour(id, m_theme.isDark()), 2));
    painter->drawPath(round);

    const QRect area = switchArea(row);
    const int left = picture.right() + 10;
    const int right = (dismissed ? row.right() - 10 : area.left() - 8);
    QFont name = option.font;
    name.setBold(true);
    QFont small = option.font;
    small.setPointSizeF(std::max(7.5, small.pointSizeF() * 0.88));
    const QFontMetrics nameMetrics(name);
    const QFontMetrics smallMetrics(small);
    const int total = nameMetrics.height() + 2 * smallMetrics.height();
    int y = row.center().y() - total / 2 + 1;
    const auto line = [&](const QFont &font, const QFontMetrics &metrics, const QString &text, const QColor &colour) {
        painter->setFont(font);
        painter->setPen(colour);
        const QRect place(left, y, right - left, metrics.height());
        painter->drawText(place, Qt::AlignLeft | Qt::AlignVCenter,
                          metrics.elidedText(text, Qt::ElideRight, place.width()));
        y += metrics.height();
    };
    line(name, nameMetrics, index.data(SubjectModel::NameRole).toString(),
         dismissed ? colours.mutedText : colours.text);
    line(small, smallMetrics, index.data(SubjectModel::StateRole).toString(),
         shown       ? colours.danger
         : dismissed ? colours.mutedText
                     : colours.success);
    line(small, smallMetrics, index.data(SubjectModel::TimesRole).toString(), colours.mutedText);
    if (const int open = index.data(SubjectModel::OpenChecksRole).toInt(); open > 0) {
        // How many things there are to check about it, at the picture's corner.
        const QString count = QLocale().toString(open);
        QFont tiny = small;
        tiny.setBold(true);
        const QFontMetrics metrics(tiny);
        const int height = metrics.height();
        const int width = std::max(height, metrics.horizontalAdvance(count) + 10);
        const QRectF pill(picture.right() - width + 6, picture.bottom() - height + 5, width, height);
        painter->setPen(QPen(colours.warning, 1));
        painter->setBrush(colours.warningSoft);
        painter->drawRoundedRect(pill, height / 2.0, height / 2.0);
        painter->setFont(tiny);
        painter->setPen(colours.warning);
        painter->drawText(pill, Qt::AlignCenter, count);
    }

    if (!dismissed) {
        // On (to the right, filled): covered. The word beside the name says the same.
        const QRectF track = QRectF(area).adjusted(0.5, 0.5, -0.5, -0.5);
        painter->setPen(QPen(shown ? colours.danger : colours.accent, 1.5));
        painter->setBrush(shown ? QBrush(colours.surface) : QBrush(colours.accent));
        painter->drawRoundedRect(track, track.height() / 2, track.height() / 2);
        const double side = track.height() - 6;
        const QRectF knob(shown ? track.left() + 3 : track.right() - 3 - side, track.top() + 3, side, side);
        painter->setPen(Qt::NoPen);
        painter->setBrush(shown ? colours.danger : colours.onAccent);
        painter->drawEllipse(knob);
    }
    painter->restore();
}

bool SubjectDelegate::editorEvent(QEvent *event, QAbstractItemModel *, const QStyleOptionViewItem &option,
                                  const QModelIndex &index)
{
    if (event->type() != QEvent::MouseButtonRelease || index.data(SubjectModel::DismissedRole).toBool())
        return false;
    const auto *mouse = static_cast<QMouseEvent *>(event);
    if (mouse->button() != Qt::LeftButton
        || !switchArea(option.rect).adjusted(-6, -8, 6, 8).contains(mouse->position().toPoint()))
        return false;
    emit switched(index.data(SubjectModel::IdRole).value<std::int64_t>());
    return true;
}

SubjectPanel::SubjectPanel(SubjectModel &model, const Theme &theme, QWidget *parent)
    : QWidget(parent),
      m_model(model),
      m_view(nullptr),
      m_title(new QLabel(this)),
      m_summary(new QLabel(this)),
      m_buttons(new QWidget(this))
{
    setObjectName(QStringLiteral("subjectPanel"));
    m_title->setProperty("look", QStringLiteral("heading"));
    m_title->setMinimumHeight(32);
    m_summary->setObjectName(QStringLiteral("subjectSummary"));
    m_summary->setProperty("look", QStringLiteral("muted"));
    m_summary->setWordWrap(true);

    auto *delegate = new SubjectDelegate(theme, this);
    m_view = new SubjectList(*delegate, this);
    m_view->setObjectName(QStringLiteral("subjectList"));
    setUpPanelList(*m_view, model, *delegate);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setContextMenuPolicy(Qt::CustomContextMenu);

    auto *buttons = new QVBoxLayout(m_buttons);
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->setSpacing(6);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(12, 12, 6, 8);
    layout->setSpacing(6);
    layout->addWidget(m_title);
    layout->addWidget(m_summary);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_buttons);

    connect(delegate, &SubjectDelegate::switched, this, &SubjectPanel::switched);
    connect(m_view, &QListView::activated, this, [this](const QModelIndex &index) {
        if (const Subject *subject = m_model.subject(index))
            emit activated(subject->id);
    });
    connect(m_view, &QListView::customContextMenuRequested, this,
            [this](const QPoint &point) { emit menuWanted(m_view->viewport()->mapToGlobal(point)); });
    connect(m_view->selectionModel(), &QItemSelectionModel::selectionChanged, this, [this] {
        if (!m_choosing)
            emit chosenChanged();
    });
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(&model, signal, this, &SubjectPanel::updateSummary);
    connect(&model, &QAbstractItemModel::modelReset, this, &SubjectPanel::updateSummary);
    connect(&model, &QAbstractItemModel::dataChanged, this, &SubjectPanel::updateSummary);
    updateTexts();
}

void SubjectPanel::updateTexts()
{
    m_title->setText(tr("Who was found"));
    m_view->setAccessibleName(m_title->text());
    updateSummary();
}

void SubjectPanel::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        updateTexts();
    QWidget::changeEvent(event);
}

void SubjectPanel::setActions(const std::vector<QAction *> &actions)
{
    for (QAction *action : actions)
        m_buttons->layout()->addWidget(makeActionButton(action, m_buttons));
}

void SubjectPanel::setCard(QWidget *card)
{
    static_cast<QVBoxLayout *>(layout())->insertWidget(layout()->indexOf(m_buttons), card);
}

std::vector<std::int64_t> SubjectPanel::chosen() const
{
    std::vector<std::int64_t> ids;
    const QModelIndex current = m_view->currentIndex();
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [&current](const QModelIndex &a, const QModelIndex &b) {
        return a == current ? b != current : b != current && a.row() < b.row();
    });
    for (const QModelIndex &row : rows) {
        if (const Subject *subject = m_model.subject(row))
            ids.push_back(subject->id);
    }
    return ids;
}

void SubjectPanel::choose(std::int64_t subject)
{
    const QModelIndex index = m_model.indexOf(subject);
    if (index.isValid() && m_view->selectionModel()->isSelected(index) && m_view->currentIndex() == index)
        return;
    m_choosing = true;
    if (index.isValid())
        m_view->setCurrentIndex(index);
    else
        m_view->selectionModel()->clear();
    m_choosing = false;
}

void SubjectPanel::updateSummary()
{
    int covered = 0;
    int shown = 0;
    for (const Subject &subject : m_model.subjects()) {
        covered += subject.decision.kind == base::DecisionKind::Cover ? 1 : 0;
        shown += subject.decision.kind == base::DecisionKind::Show ? 1 : 0;
    }
    if (m_model.subjects().empty())
        m_summary->setText(tr("Nobody so far"));
    else if (shown == 0)
        m_summary->setText(tr("%1 covered, nobody shown").arg(covered));
    else
        m_summary->setText(tr("%1 covered, %2 shown").arg(covered).arg(shown));
}

} // namespace doorveil::ui
