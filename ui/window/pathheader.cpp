// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/pathheader.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPaintEvent>
#include <QPainter>

namespace doorveil::ui {

namespace {

constexpr int stepHeight = 40;
constexpr int padding = 12;
constexpr int discSize = 22;
constexpr int gap = 8;
constexpr int badgePadding = 8;
constexpr int badgeHeight = 20;

QFont titleFont(const QWidget &widget)
{
    // The width does not depend on which place is the current one, so nothing jumps.
    QFont font = widget.font();
    font.setWeight(QFont::DemiBold);
    return font;
}

QFont badgeFont(const QWidget &widget)
{
    QFont font = widget.font();
    font.setPointSizeF(font.pointSizeF() * 0.88);
    return font;
}

/// The small arrow between two steps.
class StepArrow final : public QWidget
{
public:
    StepArrow(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme) { setFixedSize(12, stepHeight); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(m_theme.colours().mutedText, 1.6, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
        const QPointF middle(width() / 2.0 + 2, stepHeight / 2.0);
        painter.drawPolyline(QPolygonF({middle + QPointF(-4, -4.5), middle, middle + QPointF(-4, 4.5)}));
    }

private:
    const Theme &m_theme;
};

} // namespace

PathStep::PathStep(const Theme &theme, int number, QWidget *parent)
    : QAbstractButton(parent), m_theme(theme), m_number(number)
{
    setCheckable(true);
    setAutoExclusive(false);
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &Theme::changed, this, [this] { update(); });
    connect(this, &QAbstractButton::toggled, this, &PathStep::describe);
}

void PathStep::setTexts(const QString &title, const QString &tip)
{
    setText(title);
    setToolTip(tip);
    describe();
    updateGeometry();
}

void PathStep::setBadge(const QString &badge)
{
    if (badge == m_badge)
        return;
    m_badge = badge;
    describe();
    updateGeometry();
    update();
}

void PathStep::describe()
{
    QString name = m_number > 0 ? tr("Step %1: %2").arg(m_number).arg(text()) : text();
    if (!m_badge.isEmpty())
        name += QStringLiteral(", ") + m_badge;
    setAccessibleName(name);
    setAccessibleDescription(isChecked() ? tr("This place is shown") : QString());
}

QSize PathStep::sizeHint() const
{
    int width = 2 * padding + QFontMetrics(titleFont(*this)).horizontalAdvance(text());
    if (m_number > 0)
        width += discSize + gap;
    if (!m_badge.isEmpty())
        width += gap + 2 * badgePadding + QFontMetrics(badgeFont(*this)).horizontalAdvance(m_badge);
    return {width, stepHeight};
}

void PathStep::paintEvent(QPaintEvent *)
{
    const ThemeColours &colours = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const QRectF area = QRectF(rect()).adjusted(1, 3, -1, -3);
    if (isChecked() || underMouse()) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(isChecked() ? colours.accentSoft : colours.raised);
        painter.drawRoundedRect(area, 8, 8);
    }
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(area, 8, 8);
    }

    int x = padding;
    if (m_number > 0) {
        const QRectF disc(x, (stepHeight - discSize) / 2.0, discSize, discSize);
        painter.setPen(isChecked() ? Qt::NoPen : QPen(colours.mutedText, 1.4));
        painter.setBrush(isChecked() ? QBrush(colours.accent) : QBrush(Qt::NoBrush));
        painter.drawEllipse(disc.adjusted(0.7, 0.7, -0.7, -0.7));
        painter.setPen(isChecked() ? colours.onAccent : colours.mutedText);
        painter.setFont(titleFont(*this));
        painter.drawText(disc, Qt::AlignCenter, QString::number(m_number));
        x += discSize + gap;
    }
    const QFont bold = titleFont(*this);
    const int textWidth = QFontMetrics(bold).horizontalAdvance(text());
    painter.setFont(isChecked() ? bold : font());
    painter.setPen(colours.text);
    painter.drawText(QRect(x, 0, textWidth + 2, stepHeight), Qt::AlignVCenter | Qt::AlignLeft, text());
    if (!m_badge.isEmpty()) {
        x += textWidth + gap;
        painter.setFont(badgeFont(*this));
        const QRectF pill(x, (stepHeight - badgeHeight) / 2.0, width() - x - padding, badgeHeight);
        painter.setPen(Qt::NoPen);
        painter.setBrush(colours.warningSoft);
        painter.drawRoundedRect(pill, badgeHeight / 2.0, badgeHeight / 2.0);
        painter.setPen(colours.warning);
        painter.drawText(pill, Qt::AlignCenter, m_badge);
    }
}

PathHeader::PathHeader(const Theme &theme, QWidget *parent)
    : QFrame(parent), m_theme(theme), m_path(new QHBoxLayout), m_corner(new QHBoxLayout)
{
    setProperty("look", QStringLiteral("bar"));
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(8, 4, 8, 4);
    layout->setSpacing(4);
    m_path->setSpacing(4);
    m_corner->setSpacing(4);
    layout->addLayout(m_path);
    layout->addStretch();
    layout->addLayout(m_corner);
}

int PathHeader::addStep(const QString &objectName, bool apart)
{
    const int index = int(m_steps.size());
    auto *step = new PathStep(m_theme, apart ? 0 : index + 1, this);
    step->setObjectName(objectName);
    if (apart) {
        m_corner->addWidget(step);
    } else {
        if (index > 0)
            m_path->addWidget(new StepArrow(m_theme, this));
        m_path->addWidget(step);
    }
    m_steps.push_back(step);
    connect(step, &QAbstractButton::clicked, this, [this, index] { emit chosen(index); });
    return index;
}

void PathHeader::setCurrent(int index)
{
    for (std::size_t other = 0; other < m_steps.size(); ++other)
        m_steps[other]->setChecked(int(other) == index);
}

void PathHeader::addCornerWidget(QWidget *widget)
{
    m_corner->addWidget(widget);
}

} // namespace doorveil::ui
