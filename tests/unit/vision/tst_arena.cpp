// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/arena_p.h"

#include <QRandomGenerator>
#include <QTest>

#include <vector>

using doorveil::vision::Arena;

class TestArena final : public QObject
{
    Q_OBJECT

private slots:
    void placesInUseNeverOverlap();
    void whatIsGivenBackIsUsedAgain();
    void neighboursJoin();
};

void TestArena::placesInUseNeverOverlap()
{
    Arena arena;
    QRandomGenerator random(5);
    std::vector<Arena::Place> used;
    for (int step = 0; step < 2000; ++step) {
        if (!used.empty() && random.bounded(3) == 0) {
            const auto index = std::ptrdiff_t(random.bounded(int(used.size())));
            arena.give(used[std::size_t(index)]);
            used.erase(used.begin() + index);
            continue;
        }
        const std::size_t bytes = 1 + std::size_t(random.bounded(5000));
        const Arena::Place place = arena.take(bytes);
        QVERIFY(place.bytes >= bytes && place.offset % Arena::alignment == 0);
        QVERIFY(place.offset + place.bytes <= arena.bytes());
        for (const Arena::Place &other : used)
            QVERIFY(place.offset + place.bytes <= other.offset || other.offset + other.bytes <= place.offset);
        used.push_back(place);
    }
}

void TestArena::whatIsGivenBackIsUsedAgain()
{
    Arena arena;
    const Arena::Place first = arena.take(1000);
    (void)arena.take(100);
    const std::size_t whole = arena.bytes();
    arena.give(first);
    (void)arena.take(500);
    (void)arena.take(400);
    QCOMPARE(arena.bytes(), whole);
}

void TestArena::neighboursJoin()
{
    Arena arena;
    const Arena::Place left = arena.take(640);
    const Arena::Place middle = arena.take(640);
    const Arena::Place right = arena.take(640);
    (void)arena.take(64);
    const std::size_t whole = arena.bytes();
    arena.give(left);
    arena.give(right);
    arena.give(middle);
    QCOMPARE(arena.take(3 * 640).offset, left.offset);
    QCOMPARE(arena.bytes(), whole);
}

QTEST_GUILESS_MAIN(TestArena)
#include "tst_arena.moc"
