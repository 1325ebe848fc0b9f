// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/edit.h"
#include "project/reviewdocument.h"

#include <QByteArray>
#include <QStringList>

#include <chrono>
#include <random>

/// Documents and edits for the tests of the project module, made without any clip.
namespace doorveil::projecttest {

/// 300 frames at 3000 ticks of 1/90000, 1280 × 720, with every kind of member filled.
[[nodiscard]] project::ReviewDocument sampleDocument();

/// A track of `count` boxes from the frame of that index on.
[[nodiscard]] base::Track sampleTrack(std::int64_t id, int firstFrame, int count);

/// A document with `tracks` tracks of `observations` boxes each.
[[nodiscard]] project::ReviewDocument largeDocument(int tracks, int observations);

/// Some edit, mostly one that fits the document, sometimes one that does not.
[[nodiscard]] project::Edit randomEdit(const project::ReviewDocument &document, std::mt19937 &random);

/// The edit of that number (from 1) in a fixed script: each fits the sample document after the ones before it, and no
/// two states on the way are equal.
[[nodiscard]] project::Edit scriptedEdit(int number);
/// The sample document after so many edits of the script.
[[nodiscard]] project::ReviewDocument scriptedDocument(int edits);

/// The number in the last whole "saved N" line of a helper's output; 0 where there is none.
[[nodiscard]] int acknowledgedIn(const QByteArray &output);

struct KilledRun
{
    bool started = false;
    bool killed = false; ///< else it had ended already
    int acknowledged = 0; ///< edits
};
/// Starts a helper that says "saved N" after each edit, and kills it (SIGKILL) so long after its edit number
/// `afterEdits`: by edits rather than by time, because machines differ.
[[nodiscard]] KilledRun runAndKill(const QString &program, const QStringList &arguments, int afterEdits,
                                   std::chrono::microseconds pause);

/// Kinds of edits that randomEdit makes.
inline constexpr int editKinds = 27;

[[nodiscard]] std::int64_t ptsOf(int frame);

} // namespace doorveil::projecttest
