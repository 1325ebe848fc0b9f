// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-window CLIP…: how long the window's thread is busy at a time while clips are opened and analysed.
// Offscreen, on folders of its own. Prints the longest stretches between two waits of the event loop, as wall time
// (with what other processes took away) and as processor time of the thread.
#include "gui/windowfixture.h"

#include "clips/cliplist.h"
#include "clips/clipsplace.h"

#include <QAbstractEventDispatcher>
#include <QApplication>
#include <QElapsedTimer>
#include <QTextStream>
#include <QTimer>

#include <algorithm>
#include <ctime>
#include <vector>

namespace {

double threadMilliseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

/// Notes how long the event loop works before it waits again.
class BusyMeter final : public QObject
{
public:
    BusyMeter()
    {
        const QAbstractEventDispatcher *dispatcher = QAbstractEventDispatcher::instance();
        connect(dispatcher, &QAbstractEventDispatcher::awake, this, [this] {
            m_wall.start();
            m_processorStart = threadMilliseconds();
        });
        connect(dispatcher, &QAbstractEventDispatcher::aboutToBlock, this, [this] {
            if (!m_wall.isValid())
                return;
            wall.push_back(double(m_wall.nsecsElapsed()) / 1e6);
            processor.push_back(threadMilliseconds() - m_processorStart);
            m_wall.invalidate();
        });
    }

    std::vector<double> wall;
    std::vector<double> processor;

private:
    QElapsedTimer m_wall;
    double m_processorStart = 0.0;
};

void print(QTextStream &out, const char *name, std::vector<double> times)
{
    std::sort(times.begin(), times.end(), std::greater<>());
    out << name << ": " << times.size() << " stretches, longest (ms)";
    for (std::size_t index = 0; index < std::min<std::size_t>(times.size(), 5); ++index)
        out << ' ' << QString::number(times[index], 'f', 1);
    out << Qt::endl;
}

} // namespace

int main(int argumentCount, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    qputenv("QT_NO_GLIB", "1"); // GLib's event loop does not tell when it waits and when it works
    QApplication application(argumentCount, arguments);
    const QStringList clips = QApplication::arguments().mid(1);
    QTextStream out(stdout);
    if (clips.isEmpty()) {
        out << "usage: doorveil-bench-window CLIP…" << Qt::endl;
        return 2;
    }
    doorveil::guitest::WindowFixture fixture;
    auto *place = fixture.find<doorveil::ui::ClipsPlace>("clipsPlace");
    BusyMeter meter;
    QTimer::singleShot(500, &application, [&] {
        meter.wall.clear(); // what showing the window took is another matter
        meter.processor.clear();
        fixture.drop(clips);
    });
    QObject::connect(place->list()->queue(), &doorveil::ui::AnalysisQueue::idle, &application,
                     [] { QTimer::singleShot(500, qApp, &QApplication::quit); });
    QApplication::exec();
    print(out, "wall", meter.wall);
    print(out, "processor", meter.processor);
    return 0;
}
