// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/packetledger_p.h"

#include <QTest>

using doorveil::decode::PacketLedger;
using doorveil::decode::PacketRecord;

namespace {

PacketRecord packet(std::int64_t pts, bool isKey = false)
{
    PacketRecord record;
    record.pts = pts;
    record.dts = pts;
    record.isKey = isKey;
    return record;
}

} // namespace

class TestPacketLedger : public QObject
{
    Q_OBJECT

private slots:
    void pairsInAnyOrder();
    void listsWhatGaveNoPicture();
    void waitsForReorderedPictures();
    void marksWhatDependsOnALostPacket();
    void marksLeadingPicturesOfTheNextGroup();
    void nothingDependsOnLeadingPictures();
    void endsDamageAtAKeyPicture();
    void givesDecodingTimesInOrder();
};

void TestPacketLedger::pairsInAnyOrder()
{
    PacketLedger ledger;
    const auto key = ledger.sent(packet(0, true));
    const auto later = ledger.sent(packet(80));
    const auto between = ledger.sent(packet(40));
    for (const auto &record : {key, between, later}) {
        const auto arrival = ledger.arrived(record.serial, record.pts);
        QVERIFY(arrival);
        QCOMPARE(arrival->record.pts, record.pts);
        QVERIFY(!arrival->damaged);
    }
    QVERIFY(!ledger.arrived(key.serial, 0)); // a second picture of one packet
    QVERIFY(ledger.takeLost(true).empty());
}

void TestPacketLedger::listsWhatGaveNoPicture()
{
    PacketLedger ledger;
    const auto key = ledger.sent(packet(0, true));
    (void)ledger.sent(packet(40));
    PacketRecord hidden = packet(50);
    hidden.expectsPicture = false;
    (void)ledger.sent(hidden);
    QVERIFY(ledger.arrived(key.serial, 0));
    const auto lost = ledger.takeLost(true);
    QCOMPARE(lost.size(), std::size_t(1));
    QCOMPARE(lost.front().pts, 40);
    QVERIFY(ledger.takeLost(true).empty());
}

void TestPacketLedger::waitsForReorderedPictures()
{
    PacketLedger ledger;
    for (std::int64_t index = 0; index <= PacketLedger::patience; ++index) {
        QVERIFY(ledger.takeLost(false).empty());
        (void)ledger.sent(packet(index * 40, index == 0));
    }
    QCOMPARE(ledger.takeLost(false).size(), std::size_t(1));
}

void TestPacketLedger::marksWhatDependsOnALostPacket()
{
    PacketLedger ledger;
    const auto key = ledger.sent(packet(0, true));
    (void)ledger.sent(packet(40)); // lost
    const auto after = ledger.sent(packet(80));
    QVERIFY(!ledger.arrived(key.serial, 0)->damaged);
    QVERIFY(ledger.arrived(after.serial, 80)->damaged);
}

void TestPacketLedger::marksLeadingPicturesOfTheNextGroup()
{
    PacketLedger ledger;
    (void)ledger.sent(packet(0, true));
    const auto damaged = ledger.sent(packet(40));
    ledger.markDamaged(damaged.serial);
    const auto key = ledger.sent(packet(120, true));
    const auto leading = ledger.sent(packet(80)); // of an open group: refers to what came before
    QVERIFY(ledger.arrived(damaged.serial, 40)->damaged);
    QVERIFY(ledger.arrived(leading.serial, 80)->damaged);
    QVERIFY(!ledger.arrived(key.serial, 120)->damaged);
}

void TestPacketLedger::nothingDependsOnLeadingPictures()
{
    PacketLedger ledger;
    const auto key = ledger.sent(packet(80, true));
    const auto leading = ledger.sent(packet(40)); // a decode that starts here cannot give it
    const auto other = ledger.sent(packet(60));
    const auto trailing = ledger.sent(packet(120));
    const auto nextKey = ledger.sent(packet(200, true));
    const auto nextLeading = ledger.sent(packet(160));
    ledger.markDamaged(leading.serial);
    QVERIFY(ledger.arrived(other.serial, 60)->damaged);
    QVERIFY(!ledger.arrived(key.serial, 80)->damaged);
    QVERIFY(!ledger.arrived(trailing.serial, 120)->damaged);
    QVERIFY(!ledger.arrived(nextLeading.serial, 160)->damaged);
    QVERIFY(!ledger.arrived(nextKey.serial, 200)->damaged);
}

void TestPacketLedger::endsDamageAtAKeyPicture()
{
    PacketLedger ledger;
    const auto key = ledger.sent(packet(0, true));
    ledger.markDamaged(key.serial);
    const auto dependent = ledger.sent(packet(40));
    const auto nextKey = ledger.sent(packet(80, true));
    const auto last = ledger.sent(packet(120));
    QVERIFY(ledger.arrived(key.serial, 0)->damaged);
    QVERIFY(ledger.arrived(dependent.serial, 40)->damaged);
    QVERIFY(!ledger.arrived(nextKey.serial, 80)->damaged);
    QVERIFY(!ledger.arrived(last.serial, 120)->damaged);
}

void TestPacketLedger::givesDecodingTimesInOrder()
{
    PacketLedger ledger;
    for (const std::int64_t dts : {3, 1, 2}) {
        PacketRecord record;
        record.dts = dts;
        (void)ledger.sent(record);
    }
    (void)ledger.sent(packet(100)); // has a pts: not among them
    for (const std::int64_t dts : {1, 2, 3})
        QCOMPARE(ledger.takeEarliestDts(), std::optional<std::int64_t>(dts));
    QVERIFY(!ledger.takeEarliestDts());
}

QTEST_APPLESS_MAIN(TestPacketLedger)
#include "tst_packetledger.moc"
