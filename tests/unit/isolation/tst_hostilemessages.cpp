// SPDX-License-Identifier: GPL-3.0-or-later
// A worker under an attacker's control can send what it likes. The host must not believe one bad field, and must
// survive anything. Run under the address sanitizer this also finds reads and writes outside of what was sent.
#include "isolation/wire.h"
#include "scriptedworker.h"

#include <QTest>

#include <array>

#include <functional>
#include <limits>
#include <random>

using namespace doorveil;
using namespace doorveil::isolation;
using namespace doorveil::testing;

class TestHostileMessages final : public QObject
{
    Q_OBJECT

private slots:
    void believesAnHonestWorker();
    void refusesEveryBadField_data();
    void refusesEveryBadField();
    void refusesBadGreetings_data();
    void refusesBadGreetings();
    void refusesBadDescriptions_data();
    void refusesBadDescriptions();
    void survivesRandomMessages();
    void noticesABrokenFrame();
};

namespace {

const base::FrameSourceOptions withSound{true, 0, 2, {}};

/// What no host may ever hand on, whatever was sent. Empty where all is well.
QByteArray defectOf(const base::VideoFrame &frame, std::optional<std::int64_t> lastPts)
{
    const base::ClipInfo info = scriptedInfo();
    if (frame.isNull() || frame.storedSize() != info.storedSize || frame.layout() != info.layout)
        return "not the clip's size or layout";
    if (lastPts && frame.pts <= *lastPts)
        return "time does not increase";
    if (frame.duration < 0 || frame.duration > maximumTicks || std::abs(frame.pts) > maximumTicks)
        return "time out of range";
    if (frame.orientation != info.orientation)
        return "turned";
    if (frame.colour.matrix < 0 || frame.colour.matrix > 255 || int(frame.fieldOrder) < 0 || int(frame.fieldOrder) > 2)
        return "enumeration out of range";
    return {};
}

QByteArray frameWith(const std::function<void(FrameMessage &)> &change)
{
    FrameMessage frame = honestFrame(0, 100);
    change(frame);
    return encodeFrame(0, frame);
}

QByteArray extended(QByteArray packet)
{
    return packet.append('x');
}

QByteArray shortened(QByteArray packet)
{
    packet.chop(1);
    return packet;
}

/// Everything the host can be asked for, until it ends or breaks.
struct Outcome
{
    int frames = 0;
    QByteArray defect;
    bool broken = false;
};

Outcome useUp(WorkerClip &clip, bool seek)
{
    Outcome outcome;
    if (!clip.greet() || !clip.open(withSound)) {
        outcome.broken = true;
        return outcome;
    }
    for (int round = 0; round < 2; ++round) {
        std::optional<std::int64_t> lastPts;
        for (int count = 0; count < 64; ++count) {
            const auto frame = clip.nextFrame();
            if (!frame || !frame->has_value()) {
                outcome.broken = outcome.broken || !frame;
                break;
            }
            ++outcome.frames;
            if (outcome.defect.isEmpty())
                outcome.defect = defectOf(**frame, lastPts);
            lastPts = (*frame)->pts;
        }
        for (int count = 0; count < 8; ++count) {
            const auto block = clip.nextAudio();
            if (!block || !block->has_value()) {
                outcome.broken = outcome.broken || !block;
                break;
            }
        }
        if (!seek || !clip.seek(500))
            break;
    }
    return outcome;
}

} // namespace

void TestHostileMessages::believesAnHonestWorker()
{
    std::vector<QByteArray> packets = honestOpening();
    packets.push_back(encodeFrame(0, honestFrame(0, 100)));
    packets.push_back(honestAudio(0, 0));
    packets.push_back(encodeLoss(0, {150, QStringLiteral("gone")}));
    packets.push_back(encodeFrame(0, honestFrame(1, 200)));
    packets.push_back(encodeEmpty({MessageType::VideoEnd, 0}));
    packets.push_back(encodeEmpty({MessageType::AudioEnd, 0}));
    packets.push_back(encodeFrame(0, honestFrame(2, 900))); // stale by the time it is read
    packets.push_back(encodeEmpty({MessageType::Progress, 1}));
    packets.push_back(encodeEmpty({MessageType::Seeked, 1}));
    packets.push_back(encodeFrame(1, honestFrame(0, 50)));
    packets.push_back(encodeEmpty({MessageType::VideoEnd, 1}));
    packets.push_back(encodeEmpty({MessageType::AudioEnd, 1}));
    ScriptedWorker worker(packets);
    const Outcome outcome = useUp(worker.clip(), true);
    QCOMPARE(outcome.frames, 3);
    QCOMPARE(outcome.defect, QByteArray());
    QCOMPARE(worker.clip().losses().size(), std::size_t(1));
}

void TestHostileMessages::refusesEveryBadField_data()
{
    constexpr int lowest = std::numeric_limits<int>::min();
    constexpr std::int64_t longest = std::numeric_limits<std::int64_t>::max();
    QTest::addColumn<QByteArray>("packet");
    const auto frame = [](const char *name, const std::function<void(FrameMessage &)> &change) {
        QTest::newRow(name) << frameWith(change);
    };
    frame("slot beyond the ring", [](FrameMessage &f) { f.slot = maximumSlots; });
    frame("slot far beyond", [](FrameMessage &f) { f.slot = 0xFFFFFFFFU; });
    frame("wider", [](FrameMessage &f) { f.size.width = 33; });
    frame("width zero", [](FrameMessage &f) { f.size.width = 0; });
    frame("width negative", [](FrameMessage &f) { f.size.width = lowest; });
    frame("higher", [](FrameMessage &f) { f.size.height = 16384; });
    frame("another chroma", [](FrameMessage &f) { f.layout.chroma = base::ChromaLayout::Yuv444; });
    frame("chroma unknown", [](FrameMessage &f) { f.layout.chroma = base::ChromaLayout(17); });
    frame("ten bits", [](FrameMessage &f) { f.layout.bitDepth = 10; });
    frame("nine bits", [](FrameMessage &f) { f.layout.bitDepth = 9; });
    frame("time too late", [](FrameMessage &f) { f.pts = longest; });
    frame("time too early", [](FrameMessage &f) { f.pts = std::numeric_limits<std::int64_t>::min(); });
    frame("time repeated", [](FrameMessage &f) { f.pts = 50; });
    frame("time backwards", [](FrameMessage &f) { f.pts = 49; });
    frame("duration negative", [](FrameMessage &f) { f.duration = -1; });
    frame("duration endless", [](FrameMessage &f) { f.duration = longest; });
    frame("turned", [](FrameMessage &f) { f.orientation.quarterTurns = 1; });
    frame("turned too far", [](FrameMessage &f) { f.orientation.quarterTurns = 4; });
    frame("mirrored", [](FrameMessage &f) { f.orientation.mirrored = true; });
    frame("primaries", [](FrameMessage &f) { f.colour.primaries = 256; });
    frame("transfer", [](FrameMessage &f) { f.colour.transfer = -1; });
    frame("matrix", [](FrameMessage &f) { f.colour.matrix = lowest; });
    frame("chroma location", [](FrameMessage &f) { f.colour.chromaLocation = 7; });
    frame("field order", [](FrameMessage &f) { f.fieldOrder = base::FieldOrder(3); });
    QTest::newRow("slot in use") << encodeFrame(0, honestFrame(7, 100));
    QTest::newRow("frame too long") << extended(encodeFrame(0, honestFrame(0, 100)));
    QTest::newRow("frame too short") << shortened(encodeFrame(0, honestFrame(0, 100)));
    QTest::newRow("generation ahead") << encodeFrame(1, honestFrame(0, 100));
    QTest::newRow("header cut") << QByteArray("abc");
    QTest::newRow("unknown type") << encodeEmpty({MessageType(77), 0});
    QTest::newRow("a host's message") << encodeSeek(0, 5);
    QTest::newRow("a second greeting") << encode(HelloMessage{});
    QTest::newRow("a second description") << encodeInfo(scriptedInfo()).front();
    QTest::newRow("end with a body") << extended(encodeEmpty({MessageType::VideoEnd, 0}));
    QTest::newRow("unasked seek") << encodeEmpty({MessageType::Seeked, 0});
    QTest::newRow("unasked progress") << encodeEmpty({MessageType::Progress, 0});
    QTest::newRow("failure cut") << shortened(encodeFailure({MessageType::VideoFailure, 0}, {}));
    QTest::newRow("failure without text") << encodeEmpty({MessageType::VideoFailure, 0});
    QTest::newRow("loss far away") << encodeLoss(0, {longest, {}});
    QTest::newRow("loss too long") << extended(encodeLoss(0, {5, QStringLiteral("x")}));
    const std::vector<float> samples(4, 0.0F);
    const std::vector<float> odd(3, 0.0F);
    const std::vector<float> none;
    const std::vector<float> wild{0.0F, std::numeric_limits<float>::quiet_NaN()};
    const std::vector<float> many(maximumPartBytes / sizeof(float) + 2, 0.0F);
    QTest::newRow("sound at no rate") << encodeAudio(0, 500, 0, 2, samples);
    QTest::newRow("sound at another rate") << encodeAudio(0, 500, 44100, 2, samples);
    QTest::newRow("sound of no channel") << encodeAudio(0, 500, 48000, 0, samples);
    QTest::newRow("sound of other channels") << encodeAudio(0, 500, 48000, 1, samples);
    QTest::newRow("half a sound frame") << encodeAudio(0, 500, 48000, 2, odd);
    QTest::newRow("empty sound") << encodeAudio(0, 500, 48000, 2, none);
    QTest::newRow("no number") << encodeAudio(0, 500, 48000, 2, wild);
    QTest::newRow("sound too long") << encodeAudio(0, 500, 48000, 2, many);
    QTest::newRow("sound backwards") << encodeAudio(0, 0, 48000, 2, samples);
    QTest::newRow("too large a packet") << QByteArray(qsizetype(maximumMessageBytes) + 1, 'x');
}

void TestHostileMessages::refusesEveryBadField()
{
    QFETCH(QByteArray, packet);
    std::vector<QByteArray> packets = honestOpening();
    packets.push_back(honestAudio(0, 0));
    packets.push_back(encodeFrame(0, honestFrame(7, 50)));
    packets.push_back(packet);
    ScriptedWorker worker(packets);
    QVERIFY(worker.clip().greet());
    QVERIFY(worker.clip().open(withSound));
    // Sound is waited for, so that the frame of slot 7 is still under way when the lie arrives.
    QVERIFY(worker.clip().nextAudio());
    const auto refused = worker.clip().nextAudio();
    QVERIFY(!refused);
    QCOMPARE(refused.error().failureClass, QStringLiteral("decoder-misbehaved"));
    QVERIFY(worker.wasKilled());
    QVERIFY(!worker.clip().nextFrame());
    QVERIFY(!worker.clip().seek(0));
}

void TestHostileMessages::refusesBadGreetings_data()
{
    QTest::addColumn<QByteArray>("packet");
    HelloMessage honest;
    honest.systemCallFilter = true;
    HelloMessage other = honest;
    other.version = 99;
    QTest::newRow("unconfined") << encode(HelloMessage{});
    QTest::newRow("another version") << encode(other);
    QTest::newRow("too long") << extended(encode(honest));
    QTest::newRow("too short") << shortened(encode(honest));
    QTest::newRow("a frame first") << encodeFrame(0, honestFrame(0, 0));
}

void TestHostileMessages::refusesBadGreetings()
{
    QFETCH(QByteArray, packet);
    ScriptedWorker worker({packet});
    QVERIFY(!worker.clip().greet());
    QVERIFY(worker.wasKilled());
}

void TestHostileMessages::refusesBadDescriptions_data()
{
    QTest::addColumn<QByteArray>("packet");
    const auto info = [](const char *name, const std::function<void(base::ClipInfo &)> &change) {
        base::ClipInfo lie = scriptedInfo();
        change(lie);
        QTest::newRow(name) << encodeInfo(lie).front();
    };
    info("no width", [](base::ClipInfo &i) { i.storedSize.width = 0; });
    info("negative height", [](base::ClipInfo &i) { i.storedSize.height = -16; });
    info("too wide", [](base::ClipInfo &i) { i.storedSize.width = 16385; });
    info("too many bytes", [](base::ClipInfo &i) {
        i.storedSize = {16384, 16384};
        i.layout = {base::ChromaLayout::Yuv444, 10};
    });
    info("chroma", [](base::ClipInfo &i) { i.layout.chroma = base::ChromaLayout(4); });
    info("depth", [](base::ClipInfo &i) { i.layout.bitDepth = 12; });
    info("orientation", [](base::ClipInfo &i) { i.orientation.quarterTurns = -1; });
    info("time base zero", [](base::ClipInfo &i) { i.timeBase = {1, 0}; });
    info("time base negative", [](base::ClipInfo &i) { i.timeBase = {-1, 90000}; });
    info("time base huge", [](base::ClipInfo &i) { i.timeBase = {1, 1LL << 40}; });
    info("aspect", [](base::ClipInfo &i) { i.sampleAspect = {0, 1}; });
    info("frame rate", [](base::ClipInfo &i) { i.averageFrameRate = {1, 0}; });
    info("duration", [](base::ClipInfo &i) { i.durationMilliseconds = -1; });
    info("frame count", [](base::ClipInfo &i) { i.frameCountEstimate = std::numeric_limits<std::int64_t>::max(); });
    info("field order", [](base::ClipInfo &i) { i.fieldOrder = base::FieldOrder(-1); });
    info("matrix", [](base::ClipInfo &i) { i.colour.matrix = 1000; });
    info("sound rate", [](base::ClipInfo &i) { i.audioStreams[0].sampleRate = 1 << 30; });
    info("channels", [](base::ClipInfo &i) { i.audioStreams[0].channels = -2; });
    info("default sound", [](base::ClipInfo &i) { i.defaultAudioStream = -2; });
    info("no sound where it was asked for", [](base::ClipInfo &i) {
        i.audioStreams.clear();
        i.defaultAudioStream = -1;
    });
    QTest::newRow("too long") << extended(encodeInfo(scriptedInfo()).front());
    QTest::newRow("too short") << shortened(encodeInfo(scriptedInfo()).front());
    // Part, not the last one, and not full: could be sent for ever.
    QByteArray endless = encodeInfo(scriptedInfo()).front();
    endless[8] = 0;
    QTest::newRow("endless parts") << endless;
    QByteArray notText = encodeInfo(scriptedInfo()).front();
    notText[16] = char(0xFF);
    QTest::newRow("not UTF-8") << notText;
    QTest::newRow("refusal cut") << shortened(encodeFailure({MessageType::Failure, 0}, {}));
    QTest::newRow("a frame") << encodeFrame(0, honestFrame(0, 0));
}

void TestHostileMessages::refusesBadDescriptions()
{
    QFETCH(QByteArray, packet);
    HelloMessage hello;
    hello.systemCallFilter = true;
    ScriptedWorker worker({encode(hello), packet});
    QVERIFY(worker.clip().greet());
    QVERIFY(!worker.clip().open(withSound));
    QVERIFY(worker.wasKilled());
}

namespace {

/// Packets of every kind, right ones and damaged ones.
class PacketSource
{
public:
    explicit PacketSource(unsigned seed) : m_random(seed) { }

    int below(int limit) { return int(m_random() % unsigned(limit)); }

    QByteArray packet()
    {
        QByteArray made = plausible();
        switch (below(6)) {
        case 0:
            break;
        case 1:
            made.truncate(below(int(made.size()) + 1));
            break;
        case 2:
            made.append(QByteArray(below(64) + 1, char(below(256))));
            break;
        case 3:
            made = QByteArray(below(200), Qt::Uninitialized);
            for (char &byte : made)
                byte = char(below(256));
            break;
        default:
            damage(made);
        }
        return made;
    }

private:
    /// Overwrites up to three aligned integers, mostly with values at the edges of what is allowed.
    void damage(QByteArray &packet)
    {
        constexpr std::array<std::uint32_t, 10> edges{0, 1, 2, 7, 8, 16, 33, 0x7FFFFFFF, 0x80000000U, 0xFFFFFFFFU};
        for (int count = below(3); count >= 0 && packet.size() >= 4; --count) {
            const std::uint32_t value =
                below(3) > 0 ? edges[std::size_t(below(int(edges.size())))] : std::uint32_t(m_random());
            const qsizetype offset = below(int(packet.size() / 4)) * 4;
            std::memcpy(packet.data() + offset, &value, sizeof value);
        }
    }

    QByteArray plausible()
    {
        const auto generation = std::uint32_t(below(8) == 0 ? 1 : 0);
        switch (below(8)) {
        case 0:
        case 1:
        case 2:
            return encodeFrame(generation, honestFrame(std::uint32_t(below(8)), m_pts += below(100)));
        case 3:
            return honestAudio(generation, m_pts += below(100));
        case 4:
            return encodeLoss(generation, {m_pts, QStringLiteral("lost")});
        case 5:
            return encodeEmpty({MessageType(below(15)), generation});
        case 6:
            return encodeFailure({MessageType(below(15)), generation},
                                 {base::ErrorKind::Failure, QStringLiteral("no"), {}});
        default:
            return encodeInfo(scriptedInfo()).front();
        }
    }

    std::mt19937 m_random;
    std::int64_t m_pts = 0;
};

} // namespace

void TestHostileMessages::survivesRandomMessages()
{
    bool given = false;
    const int asked = qEnvironmentVariableIntValue("DOORVEIL_HOSTILE_MESSAGES", &given);
    const int count = given ? asked : 20'000;
    PacketSource source(20240607);
    SessionLimits limits;
    limits.answer = std::chrono::milliseconds(50);
    int sent = 0;
    int frames = 0;
    int broken = 0;
    while (sent < count) {
        std::vector<QByteArray> packets = honestOpening();
        const int stage = source.below(10);
        packets.resize(stage == 0 ? 0 : stage == 1 ? 1 : packets.size());
        const int length = 1 + source.below(5);
        for (int index = 0; index < length; ++index)
            packets.push_back(source.packet());
        sent += length;
        ScriptedWorker worker(packets, limits);
        const Outcome outcome = useUp(worker.clip(), source.below(4) == 0);
        QVERIFY2(outcome.defect.isEmpty(), outcome.defect.constData());
        frames += outcome.frames;
        broken += outcome.broken ? 1 : 0;
    }
    qInfo("%d messages, %d frames believed, %d sessions broken off", sent, frames, broken);
    // The lies were close enough to the truth to reach every check.
    QVERIFY(frames > 0);
    QVERIFY(broken > 0);
}

void TestHostileMessages::noticesABrokenFrame()
{
    // Positive control of the random test: what it looks for would be seen.
    const base::ClipInfo info = scriptedInfo();
    base::VideoFrame good(info.storedSize, info.layout);
    good.pts = 10;
    QVERIFY(defectOf(good, 5).isEmpty());
    QVERIFY(!defectOf(good, 10).isEmpty());
    QVERIFY(!defectOf(base::VideoFrame({8, 8}, info.layout), {}).isEmpty());
    good.duration = -1;
    QVERIFY(!defectOf(good, {}).isEmpty());
}

QTEST_APPLESS_MAIN(TestHostileMessages)
#include "tst_hostilemessages.moc"
