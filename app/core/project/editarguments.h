// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"

#include <QMap>
#include <QString>

#include <vector>

/// Edits as words, for `doorveil-cli edit PROJECT OP key=value…` and its `--list`.
namespace doorveil::project {

struct EditArgument
{
    QString key;
    QString type; ///< what the value looks like: "x,y,w,h", "time", "face|head|…"
    bool required = false;
    QString help;
};

struct EditOperation
{
    QString name; ///< as editName()
    QString help; ///< one sentence
    std::vector<EditArgument> arguments;
};

/// What can be typed, in the order of DESIGN section 3. Edits that only the program makes (SetAnalysis, AddCheck …) are
/// not among them.
[[nodiscard]] const std::vector<EditOperation> &editOperations();

/// The edit that the words describe. Values:
/// - a time is `HH:MM:SS.mmm` from the first shown frame (as everywhere in the program's output), or a whole number of
///   ticks (pts) of the clip's video time base; where a frame is meant, a time names the frame that is shown then;
/// - a box is `x,y,w,h` in pixels of the displayed picture, and has to touch the picture;
/// - `show` needs a reason and a consent status.
/// Errors (Usage) name the operation and the key and say what is allowed. The document is not changed; whether the
/// edit fits it in full, apply() says. RelinkSource reads the named file to hash it; nothing else touches a file.
[[nodiscard]] base::Result<Edit> editFromKeyValues(const QString &operation, const QMap<QString, QString> &values,
                                                   const ReviewDocument &document);

/// The whole list as text, for `--list`.
[[nodiscard]] QString editOperationsText();

} // namespace doorveil::project
