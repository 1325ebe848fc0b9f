// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/documentrules.h"
#include "project/edit.h"

#include <algorithm>
#include <utility>

/// One function an edit: checks everything, then changes the document and gives the inverse.
namespace doorveil::project::internal {

using base::Error;
using base::ErrorKind;
using base::Result;

[[nodiscard]] inline Error refused(const QString &message)
{
    return {ErrorKind::Usage, message};
}

/// The error of a failed check, as a refusal of the edit.
[[nodiscard]] inline Error refused(const Result<void> &failed)
{
    return refused(failed.error().message);
}

template<typename Item> auto positionOf(std::vector<Item> &items, std::int64_t id)
{
    return std::lower_bound(items.begin(), items.end(), id,
                            [](const Item &item, std::int64_t key) { return item.id < key; });
}

/// Puts an item with a free id in its place.
template<typename Item> void insertSorted(std::vector<Item> &items, const Item &item)
{
    items.insert(positionOf(items, item.id), item);
}

/// Null where there is none.
template<typename Item> Item *findMutable(std::vector<Item> &items, std::int64_t id)
{
    const auto found = positionOf(items, id);
    return found != items.end() && found->id == id ? &*found : nullptr;
}

[[nodiscard]] inline Error noTrack(std::int64_t id)
{
    return refused(QStringLiteral("there is no track %1").arg(id));
}

[[nodiscard]] Edit groupOf(const QString &name, std::vector<Edit> edits);

[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const AddTrack &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const RemoveTrack &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const MoveObservation &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const RemoveObservation &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const ReplaceObservations &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SplitTrack &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const MergeTracks &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetKind &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetLabel &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetDecision &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetTrackStyle &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const AddZone &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const RemoveZone &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const ChangeZone &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetTrim &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const MuteRange &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const UnmuteRange &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetClipSettings &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const AddCheck &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const RemoveCheck &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const ChangeCheck &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SettleCheck &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetWatched &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetReviewed &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const RelinkSource &edit);
[[nodiscard]] Result<Edit> applyTo(ReviewDocument &document, const SetAnalysis &edit);

} // namespace doorveil::project::internal
