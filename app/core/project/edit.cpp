// SPDX-License-Identifier: GPL-3.0-or-later
#include "project/edit.h"

#include "project/applyedit_p.h"

#include <array>

namespace doorveil::project {

using base::Result;

namespace {

using GroupPointer = std::shared_ptr<const EditGroup>;

/// Groups nest (the inverse of a merge in a group, say); deeper than this is no edit that the program makes.
constexpr int deepestGroup = 16;

constexpr std::array<const char *, std::variant_size_v<Edit>> names{
    "AddTrack",     "RemoveTrack", "MoveObservation", "RemoveObservation", "ReplaceObservations", "SplitTrack",
    "MergeTracks",  "SetKind",     "SetLabel",        "SetDecision",       "SetTrackStyle",       "AddZone",
    "RemoveZone",   "ChangeZone",  "SetTrim",         "MuteRange",         "UnmuteRange",         "SetClipSettings",
    "AddCheck",     "RemoveCheck", "ChangeCheck",     "SettleCheck",       "SetWatched",          "SetReviewed",
    "RelinkSource", "SetAnalysis", "EditGroup"};

Result<Edit> applyAtDepth(ReviewDocument &document, const Edit &edit, int depth);

void takeBack(ReviewDocument &document, const std::vector<Edit> &inverses, int depth)
{
    for (auto inverse = inverses.rbegin(); inverse != inverses.rend(); ++inverse)
        (void)applyAtDepth(document, *inverse, depth); // an exact inverse of what was just applied is not refused
}

Result<Edit> applyGroup(ReviewDocument &document, const EditGroup &group, int depth)
{
    if (depth > deepestGroup)
        return internal::refused(QStringLiteral("the groups of edits are nested too deeply"));
    std::vector<Edit> inverses;
    for (const Edit &edit : group.edits) {
        Result<Edit> inverse = applyAtDepth(document, edit, depth);
        if (!inverse) {
            takeBack(document, inverses, 0);
            return inverse.error();
        }
        inverses.push_back(std::move(*inverse));
    }
    std::reverse(inverses.begin(), inverses.end());
    return internal::groupOf(group.name, std::move(inverses));
}

Result<Edit> applyAtDepth(ReviewDocument &document, const Edit &edit, int depth)
{
    Result<Edit> inverse = std::visit(
        [&document, depth](const auto &one) -> Result<Edit> {
            if constexpr (std::is_same_v<std::decay_t<decltype(one)>, GroupPointer>)
                return one ? applyGroup(document, *one, depth + 1)
                           : Result<Edit>(internal::refused(QStringLiteral("an empty edit")));
            else
                return internal::applyTo(document, one);
        },
        edit);
    if (!inverse || !document.reviewed || !hasOpenFinds(document))
        return inverse;
    document.reviewed = false;
    const QString name = editName(*inverse);
    return internal::groupOf(name, {std::move(*inverse), SetReviewed{true}});
}

} // namespace

namespace internal {

Edit groupOf(const QString &name, std::vector<Edit> edits)
{
    return std::make_shared<const EditGroup>(EditGroup{name, std::move(edits)});
}

} // namespace internal

Result<Edit> apply(ReviewDocument &document, const Edit &edit)
{
    return applyAtDepth(document, edit, 0);
}

QString editName(const Edit &edit)
{
    if (const GroupPointer *group = std::get_if<GroupPointer>(&edit); group && *group && !(*group)->name.isEmpty())
        return (*group)->name;
    return QString::fromLatin1(names.at(edit.index()));
}

} // namespace doorveil::project
