// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/tiltedfaces.h"

#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::vision;
using base::Rectangle;

namespace {

constexpr base::Size size{320, 240};
constexpr Rectangle patch{210, 60, 24, 24};

/// Takes what is white for one face. Remembers the size of the last picture.
class WhiteDetector final : public Detector
{
public:
    [[nodiscard]] const DetectorInfo &info() const override { return m_info; }
    [[nodiscard]] base::Result<std::vector<Detection>> detect(const base::Picture &picture, const Rectangle &,
                                                              double) override
    {
        if (fails)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("The detector broke.")};
        seen = picture.size;
        Rectangle box;
        for (int y = 0; y < picture.size.height; ++y) {
            for (int x = 0; x < picture.size.width; ++x) {
                const auto at = (std::size_t(y) * std::size_t(picture.size.width) + std::size_t(x)) * 3;
                if (picture.bgr[at] > 200)
                    box = box.united({x, y, 1, 1});
            }
        }
        if (box.isEmpty())
            return std::vector<Detection>{};
        return std::vector<Detection>{{base::TrackKind::Face, box, score, {}, 0.6F}};
    }

    float score = 0.95F;
    bool fails = false;
    base::Size seen;

private:
    DetectorInfo m_info;
};

base::Picture pictureWithPatch()
{
    base::Picture picture{size, std::vector<std::uint8_t>(std::size_t(size.width) * size.height * 3, 60)};
    for (int y = patch.y; y < patch.bottom(); ++y) {
        const auto at = (std::size_t(y) * size.width + std::size_t(patch.x)) * 3;
        std::fill_n(picture.bgr.begin() + std::ptrdiff_t(at), patch.width * 3, std::uint8_t(255));
    }
    return picture;
}

} // namespace

class TestTiltedFaces final : public QObject
{
    Q_OBJECT

private slots:
    void findsLieWhereTheyAre_data();
    void findsLieWhereTheyAre();
    void bothMustBeSure();
    void errorsArePassedOn();

private:
    WhiteDetector m_detector;
    WhiteDetector m_judge;
    const base::Picture m_picture = pictureWithPatch();
};

void TestTiltedFaces::findsLieWhereTheyAre_data()
{
    QTest::addColumn<double>("degrees");
    QTest::addColumn<double>("scale");
    QTest::addColumn<QRect>("area");
    const QRect whole(0, 0, size.width, size.height);
    const QRect part(150, 20, 120, 200);
    for (const double degrees : {-90.0, -40.0, 40.0, 90.0}) {
        QTest::addRow("%g", degrees) << degrees << 1.0 << whole;
        QTest::addRow("%g, part", degrees) << degrees << 1.0 << part;
        QTest::addRow("%g, half the size", degrees) << degrees << 0.5 << part;
    }
}

void TestTiltedFaces::findsLieWhereTheyAre()
{
    QFETCH(const double, degrees);
    QFETCH(const double, scale);
    QFETCH(const QRect, area);
    const Rectangle searched{area.x(), area.y(), area.width(), area.height()};
    const auto found = tiltedFaces(degrees, m_detector, m_judge, m_picture, searched, scale);
    QVERIFY(found);
    QCOMPARE(found->size(), std::size_t(1));
    const Rectangle box = found->front().box;
    const int slack = int(std::ceil(2.0 / scale));
    QVERIFY(std::abs((box.x + box.width / 2) - (patch.x + patch.width / 2)) <= slack);
    QVERIFY(std::abs((box.y + box.height / 2) - (patch.y + patch.height / 2)) <= slack);
    // Of a square in between the detector sees its diagonal, and an ellipse in that is as large every way.
    const int largest = std::abs(degrees) == 90.0 ? patch.width : patch.width * 3 / 2;
    QVERIFY(box.grown(slack, slack).contains({patch.x, patch.y}));
    QVERIFY(box.width <= largest + 2 * slack && box.height <= largest + 2 * slack);
}

void TestTiltedFaces::bothMustBeSure()
{
    const Rectangle whole{0, 0, size.width, size.height};
    for (WhiteDetector *unsure : {&m_detector, &m_judge}) {
        unsure->score = 0.3F;
        const auto found = tiltedFaces(40.0, m_detector, m_judge, m_picture, whole, 1.0);
        QVERIFY(found && found->empty());
        unsure->score = 0.95F;
    }
    const auto found = tiltedFaces(40.0, m_detector, m_judge, m_picture, whole, 1.0);
    QVERIFY(found && found->size() == 1);
}

void TestTiltedFaces::errorsArePassedOn()
{
    const Rectangle whole{0, 0, size.width, size.height};
    for (WhiteDetector *broken : {&m_detector, &m_judge}) {
        broken->fails = true;
        QVERIFY(!tiltedFaces(40.0, m_detector, m_judge, m_picture, whole, 1.0));
        broken->fails = false;
    }
    QVERIFY(tiltedFaces(40.0, m_detector, m_judge, m_picture, {400, 0, 10, 10}, 1.0)->empty());
    QVERIFY(tiltedFaces(40.0, m_detector, m_judge, {}, whole, 1.0)->empty());
}

QTEST_GUILESS_MAIN(TestTiltedFaces)
#include "tst_tiltedfaces.moc"
