// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/edgefaces.h"

#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::vision;
using base::Rectangle;

namespace {

constexpr base::Size size{320, 240};
constexpr int side = 40; // of what is taken for a face
constexpr int stripTop = 20;
constexpr float threshold = 0.6F;

/// Takes a white square for a face, and half of one, or two beside each other, for none.
class SquareDetector final : public Detector
{
public:
    [[nodiscard]] const DetectorInfo &info() const override { return m_info; }
    [[nodiscard]] base::Result<std::vector<Detection>> detect(const base::Picture &picture, const Rectangle &,
                                                              double) override
    {
        if (fails)
            return base::Error{base::ErrorKind::Failure, QStringLiteral("The detector broke.")};
        std::vector<Detection> found;
        for (int y = 0; y < picture.size.height; ++y) {
            for (int x = 0; x < picture.size.width; ++x) {
                const Rectangle box{x, y, whiteFrom(picture, {x, y}, {1, 0}), whiteFrom(picture, {x, y}, {0, 1})};
                const bool isCorner = !isWhite(picture, {x - 1, y}) && !isWhite(picture, {x, y - 1});
                if (isCorner && std::abs(box.width - side) <= 2 && std::abs(box.height - side) <= 2)
                    found.push_back({base::TrackKind::Face, box, score, {}, threshold});
            }
        }
        return found;
    }

    float score = 0.9F;
    bool fails = false;

private:
    [[nodiscard]] static bool isWhite(const base::Picture &picture, base::Point at)
    {
        return at.x >= 0 && at.y >= 0 && at.x < picture.size.width && at.y < picture.size.height
               && picture.bgr[(std::size_t(at.y) * std::size_t(picture.size.width) + std::size_t(at.x)) * 3] > 200;
    }

    [[nodiscard]] static int whiteFrom(const base::Picture &picture, base::Point at, base::Point step)
    {
        int count = 0;
        for (; isWhite(picture, at); at = {at.x + step.x, at.y + step.y})
            ++count;
        return count;
    }

    DetectorInfo m_info;
};

base::Picture drawn(const std::vector<Rectangle> &squares)
{
    base::Picture picture{size, std::vector<std::uint8_t>(std::size_t(size.width) * size.height * 3, 60)};
    for (const Rectangle &whole : squares) {
        const Rectangle square = whole.clampedTo(size);
        for (int y = square.y; y < square.bottom(); ++y) {
            const auto at = (std::size_t(y) * size.width + std::size_t(square.x)) * 3;
            std::fill_n(picture.bgr.begin() + std::ptrdiff_t(at), square.width * 3, std::uint8_t(255));
        }
    }
    return picture;
}

Rectangle squareAt(int x, int y = 120)
{
    return {x, y, side, side};
}

} // namespace

class TestEdgeFaces final : public QObject
{
    Q_OBJECT

private slots:
    void halfAFaceIsFound();
    void whatIsWholeIsLeftToOthers();
    void judgeMustBeSure();
    void weakFindsDoNotCount();
    void errorsArePassedOn();
    void stripsTouchTheEdge();

private:
    [[nodiscard]] std::vector<Rectangle> across(PictureEdge edge, const std::vector<Rectangle> &squares);

    SquareDetector m_detector;
    SquareDetector m_judge;
};

std::vector<Rectangle> TestEdgeFaces::across(PictureEdge edge, const std::vector<Rectangle> &squares)
{
    const Rectangle strip = stripAlong(edge, {0, stripTop, size.width, size.height - stripTop}, size);
    const auto found = facesAcross(edge, m_detector, m_judge, drawn(squares), strip, 1.0);
    std::vector<Rectangle> boxes;
    if (found) {
        for (const Detection &face : *found)
            boxes.push_back(face.box);
    }
    return boxes;
}

void TestEdgeFaces::halfAFaceIsFound()
{
    const int half = side / 2;
    const Rectangle onTheLeft = squareAt(-half);
    const Rectangle onTheRight = squareAt(size.width - half);
    QCOMPARE(across(PictureEdge::Left, {onTheLeft}), (std::vector<Rectangle>{onTheLeft.clampedTo(size)}));
    const std::vector<Rectangle> found = across(PictureEdge::Right, {onTheRight});
    QCOMPARE(found.size(), std::size_t(1));
    QCOMPARE(found.front().right(), size.width);
    QVERIFY(std::abs(found.front().x - onTheRight.x) <= 1);
    QVERIFY(across(PictureEdge::Left, {onTheRight}).empty());
    const Rectangle below = squareAt(100, size.height - half);
    const std::vector<Rectangle> cutBelow = across(PictureEdge::Lower, {below});
    QCOMPARE(cutBelow.size(), std::size_t(1));
    QCOMPARE(cutBelow.front(), below.clampedTo(size));
}

void TestEdgeFaces::whatIsWholeIsLeftToOthers()
{
    for (const int x : {10, 30, size.width - side - 10})
        QVERIFY2(across(PictureEdge::Left, {squareAt(x)}).empty(), qPrintable(QString::number(x)));
    QVERIFY(across(PictureEdge::Lower, {squareAt(100, size.height - side - 10)}).empty());
}

void TestEdgeFaces::judgeMustBeSure()
{
    const std::vector<Rectangle> squares{squareAt(-side / 2)};
    QCOMPARE(across(PictureEdge::Left, squares).size(), std::size_t(1));
    m_judge.score = 0.2F;
    QVERIFY(across(PictureEdge::Left, squares).empty());
    m_judge.score = 0.9F;
}

void TestEdgeFaces::weakFindsDoNotCount()
{
    const std::vector<Rectangle> squares{squareAt(-side / 2)};
    m_detector.score = threshold - 0.01F;
    QVERIFY(across(PictureEdge::Left, squares).empty());
    m_detector.score = 0.9F;
}

void TestEdgeFaces::errorsArePassedOn()
{
    const Rectangle strip = stripAlong(PictureEdge::Left, {0, stripTop, size.width, size.height - stripTop}, size);
    const base::Picture picture = drawn({squareAt(-side / 2)});
    for (SquareDetector *broken : {&m_detector, &m_judge}) {
        broken->fails = true;
        QVERIFY(!facesAcross(PictureEdge::Left, m_detector, m_judge, picture, strip, 1.0));
        broken->fails = false;
    }
    QVERIFY(facesAcross(PictureEdge::Left, m_detector, m_judge, picture, {}, 1.0)->empty());
    QVERIFY(facesAcross(PictureEdge::Left, m_detector, m_judge, picture, {0, 0, 1, 1}, 1.0)->empty());
    QVERIFY(facesAcross(PictureEdge::Left, m_detector, m_judge, picture, {0, 0, 80, 500}, 1.0)->empty());
    QVERIFY(facesAcross(PictureEdge::Left, m_detector, m_judge, {}, strip, 1.0)->empty());
}

void TestEdgeFaces::stripsTouchTheEdge()
{
    const Rectangle whole{0, 0, size.width, size.height};
    QCOMPARE(stripAlong(PictureEdge::Left, whole, size), (Rectangle{0, 0, 80, 240}));
    QCOMPARE(stripAlong(PictureEdge::Right, whole, size), (Rectangle{240, 0, 80, 240}));
    QCOMPARE(stripAlong(PictureEdge::Lower, whole, size), (Rectangle{0, 120, 320, 120}));
    QCOMPARE(stripAlong(PictureEdge::Left, {0, 50, 20, 120}, size), (Rectangle{0, 50, 20, 120}));
    QVERIFY(stripAlong(PictureEdge::Left, {1, 0, 100, 100}, size).isEmpty());
    QVERIFY(stripAlong(PictureEdge::Right, {0, 0, size.width - 1, 100}, size).isEmpty());
    QVERIFY(stripAlong(PictureEdge::Lower, {0, 0, 100, size.height - 1}, size).isEmpty());
    QVERIFY(stripAlong(PictureEdge::None, whole, size).isEmpty());
}

QTEST_GUILESS_MAIN(TestEdgeFaces)
#include "tst_edgefaces.moc"
