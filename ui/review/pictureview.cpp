// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/pictureview.h"

#include "theme/theme.h"

#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace doorveil::ui {

namespace {

constexpr double reach = 7.0; // logical pixels around an edge that take hold of it
constexpr double handleSize = 8.0;
constexpr double zoomStep = 1.25;
const QColor casing(0, 0, 0, 170); // under every line, so that it stands out on any picture
const QColor around(0x0c, 0x10, 0x14); // a picture is judged in front of darkness, in both themes

Qt::CursorShape cursorOf(Handle handle)
{
    switch (handle) {
    case Handle::Left:
    case Handle::Right:
        return Qt::SizeHorCursor;
    case Handle::Top:
    case Handle::Bottom:
        return Qt::SizeVerCursor;
    case Handle::TopLeft:
    case Handle::BottomRight:
        return Qt::SizeFDiagCursor;
    case Handle::TopRight:
    case Handle::BottomLeft:
        return Qt::SizeBDiagCursor;
    case Handle::Inside:
        return Qt::PointingHandCursor;
    case Handle::None:
        break;
    }
    return Qt::ArrowCursor;
}

QPolygonF toPolygon(const PictureGeometry &geometry, const base::Polygon &corners)
{
    QPolygonF polygon;
    for (const base::Point &corner : corners)
        polygon << geometry.toView(QPointF(corner.x, corner.y));
    return polygon;
}

} // namespace

PictureView::PictureView(const Theme &theme, QWidget *parent) : QWidget(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("pictureView"));
    setFocusPolicy(Qt::StrongFocus);
    setMouseTracking(true);
    setMinimumSize(240, 160);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Picture"));
    setAttribute(Qt::WA_OpaquePaintEvent);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

PictureView::~PictureView() = default;

void PictureView::setClip(const base::ClipInfo &info)
{
    clear();
    m_geometry = PictureGeometry(info.displayedSize(), displayedPixelAspect(info));
    m_geometry.setViewSize(QSizeF(size()));
    m_geometry.fit();
    emit zoomChanged();
}

void PictureView::clear()
{
    cancelDrawing();
    m_picture = {};
    m_scaled = {};
    m_boxes.clear();
    m_zones.clear();
    m_mark = {};
    m_geometry = {};
    m_mode = ViewMode::Covered;
    update();
}

QSize PictureView::displaySize() const
{
    const QRectF area = m_geometry.pictureArea();
    return QRectF(rect()).contains(area) ? (area.size() * devicePixelRatioF()).toSize() : QSize();
}

void PictureView::setPicture(const QImage &picture, const QImage &scaled)
{
    m_picture = picture;
    ++m_picturesShown;
    m_scaled = {};
    if (!scaled.isNull() && scaled.size() == displaySize()) {
        m_scaled = QPixmap::fromImage(scaled);
        m_scaled.setDevicePixelRatio(devicePixelRatioF());
        m_scaledArea = m_geometry.pictureArea();
    }
    update();
}

void PictureView::setMode(ViewMode mode)
{
    m_mode = mode;
    update();
}

void PictureView::setBoxes(std::vector<PictureBox> boxes)
{
    m_boxes = std::move(boxes);
    update();
}

void PictureView::setZones(std::vector<PictureZone> zones)
{
    m_zones = std::move(zones);
    update();
}

void PictureView::setMessage(const QString &message)
{
    m_message = message;
    update();
}

void PictureView::setTool(Tool tool)
{
    if (m_tool == tool)
        return;
    cancelDrawing();
    m_tool = tool;
    m_hover = {};
    setCursor(tool == Tool::Select ? Qt::ArrowCursor : Qt::CrossCursor);
    emit toolChanged(tool);
    update();
}

void PictureView::cancelDrawing()
{
    m_drag = Drag::None;
    m_corners.clear();
}

void PictureView::zoomIn()
{
    m_geometry.setZoom(m_geometry.zoom() * zoomStep, QRectF(rect()).center());
    m_scaled = {};
    emit zoomChanged();
    update();
}

void PictureView::zoomOut()
{
    m_geometry.setZoom(m_geometry.zoom() / zoomStep, QRectF(rect()).center());
    m_scaled = {};
    emit zoomChanged();
    update();
}

void PictureView::zoomToFit()
{
    m_geometry.fit();
    m_scaled = {};
    emit zoomChanged();
    update();
}

void PictureView::zoomToPixels()
{
    m_geometry.setZoom(1.0 / devicePixelRatioF(), QRectF(rect()).center());
    m_scaled = {};
    emit zoomChanged();
    update();
}

bool PictureView::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride && m_tool != Tool::Select) {
        // While something is drawn these keys are its own, whatever else they do in the place.
        const int key = static_cast<QKeyEvent *>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Escape) {
            event->accept();
            return true;
        }
    }
    return QWidget::event(event);
}

void PictureView::resizeEvent(QResizeEvent *)
{
    m_geometry.setViewSize(QSizeF(size()));
    m_scaled = {};
    emit zoomChanged();
}

// --- painting -------------------------------------------------------------------------------------------------------

void PictureView::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), around);
    painter.setRenderHint(QPainter::Antialiasing);
    if (m_picture.isNull() || m_geometry.isNull()) {
        painter.setPen(QColor(0xc4, 0xce, 0xd6));
        painter.drawText(rect().adjusted(24, 24, -24, -24), Qt::AlignCenter | Qt::TextWordWrap, m_message);
        return;
    }
    paintPicture(painter);
    paintZones(painter);
    paintBoxes(painter);
    paintMark(painter);
    paintDrawing(painter);
    paintBanner(painter);
    if (hasFocus()) {
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.setPen(QPen(m_theme.colours().accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(rect().adjusted(1, 1, -1, -1));
    }
}

void PictureView::paintPicture(QPainter &painter)
{
    const QRectF area = m_geometry.pictureArea();
    const bool pixels = m_geometry.zoom() * devicePixelRatioF() >= 4.0; // large enough to want to see single ones
    painter.setRenderHint(QPainter::SmoothPixmapTransform, !pixels);
    // While the picture fits, it is scaled once and not on every move of the mouse over it.
    if (QRectF(rect()).contains(area)) {
        if (m_scaled.isNull() || m_scaledArea != area) {
            m_scaled = QPixmap(displaySize().expandedTo({1, 1}));
            QPainter scaling(&m_scaled);
            scaling.setRenderHint(QPainter::SmoothPixmapTransform, !pixels);
            scaling.drawImage(QRect(QPoint(), m_scaled.size()), m_picture);
            scaling.end();
            m_scaled.setDevicePixelRatio(devicePixelRatioF());
            m_scaledArea = area;
        }
        painter.drawPixmap(area.topLeft(), m_scaled);
        return;
    }
    painter.drawImage(area, m_picture);
}

void PictureView::paintLabel(QPainter &painter, QPointF corner, const QString &text, const QColor &colour) const
{
    QFont small = font();
    small.setPointSizeF(std::max(7.5, small.pointSizeF() * 0.9));
    painter.setFont(small);
    const QFontMetricsF metrics(small);
    QRectF box(corner.x(), corner.y() - metrics.height() - 5, metrics.horizontalAdvance(text) + 12,
               metrics.height() + 4);
    box.moveLeft(std::clamp(box.left(), 2.0, std::max(2.0, width() - box.width() - 2)));
    if (box.top() < 2)
        box.moveTop(2);
    painter.setPen(Qt::NoPen);
    painter.setBrush(QColor(0x0c, 0x10, 0x14, 225));
    painter.drawRoundedRect(box, 4, 4);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(box.left(), box.top(), 4, box.height()), 2, 2);
    painter.setPen(QColor(0xf2, 0xf5, 0xf7));
    painter.drawText(box.adjusted(8, 0, 0, 0), Qt::AlignVCenter | Qt::AlignLeft, text);
}

void PictureView::paintBox(QPainter &painter, const PictureBox &box) const
{
    const bool hovered = m_hover.id == box.track && m_tool == Tool::Select;
    if (!showsAll() && !hovered && !box.selected)
        return;
    const bool dragged = m_drag == Drag::Box && m_dragged.id == box.track;
    const QRectF area = m_geometry.toView(dragged ? m_dragNow : box.box);
    const double width = box.selected ? 2.5 : 1.75;
    painter.setBrush(Qt::NoBrush);
    if (!box.cover.isEmpty() && showsAll() && !dragged) {
        // What is covered is larger than what was found; both belong on the picture.
        const QRectF cover = m_geometry.toView(box.cover);
        painter.setPen(QPen(casing, 1));
        painter.drawRoundedRect(cover.adjusted(-1, -1, 1, 1), 3, 3);
        painter.setPen(QPen(box.colour, 1.25, Qt::DotLine));
        painter.drawRoundedRect(cover, 3, 3);
    }
    painter.setPen(QPen(casing, width + 2));
    painter.drawRect(area);
    painter.setPen(QPen(box.colour, width, box.guessed ? Qt::DashLine : Qt::SolidLine));
    painter.drawRect(area);
    QString text = box.name;
    if (box.shown)
        text = tr("%1 (shown)").arg(box.name);
    else if (box.dismissed)
        text = tr("%1 (not covered: a mistake)").arg(box.name);
    if (showsAll() || hovered || box.selected)
        paintLabel(painter, area.topLeft(), text, box.colour);
    if (!box.selected || m_tool != Tool::Select)
        return;
    painter.setPen(QPen(casing, 1));
    painter.setBrush(Qt::white);
    // A small box keeps its corners only, drawn outside it, so that what it holds can be seen.
    const bool small = std::min(area.width(), area.height()) < 5 * handleSize;
    const QRectF frame = small ? area.adjusted(-4, -4, 4, 4) : area;
    const double side = small ? handleSize - 2 : handleSize;
    for (const double x : {frame.left(), frame.center().x(), frame.right()}) {
        for (const double y : {frame.top(), frame.center().y(), frame.bottom()}) {
            const bool corner = x != frame.center().x() && y != frame.center().y();
            if (corner || (!small && QPointF(x, y) != frame.center()))
                painter.drawRect(QRectF(x - side / 2, y - side / 2, side, side));
        }
    }
}

void PictureView::paintBoxes(QPainter &painter)
{
    for (const PictureBox &box : m_boxes) {
        if (!box.selected)
            paintBox(painter, box);
    }
    for (const PictureBox &box : m_boxes) {
        if (box.selected)
            paintBox(painter, box);
    }
}

void PictureView::setMark(const base::Rectangle &box, const QString &text)
{
    if (m_mark == box && m_markText == text)
        return;
    m_mark = box;
    m_markText = text;
    update();
}

void PictureView::paintMark(QPainter &painter) const
{
    if (m_mark.isEmpty())
        return;
    const QRectF area = m_geometry.toView(m_mark);
    const QColor colour = m_theme.colours().warning;
    painter.setBrush(Qt::NoBrush);
    painter.setPen(QPen(casing, 4));
    painter.drawRoundedRect(area, 4, 4);
    painter.setPen(QPen(colour, 2, Qt::DashLine));
    painter.drawRoundedRect(area, 4, 4);
    paintLabel(painter, area.topLeft(), m_markText, colour);
}

void PictureView::paintZones(QPainter &painter) const
{
    for (const PictureZone &zone : m_zones) {
        if (!showsAll() && !zone.selected)
            continue;
        const QPolygonF polygon = toPolygon(m_geometry, zone.polygon);
        painter.setPen(QPen(casing, zone.selected ? 4.5 : 3.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawPolygon(polygon);
        painter.setPen(QPen(QColor(0xe6, 0xd8, 0x4a), zone.selected ? 2.5 : 1.5, Qt::DashDotLine));
        painter.setBrush(m_mode == ViewMode::Original ? QBrush(QColor(0xe6, 0xd8, 0x4a, 60), Qt::BDiagPattern)
                                                      : QBrush(Qt::NoBrush));
        painter.drawPolygon(polygon);
        paintLabel(painter, polygon.boundingRect().topLeft(), tr("Zone"), QColor(0xe6, 0xd8, 0x4a));
    }
}

void PictureView::paintDrawing(QPainter &painter) const
{
    if (m_tool == Tool::Select)
        return;
    const QColor colour(0xff, 0xff, 0xff);
    painter.setBrush(QColor(255, 255, 255, 40));
    if (m_drag == Drag::Draw && m_tool == Tool::DrawBox) {
        painter.setPen(QPen(casing, 4));
        painter.drawRect(QRectF(m_dragStart, m_dragLast).normalized());
        painter.setPen(QPen(colour, 2));
        painter.drawRect(QRectF(m_dragStart, m_dragLast).normalized());
    }
    if (!m_corners.empty()) {
        QPolygonF polygon = toPolygon(m_geometry, m_corners);
        polygon << m_dragLast;
        painter.setPen(QPen(casing, 4));
        painter.drawPolygon(polygon);
        painter.setPen(QPen(colour, 2, Qt::DashLine));
        painter.drawPolygon(polygon);
        painter.setBrush(colour);
        for (const QPointF &corner : polygon)
            painter.drawEllipse(corner, 3.5, 3.5);
    }
    paintLabel(painter, QPointF(12, height() - 12),
               m_tool == Tool::DrawBox
                   ? tr("Drag over a head or a plate. Esc: stop drawing")
                   : tr("Click the corners of the zone; double click or Enter closes it. Esc: stop"),
               m_theme.colours().accent);
}

void PictureView::paintBanner(QPainter &painter) const
{
    if (m_mode != ViewMode::Original)
        return;
    const QColor red(0xc6, 0x28, 0x28);
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setPen(QPen(red, 6));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(rect().adjusted(2, 2, -3, -3));
    painter.setRenderHint(QPainter::Antialiasing);
    QFont bold = font();
    bold.setBold(true);
    painter.setFont(bold);
    const QString text = tr("Original: people are visible");
    const QFontMetricsF metrics(bold);
    const double bannerWidth = metrics.horizontalAdvance(text) + 32;
    const QRectF banner((width() - bannerWidth) / 2, 0, bannerWidth, metrics.height() + 14);
    painter.setPen(Qt::NoPen);
    painter.setBrush(red);
    painter.drawRoundedRect(banner.adjusted(0, -8, 0, 0), 6, 6);
    painter.setPen(Qt::white);
    painter.drawText(banner, Qt::AlignCenter, text);
}

// --- pointing -------------------------------------------------------------------------------------------------------

std::vector<PointedArea> PictureView::pointedAreas() const
{
    std::vector<PointedArea> areas;
    for (const PictureBox &box : m_boxes)
        areas.push_back({box.track, m_geometry.toView(box.box), box.selected});
    return areas;
}

std::int64_t PictureView::zoneAt(QPointF point) const
{
    for (const PictureZone &zone : m_zones) {
        if (toPolygon(m_geometry, zone.polygon).containsPoint(point, Qt::OddEvenFill))
            return zone.zone;
    }
    return 0;
}

void PictureView::updateHover(QPointF point)
{
    const PictureHit hit = m_tool == Tool::Select ? hitTest(pointedAreas(), point, reach) : PictureHit{};
    const bool changed = hit.id != m_hover.id || hit.handle != m_hover.handle;
    m_hover = hit;
    if (m_tool == Tool::Select)
        setCursor(cursorOf(hit.handle));
    if (changed)
        update();
}

void PictureView::mousePressEvent(QMouseEvent *event)
{
    m_dragStart = m_dragLast = event->position();
    if (m_picture.isNull())
        return;
    if (event->button() == Qt::MiddleButton) {
        m_drag = Drag::Pan;
        setCursor(Qt::ClosedHandCursor);
        return;
    }
    if (event->button() != Qt::LeftButton)
        return;
    if (m_tool == Tool::DrawBox) {
        m_drag = Drag::Draw;
        return;
    }
    if (m_tool == Tool::DrawZone) {
        const QPointF corner = m_geometry.toPicture(event->position());
        const base::Size size = m_geometry.pictureSize();
        m_corners.push_back({std::clamp(int(std::lround(corner.x())), 0, size.width),
                             std::clamp(int(std::lround(corner.y())), 0, size.height)});
        update();
        return;
    }
    const PictureHit hit = hitTest(pointedAreas(), event->position(), reach);
    emit pointed(hit.id);
    if (hit.id == 0) {
        emit zonePointed(zoneAt(event->position()));
        m_drag = Drag::Pan;
        return;
    }
    const auto box =
        std::find_if(m_boxes.begin(), m_boxes.end(), [&hit](const PictureBox &one) { return one.track == hit.id; });
    m_drag = Drag::Box;
    m_dragged = hit;
    m_dragBox = m_dragNow = box != m_boxes.end() ? box->box : base::Rectangle{};
}

void PictureView::mouseMoveEvent(QMouseEvent *event)
{
    const QPointF delta = event->position() - m_dragLast;
    m_dragLast = event->position();
    switch (m_drag) {
    case Drag::None:
        updateHover(event->position());
        if (!m_corners.empty())
            update();
        return;
    case Drag::Pan:
        if (!m_geometry.isFitted() || m_geometry.pictureArea().width() > width()
            || m_geometry.pictureArea().height() > height()) {
            m_geometry.pan(delta);
            m_scaled = {};
        }
        break;
    case Drag::Box: {
        const QPointF from = m_geometry.toPicture(m_dragStart);
        const QPointF to = m_geometry.toPicture(event->position());
        m_dragNow = adjusted(m_dragBox, m_dragged.handle, int(std::lround(to.x() - from.x())),
                             int(std::lround(to.y() - from.y())), m_geometry.pictureSize());
        break;
    }
    case Drag::Draw:
        break;
    }
    update();
}

void PictureView::mouseReleaseEvent(QMouseEvent *event)
{
    const Drag drag = std::exchange(m_drag, Drag::None);
    if (drag == Drag::Box && m_dragNow != m_dragBox)
        emit boxChanged(m_dragged.id, m_dragNow, m_dragged.handle != Handle::Inside);
    if (drag == Drag::Draw && event->button() == Qt::LeftButton)
        emit boxDrawn(m_geometry.rectangleBetween(m_dragStart, event->position()));
    if (drag == Drag::Pan)
        setCursor(m_tool == Tool::Select ? Qt::ArrowCursor : Qt::CrossCursor);
    updateHover(event->position());
    update();
}

void PictureView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (m_tool == Tool::DrawZone)
        finishZone();
    else
        mousePressEvent(event);
}

void PictureView::finishZone()
{
    // The clicks of a double click lie on one place.
    m_corners.erase(std::unique(m_corners.begin(), m_corners.end()), m_corners.end());
    const base::Polygon corners = std::exchange(m_corners, {});
    if (corners.size() >= 3)
        emit zoneDrawn(corners);
    update();
}

void PictureView::leaveEvent(QEvent *)
{
    m_hover = {};
    update();
}

void PictureView::wheelEvent(QWheelEvent *event)
{
    if (m_picture.isNull() || event->angleDelta().y() == 0)
        return;
    m_geometry.setZoom(m_geometry.zoom() * std::pow(zoomStep, event->angleDelta().y() / 120.0), event->position());
    m_scaled = {};
    emit zoomChanged();
    update();
    event->accept();
}

void PictureView::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
        emit playWanted();
        return;
    case Qt::Key_Escape:
        if (m_tool != Tool::Select) {
            setTool(Tool::Select);
            return;
        }
        break;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_tool == Tool::DrawZone) {
            finishZone();
            return;
        }
        break;
    default:
        break;
    }
    QWidget::keyPressEvent(event);
}

void PictureView::contextMenuEvent(QContextMenuEvent *event)
{
    if (m_picture.isNull())
        return;
    const PictureHit hit = hitTest(pointedAreas(), event->pos(), reach);
    if (hit.id != 0)
        emit pointed(hit.id);
    emit menuWanted(event->globalPos());
}

} // namespace doorveil::ui
