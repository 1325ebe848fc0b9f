// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "degradedclips.h"
#include "recallsearch.h"

#include <QString>

#include <map>
#include <vector>

namespace doorveil::bench {

/// One of the columns that are compared.
struct Way
{
    QString name; ///< "plain", "best", "basic"
    vision::DetectorSet *detectors = nullptr;
    bool isPlain = false;
};

/// A clip, or a copy of it that is made when its turn comes.
struct RecallTask
{
    LabelledClip clip;
    const Degradation *degradation = nullptr;
};

/// Searches clips in every way and prints a row for each clip (stills: for each set), kind and way, and sums with goals
/// at the end. The order of the rows does not depend on the number of jobs.
class RecallRun
{
public:
    /// `copies`: a folder for degraded copies, which are removed once they are searched.
    RecallRun(std::vector<Way> ways, SearchOptions options, int jobs, QString copies)
        : m_ways(std::move(ways)), m_options(std::move(options)), m_jobs(jobs), m_copies(std::move(copies))
    {
    }

    /// `set`: what the sums are called and their goals are found by (recalltable.h). Whether everything was searched.
    [[nodiscard]] bool run(const QString &set, const std::vector<RecallTask> &tasks);

private:
    struct Outcome
    {
        QString row;
        std::vector<ClipFigures> ways;
        QString problem;
    };
    using KindFigures = std::map<base::TrackKind, std::vector<RecallFigures>>; // by kind, then by way

    [[nodiscard]] Outcome search(const RecallTask &task) const;
    void printRows(const QString &row, const QString &set, const KindFigures &figures) const;
    void printCost(const QString &set, const std::vector<RecallFigures> &cost) const;

    std::vector<Way> m_ways;
    SearchOptions m_options;
    int m_jobs = 1;
    QString m_copies;
};

} // namespace doorveil::bench
