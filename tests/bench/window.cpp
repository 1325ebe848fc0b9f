// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-window CLIP…: how long the window's thread is busy at a time while clips are opened and analysed.
// Offscreen, on folders of its own. Prints the longest times that one event took, as wall time
// (with what other processes took away) and as processor time of the thread.
#include "gui/windowfixture.h"

#include "clips/cliplist.h"
#include "clips/clipsplace.h"

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

/// Notes how long each event took that the event loop delivered: nothing else happens between two events.
class MeteredApplication final : public QApplication
{
public:
    using QApplication::QApplication;

    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0) // sent from within another one, which counts it
            return QApplication::notify(receiver, event);
        ++m_depth;
        QElapsedTimer clock;
        clock.start();
        const double processorStart = threadMilliseconds();
        const bool handled = QApplication::notify(receiver, event);
        processor.push_back(threadMilliseconds() - processorStart);
        wall.push_back(double(clock.nsecsElapsed()) / 1e6);
        --m_depth;
        return handled;
    }

    std::vector<double> wall;
    std::vector<double> processor;

private:
    int m_depth = 0;
};

void print(QTextStream &out, const char *name, std::vector<double> times)
{
    std::sort(times.begin(), times.end(), std::greater<>());
    out << name << ": " << times.size() << " events, longest (ms)";
    for (std::size_t index = 0; index < std::min<std::size_t>(times.size(), 5); ++index)
        out << ' ' << QString::number(times[index], 'f', 1);
    out << Qt::endl;
}

} // namespace

int main(int argumentCount, char **arguments)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    MeteredApplication application(argumentCount, arguments);
    const QStringList clips = QApplication::arguments().mid(1);
    QTextStream out(stdout);
    if (clips.isEmpty()) {
        out << "usage: doorveil-bench-window CLIP…" << Qt::endl;
        return 2;
    }
    doorveil::guitest::WindowFixture fixture;
    auto *place = fixture.find<doorveil::ui::ClipsPlace>("clipsPlace");
    QTimer::singleShot(500, &application, [&] {
        application.wall.clear(); // what showing the window took is another matter
        application.processor.clear();
        fixture.drop(clips);
    });
    QObject::connect(place->list()->queue(), &doorveil::ui::AnalysisQueue::idle, &application,
                     [] { QTimer::singleShot(500, qApp, &QApplication::quit); });
    QApplication::exec();
    print(out, "wall", application.wall);
    print(out, "processor", application.processor);
    return 0;
}
