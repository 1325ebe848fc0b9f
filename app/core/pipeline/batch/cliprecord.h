// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>
#include <vector>

namespace doorveil::pipeline::batch {

/// What makes two pieces of work the same: equal keys give equal bytes.
struct WorkKey
{
    QString source; ///< SHA-256 of the clip
    QString rules; ///< of ClipRules::toJson()
    QString program; ///< of the programs that do the work
    QString models; ///< of the usable models
    bool operator==(const WorkKey &) const = default;
};

/// Somewhere to look, and why.
struct ReviewItem
{
    QString reason; ///< of reviewReasons()
    std::int64_t atMilliseconds = 0; ///< from the source's first shown frame; -1 for the whole clip
    std::int64_t exportedAtMilliseconds = -1; ///< from the export's first frame; -1 where it is not in there
    bool operator==(const ReviewItem &) const = default;
};

enum class ClipState {
    Started, ///< somebody works on it, or died doing so
    Done, ///< the clip has its final name, and so have its project and report
    Failed, ///< there is no clip; `failure` says why
};

/// What a batch knows about one clip: one file in its state folder, written whole before and after the work. Holds no
/// time and nothing of the machine, so that the same work gives the same record anywhere.
struct ClipRecord
{
    QString name; ///< of the outputs, relative, without ending: one record a name
    QString clip; ///< path below the input, as a person reads it
    QStringList copies; ///< further clips with the same content and rules: one export serves all
    QString camera;
    WorkKey key;
    ClipState state = ClipState::Started;
    int attempts = 0; ///< Started: how often the work was begun and neither ended nor was called off
    QString outputSha256; ///< of the file under the final name, where this batch put one there; kept while it is redone
    QString reportSha256; ///< likewise
    std::int64_t frames = 0; ///< exported
    std::int64_t tracks = 0; ///< covered
    bool basic = false;
    std::vector<ReviewItem> review; ///< why somebody has to look; empty for none
    base::Error failure; ///< Failed
    bool hasProject = false;

    [[nodiscard]] bool needsReview() const { return state == ClipState::Done && !review.empty(); }
    bool operator==(const ClipRecord &) const = default;
};

[[nodiscard]] QString toText(ClipState state);
/// "failure", "usage", "input-not-openable", "check-failed", …
[[nodiscard]] QString toText(base::ErrorKind kind);

[[nodiscard]] QJsonObject toJson(const ClipRecord &record);
/// InputNotOpenable where a member is missing or wrong: half a record is never taken for a whole one.
[[nodiscard]] base::Result<ClipRecord> clipRecordFromJson(const QByteArray &text, const QString &file);

} // namespace doorveil::pipeline::batch
