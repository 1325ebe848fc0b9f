// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/track.h"

#include <array>
#include <utility>

namespace doorveil::base {

namespace {

template<typename Enum, std::size_t Count> using Words = std::array<std::pair<Enum, const char *>, Count>;

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

template<typename Enum, std::size_t Count> QString word(const Words<Enum, Count> &words, Enum value)
{
    for (const auto &[candidate, text] : words) {
        if (candidate == value)
            return QString::fromLatin1(text);
    }
    return {};
}

template<typename Enum, std::size_t Count>
std::optional<Enum> parse(const Words<Enum, Count> &words, const QString &text)
{
    for (const auto &[value, candidate] : words) {
        if (text == QLatin1String(candidate))
            return value;
    }
    return std::nullopt;
}

} // namespace

QString toText(TrackKind kind)
{
    return word(trackKinds, kind);
}
QString toText(Origin origin)
{
    return word(origins, origin);
}
QString toText(DecisionKind kind)
{
    return word(decisionKinds, kind);
}
QString toText(ShowReason reason)
{
    return word(showReasons, reason);
}
QString toText(ConsentStatus status)
{
    return word(consentStatuses, status);
}
QString toText(CoverStyle style)
{
    return word(coverStyles, style);
}
QString toText(CoverScope scope)
{
    return word(coverScopes, scope);
}

std::optional<TrackKind> trackKindFromText(const QString &text)
{
    return parse(trackKinds, text);
}
std::optional<Origin> originFromText(const QString &text)
{
    return parse(origins, text);
}
std::optional<DecisionKind> decisionKindFromText(const QString &text)
{
    return parse(decisionKinds, text);
}
std::optional<ShowReason> showReasonFromText(const QString &text)
{
    return parse(showReasons, text);
}
std::optional<ConsentStatus> consentStatusFromText(const QString &text)
{
    return parse(consentStatuses, text);
}
std::optional<CoverStyle> coverStyleFromText(const QString &text)
{
    return parse(coverStyles, text);
}
std::optional<CoverScope> coverScopeFromText(const QString &text)
{
    return parse(coverScopes, text);
}

} // namespace doorveil::base
