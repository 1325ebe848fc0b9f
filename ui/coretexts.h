// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "consent/request.h"

#include <QString>
#include <QStringList>

/// What the core says, in the window's language. The core itself speaks English only: its sentences stand in logs,
/// reports and on the command line, too. Here each thing it may say of a request and each class of error has a sentence
/// that is translated.
namespace doorveil::ui {

/// In English the core's own words.
[[nodiscard]] QString problemText(const consent::RequestProblem &problem);

/// Class of errors that the window words itself: what they say is translated already.
inline constexpr char ownWords[] = "own-words";

/// The sentence of the error's class, with the core's message behind it where that names a file or a figure. An error
/// without a class is its message, in other languages behind a sentence about its kind.
[[nodiscard]] QString errorText(const base::Error &error);

/// Ids and classes that have a sentence here, for tests.
[[nodiscard]] QStringList knownProblems();
[[nodiscard]] QStringList knownErrorClasses();

} // namespace doorveil::ui
