// SPDX-License-Identifier: GPL-3.0-or-later
#include "tracking/association_p.h"

#include <QTest>

using namespace doorveil::tracking;

class TestAssociation final : public QObject
{
    Q_OBJECT

private slots:
    void pairsTheNearest();
    void refusesAnotherSize();
    void refusesWhatIsOutOfReach();
    void givesEachFindOnce();
    void growsWithReach();
};

void TestAssociation::pairsTheNearest()
{
    const std::vector<Expectation> expectations{{{100, 100, 40, 40}, 0.7}, {{200, 100, 40, 40}, 0.7}};
    const std::vector<TrackBox> finds{{205, 102, 40, 40}, {98, 101, 42, 40}};
    const auto matches = associate(expectations, finds);
    QCOMPARE(matches.size(), std::size_t(2));
    QVERIFY(std::find(matches.begin(), matches.end(), Match{0, 1}) != matches.end());
    QVERIFY(std::find(matches.begin(), matches.end(), Match{1, 0}) != matches.end());
}

void TestAssociation::refusesAnotherSize()
{
    QVERIFY(associate({{{100, 100, 40, 40}, 0.7}}, {{100, 100, 120, 120}}).empty());
}

void TestAssociation::refusesWhatIsOutOfReach()
{
    QVERIFY(associate({{{100, 100, 40, 40}, 0.7}}, {{150, 100, 40, 40}}).empty());
}

void TestAssociation::givesEachFindOnce()
{
    const std::vector<Expectation> expectations{{{100, 100, 40, 40}, 0.7}, {{104, 100, 40, 40}, 0.7}};
    const auto matches = associate(expectations, {{103, 100, 40, 40}});
    QCOMPARE(matches.size(), std::size_t(1));
    QCOMPARE(matches[0], (Match{1, 0}));
}

void TestAssociation::growsWithReach()
{
    QCOMPARE(associate({{{100, 100, 40, 40}, 1.5}}, {{150, 100, 40, 40}}).size(), std::size_t(1));
}

QTEST_GUILESS_MAIN(TestAssociation)
#include "tst_association.moc"
