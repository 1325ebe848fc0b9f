// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/lookalikes.h"
#include "project/reviewdocument.h"
#include "review/subjects.h"

#include <QSet>
#include <QString>

#include <cstdint>
#include <optional>
#include <vector>

/// What the program asks the owner because two people look alike by their clothes: are they one person, and may
/// somebody be shown whom the owner shows elsewhere? In memory only, nothing happens without a yes. Knows no widget.
namespace doorveil::ui {

/// Somebody whom the owner shows in a clip that was open since the program started.
struct ShownElsewhere
{
    std::int64_t number = 0; ///< of this entry, negative: never a track's
    QString sha256; ///< of the clip
    QString clip; ///< its name
    QString name; ///< the subject's
    base::Decision decision;
    std::shared_ptr<const tracking::Appearance> appearance;
};

struct Suggestion
{
    enum class Kind {
        Merge, ///< `subject` and `other` may be one person
        Show ///< `subject` may be `other` of this clip, or somebody of another clip, who is shown
    };
    Kind kind = Kind::Merge;
    std::int64_t subject = 0;
    std::int64_t other = 0; ///< the earlier one; 0: see `elsewhere`
    std::optional<ShownElsewhere> elsewhere;

    /// The same after other edits: what was answered with no is not asked again.
    [[nodiscard]] QString key() const;
};

/// The best ones first. Each subject is in one at most: the next comes when that is answered. Merging is asked about
/// where both have the same decision, so that it changes nobody's; showing where one is covered and one shown.
[[nodiscard]] std::vector<Suggestion> suggestionsFor(const project::ReviewDocument &document,
                                                     const std::vector<Subject> &subjects,
                                                     const std::vector<pipeline::AlikePair> &alike,
                                                     const std::vector<ShownElsewhere> &elsewhere,
                                                     const QSet<QString> &refused);

/// The question, as the owner reads it.
[[nodiscard]] QString suggestionText(const Suggestion &suggestion, const std::vector<Subject> &subjects);

} // namespace doorveil::ui
