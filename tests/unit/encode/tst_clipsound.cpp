// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"

#include "encode/containerscan.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace doorveil::encode;
using namespace doorveil::encode::testsupport;
using doorveil::base::AudioBlock;

namespace {

constexpr int seconds = 2;

/// A beep at a time of its own: silence, then a tone that swells, so that only one shift fits.
std::vector<float> beep(int sampleRate, int channels)
{
    std::vector<float> samples;
    for (int index = 0; index < seconds * sampleRate; ++index) {
        const double time = double(index) / sampleRate - 0.8;
        const double value = time < 0 || time > 0.4 ? 0.0 : std::sin(time * 5000 + time * time * 4000) * time;
        samples.insert(samples.end(), std::size_t(channels), float(value));
    }
    return samples;
}

AudioBlock blockOf(const std::vector<float> &samples, std::int64_t pts, int sampleRate, int channels)
{
    AudioBlock block;
    block.pts = pts;
    block.sampleRate = sampleRate;
    block.channels = channels;
    block.samples = samples;
    return block;
}

std::vector<std::int64_t> timesFor(int lengthInSeconds)
{
    std::vector<std::int64_t> times;
    for (int index = 0; index < lengthInSeconds * 25; ++index)
        times.push_back(index * 40);
    return times;
}

EncodeSettings soundSettings(int sampleRate, int channels)
{
    EncodeSettings settings = smallSettings();
    settings.preset = QStringLiteral("veryfast");
    settings.audio = AudioSettings{sampleRate, channels};
    return settings;
}

/// As many samples as there were, filled up to a whole AAC frame (a little more where rates differ).
bool isPaddedTo(std::size_t decoded, std::size_t source, int channels)
{
    constexpr std::size_t frame = 2200;
    return decoded >= source && decoded < source + frame * std::size_t(channels);
}

/// The shift of `decoded` against `source`, in samples of the first channel, at which they differ least.
int shiftOf(const std::vector<float> &decoded, const std::vector<float> &source, int channels)
{
    constexpr int reach = 60;
    int best = 0;
    double least = std::numeric_limits<double>::max();
    const auto frames = int(std::min(decoded.size(), source.size())) / channels;
    for (int shift = -reach; shift <= reach; ++shift) {
        double difference = 0;
        for (int index = reach; index < frames - reach; ++index) {
            const double step = double(decoded[std::size_t((index + shift) * channels)])
                                - double(source[std::size_t(index * channels)]);
            difference += step * step;
        }
        if (difference < least) {
            least = difference;
            best = shift;
        }
    }
    return best;
}

} // namespace

class TestClipSound final : public QObject
{
    Q_OBJECT

private slots:
    void staysInStep_data();
    void staysInStep();
    void cutsAndFills();
    void keepsSilenceSilent();
    void survivesSamplesThatAreNoNumbers();
    void comesBesideTheVideo_data();
    void comesBesideTheVideo();
    void refusesOtherBlocks();
};

void TestClipSound::staysInStep_data()
{
    QTest::addColumn<int>("sampleRate");
    QTest::addColumn<int>("channels");
    QTest::newRow("48000, stereo") << 48'000 << 2;
    QTest::newRow("44100, mono") << 44'100 << 1;
    QTest::newRow("16000, mono") << 16'000 << 1;
    QTest::newRow("8000, mono") << 8'000 << 1;
    QTest::newRow("48000, six channels") << 48'000 << 6;
    QTest::newRow("48000, eight channels") << 48'000 << 8;
    QTest::newRow("48000, seven channels") << 48'000 << 7;
    QTest::newRow("11127, which AAC has not") << 11'127 << 1;
    QTest::newRow("192000, which AAC has not") << 192'000 << 2;
}

void TestClipSound::staysInStep()
{
    QFETCH(int, sampleRate);
    QFETCH(int, channels);
    const std::vector<float> source = beep(sampleRate, channels);
    const ScratchFile file;
    const auto summary = writeClip(file.descriptor(), soundSettings(sampleRate, channels), timesFor(seconds), 40,
                                   {blockOf(source, 0, sampleRate, channels)});
    QVERIFY2(summary.hasValue(), summary ? "" : qPrintable(summary.error().message));

    for (const char *kind : {"v", "a"}) {
        const QJsonObject stream = probeStream(file.path(), QString::fromLatin1(kind));
        QCOMPARE(stream.value(QLatin1String("start_pts")).toInteger(-1), 0);
        QCOMPARE(stream.value(QLatin1String("duration")).toString().toDouble(), double(seconds));
    }
    // Sound begins on the very sample: the edit list hides the priming. The padding of the last frame, which it hides
    // too, ffmpeg shows all the same.
    const std::vector<float> decoded = decodeAudio(file.path(), sampleRate);
    QVERIFY(isPaddedTo(decoded.size(), source.size(), channels));
    QCOMPARE(shiftOf(decoded, source, channels), 0);
    QCOMPARE(probeFrames(file.path()).times, timesFor(seconds));
    const auto scan = scanContainer(file.descriptor());
    QVERIFY(scan.hasValue());
    QVERIFY2(scan->isClean(), qPrintable(scan->findings.join(QLatin1Char('\n'))));
}

void TestClipSound::cutsAndFills()
{
    // The same beep in blocks: one begins before the start, two overlap, and a silent stretch is left out.
    constexpr int rate = 16'000;
    const std::vector<float> source = beep(rate, 1);
    const auto part = [&source](int begin, int end) {
        return std::vector<float>(source.begin() + begin, source.begin() + end);
    };
    std::vector<float> early(1000, 0.5F);
    const std::vector<float> first = part(0, 4000);
    early.insert(early.end(), first.begin(), first.end());
    const std::vector<AudioBlock> blocks = {
        blockOf(std::vector<float>(500, 0.5F), -3000, rate, 1), // all of it before the start
        blockOf(early, -1000, rate, 1),
        blockOf(part(12'000, 13'000), 12'000, rate, 1), // 4000 to 12000 is missing
        blockOf(part(12'500, 20'000), 12'500, rate, 1),
        blockOf(part(15'000, 16'000), 15'000, rate, 1), // is there already
        blockOf(part(20'000, 32'000), 20'000, rate, 1),
    };
    const ScratchFile file;
    QVERIFY(writeClip(file.descriptor(), soundSettings(rate, 1), timesFor(seconds), 40, blocks).hasValue());
    const std::vector<float> decoded = decodeAudio(file.path(), rate);
    QVERIFY(isPaddedTo(decoded.size(), source.size(), 1));
    QCOMPARE(shiftOf(decoded, source, 1), 0);
    double worst = 0;
    for (std::size_t index = 0; index < source.size(); ++index)
        worst = std::max(worst, std::abs(double(decoded[index]) - double(source[index])));
    QVERIFY(worst < 0.1);
}

void TestClipSound::keepsSilenceSilent()
{
    constexpr int rate = 48'000;
    std::vector<float> samples(rate * 2, 0.0F);
    const ScratchFile file;
    QVERIFY(
        writeClip(file.descriptor(), soundSettings(rate, 1), timesFor(seconds), 40, {blockOf(samples, 0, rate, 1)}));
    for (const float sample : decodeAudio(file.path(), rate))
        QVERIFY(std::abs(sample) < 1e-6F);
}

void TestClipSound::survivesSamplesThatAreNoNumbers()
{
    constexpr int rate = 48'000;
    std::vector<float> samples = beep(rate, 1);
    for (std::size_t index = 0; index < samples.size(); index += 777)
        samples[index] = index % 2 == 0 ? std::numeric_limits<float>::quiet_NaN() : 1e30F;
    const ScratchFile file;
    QVERIFY(
        writeClip(file.descriptor(), soundSettings(rate, 1), timesFor(seconds), 40, {blockOf(samples, 0, rate, 1)}));
    QVERIFY(isPaddedTo(decodeAudio(file.path(), rate).size(), samples.size(), 1));
}

void TestClipSound::comesBesideTheVideo_data()
{
    QTest::addColumn<bool>("soundFirst");
    QTest::newRow("sound first") << true;
    QTest::newRow("in turns") << false;
}

/// However the caller mixes them, sound lies in the file beside the pictures it belongs to.
void TestClipSound::comesBesideTheVideo()
{
    QFETCH(bool, soundFirst);
    constexpr int rate = 16'000;
    constexpr int length = 8;
    const ScratchFile file;
    auto writer = createClipWriter(file.descriptor(), soundSettings(rate, 1));
    QVERIFY(writer.hasValue());
    const std::vector<float> tick(rate / 25, 0.25F);
    const auto writeSound = [&](int index) {
        return (*writer)->writeAudio(blockOf(tick, index * rate / 25, rate, 1)).hasValue();
    };
    for (int index = 0; soundFirst && index < length * 25; ++index)
        QVERIFY(writeSound(index));
    for (int index = 0; index < length * 25; ++index) {
        doorveil::base::VideoFrame frame = numberedFrame({64, 48}, index);
        frame.pts = index * 40;
        QVERIFY((*writer)->writeVideo(frame).hasValue());
        QVERIFY(soundFirst || writeSound(index));
    }
    QVERIFY((*writer)->finish().hasValue());
    const std::vector<ProbedPacket> packets = probePackets(file.path());
    double latestVideo = 0;
    double latestSound = 0;
    double widest = 0;
    for (const ProbedPacket &packet : packets) {
        (packet.isVideo ? latestVideo : latestSound) = packet.seconds;
        widest = std::max(widest, std::abs(latestVideo - latestSound));
    }
    QVERIFY(!packets.empty());
    QVERIFY2(widest < 0.5, qPrintable(QString::number(widest)));
}

void TestClipSound::refusesOtherBlocks()
{
    const std::vector<float> samples(1600, 0.1F);
    const auto errorFor = [&samples](const EncodeSettings &settings, std::int64_t pts, int rate, int channels) {
        const ScratchFile file;
        auto writer = createClipWriter(file.descriptor(), settings);
        return writer && !(*writer)->writeAudio(blockOf(samples, pts, rate, channels));
    };
    QVERIFY(errorFor(soundSettings(16'000, 1), 0, 8'000, 1));
    QVERIFY(errorFor(soundSettings(16'000, 1), 0, 16'000, 2));
    QVERIFY(errorFor(soundSettings(16'000, 1), std::int64_t(1) << 60, 16'000, 1));
    QVERIFY(errorFor(smallSettings(), 0, 16'000, 1));
    QVERIFY(!errorFor(soundSettings(16'000, 1), 0, 16'000, 1));
    const ScratchFile file;
    QVERIFY(!createClipWriter(file.descriptor(), soundSettings(0, 1)));
    QVERIFY(!createClipWriter(file.descriptor(), soundSettings(48'000, 0)));
}

QTEST_GUILESS_MAIN(TestClipSound)
#include "tst_clipsound.moc"
