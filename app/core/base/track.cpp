// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/track.h"

#include "base/words.h"

#include <algorithm>

namespace doorveil::base {

namespace {

constexpr Words<TrackKind, 5> trackKinds{{{TrackKind::Face, "face"},
                                          {TrackKind::Head, "head"},
                                          {TrackKind::Person, "person"},
                                          {TrackKind::Plate, "plate"},
                                          {TrackKind::Region, "region"}}};
constexpr Words<Origin, 7> origins{{{Origin::Detected, "detected"},
                                    {Origin::Interpolated, "interpolated"},
                                    {Origin::Propagated, "propagated"},
                                    {Origin::Manual, "manual"},
                                    {Origin::Extended, "extended"},
                                    {Origin::Verification, "verification"},
                                    {Origin::Zone, "zone"}}};
constexpr Words<DecisionKind, 3> decisionKinds{
    {{DecisionKind::Cover, "cover"}, {DecisionKind::Dismissed, "dismissed"}, {DecisionKind::Show, "show"}}};
constexpr Words<ShowReason, 7> showReasons{{{ShowReason::Owner, "owner"},
                                            {ShowReason::Household, "household"},
                                            {ShowReason::Consented, "consented"},
                                            {ShowReason::RequestSubject, "request-subject"},
                                            {ShowReason::OwnVehicle, "own-vehicle"},
                                            {ShowReason::NotIdentifiable, "not-identifiable"},
                                            {ShowReason::OwnerDecision, "owner-decision"}}};
constexpr Words<ConsentStatus, 6> consentStatuses{{{ConsentStatus::Self, "self"},
                                                   {ConsentStatus::Given, "given"},
                                                   {ConsentStatus::Guardian, "guardian"},
                                                   {ConsentStatus::NotAsked, "not-asked"},
                                                   {ConsentStatus::Refused, "refused"},
                                                   {ConsentStatus::Unknown, "unknown"}}};
constexpr Words<CoverStyle, 3> coverStyles{
    {{CoverStyle::Blur, "blur"}, {CoverStyle::Solid, "solid"}, {CoverStyle::Mosaic, "mosaic"}}};
constexpr Words<CoverScope, 3> coverScopes{
    {{CoverScope::Face, "face"}, {CoverScope::Head, "head"}, {CoverScope::Person, "person"}}};

} // namespace

bool isFind(const Observation &observation)
{
    return observation.origin == Origin::Detected || observation.origin == Origin::Verification;
}

bool isSure(const Observation &observation)
{
    return isFind(observation) || observation.origin == Origin::Manual;
}

const Observation *observationAt(const Track &track, std::int64_t pts)
{
    const auto found = std::lower_bound(track.observations.begin(), track.observations.end(), pts,
                                        [](const Observation &one, std::int64_t key) { return one.pts < key; });
    return found != track.observations.end() && found->pts == pts ? &*found : nullptr;
}

QString toText(TrackKind kind)
{
    return wordFor(trackKinds, kind);
}
QString toText(Origin origin)
{
    return wordFor(origins, origin);
}
QString toText(DecisionKind kind)
{
    return wordFor(decisionKinds, kind);
}
QString toText(ShowReason reason)
{
    return wordFor(showReasons, reason);
}
QString toText(ConsentStatus status)
{
    return wordFor(consentStatuses, status);
}
QString toText(CoverStyle style)
{
    return wordFor(coverStyles, style);
}
QString toText(CoverScope scope)
{
    return wordFor(coverScopes, scope);
}

std::optional<TrackKind> trackKindFromText(const QString &text)
{
    return valueFor(trackKinds, text);
}
std::optional<Origin> originFromText(const QString &text)
{
    return valueFor(origins, text);
}
std::optional<DecisionKind> decisionKindFromText(const QString &text)
{
    return valueFor(decisionKinds, text);
}
std::optional<ShowReason> showReasonFromText(const QString &text)
{
    return valueFor(showReasons, text);
}
std::optional<ConsentStatus> consentStatusFromText(const QString &text)
{
    return valueFor(consentStatuses, text);
}
std::optional<CoverStyle> coverStyleFromText(const QString &text)
{
    return valueFor(coverStyles, text);
}
std::optional<CoverScope> coverScopeFromText(const QString &text)
{
    return valueFor(coverScopes, text);
}

} // namespace doorveil::base
