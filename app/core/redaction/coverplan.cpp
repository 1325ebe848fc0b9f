// SPDX-License-Identifier: GPL-3.0-or-later
#include "redaction/coverplan.h"

#include "redaction/regiongeometry.h"

#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

namespace doorveil::redaction {

namespace {

using base::Observation;
using base::Rectangle;
using base::Track;

/// A track and its observation in one frame.
struct Sighting
{
    const Track *track = nullptr;
    const Observation *observation = nullptr;
};

using SightingsByTime = std::map<std::int64_t, std::vector<Sighting>>;

/// How a face or head track and a person track go together over the clip.
struct Match
{
    int together = 0; ///< frames with both
    int covering = 0; ///< frames in which the face's cover hides the person's likely head
};

using Matches = std::map<std::pair<std::int64_t, std::int64_t>, Match>; // by ids: face, person

bool isHead(const Track &track)
{
    return track.kind == base::TrackKind::Face || track.kind == base::TrackKind::Head;
}

Rectangle coverOf(const Sighting &sighting, const CoverSettings &settings, base::Size size)
{
    return coveredPart(sighting.observation->box, sighting.track->kind, settings.scope, settings.dilation, size)
        .clampedTo(size);
}

/// A face that is large for the body box it lies in: somebody close to the lens, of whom the box holds head and
/// shoulders. Alone in a box that is as wide as high, a face is a third of it or more; where such a box holds two
/// people it is a fifth, and the other's head may be anywhere.
bool isCloseUp(const Rectangle &face, const Rectangle &person)
{
    constexpr double leastHeight = 0.3; // of the box's shorter side
    constexpr double leastInside = 0.7; // of the face
    constexpr double leastAspect = 0.8; // narrower boxes say themselves where the head is
    return person.width >= leastAspect * person.height
           && face.height >= leastHeight * std::min(person.width, person.height)
           && double(face.intersected(person).area()) >= leastInside * double(face.area());
}

constexpr double mostlyHidden = 0.8; // in one frame, to count for the match
constexpr double matchingFrames = 0.6; // of the frames with both
constexpr double stillHidden = 0.55; // once the two belong together: keeps the cover from flickering
constexpr double whollyHidden = 0.97;
constexpr float plainToSee = 0.7F; // a face's score; those of heads that turn away have less

/// Share of the likely head that a face's cover must hide, for the body's own region to be left out. Where a face was
/// not seen itself, or hardly, its box may lie beside a head that turns away.
double hiddenEnough(const Observation &face)
{
    const bool isPlain = isSure(face) && (face.origin == base::Origin::Manual || face.score >= plainToSee);
    return isPlain ? stillHidden : whollyHidden;
}

/// Share of the person's likely head that the face's cover hides; 0 where the head is outside the picture.
double hiddenShare(const Sighting &face, const Sighting &person, const CoverSettings &settings, base::Size size)
{
    if (isCloseUp(face.observation->box, person.observation->box))
        return 1.0;
    const Rectangle head = likelyHeadOfPerson(person.observation->box).clampedTo(size);
    if (head.isEmpty())
        return 0.0;
    return double(coverOf(face, settings, size).intersected(head).area()) / double(head.area());
}

Matches findMatches(const SightingsByTime &covered, const CoverSettings &settings, base::Size size)
{
    Matches matches;
    for (const auto &[pts, sightings] : covered) {
        for (const Sighting &person : sightings) {
            if (person.track->kind != base::TrackKind::Person)
                continue;
            for (const Sighting &face : sightings) {
                if (!isHead(*face.track))
                    continue;
                Match &match = matches[{face.track->id, person.track->id}];
                ++match.together;
                if (hiddenShare(face, person, settings, size) >= mostlyHidden)
                    ++match.covering;
            }
        }
    }
    return matches;
}

/// The persons of one frame whose head a face's cover hides already, each face counting for one person only: the
/// second region would add nothing but size. Everybody else keeps the region made from the body box.
std::vector<std::int64_t> personsWithFace(const std::vector<Sighting> &sightings, const Matches &matches,
                                          const CoverSettings &settings, base::Size size)
{
    std::vector<std::tuple<double, std::int64_t, std::int64_t>> candidates; // -share, face, person
    for (const auto &face : sightings) {
        for (const auto &person : sightings) {
            const auto match = matches.find({face.track->id, person.track->id});
            if (match == matches.end() || match->second.covering < matchingFrames * match->second.together)
                continue;
            const double share = hiddenShare(face, person, settings, size);
            if (share >= hiddenEnough(*face.observation))
                candidates.emplace_back(-share, face.track->id, person.track->id);
        }
    }
    std::sort(candidates.begin(), candidates.end());
    std::vector<std::int64_t> usedFaces;
    std::vector<std::int64_t> persons;
    for (const auto &[share, face, person] : candidates) {
        if (std::find(usedFaces.begin(), usedFaces.end(), face) != usedFaces.end()
            || std::find(persons.begin(), persons.end(), person) != persons.end())
            continue;
        usedFaces.push_back(face);
        persons.push_back(person);
    }
    return persons;
}

std::optional<CoverRegion> regionOf(const Sighting &sighting, const CoverSettings &settings, base::Size size)
{
    CoverRegion region;
    region.region = coverOf(sighting, settings, size);
    if (region.region.isEmpty())
        return std::nullopt;
    region.track = sighting.track->id;
    region.kind = sighting.track->kind;
    region.origin = sighting.observation->origin;
    if (isSure(*sighting.observation)) {
        region.box = sighting.observation->box;
        region.score = sighting.observation->score;
    }
    region.style = sighting.track->style.value_or(settings.style);
    return region;
}

using RegionsByTime = std::unordered_map<std::int64_t, std::vector<CoverRegion>>;

RegionsByTime regionsOf(const SightingsByTime &byTime, const Matches &matches, const CoverSettings &settings,
                        base::Size size)
{
    RegionsByTime regions;
    for (const auto &[pts, sightings] : byTime) {
        const std::vector<std::int64_t> withFace = personsWithFace(sightings, matches, settings, size);
        std::vector<CoverRegion> &here = regions[pts];
        for (const Sighting &sighting : sightings) {
            if (settings.scope == base::CoverScope::Head && sighting.track->kind == base::TrackKind::Person
                && std::find(withFace.begin(), withFace.end(), sighting.track->id) != withFace.end())
                continue;
            if (const auto region = regionOf(sighting, settings, size))
                here.push_back(*region);
        }
        std::stable_sort(here.begin(), here.end(),
                         [](const CoverRegion &a, const CoverRegion &b) { return a.track < b.track; });
    }
    return regions;
}

/// The bounding rectangle, at least one pixel wide and high: a zone that was drawn as a line still covers it.
Rectangle boundsOf(base::Polygon polygon)
{
    constexpr int farAway = 100'000'000; // corners come from files: their differences must fit into an int
    for (base::Point &corner : polygon)
        corner = {std::clamp(corner.x, -farAway, farAway), std::clamp(corner.y, -farAway, farAway)};
    Rectangle bounds = base::boundingRectangle(polygon);
    bounds.width = std::max(bounds.width, 1);
    bounds.height = std::max(bounds.height, 1);
    return bounds;
}

} // namespace

base::Rectangle storedRegion(const CoverRegion &region, const base::VideoFrame &frame)
{
    return base::displayedToStored(region.region, frame.storedSize(), frame.orientation).clampedTo(frame.storedSize());
}

CoverPlan::CoverPlan(const std::vector<Track> &tracks, const std::vector<base::Zone> &zones, base::Size displayedSize,
                     const CoverSettings &settings)
    : m_zones(zones), m_size(displayedSize), m_settings(settings)
{
    m_settings.dilation = std::max(leastDilation, settings.dilation);
    SightingsByTime covered;
    SightingsByTime uncovered;
    for (const Track &track : tracks) {
        SightingsByTime &byTime = track.decision.kind == base::DecisionKind::Cover ? covered : uncovered;
        for (const Observation &observation : track.observations)
            byTime[observation.pts].push_back({&track, &observation});
    }
    m_covered = regionsOf(covered, findMatches(covered, m_settings, m_size), m_settings, m_size);
    m_uncovered = regionsOf(uncovered, {}, m_settings, m_size);
}

std::vector<CoverRegion> CoverPlan::at(std::int64_t pts) const
{
    std::vector<CoverRegion> regions;
    if (const auto found = m_covered.find(pts); found != m_covered.end())
        regions = found->second;
    for (const base::Zone &zone : m_zones) {
        if (zone.polygon.empty() || (zone.range && !zone.range->contains(pts)))
            continue;
        CoverRegion region;
        region.region = boundsOf(zone.polygon).clampedTo(m_size);
        if (region.region.isEmpty())
            continue;
        region.track = zone.id;
        region.kind = base::TrackKind::Region;
        region.origin = base::Origin::Zone;
        region.polygon = zone.polygon;
        region.style = m_settings.style;
        regions.push_back(std::move(region));
    }
    return regions;
}

std::vector<CoverRegion> CoverPlan::uncoveredAt(std::int64_t pts) const
{
    const auto found = m_uncovered.find(pts);
    return found != m_uncovered.end() ? found->second : std::vector<CoverRegion>{};
}

} // namespace doorveil::redaction
