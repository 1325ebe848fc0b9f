// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/dropoverlay.h"

#include <QPainter>

namespace doorveil::ui {

namespace {
constexpr int margin = 14;
constexpr int corner = 14;
constexpr double veil = 0.88; ///< how much of the window it hides
} // namespace

DropOverlay::DropOverlay(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("dropOverlay"));
    setAttribute(Qt::WA_TransparentForMouseEvents);
    hide();
}

void DropOverlay::paintEvent(QPaintEvent *)
{
    const ThemeColours &colours = m_theme.colours();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QColor background = colours.window;
    background.setAlphaF(float(veil));
    painter.fillRect(rect(), background);
    const QRectF frame = QRectF(rect()).adjusted(margin, margin, -margin, -margin);
    painter.setPen(QPen(colours.accent, 3, Qt::DashLine, Qt::RoundCap));
    painter.setBrush(colours.accentSoft);
    painter.drawRoundedRect(frame, corner, corner);
    QFont big = font();
    big.setPointSizeF(big.pointSizeF() * 1.8);
    big.setWeight(QFont::DemiBold);
    painter.setFont(big);
    painter.setPen(colours.text);
    painter.drawText(frame, Qt::AlignCenter, tr("Let go to add these clips"));
}

} // namespace doorveil::ui
