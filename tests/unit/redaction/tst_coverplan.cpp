// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/coverplan.h"
#include "redaction/regiongeometry.h"

#include <QTest>

#include <limits>

using namespace doorveil;
using base::CoverScope;
using base::CoverStyle;
using base::DecisionKind;
using base::Observation;
using base::Origin;
using base::Rectangle;
using base::Track;
using base::TrackKind;
using redaction::CoverPlan;
using redaction::CoverRegion;
using redaction::CoverSettings;

namespace {

constexpr base::Size picture{1000, 800};

Track track(std::int64_t id, TrackKind kind, Rectangle box, std::int64_t pts = 0)
{
    Track made;
    made.id = id;
    made.kind = kind;
    made.observations = {{pts, box, Origin::Detected, 0.8F}};
    return made;
}

CoverSettings scope(CoverScope wanted)
{
    CoverSettings settings;
    settings.scope = wanted;
    return settings;
}

bool contains(const Rectangle &outer, const Rectangle &inner)
{
    return outer.intersected(inner) == inner;
}

std::vector<std::int64_t> ids(const std::vector<CoverRegion> &regions)
{
    std::vector<std::int64_t> result;
    for (const CoverRegion &region : regions)
        result.push_back(region.track);
    return result;
}

using Ids = std::vector<std::int64_t>;

const Rectangle standing{400, 200, 120, 400};
/// A face where a standing person of that box has it.
const Rectangle faceOfStanding{442, 214, 34, 42};

} // namespace

class CoverPlanTest : public QObject
{
    Q_OBJECT

private slots:
    void everyBoxIsDilated();
    void dilationIsNeverLess();
    void headIsLargerThanFace();
    void headOfPersons();
    void scopes();
    void personWithFaceHasOneRegion();
    void unsureFacesLeaveTheBodysRegion();
    void closeUpHasOneRegion();
    void otherFacesTakeNothingAway();
    void coverFlickersNot();
    void shownAndDismissedAreNotCovered();
    void coverWinsOverShown();
    void regionsAreClamped();
    void zones();
    void stylesAndFields();
    void absurdBoxes();
};

void CoverPlanTest::everyBoxIsDilated()
{
    const Rectangle box{300, 300, 50, 70};
    for (const CoverScope wanted : {CoverScope::Face, CoverScope::Head, CoverScope::Person}) {
        for (const TrackKind kind :
             {TrackKind::Face, TrackKind::Head, TrackKind::Plate, TrackKind::Region, TrackKind::Person}) {
            const auto regions = CoverPlan({track(1, kind, box)}, {}, picture, scope(wanted)).at(0);
            if (kind == TrackKind::Person && wanted != CoverScope::Person)
                continue; // a part of the box: headOfPersons()
            QCOMPARE(int(regions.size()), 1);
            QVERIFY(contains(regions.front().region, {300 - 15, 300 - 21, 50 + 30, 70 + 42}));
        }
    }
    const auto tiny = CoverPlan({track(1, TrackKind::Face, {300, 300, 6, 6})}, {}, picture, scope(CoverScope::Face));
    QCOMPARE(tiny.at(0).front().region, (Rectangle{296, 296, 14, 14}));
}

void CoverPlanTest::dilationIsNeverLess()
{
    CoverSettings settings = scope(CoverScope::Face);
    for (const double dilation : {0.0, -1.0, 0.1, std::numeric_limits<double>::quiet_NaN()}) {
        settings.dilation = dilation;
        const CoverPlan plan({track(1, TrackKind::Face, {300, 300, 50, 50})}, {}, picture, settings);
        QCOMPARE(plan.at(0).front().region, (Rectangle{285, 285, 80, 80}));
    }
    settings.dilation = 0.5;
    const CoverPlan plan({track(1, TrackKind::Face, {300, 300, 50, 50})}, {}, picture, settings);
    QCOMPARE(plan.at(0).front().region, (Rectangle{275, 275, 100, 100}));
}

void CoverPlanTest::headIsLargerThanFace()
{
    const Rectangle face{300, 300, 100, 120};
    const Rectangle head = redaction::headOfFace(face);
    QVERIFY(contains(head, face));
    QVERIFY(face.y - head.y >= 40); // hair
    QVERIFY(head.bottom() - face.bottom() >= 15); // chin
    QVERIFY(face.x - head.x >= 20 && head.right() - face.right() >= 20); // ears
    const auto regions = CoverPlan({track(1, TrackKind::Face, face)}, {}, picture, {}).at(0);
    QVERIFY(contains(regions.front().region, redaction::dilated(face, 0.3)));
    QVERIFY(contains(regions.front().region, head.grown(30, 36)));
}

void CoverPlanTest::headOfPersons()
{
    const auto regionOf = [](Rectangle person) {
        const auto regions = CoverPlan({track(1, TrackKind::Person, person)}, {}, picture, {}).at(0);
        return regions.empty() ? Rectangle{} : regions.front().region;
    };
    // Standing: the upper fifth and more, over the whole width.
    const Rectangle upright = regionOf(standing);
    QVERIFY(upright.y <= standing.y - standing.height / 10); // a hat that the box leaves out
    QVERIFY(upright.bottom() >= standing.y + standing.height * 22 / 100);
    QVERIFY(upright.bottom() < standing.y + standing.height / 2);
    QVERIFY(upright.x <= standing.x && upright.right() >= standing.right());
    // Cut off at the waist: as wide as before, so the head is as large as before.
    const Rectangle waistUp = regionOf({400, 200, 120, 150});
    QVERIFY(waistUp.bottom() >= upright.bottom());
    // Close to the lens and cut off by two edges: half of a face that fills the picture's corner is in the box's upper
    // half. Cut off by one of them only, the box still tells.
    const Rectangle corner{picture.width - 100, picture.height - 420, 100, 420};
    QVERIFY(regionOf(corner).bottom() >= corner.y + corner.height / 2);
    for (const Rectangle &once :
         {Rectangle{corner.x, corner.y - 50, 100, 420}, Rectangle{corner.x - 50, corner.y, 100, 420}})
        QVERIFY(regionOf(once).bottom() < once.y + once.height / 2);
    // Lying, or a head that fills the box: all of it.
    const Rectangle lying{300, 300, 300, 100};
    QVERIFY(contains(regionOf(lying), lying));
    // No jump from one to the other.
    int lastBottom = regionOf({400, 200, 100, 200}).bottom();
    for (int width = 102; width < 300; width += 2) {
        const int bottom = regionOf({400, 200, width, 200}).bottom();
        QVERIFY(bottom >= lastBottom && bottom - lastBottom <= 8);
        lastBottom = bottom;
    }
}

void CoverPlanTest::scopes()
{
    const std::vector<Track> tracks = {track(1, TrackKind::Face, faceOfStanding), track(2, TrackKind::Person, standing),
                                       track(3, TrackKind::Plate, {100, 700, 60, 20})};
    QCOMPARE(ids(CoverPlan(tracks, {}, picture, scope(CoverScope::Face)).at(0)), (Ids{1, 3}));
    QCOMPARE(ids(CoverPlan(tracks, {}, picture, scope(CoverScope::Head)).at(0)), (Ids{1, 3}));
    const auto whole = CoverPlan(tracks, {}, picture, scope(CoverScope::Person)).at(0);
    QCOMPARE(ids(whole), (Ids{1, 2, 3}));
    QVERIFY(contains(whole[1].region, standing));
    QVERIFY(contains(whole[1].region.united(whole[0].region), redaction::headOfFace(faceOfStanding)));
}

void CoverPlanTest::personWithFaceHasOneRegion()
{
    const Track person = track(2, TrackKind::Person, standing);
    const CoverPlan with({track(1, TrackKind::Face, faceOfStanding), person}, {}, picture, {});
    QCOMPARE(ids(with.at(0)), (Ids{1}));
    // Where the face is shown or dismissed, it covers nothing: the person keeps the head region.
    for (const DecisionKind kind : {DecisionKind::Show, DecisionKind::Dismissed}) {
        Track face = track(1, TrackKind::Face, faceOfStanding);
        face.decision.kind = kind;
        QCOMPARE(ids(CoverPlan({face, person}, {}, picture, {}).at(0)), (Ids{2}));
    }
    // And in frames in which the face was not found.
    Track later = person;
    later.observations.push_back({10, standing, Origin::Detected, 0.8F});
    QCOMPARE(ids(CoverPlan({track(1, TrackKind::Face, faceOfStanding), later}, {}, picture, {}).at(10)), (Ids{2}));
}

void CoverPlanTest::unsureFacesLeaveTheBodysRegion()
{
    // Beside the middle of the body, but over most of the likely head.
    Rectangle beside = faceOfStanding;
    beside.x += 14;
    const Track person = track(2, TrackKind::Person, standing);
    const auto idsWith = [&](Origin origin, float score) {
        Track face = track(1, TrackKind::Face, beside);
        face.observations.front().origin = origin;
        face.observations.front().score = score;
        return ids(CoverPlan({face, person}, {}, picture, {}).at(0));
    };
    QCOMPARE(idsWith(Origin::Detected, 0.9F), (Ids{1}));
    QCOMPARE(idsWith(Origin::Manual, 0.0F), (Ids{1}));
    QCOMPARE(idsWith(Origin::Detected, 0.5F), (Ids{1, 2}));
    QCOMPARE(idsWith(Origin::Propagated, 0.0F), (Ids{1, 2}));
    QCOMPARE(idsWith(Origin::Interpolated, 0.0F), (Ids{1, 2}));
    // Over all of it even a face that was only followed will do.
    Track face = track(1, TrackKind::Face, faceOfStanding);
    face.observations.front().origin = Origin::Propagated;
    QCOMPARE(ids(CoverPlan({face, person}, {}, picture, {}).at(0)), (Ids{1}));
}

void CoverPlanTest::closeUpHasOneRegion()
{
    // Head and shoulders before the lens: the box says nothing of where the head is, the face does.
    const Track close = track(2, TrackKind::Person, {300, 200, 500, 400});
    QCOMPARE(ids(CoverPlan({track(1, TrackKind::Face, {480, 260, 130, 170}), close}, {}, picture, {}).at(0)), (Ids{1}));
    // A face that is small for such a box may be one of two people's.
    QCOMPARE(ids(CoverPlan({track(1, TrackKind::Face, {480, 260, 60, 80}), close}, {}, picture, {}).at(0)),
             (Ids{1, 2}));
}

void CoverPlanTest::otherFacesTakeNothingAway()
{
    const Track person = track(2, TrackKind::Person, standing);
    // A face at the chest, and one beside.
    for (const Rectangle face : {Rectangle{442, 330, 34, 42}, Rectangle{540, 214, 34, 42}})
        QCOMPARE(ids(CoverPlan({track(1, TrackKind::Face, face), person}, {}, picture, {}).at(0)), (Ids{1, 2}));
    // One face counts for one of two people who stand in line.
    const Track second = track(3, TrackKind::Person, {404, 204, 116, 390});
    QCOMPARE(int(CoverPlan({track(1, TrackKind::Face, faceOfStanding), person, second}, {}, picture, {}).at(0).size()),
             2);
}

/// A face that wanders about where it would just count keeps the person's region away or there, not in turns.
void CoverPlanTest::coverFlickersNot()
{
    Track face = track(1, TrackKind::Face, faceOfStanding);
    Track person = track(2, TrackKind::Person, standing);
    face.observations.clear();
    person.observations.clear();
    for (int frame = 0; frame < 40; ++frame) {
        Rectangle box = faceOfStanding;
        box.x += frame % 4 == 3 ? 16 : 0;
        face.observations.push_back({frame, box, Origin::Detected, 0.8F});
        person.observations.push_back({frame, standing, Origin::Detected, 0.8F});
    }
    const CoverPlan plan({face, person}, {}, picture, {});
    for (int frame = 0; frame < 40; ++frame)
        QCOMPARE(ids(plan.at(frame)), (Ids{1}));
}

void CoverPlanTest::shownAndDismissedAreNotCovered()
{
    Track shown = track(1, TrackKind::Face, {100, 100, 50, 50});
    shown.decision.kind = DecisionKind::Show;
    Track dismissed = track(2, TrackKind::Plate, {300, 100, 50, 50});
    dismissed.decision.kind = DecisionKind::Dismissed;
    const Track covered = track(3, TrackKind::Face, {500, 100, 50, 50});
    const CoverPlan plan({shown, dismissed, covered}, {}, picture, {});
    QCOMPARE(ids(plan.at(0)), (Ids{3}));
    QCOMPARE(ids(plan.uncoveredAt(0)), (Ids{1, 2}));
    QVERIFY(plan.at(5).empty());
    QVERIFY(plan.uncoveredAt(5).empty());
}

void CoverPlanTest::coverWinsOverShown()
{
    Track shown = track(1, TrackKind::Face, {100, 100, 100, 100});
    shown.decision.kind = DecisionKind::Show;
    const Track covered = track(2, TrackKind::Face, {150, 120, 60, 60});
    const CoverPlan alone({covered}, {}, picture, {});
    const CoverPlan both({shown, covered}, {}, picture, {});
    QCOMPARE(both.at(0), alone.at(0));
}

void CoverPlanTest::regionsAreClamped()
{
    const CoverPlan plan({track(1, TrackKind::Face, {-20, -10, 60, 60}), track(2, TrackKind::Face, {980, 790, 60, 60}),
                          track(3, TrackKind::Plate, {1200, 100, 30, 30})},
                         {}, picture, {});
    const auto regions = plan.at(0);
    QCOMPARE(ids(regions), (Ids{1, 2}));
    for (const CoverRegion &region : regions)
        QVERIFY(contains({0, 0, picture.width, picture.height}, region.region));
}

void CoverPlanTest::zones()
{
    base::Zone always;
    always.id = 1;
    always.polygon = {{10, 10}, {110, 10}, {60, 90}};
    base::Zone sometimes;
    sometimes.id = 2;
    sometimes.polygon = {{200, 10}, {300, 10}, {300, 60}, {200, 60}};
    sometimes.range = base::TimeRange{100, 200};
    base::Zone outside;
    outside.id = 3;
    outside.polygon = {{2000, 10}, {2100, 10}, {2100, 60}};
    base::Zone line;
    line.id = 4;
    line.polygon = {{20, 700}, {500, 700}};
    const CoverPlan plan({track(9, TrackKind::Face, {500, 100, 50, 50}, 150)}, {always, sometimes, outside, line},
                         picture, {});
    QCOMPARE(ids(plan.at(99)), (Ids{1, 4}));
    QCOMPARE(ids(plan.at(100)), (Ids{1, 2, 4}));
    QCOMPARE(ids(plan.at(150)), (Ids{9, 1, 2, 4}));
    QCOMPARE(ids(plan.at(200)), (Ids{1, 4}));
    const CoverRegion zone = plan.at(0).front();
    QCOMPARE(zone.kind, TrackKind::Region);
    QCOMPARE(zone.origin, Origin::Zone);
    QCOMPARE(zone.region, (Rectangle{10, 10, 100, 80}));
    QCOMPARE(zone.polygon, always.polygon);
    QVERIFY(!zone.box);
}

void CoverPlanTest::stylesAndFields()
{
    Track solid = track(7, TrackKind::Plate, {100, 100, 50, 20});
    solid.style = CoverStyle::Solid;
    Track held = track(3, TrackKind::Face, {300, 300, 50, 50});
    held.observations.front().origin = Origin::Extended;
    held.observations.front().score = 0.0F;
    CoverSettings settings;
    settings.style = CoverStyle::Mosaic;
    const auto regions = CoverPlan({solid, held}, {}, picture, settings).at(0);
    QCOMPARE(ids(regions), (Ids{3, 7}));
    QCOMPARE(regions[0].style, CoverStyle::Mosaic);
    QVERIFY(!regions[0].box);
    QCOMPARE(regions[0].origin, Origin::Extended);
    QCOMPARE(regions[1].style, CoverStyle::Solid);
    QCOMPARE(*regions[1].box, (Rectangle{100, 100, 50, 20}));
    QCOMPARE(regions[1].score, 0.8F);
}

/// Boxes come from files: none may overflow.
void CoverPlanTest::absurdBoxes()
{
    constexpr int most = std::numeric_limits<int>::max();
    constexpr int least = std::numeric_limits<int>::min();
    for (const TrackKind kind : {TrackKind::Face, TrackKind::Person, TrackKind::Plate}) {
        for (const Rectangle box : {Rectangle{least, least, most, most}, Rectangle{0, 0, most, most},
                                    Rectangle{most, most, most, most}, Rectangle{10, 10, -5, 10}, Rectangle{}}) {
            for (const CoverRegion &region : CoverPlan({track(1, kind, box)}, {}, picture, {}).at(0))
                QVERIFY(contains({0, 0, picture.width, picture.height}, region.region));
        }
    }
    base::Zone zone;
    zone.polygon = {{least, least}, {most, least}, {most, most}, {least, most}};
    QCOMPARE(CoverPlan({}, {zone}, picture, {}).at(0).front().region, (Rectangle{0, 0, 1000, 800}));
}

QTEST_GUILESS_MAIN(CoverPlanTest)
#include "tst_coverplan.moc"
