// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/timescale.h"
#include "review/trackshape.h"

#include "base/track.h"
#include "pipeline/clipsound.h"
#include "project/reviewdocument.h"

#include <QAbstractScrollArea>
#include <QColor>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::ui {

class Theme;

/// One lane of the timeline.
struct TimelineLane
{
    std::int64_t track = 0;
    QString name;
    QColor colour;
    base::Decision decision;
};

/// The clip's time from left to right: ruler with what was watched and the trim, sound with its muted stretches, zones,
/// and a lane for every track. Paints only what is in view, and looks at a track only when its lane comes into view, so
/// that a thousand tracks of an hour cost no more than ten. Decides nothing: it tells what the owner did.
class TimelineView final : public QAbstractScrollArea
{
    Q_OBJECT

public:
    explicit TimelineView(const Theme &theme, QWidget *parent = nullptr);
    ~TimelineView() override;

    void clear();
    /// The document and its lanes, from top to bottom. Zoom and scroll stay where the clip is the same.
    void setDocument(std::shared_ptr<const project::ReviewDocument> document, std::vector<TimelineLane> lanes);
    /// What has been watched changes without a change of the document's lanes.
    void setWatched(const std::vector<base::TimeRange> &watched);
    void setSound(std::shared_ptr<const pipeline::ClipSound> sound);
    void setPosition(std::int64_t ticks, bool playing);
    void setSelectedTrack(std::int64_t track);
    /// A stretch of time: for muting, for the loop, for zones.
    void setSelection(std::optional<base::TimeRange> range);
    [[nodiscard]] const std::optional<base::TimeRange> &selection() const { return m_selection; }
    [[nodiscard]] const TimeScale &scale() const { return m_scale; }
    [[nodiscard]] const LaneLayout &lanes() const { return m_layout; }
    /// How many lanes the last painting looked at: for a test that it does not look at all of them.
    [[nodiscard]] std::size_t lanesPainted() const { return m_lanesPainted; }
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

public slots:
    void zoomIn();
    void zoomOut();
    void showAll();

signals:
    void seekWanted(std::int64_t ticks);
    void trackPointed(std::int64_t track);
    void zonePointed(std::int64_t zone);
    void trimChanged(const doorveil::base::TimeRange &trim);
    void selectionChanged();
    void playWanted();
    void menuWanted(const QPoint &globalPosition);

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void scrollContentsBy(int x, int y) override;

private:
    enum class Part { None, Ruler, TrimBegin, TrimEnd, Sound, Zones, Lanes };

    void layOut();
    void updateBars();
    [[nodiscard]] double soundTop() const;
    [[nodiscard]] double zonesTop() const;
    [[nodiscard]] Part partAt(QPointF point) const;
    [[nodiscard]] double timeX(QPointF point) const;
    [[nodiscard]] std::int64_t snappedTime(QPointF point) const;
    [[nodiscard]] base::TimeRange kept() const;
    [[nodiscard]] const TrackShape &shapeOfLane(std::size_t lane) const;

    void paintRuler(QPainter &painter) const;
    void paintWatched(QPainter &painter) const;
    void paintSound(QPainter &painter) const;
    void paintZones(QPainter &painter) const;
    void paintLanes(QPainter &painter);
    void paintLane(QPainter &painter, std::size_t lane) const;
    void paintOutsideTrim(QPainter &painter) const;
    void paintCursor(QPainter &painter) const;
    void paintName(QPainter &painter, double top, double height, const QString &text, bool strong) const;

    const Theme &m_theme;
    std::shared_ptr<const project::ReviewDocument> m_document;
    std::vector<TimelineLane> m_lanes;
    mutable std::vector<std::optional<TrackShape>> m_shapes; ///< by lane, made when they come into view
    std::vector<base::TimeRange> m_watched;
    std::shared_ptr<const pipeline::ClipSound> m_sound;
    TimeScale m_scale;
    LaneLayout m_layout;
    std::int64_t m_position = 0;
    std::int64_t m_selectedTrack = 0;
    std::optional<base::TimeRange> m_selection;
    std::optional<base::TimeRange> m_draggedTrim;
    Part m_drag = Part::None;
    std::int64_t m_dragStart = 0;
    bool m_dragSelects = false;
    bool m_updatingBars = false;
    std::size_t m_lanesPainted = 0;
};

} // namespace doorveil::ui
