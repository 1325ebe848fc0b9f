// SPDX-License-Identifier: GPL-3.0-or-later
// Sound comes out as interleaved samples on the clip's clock.
#include "decodetesting.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace doorveil;
using namespace doorveil::decodetesting;
using testsupport::CounterClip;

namespace {

struct Sound
{
    std::int64_t first = 0;
    std::vector<float> samples; // of the first channel, gaps filled with silence
    bool overlaps = false;
    int channels = 0;
    int rate = 0;
};

Sound decodeSound(base::FrameSource &source)
{
    Sound sound;
    while (true) {
        const auto block = source.nextAudio();
        if (!block || !*block)
            return sound;
        const base::AudioBlock &found = **block;
        if (sound.samples.empty())
            sound.first = found.pts;
        const std::int64_t position = found.pts - sound.first;
        sound.overlaps = sound.overlaps || position < std::int64_t(sound.samples.size());
        sound.samples.resize(std::size_t(std::max<std::int64_t>(position, std::int64_t(sound.samples.size()))), 0.0F);
        for (std::int64_t index = 0; index < found.frameCount(); ++index)
            sound.samples.push_back(found.samples[std::size_t(index) * std::size_t(found.channels)]);
        sound.channels = found.channels;
        sound.rate = found.sampleRate;
    }
}

// The first sample (of the whole clip's clock) at which a beep is heard.
std::int64_t beginOfBeep(const Sound &sound)
{
    const auto loud =
        std::find_if(sound.samples.begin(), sound.samples.end(), [](float sample) { return std::abs(sample) > 0.02F; });
    return sound.first + (loud - sound.samples.begin());
}

} // namespace

class TestDecodeSound : public QObject
{
    Q_OBJECT

private slots:
    void codecs_data();
    void codecs();
    void startsLate();
    void noSound();

private:
    QTemporaryDir m_folder;
};

void TestDecodeSound::codecs_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("codec");
    QTest::addColumn<int>("rate");
    QTest::addColumn<int>("channels");
    QTest::addColumn<int>("tolerance"); // samples the beep may move: what lossy codecs smear before a sharp start
    const auto row = [](const char *name, const char *codec, int rate, int channels, int tolerance) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(codec) << rate << channels << tolerance;
    };
    row("aac.mp4", "aac", 48000, 2, 1200);
    row("mono.mp4", "aac", 16000, 1, 1200);
    row("mp3.mp4", "libmp3lame", 44100, 2, 1300);
    row("opus.webm", "libopus", 48000, 2, 700);
    row("vorbis.webm", "libvorbis", 44100, 2, 1200);
    row("flac.mkv", "flac", 44100, 2, 50);
    row("pcm.avi", "pcm_s16le", 8000, 1, 8);
    row("alaw.mov", "pcm_alaw", 8000, 1, 8);
    row("mp2.ts", "mp2", 48000, 2, 1300);
    row("ac3.ts", "ac3", 48000, 2, 1300);
    row("alac.mov", "alac", 48000, 2, 2);
}

void TestDecodeSound::codecs()
{
    QFETCH(QString, name);
    QFETCH(QString, codec);
    QFETCH(int, rate);
    QFETCH(int, channels);
    QFETCH(int, tolerance);
    // Silence, then a tone from 1.0 s on.
    CounterClip clip;
    clip.inputs = QStringList{QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                              QStringLiteral("sine=f=1000:r=%1:d=2,volume='if(lt(t,1),0,4)':eval=frame,"
                                             "aformat=channel_layouts=%2")
                                  .arg(rate)
                                  .arg(channels == 1 ? QStringLiteral("mono") : QStringLiteral("stereo"))};
    if (name.endsWith(QLatin1String("webm")))
        clip.encoder = QStringLiteral("-c:v libvpx -deadline realtime -cpu-used 8").split(QLatin1Char(' '));
    clip.encoder << QStringLiteral("-c:a") << codec;
    const QString path = m_folder.filePath(name);
    QVERIFY(testsupport::makeCounterClip(path, clip));

    base::FrameSourceOptions options;
    options.audioStream = 0;
    const OpenedClip opened = open(path, options);
    QVERIFY2(opened.source, qPrintable(opened.error));
    QCOMPARE(opened->info().audioStreams.size(), std::size_t(1));
    QCOMPARE(opened->info().audioStreams[0].sampleRate, rate);
    QCOMPARE(opened->info().audioStreams[0].channels, channels);
    const Sound sound = decodeSound(*opened.source);
    QCOMPARE(sound.rate, rate);
    QCOMPARE(sound.channels, channels);
    QVERIFY(!sound.overlaps);
    QVERIFY(std::abs(std::int64_t(sound.samples.size()) - 2 * std::int64_t(rate)) < 2600);

    // The tone starts with the picture of one second.
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(frames.size(), std::size_t(50));
    const std::int64_t picture = base::rescale(frames[25].pts, opened->info().timeBase, {1, rate});
    const std::int64_t difference = beginOfBeep(sound) - picture;
    const int volumeSteps = 1024; // the filter changes the volume a block of samples at a time
    QVERIFY2(std::abs(difference) <= tolerance + volumeSteps, qPrintable(QString::number(difference)));
}

void TestDecodeSound::startsLate()
{
    CounterClip clip;
    clip.inputs = QStringList{QStringLiteral("-itsoffset"), QStringLiteral("0.8"), QStringLiteral("-f"),
                              QStringLiteral("lavfi"),      QStringLiteral("-i"),  QStringLiteral("sine=r=48000:d=1")};
    clip.encoder << QStringLiteral("-c:a") << QStringLiteral("flac");
    const QString path = m_folder.filePath(QStringLiteral("late.mkv"));
    QVERIFY(testsupport::makeCounterClip(path, clip));
    base::FrameSourceOptions options;
    options.audioStream = 0;
    options.video = false;
    const OpenedClip opened = open(path, options);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const Sound sound = decodeSound(*opened.source);
    QVERIFY(std::abs(sound.first - 38'400) <= 48);
    QCOMPARE(sound.samples.size(), std::size_t(48'000));
}

void TestDecodeSound::noSound()
{
    const QString path = m_folder.filePath(QStringLiteral("silent.mp4"));
    QVERIFY(testsupport::makeCounterClip(path, {}));
    const OpenedClip opened = open(path);
    QVERIFY(opened.source);
    QCOMPARE(opened->info().defaultAudioStream, -1);
    const auto none = opened->nextAudio();
    QVERIFY(none && !*none);
    base::FrameSourceOptions options;
    options.audioStream = 0;
    QVERIFY(!open(path, options).source);
}

QTEST_GUILESS_MAIN(TestDecodeSound)
#include "tst_decodesound.moc"
