// SPDX-License-Identifier: GPL-3.0-or-later
#include "recallrun.h"

#include "recalltable.h"

#include <QFile>
#include <QTextStream>

#include <algorithm>
#include <atomic>
#include <future>
#include <thread>

namespace doorveil::bench {

namespace {
QTextStream out(stdout);
QTextStream complaints(stderr);
} // namespace

RecallRun::Outcome RecallRun::search(const RecallTask &task) const
{
    Outcome outcome;
    LabelledClip clip = task.clip;
    if (task.degradation != nullptr)
        clip = degraded(task.clip, *task.degradation, m_copies);
    outcome.row = clip.name;
    if (clip.path.isEmpty()) {
        outcome.problem = clip.name + QStringLiteral(": no copy could be made");
        return outcome;
    }
    for (const Way &way : m_ways) {
        outcome.ways.push_back(way.isPlain ? searchPlainly(clip, *way.detectors)
                                           : searchFully(clip, *way.detectors, m_options));
        if (!outcome.ways.back().problem.isEmpty())
            outcome.problem = clip.path + QStringLiteral(": ") + outcome.ways.back().problem;
    }
    if (task.degradation != nullptr)
        QFile::remove(clip.path);
    return outcome;
}

bool RecallRun::run(const QString &set, const std::vector<RecallTask> &tasks)
{
    if (tasks.empty())
        return true;
    printHeader(out);
    std::vector<std::promise<Outcome>> promises(tasks.size());
    std::atomic<std::size_t> next = 0;
    std::vector<std::thread> workers;
    for (int job = 0; job < std::max(1, m_jobs); ++job) {
        workers.emplace_back([&] {
            for (std::size_t index = next++; index < tasks.size(); index = next++)
                promises[index].set_value(search(tasks[index]));
        });
    }
    bool complete = true;
    KindFigures row;
    KindFigures sums;
    std::vector<RecallFigures> cost(m_ways.size());
    QString rowName;
    for (std::promise<Outcome> &promise : promises) {
        const Outcome outcome = promise.get_future().get();
        if (!rowName.isEmpty() && outcome.row != rowName) {
            printRows(rowName, rowName, row);
            row.clear();
        }
        rowName = outcome.row;
        if (!outcome.problem.isEmpty()) {
            complaints << outcome.problem << '\n' << Qt::flush;
            complete = false;
        }
        for (std::size_t way = 0; way < outcome.ways.size(); ++way) {
            out << outcome.ways[way].failures;
            for (const auto &[kind, figures] : outcome.ways[way].figures) {
                for (KindFigures *all : {&row, &sums}) {
                    (*all)[kind].resize(m_ways.size());
                    (*all)[kind][way].add(figures);
                }
            }
            if (!outcome.ways[way].figures.empty()) // the search is one, whatever it is scored by
                cost[way].add(outcome.ways[way].figures.begin()->second);
        }
    }
    for (std::thread &worker : workers)
        worker.join();
    printRows(rowName, rowName, row);
    printRows(QStringLiteral("ALL OF THESE ") + set, set, sums);
    printCost(set, cost);
    return complete;
}

void RecallRun::printRows(const QString &row, const QString &set, const KindFigures &figures) const
{
    const auto saysSomething = [&figures](base::TrackKind kind) {
        const auto ways = figures.find(kind);
        return ways != figures.end()
               && std::any_of(ways->second.begin(), ways->second.end(),
                              [](const RecallFigures &one) { return one.allLabels() > 0 || one.falseRegions > 0; });
    };
    for (const auto &[kind, ways] : figures) {
        // Without heads, faces and heads together are the faces again. The first row tells what the clip costs.
        const bool isNew =
            saysSomething(kind) && (kind != base::TrackKind::Person || saysSomething(base::TrackKind::Head));
        if (!isNew && kind != figures.begin()->first)
            continue;
        for (std::size_t way = 0; way < m_ways.size(); ++way) {
            printRow(out, row, kind, m_ways[way].name, ways[way], m_jobs <= 1);
            if (hasGoals(set) && !m_ways[way].isPlain && ways[way].labelledFrames > 0)
                printGoals(out, set, kind, ways[way]);
        }
    }
}

void RecallRun::printCost(const QString &set, const std::vector<RecallFigures> &cost) const
{
    if (m_jobs > 1) {
        out << QStringLiteral("cost of %1: not measured, several clips are searched at a time\n").arg(set) << Qt::flush;
        return;
    }
    std::optional<double> plain;
    out << QStringLiteral("cost of %1, CPU a frame:").arg(set);
    for (std::size_t way = 0; way < m_ways.size(); ++way) {
        const double milliseconds = cost[way].millisecondsAFrame();
        out << QStringLiteral(" %1 %2 ms").arg(m_ways[way].name).arg(milliseconds, 0, 'f', 1);
        if (m_ways[way].isPlain)
            plain = milliseconds;
        else if (plain && *plain > 0.0)
            out << QStringLiteral(" (%1 of plain)").arg(milliseconds / *plain, 0, 'f', 2);
    }
    out << '\n' << Qt::flush;
}

} // namespace doorveil::bench
