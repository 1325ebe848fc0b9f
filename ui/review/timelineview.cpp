// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/timelineview.h"

#include "review/reviewedits.h"
#include "review/subjects.h"
#include "theme/theme.h"

#include "base/mediatime.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>
#include <QScrollBar>
#include <QToolTip>
#include <QWheelEvent>

#include <algorithm>
#include <cmath>

namespace doorveil::ui {

namespace {

constexpr double nameWidth = 136.0;
constexpr double rulerHeight = 24.0;
constexpr double watchedHeight = 6.0;
constexpr double soundHeight = 30.0;
constexpr double zonesHeight = 16.0;
constexpr double laneHeight = 22.0;
constexpr double handleReach = 6.0;
constexpr double snapReach = 6.0;
constexpr double zoomStep = 1.3;
constexpr int barScale = 1000; // steps of the horizontal scroll bar a view width

/// 0 to 1, as ears hear it: linear in decibels over the loudest 45 of them, so that speech on a porch can be seen.
double loudness(std::uint8_t level)
{
    constexpr double range = 45.0;
    return level == 0 ? 0.0 : std::clamp(1.0 + 20.0 * std::log10(level / 255.0) / range, 0.0, 1.0);
}

QString markText(std::int64_t milliseconds, std::int64_t step)
{
    const std::int64_t seconds = milliseconds / 1000;
    QString text = QStringLiteral("%1:%2").arg(seconds / 60 % 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    if (seconds >= 3600)
        text = QStringLiteral("%1:%2").arg(seconds / 3600).arg(text.rightJustified(5, QLatin1Char('0')));
    if (step < 1000)
        text += QStringLiteral(".%1").arg(milliseconds % 1000, 3, 10, QLatin1Char('0')).left(step < 100 ? 4 : 2);
    return text;
}

} // namespace

TimelineView::TimelineView(const Theme &theme, QWidget *parent) : QAbstractScrollArea(parent), m_theme(theme)
{
    setObjectName(QStringLiteral("timelineView"));
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Timeline"));
    viewport()->setMouseTracking(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    connect(&theme, &Theme::changed, this, [this] { viewport()->update(); });
    layOut();
}

TimelineView::~TimelineView() = default;

QSize TimelineView::sizeHint() const
{
    return {640, 190};
}

QSize TimelineView::minimumSizeHint() const
{
    return {320, 110};
}

void TimelineView::clear()
{
    m_document.reset();
    m_lanes.clear();
    m_shapes.clear();
    m_watched.clear();
    m_sound.reset();
    m_selection.reset();
    m_draggedTrim.reset();
    m_drag = Part::None;
    m_selectedTrack = 0;
    m_position = 0;
    m_scale = {};
    layOut();
}

void TimelineView::setDocument(std::shared_ptr<const project::ReviewDocument> document, std::vector<TimelineLane> lanes)
{
    const base::TimeRange clip = wholeClip(document->source);
    m_document = std::move(document);
    m_lanes = std::move(lanes);
    m_shapes.assign(m_lanes.size(), std::nullopt);
    m_watched = m_document->watched;
    if (!(m_scale.clip() == clip) || !(m_scale.timeBase() == m_document->source.info.timeBase))
        m_scale = TimeScale(clip, m_document->source.info.timeBase);
    layOut();
}

void TimelineView::setWatched(const std::vector<base::TimeRange> &watched)
{
    m_watched = watched;
    viewport()->update();
}

void TimelineView::setSound(std::shared_ptr<const pipeline::ClipSound> sound)
{
    m_sound = std::move(sound);
    layOut();
}

void TimelineView::setPosition(std::int64_t ticks, bool playing)
{
    m_position = ticks;
    // While the owner drags, the view stands still under the pointer.
    if (m_document && m_drag == Part::None && (playing || hasFocus()) && !m_scale.showsAll()) {
        m_scale.makeVisible(ticks);
        updateBars();
    }
    viewport()->update();
}

void TimelineView::setSelectedTrack(std::int64_t track)
{
    m_selectedTrack = track;
    const auto found =
        std::find_if(m_lanes.begin(), m_lanes.end(), [track](const TimelineLane &lane) { return lane.track == track; });
    if (found != m_lanes.end()) {
        const double top = double(found - m_lanes.begin()) * m_layout.laneHeight;
        if (top < m_layout.offset)
            verticalScrollBar()->setValue(int(top));
        else if (top + m_layout.laneHeight > m_layout.offset + m_layout.viewHeight)
            verticalScrollBar()->setValue(int(std::ceil(top + m_layout.laneHeight - m_layout.viewHeight)));
    }
    viewport()->update();
}

void TimelineView::setSelection(std::optional<base::TimeRange> range)
{
    if (m_selection == range)
        return;
    m_selection = range;
    viewport()->update();
    emit selectionChanged();
}

void TimelineView::zoomIn()
{
    m_scale.zoom(zoomStep, m_scale.xOf(m_position));
    updateBars();
    viewport()->update();
}

void TimelineView::zoomOut()
{
    m_scale.zoom(1.0 / zoomStep, m_scale.xOf(m_position));
    updateBars();
    viewport()->update();
}

void TimelineView::showAll()
{
    m_scale.showAll();
    updateBars();
    viewport()->update();
}

// --- layout ---------------------------------------------------------------------------------------------------------

double TimelineView::soundTop() const
{
    return rulerHeight + watchedHeight;
}

double TimelineView::zonesTop() const
{
    return soundTop() + (m_sound && m_sound->channels > 0 ? soundHeight : 0.0);
}

void TimelineView::layOut()
{
    const double zones = m_document && !m_document->zones.empty() ? zonesHeight : 0.0;
    m_layout.top = zonesTop() + zones;
    m_layout.laneHeight = laneHeight;
    m_layout.count = m_lanes.size();
    m_layout.viewHeight = std::max(0.0, viewport()->height() - m_layout.top);
    m_scale.setWidth(std::max(1.0, viewport()->width() - nameWidth - 8));
    updateBars();
    viewport()->update();
}

void TimelineView::updateBars()
{
    m_updatingBars = true;
    verticalScrollBar()->setRange(0, int(std::ceil(m_layout.largestOffset())));
    verticalScrollBar()->setPageStep(std::max(1, int(m_layout.viewHeight)));
    verticalScrollBar()->setSingleStep(int(laneHeight));
    m_layout.offset = verticalScrollBar()->value();
    const base::TimeRange clip = m_scale.clip();
    const double shown = m_scale.width() * m_scale.ticksPerPixel();
    const double length = double(clip.end - clip.begin);
    const double first = double(m_scale.visible().begin - clip.begin);
    horizontalScrollBar()->setRange(0, m_scale.showsAll() ? 0 : int((length - shown) / shown * barScale));
    horizontalScrollBar()->setPageStep(barScale);
    horizontalScrollBar()->setSingleStep(barScale / 10);
    horizontalScrollBar()->setValue(int(first / shown * barScale));
    m_updatingBars = false;
}

void TimelineView::scrollContentsBy(int x, int)
{
    if (m_updatingBars)
        return;
    m_layout.offset = verticalScrollBar()->value();
    if (x != 0)
        m_scale.scroll(-double(x) / barScale * m_scale.width());
    viewport()->update();
}

void TimelineView::resizeEvent(QResizeEvent *)
{
    layOut();
}

base::TimeRange TimelineView::kept() const
{
    return m_draggedTrim ? *m_draggedTrim : keptRange(*m_document);
}

const TrackShape &TimelineView::shapeOfLane(std::size_t lane) const
{
    std::optional<TrackShape> &shape = m_shapes[lane];
    if (!shape) {
        const auto &tracks = m_document->tracks;
        const auto found = std::lower_bound(tracks.begin(), tracks.end(), m_lanes[lane].track,
                                            [](const base::Track &track, std::int64_t id) { return track.id < id; });
        shape = found != tracks.end() && found->id == m_lanes[lane].track ? shapeOf(*found, m_document->source.frames)
                                                                          : TrackShape{};
    }
    return *shape;
}

TimelineView::Part TimelineView::partAt(QPointF point) const
{
    if (!m_document)
        return Part::None;
    if (point.y() < soundTop()) {
        const base::TimeRange range = kept();
        if (std::abs(timeX(point) - m_scale.xOf(range.begin)) <= handleReach)
            return Part::TrimBegin;
        if (std::abs(timeX(point) - m_scale.xOf(range.end)) <= handleReach)
            return Part::TrimEnd;
        return point.x() >= nameWidth ? Part::Ruler : Part::None;
    }
    if (point.y() < zonesTop())
        return Part::Sound;
    return point.y() < m_layout.top ? Part::Zones : Part::Lanes;
}

double TimelineView::timeX(QPointF point) const
{
    return point.x() - nameWidth;
}

std::int64_t TimelineView::snappedTime(QPointF point) const
{
    const std::int64_t ticks = m_scale.ticksAt(timeX(point));
    std::vector<std::int64_t> candidates{m_scale.clip().begin, m_scale.clip().end, m_position};
    for (const base::TimeRange &muted : m_document->settings.mutedRanges) {
        candidates.push_back(muted.begin);
        candidates.push_back(muted.end);
    }
    for (std::size_t lane = m_layout.firstVisible(); lane < m_layout.endVisible(); ++lane) {
        for (const TrackSpan &span : shapeOfLane(lane).spans) {
            candidates.push_back(span.range.begin);
            candidates.push_back(span.range.end);
        }
    }
    return snapped(m_scale, ticks, candidates, snapReach);
}

// --- painting -------------------------------------------------------------------------------------------------------

void TimelineView::paintEvent(QPaintEvent *)
{
    QPainter painter(viewport());
    const ThemeColours &colours = m_theme.colours();
    painter.fillRect(viewport()->rect(), colours.surface);
    m_lanesPainted = 0;
    if (!m_document)
        return;
    paintLanes(painter);
    painter.fillRect(QRectF(0, 0, viewport()->width(), m_layout.top), colours.surface);
    paintZones(painter);
    paintSound(painter);
    paintRuler(painter);
    paintWatched(painter);
    paintOutsideTrim(painter);
    paintCursor(painter);
    if (hasFocus()) {
        painter.setPen(QPen(colours.accent, 2));
        painter.setBrush(Qt::NoBrush);
        painter.drawRect(viewport()->rect().adjusted(1, 1, -1, -1));
    }
}

void TimelineView::paintName(QPainter &painter, double top, double height, const QString &text, bool strong) const
{
    const ThemeColours &colours = m_theme.colours();
    QFont named = font();
    named.setPointSizeF(std::max(7.5, named.pointSizeF() * 0.9));
    named.setBold(strong);
    painter.setFont(named);
    painter.setPen(strong ? colours.text : colours.mutedText);
    const QRectF area(20, top, nameWidth - 26, height);
    painter.drawText(area, Qt::AlignVCenter | Qt::AlignLeft,
                     QFontMetricsF(named).elidedText(text, Qt::ElideRight, area.width()));
}

void TimelineView::paintRuler(QPainter &painter) const
{
    const ThemeColours &colours = m_theme.colours();
    painter.fillRect(QRectF(0, 0, viewport()->width(), rulerHeight), colours.raised);
    const std::int64_t step = m_scale.markMilliseconds(72.0);
    const base::TimeRange visible = m_scale.visible();
    const base::Rational base = m_scale.timeBase();
    const std::int64_t start = m_scale.clip().begin;
    QFont small = font();
    small.setPointSizeF(std::max(7.0, small.pointSizeF() * 0.85));
    painter.setFont(small);
    const std::int64_t firstMark = std::max<std::int64_t>(0, base::toMilliseconds(visible.begin - start, base)) / step;
    for (std::int64_t mark = firstMark; mark - firstMark < 4000; ++mark) {
        const double x = nameWidth + m_scale.xOf(start + base::rescale(mark * step, {1, 1000}, base));
        if (x > viewport()->width())
            break;
        if (x < nameWidth - 1)
            continue;
        painter.setPen(colours.border);
        painter.drawLine(QPointF(x, rulerHeight - 7), QPointF(x, rulerHeight - 1));
        painter.setPen(colours.mutedText);
        painter.drawText(QPointF(x + 3, rulerHeight - 8), markText(mark * step, step));
    }
    if (m_selection) {
        QColor fill = colours.accent;
        fill.setAlpha(60);
        const double left = nameWidth + m_scale.xOf(m_selection->begin);
        const double right = nameWidth + m_scale.xOf(m_selection->end);
        painter.setClipRect(QRectF(nameWidth, 0, viewport()->width() - nameWidth, viewport()->height()));
        painter.fillRect(QRectF(left, 0, right - left, viewport()->height()), fill);
        painter.setPen(QPen(colours.accent, 1));
        painter.drawLine(QPointF(left, 0), QPointF(left, viewport()->height()));
        painter.drawLine(QPointF(right, 0), QPointF(right, viewport()->height()));
        painter.setClipping(false);
    }
}

void TimelineView::paintWatched(QPainter &painter) const
{
    const ThemeColours &colours = m_theme.colours();
    const QRectF bar(nameWidth, rulerHeight, m_scale.width(), watchedHeight);
    painter.fillRect(QRectF(0, rulerHeight, viewport()->width(), watchedHeight), colours.raised);
    painter.fillRect(bar.adjusted(0, 1, 0, -1), colours.border);
    painter.setClipRect(bar);
    for (const base::TimeRange &range : m_watched) {
        const double left = nameWidth + m_scale.xOf(range.begin);
        const double right = nameWidth + m_scale.xOf(range.end);
        if (right >= nameWidth && left <= bar.right())
            painter.fillRect(QRectF(left, rulerHeight + 1, std::max(1.0, right - left), watchedHeight - 2),
                             colours.success);
    }
    painter.setClipping(false);
}

void TimelineView::paintSound(QPainter &painter) const
{
    if (!m_sound || m_sound->channels <= 0)
        return;
    const ThemeColours &colours = m_theme.colours();
    const double top = soundTop();
    const double middle = top + soundHeight / 2;
    const bool kept = m_document->settings.keepAudio;
    paintName(painter, top, soundHeight, kept ? tr("Sound") : tr("Sound (left out)"), false);
    const int width = std::max(1, int(m_scale.width()));
    const base::TimeRange visible = m_scale.visible();
    const base::Rational clock{1, m_sound->sampleRate};
    const std::vector<std::uint8_t> levels =
        pipeline::soundLevels(*m_sound, base::rescale(visible.begin, m_scale.timeBase(), clock),
                              base::rescale(visible.end, m_scale.timeBase(), clock), std::size_t(width));
    QPainterPath wave;
    for (int x = 0; x < width; ++x) {
        const double half = std::max(0.5, loudness(levels[std::size_t(x)]) * (soundHeight / 2 - 3));
        wave.addRect(QRectF(nameWidth + x, middle - half, 1, 2 * half));
    }
    painter.fillPath(wave, kept ? colours.accent : colours.border);
    painter.setClipRect(QRectF(nameWidth, top, m_scale.width(), soundHeight));
    for (const base::TimeRange &muted : m_document->settings.mutedRanges) {
        const double left = nameWidth + m_scale.xOf(muted.begin);
        const double right = nameWidth + m_scale.xOf(muted.end);
        if (right < nameWidth || left > viewport()->width())
            continue;
        const QRectF area(left, top + 1, std::max(2.0, right - left), soundHeight - 2);
        painter.fillRect(area, colours.dangerSoft);
        painter.fillRect(area, QBrush(colours.danger, Qt::BDiagPattern));
        painter.setPen(colours.danger);
        painter.drawRect(area);
    }
    painter.setClipping(false);
    painter.setPen(colours.border);
    painter.drawLine(QPointF(0, top + soundHeight - 0.5), QPointF(viewport()->width(), top + soundHeight - 0.5));
}

void TimelineView::paintZones(QPainter &painter) const
{
    if (m_document->zones.empty())
        return;
    const ThemeColours &colours = m_theme.colours();
    const double top = zonesTop();
    paintName(painter, top, zonesHeight, tr("Zones"), false);
    const base::TimeRange clip = m_scale.clip();
    painter.setClipRect(QRectF(nameWidth, top, m_scale.width(), zonesHeight));
    for (const base::Zone &zone : m_document->zones) {
        const base::TimeRange range = zone.range.value_or(clip);
        const QRectF area(nameWidth + m_scale.xOf(range.begin), top + 4,
                          (double(range.end) - double(range.begin)) / m_scale.ticksPerPixel(), zonesHeight - 8);
        QColor fill = colours.warning;
        fill.setAlpha(110);
        painter.fillRect(area, fill);
        painter.setPen(colours.warning);
        painter.drawRect(area);
    }
    painter.setClipping(false);
    painter.setPen(colours.border);
    painter.drawLine(QPointF(0, top + zonesHeight - 0.5), QPointF(viewport()->width(), top + zonesHeight - 0.5));
}

void TimelineView::paintLanes(QPainter &painter)
{
    if (m_lanes.empty()) {
        painter.setPen(m_theme.colours().mutedText);
        painter.drawText(QRectF(0, m_layout.top, viewport()->width(), m_layout.viewHeight), Qt::AlignCenter,
                         tr("Nobody was found in this clip. Press D to draw a cover yourself."));
        return;
    }
    for (std::size_t lane = m_layout.firstVisible(); lane < m_layout.endVisible(); ++lane) {
        paintLane(painter, lane);
        ++m_lanesPainted;
    }
}

void TimelineView::paintLane(QPainter &painter, std::size_t lane) const
{
    const ThemeColours &colours = m_theme.colours();
    const TimelineLane &about = m_lanes[lane];
    const double top = m_layout.yOf(lane);
    const bool selected = about.track == m_selectedTrack;
    if (selected)
        painter.fillRect(QRectF(0, top, viewport()->width(), laneHeight), colours.accentSoft);
    painter.setPen(colours.border);
    painter.drawLine(QPointF(0, top + laneHeight - 0.5), QPointF(viewport()->width(), top + laneHeight - 0.5));
    const bool shown = about.decision.kind == base::DecisionKind::Show;
    const bool dismissed = about.decision.kind == base::DecisionKind::Dismissed;
    paintName(painter, top, laneHeight, shown ? tr("%1 · shown").arg(about.name) : about.name, selected);
    const QColor colour = dismissed ? colours.mutedText : about.colour;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colour);
    painter.drawRoundedRect(QRectF(8, top + 6, 6, laneHeight - 12), 2, 2);
    painter.setRenderHint(QPainter::Antialiasing, false);

    const QRectF room(nameWidth, top, m_scale.width(), laneHeight);
    painter.setClipRect(room.intersected(QRectF(0, m_layout.top, viewport()->width(), m_layout.viewHeight)));
    const TrackShape &shape = shapeOfLane(lane);
    const base::TimeRange visible = m_scale.visible();
    auto span = std::lower_bound(shape.spans.begin(), shape.spans.end(), visible.begin,
                                 [](const TrackSpan &one, std::int64_t begin) { return one.range.end < begin; });
    for (; span != shape.spans.end() && span->range.begin <= visible.end; ++span) {
        const double left = nameWidth + m_scale.xOf(span->range.begin);
        const double right = nameWidth + m_scale.xOf(span->range.end);
        const QRectF bar(left, top + 5, std::max(2.0, right - left), laneHeight - 10);
        if (dismissed) {
            painter.setPen(QPen(colour, 1, Qt::DotLine));
            painter.drawLine(QPointF(bar.left(), bar.center().y()), QPointF(bar.right(), bar.center().y()));
            continue;
        }
        QColor soft = colour;
        soft.setAlpha(70);
        switch (span->kind) {
        case SpanKind::Seen:
            painter.fillRect(bar, shown ? soft : colour);
            break;
        case SpanKind::Bridged:
            painter.fillRect(bar, soft);
            painter.fillRect(bar, QBrush(colour, Qt::BDiagPattern));
            break;
        case SpanKind::Followed:
        case SpanKind::Extended:
            painter.fillRect(bar, soft);
            break;
        }
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(colour, 1, span->kind == SpanKind::Seen ? Qt::SolidLine : Qt::DotLine));
        painter.drawRect(bar.adjusted(0, 0, -1, -1));
    }
    painter.setRenderHint(QPainter::Antialiasing);
    auto key = std::lower_bound(shape.keyframes.begin(), shape.keyframes.end(), visible.begin);
    for (; key != shape.keyframes.end() && *key <= visible.end; ++key) {
        const QPointF middle(nameWidth + m_scale.xOf(*key), top + laneHeight / 2);
        const QPointF diamond[4] = {middle - QPointF(0, 6), middle + QPointF(5, 0), middle + QPointF(0, 6),
                                    middle - QPointF(5, 0)};
        painter.setPen(QPen(colours.surface, 1.5));
        painter.setBrush(colours.text);
        painter.drawConvexPolygon(diamond, 4);
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipping(false);
}

void TimelineView::paintOutsideTrim(QPainter &painter) const
{
    const ThemeColours &colours = m_theme.colours();
    const base::TimeRange range = kept();
    const base::TimeRange clip = m_scale.clip();
    const double begin = nameWidth + m_scale.xOf(range.begin);
    const double end = nameWidth + m_scale.xOf(range.end);
    const double height = viewport()->height();
    QColor veil = colours.window;
    veil.setAlpha(190);
    painter.setClipRect(QRectF(nameWidth - handleReach, 0, m_scale.width() + 2 * handleReach, height));
    if (range.begin > clip.begin)
        painter.fillRect(QRectF(nameWidth, 0, begin - nameWidth, height), veil);
    if (range.end < clip.end)
        painter.fillRect(QRectF(end, 0, nameWidth + m_scale.width() - end, height), veil);
    // Brackets to take hold of, also while nothing is trimmed.
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.text, 2));
    for (const auto &[x, inwards] : {std::pair(begin, 1.0), std::pair(end, -1.0)}) {
        painter.drawLine(QPointF(x, 2), QPointF(x, rulerHeight + watchedHeight));
        painter.drawLine(QPointF(x, 2), QPointF(x + 5 * inwards, 2));
        painter.drawLine(QPointF(x, rulerHeight + watchedHeight),
                         QPointF(x + 5 * inwards, rulerHeight + watchedHeight));
    }
    painter.setRenderHint(QPainter::Antialiasing, false);
    painter.setClipping(false);
}

void TimelineView::paintCursor(QPainter &painter) const
{
    const ThemeColours &colours = m_theme.colours();
    const double x = nameWidth + m_scale.xOf(m_position);
    if (x < nameWidth - 1 || x > viewport()->width())
        return;
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(colours.danger, 1.5));
    painter.drawLine(QPointF(x, 0), QPointF(x, viewport()->height()));
    const QPointF head[3] = {QPointF(x - 5, 0), QPointF(x + 5, 0), QPointF(x, 8)};
    painter.setPen(Qt::NoPen);
    painter.setBrush(colours.danger);
    painter.drawConvexPolygon(head, 3);
    painter.setRenderHint(QPainter::Antialiasing, false);
}

// --- pointing -------------------------------------------------------------------------------------------------------

void TimelineView::mousePressEvent(QMouseEvent *event)
{
    if (!m_document || event->button() != Qt::LeftButton)
        return;
    const QPointF point = event->position();
    m_drag = partAt(point);
    m_dragSelects = m_drag == Part::Sound || (m_drag == Part::Ruler && event->modifiers().testFlag(Qt::ShiftModifier));
    m_dragStart = m_scale.ticksAt(timeX(point));
    switch (m_drag) {
    case Part::TrimBegin:
    case Part::TrimEnd:
        m_draggedTrim = keptRange(*m_document);
        break;
    case Part::Ruler:
        if (!m_dragSelects) {
            setSelection(std::nullopt);
            emit seekWanted(m_dragStart);
        }
        break;
    case Part::Sound:
        setSelection(std::nullopt);
        if (point.x() >= nameWidth)
            emit seekWanted(m_dragStart);
        break;
    case Part::Zones:
        for (const base::Zone &zone : m_document->zones) {
            if (!zone.range || zone.range->contains(m_dragStart)) {
                emit zonePointed(zone.id);
                break;
            }
        }
        if (point.x() >= nameWidth)
            emit seekWanted(m_dragStart);
        break;
    case Part::Lanes:
        if (const auto lane = m_layout.laneAt(point.y()))
            emit trackPointed(m_lanes[*lane].track);
        if (point.x() >= nameWidth)
            emit seekWanted(m_dragStart);
        break;
    case Part::None:
        break;
    }
}

void TimelineView::mouseMoveEvent(QMouseEvent *event)
{
    if (!m_document)
        return;
    const QPointF point = event->position();
    switch (m_drag) {
    case Part::None: {
        const Part part = partAt(point);
        viewport()->setCursor(part == Part::TrimBegin || part == Part::TrimEnd ? Qt::SizeHorCursor
                              : part == Part::Sound                            ? Qt::IBeamCursor
                                                                               : Qt::ArrowCursor);
        return;
    }
    case Part::TrimBegin:
        m_draggedTrim->begin = std::min(snappedTime(point), m_draggedTrim->end - 1);
        emit seekWanted(m_draggedTrim->begin);
        break;
    case Part::TrimEnd:
        m_draggedTrim->end = std::max(snappedTime(point), m_draggedTrim->begin + 1);
        emit seekWanted(m_draggedTrim->end - 1);
        break;
    case Part::Ruler:
    case Part::Sound:
        if (m_dragSelects) {
            const std::int64_t now = snappedTime(point);
            if (std::abs(double(now - m_dragStart)) > 2 * m_scale.ticksPerPixel())
                setSelection(base::TimeRange{std::min(now, m_dragStart), std::max(now, m_dragStart)});
        } else {
            emit seekWanted(m_scale.ticksAt(timeX(point)));
        }
        break;
    case Part::Zones:
    case Part::Lanes:
        emit seekWanted(m_scale.ticksAt(timeX(point)));
        break;
    }
    viewport()->update();
}

void TimelineView::mouseReleaseEvent(QMouseEvent *)
{
    const Part part = std::exchange(m_drag, Part::None);
    if ((part == Part::TrimBegin || part == Part::TrimEnd) && m_draggedTrim) {
        const base::TimeRange trim = *m_draggedTrim;
        m_draggedTrim.reset();
        if (trim != keptRange(*m_document))
            emit trimChanged(trim);
    }
    viewport()->update();
}

void TimelineView::wheelEvent(QWheelEvent *event)
{
    const QPoint angle = event->angleDelta();
    if (event->modifiers().testFlag(Qt::ControlModifier)) {
        m_scale.zoom(std::pow(zoomStep, angle.y() / 120.0), timeX(event->position()));
    } else if (event->modifiers().testFlag(Qt::ShiftModifier) || std::abs(angle.x()) > std::abs(angle.y())) {
        m_scale.scroll(-double(angle.x() != 0 ? angle.x() : angle.y()));
    } else {
        verticalScrollBar()->setValue(verticalScrollBar()->value() - angle.y() / 3);
        event->accept();
        return;
    }
    updateBars();
    viewport()->update();
    event->accept();
}

void TimelineView::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space) {
        emit playWanted();
        return;
    }
    if (event->key() == Qt::Key_Up || event->key() == Qt::Key_Down) {
        const auto current = std::find_if(m_lanes.begin(), m_lanes.end(),
                                          [this](const TimelineLane &lane) { return lane.track == m_selectedTrack; });
        std::ptrdiff_t lane = current == m_lanes.end() ? -1 : current - m_lanes.begin();
        lane = event->key() == Qt::Key_Up ? std::max<std::ptrdiff_t>(0, lane - 1)
                                          : std::min<std::ptrdiff_t>(lane + 1, std::ptrdiff_t(m_lanes.size()) - 1);
        if (lane >= 0)
            emit trackPointed(m_lanes[std::size_t(lane)].track);
        return;
    }
    event->ignore(); // not to the scroll area: it would take the arrows
}

void TimelineView::contextMenuEvent(QContextMenuEvent *event)
{
    if (!m_document)
        return;
    if (partAt(event->pos()) == Part::Lanes) {
        if (const auto lane = m_layout.laneAt(event->pos().y()))
            emit trackPointed(m_lanes[*lane].track);
    }
    emit menuWanted(event->globalPos());
}

bool TimelineView::viewportEvent(QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !m_document)
        return QAbstractScrollArea::viewportEvent(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    QString text;
    switch (partAt(help->pos())) {
    case Part::TrimBegin:
    case Part::TrimEnd:
        text = tr("Drag to choose the part of the clip to keep");
        break;
    case Part::Ruler:
        text =
            tr("Drag to move through the clip. Shift and drag: choose a stretch. Ctrl and wheel: zoom. The green line "
               "shows what you have watched");
        break;
    case Part::Sound:
        text = tr("Drag to choose a stretch of sound, then press M to mute it");
        break;
    case Part::Zones:
        text = tr("Areas that are always covered");
        break;
    case Part::Lanes:
        text = tr(
            "Solid: found. Hatched: a gap that was bridged. Pale: followed or held. ◆: set by you. Pale with a solid "
            "edge: shown");
        break;
    case Part::None:
        break;
    }
    QToolTip::showText(help->globalPos(), text, viewport());
    return true;
}

} // namespace doorveil::ui
