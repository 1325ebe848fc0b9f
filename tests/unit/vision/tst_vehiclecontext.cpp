// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/vehiclecontext.h"

#include <QTest>

using namespace doorveil;
using namespace doorveil::vision;
using base::Rectangle;

namespace {

constexpr float threshold = 0.55F;
constexpr float alone = 0.72F;
constexpr Rectangle car{300, 200, 200, 150};
constexpr Rectangle onCar{370, 300, 50, 14};
constexpr Rectangle besideIt{600, 300, 50, 14};

/// Sees one car where it lies in the area. Remembers the areas.
class OneCar final : public Detector
{
public:
    OneCar() { m_info.threshold = 0.3; }

    [[nodiscard]] const DetectorInfo &info() const override { return m_info; }
    [[nodiscard]] base::Result<std::vector<Detection>> detect(const base::Picture &, const Rectangle &area,
                                                              double) override
    {
        areas.push_back(area);
        if (fails)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("The detector broke.")};
        if (area.intersected(car) != car)
            return std::vector<Detection>{};
        return std::vector<Detection>{{base::TrackKind::Region, car, score, m_info.id, 0.3F}};
    }

    std::vector<Rectangle> areas;
    float score = 0.8F;
    bool fails = false;

private:
    DetectorInfo m_info;
};

Detection plate(const Rectangle &box, float score)
{
    return {base::TrackKind::Plate, box, score, QStringLiteral("own"), threshold, alone};
}

/// Of a detector whose single finds start a track.
Detection otherPlate(const Rectangle &box, float score)
{
    return {base::TrackKind::Plate, box, score, QStringLiteral("other"), 0.3F, 0.3F};
}

base::Picture emptyPicture()
{
    base::Picture picture;
    picture.size = {1280, 720};
    picture.bgr.assign(std::size_t(1280) * 720 * 3, 128);
    return picture;
}

} // namespace

class TestVehicleContext final : public QObject
{
    Q_OBJECT

private slots:
    void doubtfulPlatesAreWeighed();
    void onePlateAVehicle();
    void aCoveredPlateIsTheVehicles();
    void sureAndHopelessOnesAreLeft();
    void whatIsOnNoVehicleCanBeDropped();
    void looksAroundThePlate();
    void errorsArePassedOn();

private:
    [[nodiscard]] std::vector<float> scores(std::vector<Detection> plates, OffVehicle off = OffVehicle::Doubted,
                                            const std::vector<Rectangle> &hidden = {});

    OneCar m_vehicles;
    const base::Picture m_picture = emptyPicture();
};

std::vector<float> TestVehicleContext::scores(std::vector<Detection> plates, OffVehicle off,
                                              const std::vector<Rectangle> &hidden)
{
    m_vehicles.areas.clear();
    const auto weighed = weighedByVehicles(std::move(plates), m_vehicles, m_picture, off, hidden);
    std::vector<float> result;
    for (const Detection &one : weighed ? *weighed : std::vector<Detection>())
        result.push_back(one.score);
    return result;
}

void TestVehicleContext::doubtfulPlatesAreWeighed()
{
    QCOMPARE(scores({plate(onCar, 0.6F)}), std::vector<float>({alone}));
    QCOMPARE(scores({plate(onCar, 0.75F)}), std::vector<float>({0.75F})); // no clearer than it is
    QCOMPARE(scores({plate(besideIt, 0.75F)}), std::vector<float>({0.75F - 0.1F}));
    QCOMPARE(scores({otherPlate(onCar, 0.25F)}), std::vector<float>({0.3F}));
    QCOMPARE(scores({otherPlate(besideIt, 0.25F)}), std::vector<float>({0.25F}));
    m_vehicles.score = 0.2F; // not seen well enough
    QCOMPARE(scores({plate(onCar, 0.6F)}), std::vector<float>({0.6F - 0.1F}));
    m_vehicles.score = 0.8F;
    const Rectangle wide{305, 300, 190, 50}; // nothing of that width is a car's plate
    QCOMPARE(scores({plate(wide, 0.6F)}), std::vector<float>({0.6F - 0.1F}));
}

void TestVehicleContext::onePlateAVehicle()
{
    const Rectangle lamp{310, 260, 40, 20};
    QCOMPARE(scores({plate(onCar, 0.7F), plate(lamp, 0.6F)}), std::vector<float>({alone, 0.6F - 0.1F}));
    QCOMPARE(scores({plate(lamp, 0.6F), plate(onCar, 0.95F)}), std::vector<float>({0.6F - 0.1F, 0.95F}));
    // The same plate twice is no other one, and one on another vehicle is none of this.
    const Rectangle again{372, 301, 48, 14};
    QCOMPARE(scores({plate(onCar, 0.7F), plate(again, 0.6F)}), std::vector<float>({alone, alone}));
    QCOMPARE(scores({plate(besideIt, 0.95F), plate(onCar, 0.6F)}), std::vector<float>({0.95F, alone}));
}

void TestVehicleContext::aCoveredPlateIsTheVehicles()
{
    const Rectangle lamp{310, 260, 40, 20};
    QCOMPARE(scores({plate(lamp, 0.6F)}, OffVehicle::Doubted, {onCar}), std::vector<float>({0.6F - 0.1F}));
    QCOMPARE(scores({otherPlate(lamp, 0.25F)}, OffVehicle::Doubted, {onCar}), std::vector<float>({0.25F}));
    QCOMPARE(scores({plate(lamp, 0.9F)}, OffVehicle::Doubted, {onCar}), std::vector<float>({0.9F})); // sure of it
    QCOMPARE(scores({plate(lamp, 0.6F)}, OffVehicle::Doubted, {besideIt}), std::vector<float>({alone}));
    // What looks out from under its cover is that plate itself.
    const Rectangle halfCovered{onCar.x - onCar.width / 2, onCar.y, onCar.width, onCar.height};
    QCOMPARE(scores({plate(halfCovered, 0.6F)}, OffVehicle::Doubted, {onCar}), std::vector<float>({alone}));
}

void TestVehicleContext::sureAndHopelessOnesAreLeft()
{
    const std::vector<float> left{0.9F, 0.5F, 0.35F, 0.15F};
    QCOMPARE(scores({plate(besideIt, left[0]), plate(onCar, left[1]), otherPlate(besideIt, left[2]),
                     otherPlate(onCar, left[3])}),
             left);
    QVERIFY(m_vehicles.areas.empty()); // nobody looked
}

void TestVehicleContext::whatIsOnNoVehicleCanBeDropped()
{
    QCOMPARE(scores({plate(besideIt, 0.9F), plate(onCar, 0.6F), plate(onCar, 0.5F)}, OffVehicle::Dropped),
             std::vector<float>({alone}));
    QCOMPARE(scores({plate(onCar, 0.9F)}, OffVehicle::Dropped), std::vector<float>({0.9F}));
}

void TestVehicleContext::looksAroundThePlate()
{
    (void)scores({plate({1270, 5, 10, 4}, 0.6F), plate(onCar, 0.6F)});
    QCOMPARE(m_vehicles.areas.size(), std::size_t(2));
    QCOMPARE(m_vehicles.areas[0], (Rectangle{1185, 0, 95, 97})); // as much of it as there is
    QCOMPARE(m_vehicles.areas[1], (Rectangle{0, 0, 845, 720})); // nine widths to each side
}

void TestVehicleContext::errorsArePassedOn()
{
    OneCar broken;
    broken.fails = true;
    QVERIFY(!weighedByVehicles({plate(onCar, 0.6F)}, broken, m_picture, OffVehicle::Doubted));
}

QTEST_GUILESS_MAIN(TestVehicleContext)
#include "tst_vehiclecontext.moc"
