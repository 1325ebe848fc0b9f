// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipdelegate.h"

#include "clips/clipsmodel.h"
#include "theme/icons.h"

#include <QApplication>
#include <QPainter>
#include <QPainterPath>
#include <QTextLayout>

namespace doorveil::ui {

namespace {

constexpr int padding = 10;
constexpr int gap = 12;
constexpr int iconSize = 18;
constexpr int barHeight = 5;
constexpr int corner = 5;

QColor colourOf(ClipsModel::Tone tone, const ThemeColours &colours)
{
    switch (tone) {
    case ClipsModel::Tone::Muted:
        return colours.mutedText;
    case ClipsModel::Tone::Accent:
        return colours.accent;
    case ClipsModel::Tone::Warning:
        return colours.warning;
    case ClipsModel::Tone::Danger:
        return colours.danger;
    case ClipsModel::Tone::Success:
        return colours.success;
    case ClipsModel::Tone::Plain:
        break;
    }
    return colours.text;
}

void drawThumbnail(QPainter &painter, const QRect &area, const QPixmap &thumbnail, const ThemeColours &colours)
{
    QPainterPath frame;
    frame.addRoundedRect(QRectF(area), corner, corner);
    painter.fillPath(frame, thumbnail.isNull() ? colours.raised : QColor(Qt::black));
    if (thumbnail.isNull()) {
        const QRect middle(area.center() - QPoint(iconSize / 2, iconSize / 2), QSize(iconSize, iconSize));
        themedIcon(QStringLiteral("film"), QPalette::PlaceholderText).paint(&painter, middle);
        return;
    }
    const QSize fitted = thumbnail.size().scaled(area.size(), Qt::KeepAspectRatio);
    const QRect target(area.x() + (area.width() - fitted.width()) / 2, area.y() + (area.height() - fitted.height()) / 2,
                       fitted.width(), fitted.height());
    painter.save();
    painter.setClipPath(frame);
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    painter.drawPixmap(target, thumbnail);
    painter.restore();
}

void drawBar(QPainter &painter, const QRectF &area, int percent, const ThemeColours &colours)
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.border);
    painter.drawRoundedRect(area, barHeight / 2.0, barHeight / 2.0);
    if (percent <= 0)
        return;
    QRectF done = area;
    done.setWidth(std::max(area.width() * percent / 100.0, double(barHeight)));
    painter.setBrush(colours.accent);
    painter.drawRoundedRect(done, barHeight / 2.0, barHeight / 2.0);
}

void drawTwoLines(QPainter &painter, const QRect &area, const QString &text, const QFontMetrics &metrics)
{
    QTextLayout layout(text, painter.font(), painter.device());
    layout.beginLayout();
    const QTextLine first = [&layout, &area] {
        QTextLine line = layout.createLine();
        line.setLineWidth(area.width());
        return line;
    }();
    layout.endLayout();
    const int length = first.textLength();
    const int top = area.top() + metrics.ascent();
    painter.drawText(area.left(), top, text.left(length).trimmed());
    painter.drawText(area.left(), top + metrics.height(),
                     metrics.elidedText(text.mid(length).trimmed(), Qt::ElideRight, area.width()));
}

} // namespace

ClipDelegate::ClipDelegate(const Theme &theme, QObject *parent) : QStyledItemDelegate(parent), m_theme(theme) { }

void ClipDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const ThemeColours &colours = m_theme.colours();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const bool selected = option.state.testFlag(QStyle::State_Selected);
    painter->fillRect(option.rect, selected ? colours.accentSoft : colours.surface);
    painter->fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), colours.border);
    if (selected && index.column() == 0)
        painter->fillRect(QRect(option.rect.left(), option.rect.top(), 3, option.rect.height()), colours.accent);

    QRect area = option.rect.adjusted(padding, 0, -padding, -1);
    if (index.column() == ClipsModel::ClipColumn) {
        const QRect picture(area.left() + 2, area.top() + (area.height() - thumbnailSize.height()) / 2,
                            thumbnailSize.width(), thumbnailSize.height());
        drawThumbnail(*painter, picture, index.data(ClipsModel::ThumbnailRole).value<QPixmap>(), colours);
        area.setLeft(picture.right() + gap);
    }

    const auto tone = ClipsModel::Tone(index.data(ClipsModel::ToneRole).toInt());
    const QString first = index.data(ClipsModel::FirstLineRole).toString();
    const QString second = index.data(ClipsModel::SecondLineRole).toString();
    const QVariant percent = index.data(ClipsModel::PercentRole);
    const QString icon = index.data(ClipsModel::IconRole).toString();
    const bool isMain = index.column() == ClipsModel::ClipColumn || index.column() == ClipsModel::StateColumn;
    QFont font = option.font;
    if (isMain)
        font.setWeight(QFont::DemiBold);
    QFont small = option.font;
    small.setPointSizeF(option.font.pointSizeF() * 0.9);

    const QFontMetrics firstMetrics(font);
    const QFontMetrics secondMetrics(small);
    const bool hasSecond = !second.isEmpty() || percent.isValid();
    const int secondWidth = area.width() - (icon.isEmpty() ? 0 : iconSize + 6);
    // A reason may take two lines; a path is shortened in its middle.
    const bool twoLines =
        index.column() == ClipsModel::StateColumn && secondMetrics.horizontalAdvance(second) > secondWidth;
    const int secondHeight = percent.isValid() ? barHeight + 4 : secondMetrics.height() * (twoLines ? 2 : 1);
    const int textHeight = firstMetrics.height() + (hasSecond ? 3 + secondHeight : 0);
    const int top = area.top() + (area.height() - textHeight) / 2;

    int left = area.left();
    if (!icon.isEmpty()) {
        const QColor colour = colourOf(tone, colours);
        const QRect place(left, top + (firstMetrics.height() - iconSize) / 2, iconSize, iconSize);
        painter->drawPixmap(
            place, tintedIcon(icon, colour, QSize(iconSize, iconSize), painter->device()->devicePixelRatioF()));
        left += iconSize + 6;
    }
    const Qt::Alignment alignment = index.data(Qt::TextAlignmentRole).value<Qt::Alignment>() & Qt::AlignHorizontal_Mask;
    const QRect firstArea(left, top, area.right() - left + 1, firstMetrics.height());
    painter->setFont(font);
    painter->setPen(colourOf(tone, colours));
    painter->drawText(
        firstArea, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
        firstMetrics.elidedText(first, index.column() == 0 ? Qt::ElideMiddle : Qt::ElideRight, firstArea.width()));
    const QRect secondArea(left, firstArea.bottom() + 4, firstArea.width(), secondHeight);
    if (percent.isValid()) {
        drawBar(*painter, QRectF(secondArea.left(), secondArea.top() + 2, std::min(secondArea.width(), 180), barHeight),
                percent.toInt(), colours);
    } else if (!second.isEmpty()) {
        painter->setFont(small);
        painter->setPen(colours.mutedText);
        if (twoLines)
            drawTwoLines(*painter, secondArea, second, secondMetrics);
        else
            painter->drawText(secondArea, int(alignment | Qt::AlignVCenter) | Qt::TextSingleLine,
                              secondMetrics.elidedText(second, index.column() == 0 ? Qt::ElideMiddle : Qt::ElideRight,
                                                       secondArea.width()));
    }
    painter->restore();
}

QSize ClipDelegate::sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    QFont font = option.font;
    font.setWeight(QFont::DemiBold);
    const int text =
        std::max(QFontMetrics(font).horizontalAdvance(index.data(ClipsModel::FirstLineRole).toString()),
                 QFontMetrics(option.font).horizontalAdvance(index.data(ClipsModel::SecondLineRole).toString()));
    return {text + 2 * padding + iconSize + 6, rowHeight};
}

} // namespace doorveil::ui
