// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/candidate.h"
#include "vision/tiling.h"

#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::vision;

class TestCandidate final : public QObject
{
    Q_OBJECT

private slots:
    void keepsTheBetterOfTwo();
    void keepsNeighbours();
    void aWholeOneReplacesAPart();
    void orderDoesNotMatter();
    void tilesCoverEveryPixel_data();
    void tilesCoverEveryPixel();
    void smallObjectsLieWhollyInATile();
};

void TestCandidate::keepsTheBetterOfTwo()
{
    const auto kept = suppressed({{10, 10, 20, 20, 0.5F, false}, {11, 10, 20, 20, 0.9F, false}}, 0.3);
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept[0].x, 11.0F);
}

void TestCandidate::keepsNeighbours()
{
    QCOMPARE(suppressed({{0, 0, 20, 20, 0.5F, false}, {19, 0, 20, 20, 0.9F, false}}, 0.3).size(), std::size_t(2));
    // One small face before a large one is no double.
    QCOMPARE(suppressed({{0, 0, 100, 100, 0.9F, false}, {40, 40, 20, 20, 0.5F, false}}, 0.3).size(), std::size_t(2));
}

void TestCandidate::aWholeOneReplacesAPart()
{
    const auto kept = suppressed({{0, 0, 100, 100, 0.5F, false}, {0, 0, 25, 100, 0.9F, true}}, 0.3);
    QCOMPARE(kept.size(), std::size_t(1));
    QCOMPARE(kept[0].width, 100.0F);
    QCOMPARE(kept[0].score, 0.9F);
}

void TestCandidate::orderDoesNotMatter()
{
    std::vector<Candidate> candidates;
    for (int index = 0; index < 6; ++index)
        candidates.push_back({float(index * 7), float(index % 2), 20, 20, 0.5F + float(index % 3) * 0.1F, index == 2});
    const auto wanted = suppressed(candidates, 0.3);
    for (int turn = 0; turn < 6; ++turn) {
        std::rotate(candidates.begin(), candidates.begin() + 1, candidates.end());
        const auto kept = suppressed(candidates, 0.3);
        QCOMPARE(kept.size(), wanted.size());
        for (std::size_t index = 0; index < kept.size(); ++index)
            QCOMPARE(kept[index].x, wanted[index].x);
    }
}

void TestCandidate::tilesCoverEveryPixel_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::addColumn<double>("scale");
    for (const double scale : {0.25, 0.5, 1.0, 2.0, 3.7}) {
        QTest::addRow("wide %f", scale) << 1921 << 1079 << scale;
        QTest::addRow("narrow %f", scale) << 33 << 1500 << scale;
        QTest::addRow("tiny %f", scale) << 1 << 1 << scale;
        QTest::addRow("just too wide %f", scale) << 321 << 320 << scale;
    }
}

void TestCandidate::tilesCoverEveryPixel()
{
    QFETCH(const int, width);
    QFETCH(const int, height);
    QFETCH(const double, scale);
    const base::Rectangle area{17, 5, width, height};
    const TileLimits limits{320, 64, 1.0};
    std::vector<std::uint8_t> seen(std::size_t(width) * std::size_t(height));
    const std::vector<Tile> tiles = planTiles(area, scale, limits);
    QVERIFY(!tiles.empty());
    for (const Tile &tile : tiles) {
        QCOMPARE(tile.source.intersected(area), tile.source);
        QVERIFY(tile.input.width > 0 && tile.input.width <= 320);
        QVERIFY(tile.input.height > 0 && tile.input.height <= 320);
        for (int y = tile.source.y - area.y; y < tile.source.bottom() - area.y; ++y) {
            const auto row = seen.begin() + std::ptrdiff_t(y) * width;
            std::fill(row + (tile.source.x - area.x), row + (tile.source.right() - area.x), std::uint8_t(1));
        }
    }
    QVERIFY(std::find(seen.begin(), seen.end(), 0) == seen.end());
}

void TestCandidate::smallObjectsLieWhollyInATile()
{
    const base::Rectangle area{0, 0, 1500, 900};
    const std::vector<Tile> tiles = planTiles(area, 1.0, {320, 64, 1.0});
    for (int y = 0; y + 60 <= area.height; y += 3) {
        for (int x = 0; x + 60 <= area.width; x += 3) {
            const base::Rectangle object{x, y, 60, 60};
            QVERIFY(std::any_of(tiles.begin(), tiles.end(),
                                [&](const Tile &tile) { return tile.source.intersected(object) == object; }));
        }
    }
}

QTEST_GUILESS_MAIN(TestCandidate)
#include "tst_candidate.moc"
