// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "base/picture.h"
#include "isolation/videoreader.h"
#include "pipeline/clippictures.h"
#include "pipeline/clipsound.h"
#include "pipeline/finds.h"
#include "pipeline/follow.h"
#include "pipeline/jobs.h"
#include "pipeline/playback.h"
#include "redaction/redactor.h"
#include "support/democlip.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>

#include <condition_variable>
#include <mutex>

using namespace doorveil;
using namespace doorveil::pipeline;

namespace {

constexpr testsupport::DemoSettings demo{{480, 270}, 15, 90};

/// Asks a cache for one frame after the other and waits for each.
class Asking
{
public:
    Asking(const project::SourceRecord &source, const FrameCache::Settings &settings)
        : m_cache(source.path.toStdString(), source.frames, settings, [this](base::Result<FrameCache::Answer> answer) {
              const std::lock_guard lock(m_mutex);
              m_answer.emplace(std::move(answer));
              m_answered.notify_one();
          })
    {
    }
    base::Result<FrameCache::Answer> ask(std::size_t index, bool covered)
    {
        std::unique_lock lock(m_mutex);
        m_answer.reset();
        lock.unlock();
        if (m_cache.request(index, covered) == 0)
            return base::Error{base::ErrorKind::Usage, QStringLiteral("no such frame")};
        lock.lock();
        m_answered.wait(lock, [this] { return m_answer.has_value(); });
        return *m_answer;
    }
    FrameCache &cache() { return m_cache; }

private:
    std::mutex m_mutex;
    std::condition_variable m_answered;
    std::optional<base::Result<FrameCache::Answer>> m_answer;
    FrameCache m_cache; // last: its thread ends before the rest goes
};

/// The face of the first who is drawn in that frame.
base::Rectangle faceAt(int index)
{
    testsupport::DemoTruth truth;
    (void)testsupport::drawDemoFrame(demo, index, &truth);
    return truth.faces.empty() ? base::Rectangle{} : truth.faces[0];
}

} // namespace

/// What the window takes out of clips: frames to play, single pictures, sound, and boxes that are followed.
class TestClipViews final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cacheGivesTheFramesAskedFor_data();
    void cacheGivesTheFramesAskedFor();
    void cacheBringsInWhatLiesBehind();
    void cacheSurvivesJumpsWhileItBringsIn();
    void cacheRefusesCoveredFramesWithoutAPlan();
    void pictureIsWhatAnExportShows();
    void changedSourceGivesNoPicture();
    void partsComeFromTheirFrames();
    void drawnBoxIsFollowedBothWays();
    void findsGoAlongWithWhatTheyShow();
    void followingCanBeCancelled();
    void soundIsReadWithItsTimes();
    void mutedSoundIsSilent();
    void levelsAgreeAtEveryZoom();

private:
    QTemporaryDir m_folder;
    project::ReviewDocument m_document;
    project::SourceRecord m_sound;
};

void TestClipViews::initTestCase()
{
    const std::string path = m_folder.filePath(QStringLiteral("demo.mp4")).toStdString();
    QVERIFY(testsupport::writeDemoClip(path, demo).hasValue());
    const auto clip = importClip(path);
    QVERIFY(clip.hasValue());
    m_document.source = clip->source;
    const auto file = base::openInput(path);
    QVERIFY(file.hasValue());
    const auto reader = isolation::openClip(file->get());
    QVERIFY(reader.hasValue());
    while (true) {
        const auto frame = (*reader)->nextFrame();
        QVERIFY(frame.hasValue());
        if (!frame->has_value())
            break;
        m_document.source.frames.push_back({(*frame)->pts, (*frame)->duration, false});
    }
    QCOMPARE(m_document.source.frames.size(), std::size_t(demo.frameCount));

    const QString sound = m_folder.filePath(QStringLiteral("sound.mp4"));
    testsupport::CounterClip counter;
    counter.frames = 50;
    counter.inputs = {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                      QStringLiteral("sine=frequency=440:sample_rate=16000:duration=2")};
    QVERIFY(testsupport::makeCounterClip(sound, counter));
    const auto imported = importClip(sound.toStdString());
    QVERIFY(imported.hasValue());
    m_sound = imported->source;
}

void TestClipViews::cacheGivesTheFramesAskedFor_data()
{
    QTest::addColumn<int>("budget");
    QTest::newRow("room for all") << (64 << 20);
    QTest::newRow("room for three") << (600 << 10);
}

void TestClipViews::cacheGivesTheFramesAskedFor()
{
    QFETCH(int, budget);
    Asking asking(m_document.source, {std::size_t(budget), 8});
    asking.cache().setPlan(coverPlanOf(m_document));
    // Forwards, far jumps, and frame by frame backwards.
    std::vector<std::size_t> order{0, 1, 2, 80, 79, 78, 77, 60, 3, 89};
    for (std::size_t index = 50; index > 20; --index)
        order.push_back(index);
    for (const std::size_t index : order) {
        const auto answer = asking.ask(index, true);
        QVERIFY(answer.hasValue());
        QCOMPARE(answer->index, index);
        QCOMPARE(answer->frame.pts, m_document.source.frames[index].pts);
        QVERIFY(!answer->covered.isNull());
        QVERIFY(asking.cache().bytesHeld() <= std::size_t(budget) + answer->frame.byteCount());
    }
    QCOMPARE(asking.cache().request(90, true), std::uint64_t(0));
}

void TestClipViews::cacheBringsInWhatLiesBehind()
{
    FrameCache::Settings settings;
    Asking asking(m_document.source, settings);
    const auto there = asking.ask(80, false);
    QVERIFY(there.hasValue());
    const std::size_t size = there->frame.byteCount();
    // By itself there are the first frame, this one and those read ahead: the control. Standing still, all before it.
    QVERIFY(asking.cache().bytesHeld() <= (2 + settings.readAhead) * size);
    QTRY_VERIFY(asking.cache().bytesHeld() >= 80 * size);
    for (std::size_t index = 79; index > 60; --index) {
        const auto answer = asking.ask(index, false);
        QVERIFY(answer.hasValue());
        QCOMPARE(answer->frame.pts, m_document.source.frames[index].pts);
    }
    QVERIFY(asking.cache().bytesHeld() <= settings.byteBudget);
}

void TestClipViews::cacheSurvivesJumpsWhileItBringsIn()
{
    // Room for thirty: blocks of ten are brought in, and given up where somebody jumps away from them.
    const std::size_t size = std::size_t(demo.size.width) * std::size_t(demo.size.height) * 3 / 2;
    Asking asking(m_document.source, {30 * size, 4});
    for (int round = 0; round < 3; ++round) {
        for (const std::size_t start : {std::size_t(85), std::size_t(40), std::size_t(70)}) {
            for (std::size_t index = start; index > start - 25; --index) {
                const auto answer = asking.ask(index, false);
                QVERIFY(answer.hasValue());
                QCOMPARE(answer->index, index);
                QCOMPARE(answer->frame.pts, m_document.source.frames[index].pts);
                QVERIFY(asking.cache().bytesHeld() <= 31 * size);
            }
        }
        QTest::qWait(200); // long enough to stand still
    }
}

void TestClipViews::cacheRefusesCoveredFramesWithoutAPlan()
{
    Asking asking(m_document.source, {});
    QVERIFY(!asking.ask(0, true).hasValue());
    const auto original = asking.ask(0, false);
    QVERIFY(original.hasValue() && original->covered.isNull());
}

void TestClipViews::pictureIsWhatAnExportShows()
{
    testsupport::DemoTruth truth;
    (void)testsupport::drawDemoFrame(demo, 45, &truth);
    QVERIFY(!truth.faces.empty());
    project::ReviewDocument document = m_document;
    document.tracks = {
        {1, base::TrackKind::Face, {{document.source.frames[45].pts, truth.faces[0], {}, 0.9F}}, {}, {}, {}}};
    const auto picture = coveredPicture(document, 45, {});
    QVERIFY(picture.hasValue());

    Asking asking(document.source, {});
    asking.cache().setPlan(coverPlanOf(document));
    const auto preview = asking.ask(45, true);
    QVERIFY(preview.hasValue());
    QVERIFY(picture->bgr == base::toPicture(preview->covered).bgr); // the screen shows the same
    QVERIFY(picture->bgr != base::toPicture(preview->frame).bgr); // and something is covered
    // The control: without the track the frame is bare.
    document.tracks.clear();
    QVERIFY(coveredPicture(document, 45, {})->bgr == base::toPicture(preview->frame).bgr);
}

void TestClipViews::changedSourceGivesNoPicture()
{
    project::ReviewDocument document = m_document;
    document.source.sha256[0] = document.source.sha256[0] == QLatin1Char('0') ? QLatin1Char('1') : QLatin1Char('0');
    const auto picture = coveredPicture(document, 0, {});
    QVERIFY(!picture);
    QCOMPARE(picture.error().failureClass, QStringLiteral("source-changed"));
}

void TestClipViews::partsComeFromTheirFrames()
{
    std::vector<PartRequest> requests;
    for (const int index : {70, 3, 3, 40})
        requests.push_back({index, m_document.source.frames[std::size_t(index)].pts, {100, 50, 64, 48}});
    requests.push_back({1000, m_document.source.frames.back().pts + 1, {0, 0, 8, 8}}); // no frame of this time
    std::vector<std::int64_t> keys;
    Asking asking(m_document.source, {});
    QVERIFY(readParts(m_document.source, requests,
                      [&](const PartRequest &request, const base::Picture &picture) {
                          keys.push_back(request.key);
                          const auto whole = asking.ask(std::size_t(request.key), false);
                          if (!whole || base::toPicture(whole->frame, request.area).bgr != picture.bgr)
                              qFatal("a part of another frame");
                      },
                      {})
                .hasValue());
    QCOMPARE(keys, (std::vector<std::int64_t>{3, 3, 40, 70}));
}

void TestClipViews::drawnBoxIsFollowedBothWays()
{
    const int start = 45;
    for (const bool backwards : {false, true}) {
        std::int64_t told = 0;
        const auto followed = followBox(m_document.source, {faceAt(start), std::size_t(start), backwards, 20},
                                        [&told](const base::Progress &progress) { told = progress.done; }, {});
        QVERIFY(followed.hasValue());
        QVERIFY2(followed->observations.size() >= 10, qPrintable(QString::number(followed->observations.size())));
        QCOMPARE(told, std::int64_t(followed->observations.size()));
        std::int64_t before = -1;
        for (const base::Observation &one : followed->observations) {
            QVERIFY(one.pts > before);
            before = one.pts;
            QCOMPARE(one.origin, base::Origin::Propagated);
            const auto frame = std::find_if(m_document.source.frames.begin(), m_document.source.frames.end(),
                                            [&one](const base::FrameTime &time) { return time.pts == one.pts; });
            const int index = int(frame - m_document.source.frames.begin());
            QVERIFY(backwards ? index < start : index > start);
            QVERIFY2(base::intersectionOverUnion(one.box, faceAt(index)) > 0.4, qPrintable(QString::number(index)));
        }
    }
    // At the clip's ends there is nothing to follow into.
    QVERIFY(followBox(m_document.source, {faceAt(start), 0, true, 0}, {}, {})->observations.empty());
    QVERIFY(!followBox(m_document.source, {{}, 0, false, 0}, {}, {}));
}

/// A find that the second pass saw in two frames, and that it holds for a second around them.
void TestClipViews::findsGoAlongWithWhatTheyShow()
{
    const std::vector<base::FrameTime> &frames = m_document.source.frames;
    const int first = 40;
    const int last = 42;
    base::Track find;
    for (int index = first - demo.framesPerSecond; index <= last + demo.framesPerSecond; ++index) {
        const bool isSeen = index == first || index == last;
        const base::Rectangle &box = faceAt(index < last ? first : last);
        find.observations.push_back(
            {frames[std::size_t(index)].pts, box, base::Origin::Verification, isSeen ? 0.8F : 0.0F});
    }
    const auto worst = [&](const base::Track &track) {
        double least = 1.0;
        for (std::size_t index = 0; index < track.observations.size(); ++index) {
            const base::Rectangle face = faceAt(first - demo.framesPerSecond + int(index));
            least = std::min(least, base::intersectionOverUnion(track.observations[index].box, face));
        }
        return least;
    };
    QVERIFY2(worst(find) < 0.3, qPrintable(QString::number(worst(find)))); // who walks has gone from there
    const auto followed = followFinds(m_document.source, {find, {}}, {});
    QVERIFY(followed.hasValue());
    QCOMPARE(followed->size(), std::size_t(2)); // one without observations is no harm
    QVERIFY2(worst(followed->front()) > 0.4, qPrintable(QString::number(worst(followed->front()))));
    QCOMPARE(followed->front().observations.size(), find.observations.size());
    for (std::size_t index = 0; index < find.observations.size(); ++index) {
        const base::Observation &before = find.observations[index];
        const base::Observation &after = followed->front().observations[index];
        QCOMPARE(after.pts, before.pts);
        QCOMPARE(after.score, before.score);
        QCOMPARE(after.origin, base::Origin::Verification);
        if (before.score > 0.0F)
            QCOMPARE(after.box, before.box); // as it was seen
    }
    // What cannot be decoded again stays as it was.
    project::SourceRecord gone = m_document.source;
    gone.path = QStringLiteral("/nowhere.mp4");
    gone.nativePath = "/nowhere.mp4";
    QCOMPARE(followFinds(gone, {find}, {})->front(), find);
    const base::CancelToken cancel;
    cancel.cancel();
    QCOMPARE(followFinds(m_document.source, {find}, cancel).error().kind, base::ErrorKind::Cancelled);
}

void TestClipViews::followingCanBeCancelled()
{
    const base::CancelToken cancel;
    const auto followed = followBox(
        m_document.source, {{200, 100, 60, 60}, 0, false, 0}, [&cancel](const base::Progress &) { cancel.cancel(); },
        cancel);
    QVERIFY(!followed || followed->lost);
    cancel.cancel();
    QCOMPARE(followBox(m_document.source, {{200, 100, 60, 60}, 0, false, 0}, {}, cancel).error().kind,
             base::ErrorKind::Cancelled);
}

void TestClipViews::soundIsReadWithItsTimes()
{
    const auto sound = readSound(m_sound, std::size_t(64) << 20, {});
    QVERIFY(sound.hasValue());
    QCOMPARE(sound->channels, 1);
    QCOMPARE(sound->sampleRate, 16000);
    QVERIFY(std::abs(sound->frameCount() - 32000) < 2500);
    QVERIFY(!sound->truncated);
    // 440 Hz: 880 changes of sign a second.
    int changes = 0;
    for (std::size_t index = 8001; index < 24000; ++index)
        changes += (sound->samples[index] < 0) != (sound->samples[index - 1] < 0) ? 1 : 0;
    QVERIFY(std::abs(changes - 880) < 10);
    QVERIFY(readSound(m_sound, 8000, {})->truncated);
    QCOMPARE(readSound(m_document.source, 8000, {})->channels, 0); // no sound is no error
}

void TestClipViews::mutedSoundIsSilent()
{
    const auto sound = readSound(m_sound, std::size_t(64) << 20, {});
    QVERIFY(sound.hasValue());
    const base::Rational milliseconds{1, 1000};
    const auto heard = audibleSamples(*sound, 4000, 16000, {{500, 750}}, milliseconds);
    QCOMPARE(heard.size(), std::size_t(16000));
    const auto isSilent = [](auto begin, auto end) {
        return std::all_of(begin, end, [](std::int16_t sample) { return sample == 0; });
    };
    QVERIFY(isSilent(heard.begin() + 4000, heard.begin() + 8000));
    QVERIFY(!isSilent(heard.begin(), heard.begin() + 3000));
    QVERIFY(!isSilent(heard.begin() + 9000, heard.end()));
    // Before and after the track there is silence, not an error.
    QVERIFY(isSilent(heard.begin(), heard.begin()));
    const auto late = audibleSamples(*sound, 200'000, 100, {}, milliseconds);
    QVERIFY(late.size() == 100 && isSilent(late.begin(), late.end()));
}

void TestClipViews::levelsAgreeAtEveryZoom()
{
    ClipSound sound;
    sound.sampleRate = 8000;
    sound.channels = 1;
    sound.firstSample = 500;
    sound.peakFrames = 40;
    sound.samples.assign(8000, 0);
    for (int index = 4000; index < 4400; ++index)
        sound.samples[std::size_t(index)] = std::int16_t(index % 2 == 0 ? 16384 : -16384);
    for (int begin = 0; begin < 8000; begin += 40)
        sound.peaks.push_back(begin >= 4000 && begin < 4400 ? 128 : 0);
    for (const std::size_t parts : {std::size_t(10), std::size_t(80), std::size_t(800), std::size_t(8000)}) {
        const auto levels = soundLevels(sound, 500, 8500, parts);
        QCOMPARE(levels.size(), parts);
        for (std::size_t part = 0; part < parts; ++part) {
            const bool loud = part >= parts / 2 && part < parts * 55 / 100 + (parts < 20 ? 1 : 0);
            QCOMPARE(levels[part] > 0, loud);
        }
    }
    QVERIFY(soundLevels(sound, 900'000, 990'000, 5) == (std::vector<std::uint8_t>(5, 0)));
    QVERIFY(soundLevels({}, 0, 100, 3) == (std::vector<std::uint8_t>(3, 0)));
}

QTEST_GUILESS_MAIN(TestClipViews)
#include "tst_clipviews.moc"
