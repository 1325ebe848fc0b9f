// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recallscore.h"

#include <QString>
#include <QTextStream>

namespace doorveil::bench {

void printHeader(QTextStream &out);
/// `measured`: whether the CPU time is that of these frames alone.
void printRow(QTextStream &out, const QString &clip, base::TrackKind kind, const QString &way,
              const RecallFigures &figures, bool measured);
/// Whether a set has goals: "clips", a folder of stills, "stills", or the name of a degradation.
[[nodiscard]] bool hasGoals(const QString &set);
/// What is aimed at for such a set and whether it is reached, in a line below its row.
void printGoals(QTextStream &out, const QString &set, base::TrackKind kind, const RecallFigures &figures);

} // namespace doorveil::bench
