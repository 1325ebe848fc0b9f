// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/result.h"
#include "base/track.h"
#include "base/videoframe.h"

#include <QString>

#include <memory>
#include <vector>

namespace doorveil::vision {

/// A find in one picture, in pixels of the whole displayed picture.
struct Detection
{
    base::TrackKind kind = base::TrackKind::Face;
    base::Rectangle box;
    float score = 0.0F; ///< in [0, 1], the detector's own scale
    QString detector; ///< id of the DetectorInfo
    float threshold = 0.5F; ///< DetectorInfo::threshold; scores of different detectors compare by the distance from it
    float aloneThreshold = 0.0F; ///< DetectorInfo::aloneThreshold
    bool isKept = false; ///< found in an earlier frame, of which nothing changed there since
    bool operator==(const Detection &) const = default;
};

/// Who looked, for reports and manifests.
struct DetectorInfo
{
    QString id; ///< "yunet-2023mar", "doorveil-face"
    QString version;
    QString sha256; ///< of the model file; of the embedded or library file for embedded detectors
    base::TrackKind kind = base::TrackKind::Face; ///< of its finds; Region where they become no tracks
    QString role; ///< what it is for, as in the model's description: "face", "plate", "person", "vehicle"
    double threshold = 0.0; ///< score from which a find starts a track
    double aloneThreshold = 0.0; ///< score that a track needs where it was found only once
    QString licence;
    bool embedded = false; ///< one of the basic detectors that need no download
    int smallestSide = 0; ///< smallest object it is expected to find at scale 1, in pixels
    bool operator==(const DetectorInfo &) const = default;
};

/// One detector with its model loaded. Deterministic: the same picture gives the same finds whatever the number of
/// threads. Thread-safe; exceptions of the libraries stay inside.
class Detector
{
public:
    Detector() = default;
    virtual ~Detector() = default;
    Detector(const Detector &) = delete;
    Detector &operator=(const Detector &) = delete;

    [[nodiscard]] virtual const DetectorInfo &info() const = 0;

    /// Finds in `area` of the picture (the whole picture where it is empty), down to the weak threshold that a track
    /// may continue on. `scale` above 1 enlarges the area first, so that smaller objects are found.
    [[nodiscard]] virtual base::Result<std::vector<Detection>> detect(const base::Picture &picture,
                                                                      const base::Rectangle &area, double scale) = 0;
};

} // namespace doorveil::vision
