// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/picturegeometry.h"

#include <algorithm>
#include <cmath>

namespace doorveil::ui {

namespace {

constexpr double largestZoom = 32.0;
constexpr double smallestShare = 0.25; // of the zoom that fits
constexpr double farAway = 1e6;

double bounded(double value)
{
    return std::clamp(value, -farAway, farAway);
}

} // namespace

double displayedPixelAspect(const base::ClipInfo &info)
{
    constexpr double mostStretched = 8.0; // beyond it the file is wrong, not wide
    if (!info.sampleAspect.isPositive())
        return 1.0;
    const double stored = info.sampleAspect.toDouble();
    if (stored > mostStretched || stored < 1.0 / mostStretched)
        return 1.0;
    return info.orientation.swapsAxes() ? 1.0 / stored : stored;
}

PictureGeometry::PictureGeometry(base::Size pictureSize, double pixelAspect)
    : m_picture(pictureSize), m_aspect(pixelAspect)
{
}

void PictureGeometry::setViewSize(QSizeF size)
{
    m_view = size;
    if (m_fitted)
        fit();
    else
        keepInView();
}

void PictureGeometry::fit()
{
    m_fitted = true;
    if (m_picture.isEmpty() || m_view.isEmpty())
        return;
    m_zoom = std::min(m_view.width() / (m_picture.width * m_aspect), m_view.height() / m_picture.height);
    const QRectF area = pictureArea();
    m_origin = {(m_view.width() - area.width()) / 2, (m_view.height() - area.height()) / 2};
}

void PictureGeometry::setZoom(double zoom, QPointF anchor)
{
    if (m_picture.isEmpty() || m_view.isEmpty())
        return;
    const QPointF kept = toPicture(anchor);
    const double fitting = std::min(m_view.width() / (m_picture.width * m_aspect), m_view.height() / m_picture.height);
    m_zoom = std::clamp(zoom, std::min(1.0, smallestShare * fitting), std::max(largestZoom, fitting));
    m_origin = {anchor.x() - kept.x() * m_zoom * m_aspect, anchor.y() - kept.y() * m_zoom};
    m_fitted = false;
    keepInView();
}

void PictureGeometry::pan(QPointF delta)
{
    m_origin += delta;
    m_fitted = false;
    keepInView();
}

void PictureGeometry::keepInView()
{
    // A picture larger than the view leaves no border, a smaller one stays in the middle.
    const auto kept = [](double origin, double size, double view) {
        return size <= view ? (view - size) / 2 : std::clamp(origin, view - size, 0.0);
    };
    const QRectF area = pictureArea();
    m_origin = {kept(m_origin.x(), area.width(), m_view.width()), kept(m_origin.y(), area.height(), m_view.height())};
}

QPointF PictureGeometry::toView(QPointF picture) const
{
    return {m_origin.x() + picture.x() * m_zoom * m_aspect, m_origin.y() + picture.y() * m_zoom};
}

QPointF PictureGeometry::toPicture(QPointF view) const
{
    return {(view.x() - m_origin.x()) / (m_zoom * m_aspect), (view.y() - m_origin.y()) / m_zoom};
}

QRectF PictureGeometry::toView(const base::Rectangle &picture) const
{
    return {toView(QPointF(picture.x, picture.y)), toView(QPointF(picture.right(), picture.bottom()))};
}

QRectF PictureGeometry::pictureArea() const
{
    return {m_origin, QSizeF(m_picture.width * m_zoom * m_aspect, m_picture.height * m_zoom)};
}

std::optional<base::Point> PictureGeometry::pixelAt(QPointF view) const
{
    const QPointF picture = toPicture(view);
    const base::Point pixel{int(std::floor(bounded(picture.x()))), int(std::floor(bounded(picture.y())))};
    if (!base::Rectangle{0, 0, m_picture.width, m_picture.height}.contains(pixel))
        return std::nullopt;
    return pixel;
}

base::Rectangle PictureGeometry::rectangleBetween(QPointF first, QPointF second) const
{
    const QPointF a = toPicture(first);
    const QPointF b = toPicture(second);
    const int left = int(std::floor(bounded(std::min(a.x(), b.x()))));
    const int top = int(std::floor(bounded(std::min(a.y(), b.y()))));
    const int right = int(std::ceil(bounded(std::max(a.x(), b.x()))));
    const int bottom = int(std::ceil(bounded(std::max(a.y(), b.y()))));
    return base::Rectangle{left, top, right - left, bottom - top}.clampedTo(m_picture);
}

Handle handleAt(const QRectF &area, QPointF point, double reach)
{
    if (!area.adjusted(-reach, -reach, reach, reach).contains(point))
        return Handle::None;
    // In small areas handles reach less far inwards, so that the middle can still be taken to move it.
    const double inX = std::min(reach, area.width() / 4);
    const double inY = std::min(reach, area.height() / 4);
    const bool left = point.x() < area.left() + inX;
    const bool right = point.x() > area.right() - inX;
    const bool top = point.y() < area.top() + inY;
    const bool bottom = point.y() > area.bottom() - inY;
    if (top)
        return left ? Handle::TopLeft : right ? Handle::TopRight : Handle::Top;
    if (bottom)
        return left ? Handle::BottomLeft : right ? Handle::BottomRight : Handle::Bottom;
    return left ? Handle::Left : right ? Handle::Right : Handle::Inside;
}

PictureHit hitTest(const std::vector<PointedArea> &areas, QPointF point, double reach)
{
    for (const PointedArea &area : areas) {
        const Handle handle = area.selected ? handleAt(area.area, point, reach) : Handle::None;
        if (handle != Handle::None && handle != Handle::Inside)
            return {area.id, handle};
    }
    const PointedArea *smallest = nullptr;
    for (const PointedArea &area : areas) {
        if (area.area.contains(point)
            && (smallest == nullptr
                || area.area.width() * area.area.height() < smallest->area.width() * smallest->area.height()))
            smallest = &area;
    }
    return smallest != nullptr ? PictureHit{smallest->id, Handle::Inside} : PictureHit{};
}

base::Rectangle adjusted(const base::Rectangle &box, Handle handle, int x, int y, base::Size picture)
{
    if (handle == Handle::None)
        return box;
    if (handle == Handle::Inside) {
        // Boxes may reach over the picture's edge (subjects do); moving keeps at least the smallest side of it inside.
        const int left = std::clamp(box.x + x, smallestSide - box.width, picture.width - smallestSide);
        const int top = std::clamp(box.y + y, smallestSide - box.height, picture.height - smallestSide);
        return {left, top, box.width, box.height};
    }
    int left = box.x;
    int top = box.y;
    int right = box.right();
    int bottom = box.bottom();
    const int leastWidth = std::min(smallestSide, box.width);
    const int leastHeight = std::min(smallestSide, box.height);
    if (handle == Handle::Left || handle == Handle::TopLeft || handle == Handle::BottomLeft)
        left = std::clamp(left + x, std::min(0, left), std::min(right - leastWidth, std::max(picture.width - 1, left)));
    if (handle == Handle::Right || handle == Handle::TopRight || handle == Handle::BottomRight)
        right = std::clamp(right + x, std::max(left + leastWidth, std::min(1, right)), std::max(picture.width, right));
    if (handle == Handle::Top || handle == Handle::TopLeft || handle == Handle::TopRight)
        top = std::clamp(top + y, std::min(0, top), std::min(bottom - leastHeight, std::max(picture.height - 1, top)));
    if (handle == Handle::Bottom || handle == Handle::BottomLeft || handle == Handle::BottomRight)
        bottom =
            std::clamp(bottom + y, std::max(top + leastHeight, std::min(1, bottom)), std::max(picture.height, bottom));
    return {left, top, right - left, bottom - top};
}

} // namespace doorveil::ui
