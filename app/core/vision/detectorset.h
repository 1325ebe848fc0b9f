// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "vision/detector.h"

#include <QStringList>

#include <memory>
#include <vector>

namespace doorveil::vision {

/// The detectors of a run, by kind. Where no model of a kind is installed the embedded detectors stand in.
struct DetectorSet
{
    std::vector<std::unique_ptr<Detector>> faces;
    std::vector<std::unique_ptr<Detector>> plates; ///< a downloaded one has the embedded one at its side
    std::unique_ptr<Detector> faceJudge; ///< judges what downloaded face detectors find; may be null
    std::unique_ptr<Detector> vehicles; ///< tells whether a doubtful plate is on one (vehiclecontext.h); may be null
    std::vector<std::unique_ptr<Detector>> persons; ///< may be empty: there is no embedded person detector
    bool basic = false; ///< faces or plates are looked for by embedded detectors only
    QStringList refusals; ///< models that are there but were refused, each with the reason

    [[nodiscard]] std::vector<DetectorInfo> infos() const;
    /// Who judges what this one of `faces` or `plates` finds (confirmation.h); null where nobody does. An embedded one
    /// judges its own finds, and those of a downloaded one.
    [[nodiscard]] Detector *judgeOf(Detector &detector) const;
};

enum class DetectorChoice {
    Best, ///< downloaded models where they verify, embedded ones otherwise
    Embedded, ///< embedded ones only
    SecondOpinion, ///< detectors of another family than Best uses, for the check of the finished export
};

[[nodiscard]] base::Result<DetectorSet> loadDetectors(DetectorChoice choice);

} // namespace doorveil::vision
