// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/vehiclecontext.h"

#include <algorithm>
#include <optional>

namespace doorveil::vision {

namespace {

// What a find on a vehicle gains, what another one loses. On the labelled clips, their copies and pictures nearly all
// finds are on a vehicle that is seen with 0.6 and more, or on none at all; the dark copies are in between.
constexpr float gain = 0.15F;
constexpr float gainOfOthers = 0.1F;
constexpr float loss = 0.1F;
// To each side of a plate, in its widths: a car is three and a half to nine of them long.
constexpr int reach = 9;
constexpr double leastVehicleWidth = 1.5; // of the plate's

/// Whether most of `part` lies in `whole`.
bool isMostlyIn(const base::Rectangle &part, const base::Rectangle &whole)
{
    return part.intersected(whole).area() * 10 >= part.area() * 7;
}

bool isOfManyFalse(const Detection &plate)
{
    return plate.aloneThreshold > plate.threshold;
}

/// The score with which one find alone starts a track.
float enough(const Detection &plate)
{
    return isOfManyFalse(plate) ? plate.aloneThreshold : plate.threshold;
}

/// The score from which on that is reached on a vehicle.
float enoughOnVehicle(const Detection &plate)
{
    return enough(plate) - (isOfManyFalse(plate) ? gain : gainOfOthers);
}

bool isDoubtful(const Detection &plate)
{
    const float most = enough(plate) + (isOfManyFalse(plate) ? loss : 0.0F);
    return plate.score >= enoughOnVehicle(plate) && plate.score < most;
}

/// The box of the vehicle that the plate is on; none where there is none.
base::Result<std::optional<base::Rectangle>> vehicleOf(const base::Rectangle &plate, Detector &vehicles,
                                                       const base::Picture &picture)
{
    const int side = reach * plate.width;
    const base::Rectangle around = base::Rectangle{plate.x + plate.width / 2, plate.y + plate.height / 2, 0, 0}
                                       .grown(side, side)
                                       .clampedTo(picture.size);
    const auto found = vehicles.detect(picture, around, 1.0);
    if (!found)
        return found.error();
    const Detection *best = nullptr;
    for (const Detection &vehicle : *found) {
        const bool mayBe = vehicle.score >= vehicle.threshold && isMostlyIn(plate, vehicle.box)
                           && vehicle.box.width >= leastVehicleWidth * plate.width;
        if (mayBe && (best == nullptr || vehicle.score > best->score))
            best = &vehicle;
    }
    return best != nullptr ? std::optional(best->box) : std::nullopt;
}

/// Whether another place is the vehicle's plate rather than this one.
bool hasBetter(const base::Rectangle &vehicle, const Detection &plate, const std::vector<Detection> &all,
               const std::vector<base::Rectangle> &hidden)
{
    const auto isElsewhere = [&](const base::Rectangle &place) {
        return place.intersected(plate.box).area() * 10 < plate.box.area() * 3;
    };
    // A cover is larger than its plate and may look out below the bumper.
    const auto isCoverOfIt = [&](const base::Rectangle &cover) {
        return isElsewhere(cover) && vehicle.contains({cover.x + cover.width / 2, cover.y + cover.height / 2});
    };
    return std::any_of(hidden.begin(), hidden.end(), isCoverOfIt)
           || std::any_of(all.begin(), all.end(), [&](const Detection &other) {
                  return other.score > plate.score && isElsewhere(other.box) && isMostlyIn(other.box, vehicle);
              });
}

} // namespace

base::Result<bool> mayHoldVehicle(Detector &vehicles, const base::Picture &picture, const base::Rectangle &area)
{
    const auto found = vehicles.detect(picture, area, 1.0);
    if (!found)
        return found.error();
    return !found->empty();
}

base::Result<std::vector<Detection>> weighedByVehicles(std::vector<Detection> plates, Detector &vehicles,
                                                       const base::Picture &picture, OffVehicle off,
                                                       const std::vector<base::Rectangle> &hidden)
{
    if (off == OffVehicle::Dropped)
        std::erase_if(plates, [](const Detection &plate) { return plate.score < enoughOnVehicle(plate); });
    std::vector<Detection> weighed;
    for (const Detection &plate : plates) {
        Detection next = plate;
        if (off == OffVehicle::Dropped || isDoubtful(plate)) {
            const auto vehicle = vehicleOf(plate.box, vehicles, picture);
            if (!vehicle)
                return vehicle.error();
            const bool isThePlate = *vehicle && !hasBetter(**vehicle, plate, plates, hidden);
            if (!isThePlate && off == OffVehicle::Dropped)
                continue;
            if (isThePlate)
                next.score = std::max(plate.score, enough(plate)); // a vehicle makes nothing clearer than that
            else if (isOfManyFalse(plate))
                next.score = plate.score - loss;
        }
        weighed.push_back(std::move(next));
    }
    return weighed;
}

} // namespace doorveil::vision
