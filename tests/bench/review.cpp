// SPDX-License-Identifier: GPL-3.0-or-later
#include "processmeter.h"

#include "base/file.h"
#include "isolation/videoreader.h"
#include "jobthread.h"
#include "mainwindow.h"
#include "pipeline/jobs.h"
#include "project/projectstore.h"
#include "review/pictureview.h"
#include "review/reviewplace.h"
#include "settings/settings.h"
#include "support/democlip.h"
#include "theme/theme.h"

#include <QAbstractEventDispatcher>
#include <QAction>
#include <QApplication>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QTemporaryDir>
#include <QThread>
#include <QTimer>
#include <QVariant>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <string_view>
#include <thread>
#include <vector>

// Figures of the Review place: how soon the first frame is there, how long a step takes, and for how long the window's
// thread is busy at a stretch while the clip is played, scrubbed, and another one analysed.
//
//     doorveil-bench-review [CLIP]            without one a drawn 1080p clip of 20 seconds
//     doorveil-bench-review --unsearched CLIP  nobody is looked for, so that a long clip is soon open; scrubbed alone,
//                                              and the memory it takes
//
// With DOORVEIL_BENCH_EVENTS set, what took longest in each part is named: event, receiver, milliseconds.

namespace {

using namespace doorveil;

/// Times each event that the window's thread handles.
class TimingApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (!m_measures || QThread::currentThread() != thread())
            return QApplication::notify(receiver, event);
        QString what = QStringLiteral("%1 to %2 %3")
                           .arg(QVariant::fromValue(event->type()).toString(),
                                QString::fromLatin1(receiver->metaObject()->className()), receiver->objectName());
        QElapsedTimer clock;
        clock.start();
        const bool done = QApplication::notify(receiver, event);
        m_taken.emplace_back(double(clock.nsecsElapsed()) / 1e6, std::move(what));
        return done;
    }
    void report()
    {
        std::sort(m_taken.begin(), m_taken.end(), std::greater<>());
        constexpr std::size_t most = 12;
        for (std::size_t index = 0; index < std::min(most, m_taken.size()); ++index)
            std::printf("    %6.1f ms  %s\n", m_taken[index].first, qPrintable(m_taken[index].second));
        m_taken.clear();
    }

private:
    bool m_measures = qEnvironmentVariableIsSet("DOORVEIL_BENCH_EVENTS");
    std::vector<std::pair<double, QString>> m_taken;
};

/// How long the event loop works between two waits.
class StallMeter
{
public:
    StallMeter()
    {
        auto *dispatcher = QAbstractEventDispatcher::instance();
        QObject::connect(dispatcher, &QAbstractEventDispatcher::awake, dispatcher, [this] {
            if (!m_working)
                m_since.start();
            m_working = true;
        });
        QObject::connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, dispatcher, [this] {
            if (m_working)
                m_stalls.push_back(double(m_since.nsecsElapsed()) / 1e6);
            m_working = false;
        });
    }
    void report(const char *during)
    {
        std::sort(m_stalls.begin(), m_stalls.end());
        if (!m_stalls.empty())
            std::printf("%-34s %6zu stretches of work, longest %6.1f ms, 99 %% within %5.1f ms\n", during,
                        m_stalls.size(), m_stalls.back(), m_stalls[m_stalls.size() * 99 / 100]);
        static_cast<TimingApplication *>(QCoreApplication::instance())->report();
        std::fflush(stdout);
        m_stalls.clear();
    }

private:
    QElapsedTimer m_since;
    bool m_working = false;
    std::vector<double> m_stalls;
};

void runFor(int milliseconds)
{
    QEventLoop loop;
    QTimer::singleShot(milliseconds, &loop, &QEventLoop::quit);
    loop.exec();
}

bool waitFor(const std::function<bool()> &done, int milliseconds)
{
    QElapsedTimer clock;
    clock.start();
    while (!done() && clock.elapsed() < milliseconds)
        runFor(1);
    return done();
}

/// Of this program and its workers.
double megabytesHeld()
{
    return double(bench::treeBytes(QCoreApplication::applicationPid())) / (1 << 20);
}

struct Prepared
{
    project::ReviewDocument document;
    std::filesystem::path project;
};

/// Nobody is looked for.
base::Result<project::ReviewDocument> onlyRead(const std::filesystem::path &clip)
{
    const auto imported = pipeline::importClip(clip);
    if (!imported)
        return imported.error();
    project::ReviewDocument document;
    document.source = imported->source;
    const auto file = base::openInput(clip);
    if (!file)
        return file.error();
    const auto reader = isolation::openClip(file->get());
    if (!reader)
        return reader.error();
    while (true) {
        const auto frame = (*reader)->nextFrame();
        if (!frame)
            return frame.error();
        if (!frame->has_value())
            return document;
        document.source.frames.push_back({(*frame)->pts, (*frame)->duration, false});
    }
}

std::optional<Prepared> prepare(const std::filesystem::path &clip, const std::filesystem::path &folder, bool search)
{
    pipeline::AnalyzeParameters parameters;
    parameters.clip = clip;
    std::optional<Prepared> prepared;
    std::thread([&] {
        const auto document = search ? pipeline::analyze(parameters, {}, {}) : onlyRead(clip);
        if (!document) {
            std::fprintf(stderr, "%s\n", qPrintable(document.error().message));
            return;
        }
        const std::filesystem::path project = folder / "bench.doorveil";
        if (project::ProjectStore::create(project, *document, false))
            prepared = Prepared{*document, project};
    }).join();
    return prepared;
}

void measureSteps(ui::MainWindow &window, ui::PictureView &picture, const char *action, const char *what)
{
    auto *step = window.findChild<QAction *>(QString::fromLatin1(action));
    std::vector<double> taken;
    for (int count = 0; count < 60; ++count) {
        const quint64 before = picture.picturesShown();
        QElapsedTimer clock;
        clock.start();
        step->trigger();
        if (waitFor([&] { return picture.picturesShown() != before; }, 5000))
            taken.push_back(double(clock.nsecsElapsed()) / 1e6);
    }
    std::sort(taken.begin(), taken.end());
    if (!taken.empty())
        std::printf("%-34s median %5.1f ms, longest %6.1f ms\n", what, taken[taken.size() / 2], taken.back());
    std::fflush(stdout);
}

} // namespace

int main(int count, char **words)
{
    qputenv("QT_NO_GLIB", "1"); // whose event dispatcher does its work where the meter takes it to wait
    TimingApplication application(count, words);
    QTemporaryDir folder;
    const std::filesystem::path place(folder.path().toStdString());
    const bool search = count < 3 || std::string_view(words[1]) != "--unsearched";
    std::filesystem::path clip = count > 1 ? words[count - 1] : (place / "demo.mp4").string();
    if (count < 2 && !testsupport::writeDemoClip(clip, {{1920, 1080}, 30, 600}))
        return 1;
    const auto prepared = prepare(clip, place, search);
    if (!prepared)
        return 1;
    std::printf("%d x %d, %zu frames, %zu tracks\n", prepared->document.source.info.displayedSize().width,
                prepared->document.source.info.displayedSize().height, prepared->document.source.frames.size(),
                prepared->document.tracks.size());

    ui::Settings settings(place / "settings.json");
    ui::Theme theme(application);
    ui::MainWindow window({settings, theme}, {false});
    window.resize(1366, 768);
    window.show();
    auto *review = static_cast<ui::ReviewPlace *>(window.place(ui::MainWindow::PlaceId::Review));
    window.showPlace(ui::MainWindow::PlaceId::Review);
    runFor(500);
    StallMeter stalls;

    auto &picture = *window.findChild<ui::PictureView *>(QStringLiteral("pictureView"));
    QElapsedTimer clock;
    clock.start();
    review->openProject(prepared->project);
    if (!waitFor([&] { return picture.hasPicture(); }, 20'000))
        return 1;
    std::printf("%-34s %6.1f ms\n", "first covered frame after opening", double(clock.nsecsElapsed()) / 1e6);
    runFor(2500);
    stalls.report("opening");

    measureSteps(window, picture, "frameForward", "one frame forward");
    stalls.report("stepping forward");
    window.findChild<QAction *>(QStringLiteral("lastFrame"))->trigger();
    runFor(1500);
    measureSteps(window, picture, "frameBack", "one frame back");
    stalls.report("stepping back");

    window.findChild<QAction *>(QStringLiteral("firstFrame"))->trigger();
    window.findChild<QAction *>(QStringLiteral("playPause"))->trigger();
    const quint64 before = picture.picturesShown();
    runFor(5000);
    std::printf("%-34s %6.1f a second\n", "frames shown while playing", double(picture.picturesShown() - before) / 5.0);
    stalls.report("playing");
    window.findChild<QAction *>(QStringLiteral("playPause"))->trigger();

    const auto &frames = prepared->document.source.frames;
    const auto scrub = [&](int steps) {
        for (int step = 0; step < steps; ++step) {
            review->seekTo(frames[std::size_t(step) * 7919 % frames.size()].pts);
            runFor(20);
        }
    };
    if (!search) {
        for (int part = 0; part < 6; ++part) {
            std::printf("%-34s %6.0f MB\n", part == 0 ? "held before scrubbing" : "held", megabytesHeld());
            scrub(250);
        }
        stalls.report("scrubbing");
        std::printf("%-34s %6.0f MB\n", "held after scrubbing", megabytesHeld());
        review->closeProject();
        return 0;
    }

    // Closed while frames are fetched, and opened again.
    runFor(200);
    review->seekTo(frames[frames.size() / 2].pts);
    runFor(300);
    review->closeProject();
    runFor(300);
    stalls.report("closing");
    review->openProject(prepared->project);
    if (!waitFor([&] { return picture.hasPicture(); }, 20'000))
        return 1;
    runFor(2500);
    stalls.report("opening again");

    // Scrubbing from end to end while another analysis takes all processors.
    const base::CancelToken cancel;
    ui::JobThread analysis(QStringLiteral("analysis"), ui::JobThread::Pace::Patient);
    analysis.post([&] {
        pipeline::AnalyzeParameters parameters;
        parameters.clip = clip;
        while (!cancel.isCancelled())
            (void)pipeline::analyze(parameters, {}, cancel);
    });
    std::printf("%-34s %6.0f MB\n", "held before scrubbing", megabytesHeld());
    scrub(300);
    stalls.report("scrubbing, another clip analysed");
    std::printf("%-34s %6.0f MB\n", "held with the analysis", megabytesHeld());
    cancel.cancel();
    review->closeProject();
    return 0;
}
