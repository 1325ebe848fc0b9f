// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/geometry.h"

#include <QPointF>
#include <QRectF>
#include <QSizeF>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::ui {

/// Width : height of a displayed pixel: the stored one's, turned with the picture. 1 where the clip's is not usable.
[[nodiscard]] double displayedPixelAspect(const base::ClipInfo &info);

/// Where the displayed picture lies in a view, and back: zoom, pan, pixel aspect. Knows no widget.
/// Picture points are in displayed pixels (rotation applied, pixel aspect not), view points in logical pixels.
class PictureGeometry
{
public:
    PictureGeometry() = default;
    PictureGeometry(base::Size pictureSize, double pixelAspect);

    void setViewSize(QSizeF size);
    [[nodiscard]] QSizeF viewSize() const { return m_view; }
    [[nodiscard]] base::Size pictureSize() const { return m_picture; }
    [[nodiscard]] bool isNull() const { return m_picture.isEmpty(); }

    /// The whole picture, as large as the view allows, in its middle.
    void fit();
    [[nodiscard]] bool isFitted() const { return m_fitted; }
    /// View pixels a picture row. `anchor` keeps its picture point. Bounded to what is of use.
    void setZoom(double zoom, QPointF anchor);
    [[nodiscard]] double zoom() const { return m_zoom; }
    void pan(QPointF delta);

    [[nodiscard]] QPointF toView(QPointF picture) const;
    [[nodiscard]] QPointF toPicture(QPointF view) const;
    [[nodiscard]] QRectF toView(const base::Rectangle &picture) const;
    [[nodiscard]] QRectF pictureArea() const; ///< of the whole picture, in the view
    /// The picture pixel under a view point; nothing outside the picture.
    [[nodiscard]] std::optional<base::Point> pixelAt(QPointF view) const;
    /// What a drag from one view point to another encloses, clamped to the picture; rounded outwards.
    [[nodiscard]] base::Rectangle rectangleBetween(QPointF first, QPointF second) const;

private:
    void keepInView();

    base::Size m_picture;
    double m_aspect = 1.0;
    QSizeF m_view;
    double m_zoom = 1.0;
    QPointF m_origin; ///< of the picture, in the view
    bool m_fitted = true;
};

/// What a pointer would take hold of.
enum class Handle { None, Inside, Left, TopLeft, Top, TopRight, Right, BottomRight, Bottom, BottomLeft };

/// One of the things that can be pointed at, in view coordinates.
struct PointedArea
{
    std::int64_t id = 0;
    QRectF area;
    bool selected = false; ///< only these have handles
};

struct PictureHit
{
    std::int64_t id = 0; ///< 0 where nothing is hit
    Handle handle = Handle::None;
};

/// The handle of one area that a point takes hold of, within `reach` of its edges; Inside, or None outside.
[[nodiscard]] Handle handleAt(const QRectF &area, QPointF point, double reach);
/// The area that a point means: handles of selected areas first, then the smallest area that holds it.
[[nodiscard]] PictureHit hitTest(const std::vector<PointedArea> &areas, QPointF point, double reach);

/// Least side of a box that an owner makes, in picture pixels: smaller ones are slips of the hand.
inline constexpr int smallestSide = 4;

/// The box with one handle moved by so many picture pixels: Inside moves it whole. Stays inside the picture, never gets
/// smaller than smallestSide (or than it was).
[[nodiscard]] base::Rectangle adjusted(const base::Rectangle &box, Handle handle, int x, int y, base::Size picture);

} // namespace doorveil::ui
