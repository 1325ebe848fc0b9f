// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/picturegeometry.h"

#include "base/clipinfo.h"

#include <QImage>
#include <QPixmap>
#include <QWidget>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::ui {

class Theme;

/// What the picture shows: as an export would, with outlines over it, or as it was filmed.
enum class ViewMode { Covered, Outlines, Original };

/// A box over the picture, displayed pixels.
struct PictureBox
{
    std::int64_t track = 0;
    base::Rectangle box; ///< the subject
    base::Rectangle cover; ///< what is covered of it; empty where it is shown
    QString name;
    QColor colour;
    bool shown = false; ///< by the owner's decision
    bool dismissed = false;
    bool guessed = false; ///< in this frame nothing was found
    bool selected = false;
};

struct PictureZone
{
    std::int64_t zone = 0;
    base::Polygon polygon;
    bool selected = false;
};

/// The picture with its boxes: zoom to the cursor, pan, pointing, moving and resizing boxes, drawing boxes and zones.
/// Decides nothing: it tells what the owner did through signals.
class PictureView final : public QWidget
{
    Q_OBJECT

public:
    enum class Tool { Select, DrawBox, DrawZone };

    explicit PictureView(const Theme &theme, QWidget *parent = nullptr);
    ~PictureView() override;

    /// Empties the view and prepares it for a clip.
    void setClip(const base::ClipInfo &info);
    void clear();
    /// `scaled` may be the same in displaySize(), or null.
    void setPicture(const QImage &picture, const QImage &scaled = {});
    /// Of the whole picture in screen pixels, while it fits into the view; empty otherwise.
    [[nodiscard]] QSize displaySize() const;
    [[nodiscard]] bool hasPicture() const { return !m_picture.isNull(); }
    [[nodiscard]] quint64 picturesShown() const { return m_picturesShown; } ///< so far
    void setMode(ViewMode mode);
    void setBoxes(std::vector<PictureBox> boxes);
    void setZones(std::vector<PictureZone> zones);
    /// Where to look, with a word or two; an empty box for nowhere.
    void setMark(const base::Rectangle &box, const QString &text);
    /// A sentence in the middle while there is no picture.
    void setMessage(const QString &message);
    void setTool(Tool tool);
    [[nodiscard]] Tool tool() const { return m_tool; }
    [[nodiscard]] const PictureGeometry &geometryOfPicture() const { return m_geometry; }

public slots:
    void zoomIn();
    void zoomOut();
    void zoomToFit();
    void zoomToPixels(); ///< one picture pixel a screen pixel

signals:
    void pointed(std::int64_t track); ///< clicked; 0 for nothing
    void zonePointed(std::int64_t zone);
    void boxDrawn(const doorveil::base::Rectangle &box);
    void boxChanged(std::int64_t track, const doorveil::base::Rectangle &box, bool resized);
    void zoneDrawn(const doorveil::base::Polygon &polygon);
    void toolChanged(doorveil::ui::PictureView::Tool tool);
    void playWanted(); ///< the space bar
    void menuWanted(const QPoint &globalPosition);
    void zoomChanged();

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    enum class Drag { None, Pan, Box, Draw };

    void paintPicture(QPainter &painter);
    void paintBoxes(QPainter &painter);
    void paintBox(QPainter &painter, const PictureBox &box) const;
    void paintZones(QPainter &painter) const;
    void paintMark(QPainter &painter) const;
    void paintDrawing(QPainter &painter) const;
    void paintBanner(QPainter &painter) const;
    void paintLabel(QPainter &painter, QPointF corner, const QString &text, const QColor &colour) const;
    [[nodiscard]] std::vector<PointedArea> pointedAreas() const;
    [[nodiscard]] std::int64_t zoneAt(QPointF point) const;
    [[nodiscard]] bool showsAll() const { return m_mode != ViewMode::Covered; }
    void updateHover(QPointF point);
    void finishZone();
    void cancelDrawing();

    const Theme &m_theme;
    PictureGeometry m_geometry;
    QImage m_picture;
    quint64 m_picturesShown = 0;
    QPixmap m_scaled; ///< of the whole picture, as it lies in the view; null where it has to be made again
    QRectF m_scaledArea;
    QString m_message;
    ViewMode m_mode = ViewMode::Covered;
    Tool m_tool = Tool::Select;
    std::vector<PictureBox> m_boxes;
    std::vector<PictureZone> m_zones;

    PictureHit m_hover;
    Drag m_drag = Drag::None;
    PictureHit m_dragged;
    base::Rectangle m_dragBox; ///< before the drag
    base::Rectangle m_dragNow;
    QPointF m_dragStart;
    QPointF m_dragLast;
    base::Rectangle m_mark;
    QString m_markText;
    base::Polygon m_corners; ///< of a zone that is being drawn
};

} // namespace doorveil::ui
