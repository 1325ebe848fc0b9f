// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/result.h"
#include "base/track.h"
#include "pipeline/batch/clipname.h"
#include "pipeline/batch/glob.h"

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

/// What a batch does with each clip, as its owner wrote it down (docs/formats.md, `doorveil-cli policy init`).
namespace doorveil::pipeline::batch {

/// Milliseconds from the first shown frame, half open. Unlike `redact --trim`, an end after the clip's is no error.
struct TrimWindow
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// An area that is always covered. Corners in pixels of the displayed picture, or in ten thousandths of its sides.
struct PolicyZone
{
    QString label;
    bool relative = false;
    base::Polygon corners;
    std::optional<TrimWindow> range;

    /// In pixels of a picture of this size; relative corners are rounded outwards from the polygon's middle.
    [[nodiscard]] base::Polygon cornersIn(base::Size picture) const;
};

/// When somebody has to look at a clip. These rules never change what is covered.
struct ReviewRules
{
    QStringList reasons; ///< of reviewReasons()
    std::optional<double> weakScore; ///< "weak-score": best score below this; without it the detector's own margin
    std::optional<std::int64_t> gapMilliseconds; ///< "bridged-gap": at least this long; without it from 0.25 s
};
/// "second-opinion", "damaged-frames", "lost-frames", "bridged-gap", "weak-score", "track-ends-inside",
/// "motion-uncovered", "person-without-face", "basic-detectors", "nobody-found".
[[nodiscard]] const QStringList &reviewReasons();

/// Everything that decides what becomes of one clip.
struct ClipRules
{
    QString camera; ///< empty where no rule names one
    base::CoverStyle style = base::CoverStyle::Blur;
    base::CoverScope scope = base::CoverScope::Head;
    bool keepAudio = false;
    std::optional<TrimWindow> trim;
    int crf = 20;
    QString preset = QStringLiteral("medium");
    NameTemplate name;
    ReviewRules review;
    std::vector<PolicyZone> zones;

    /// Canonical: equal rules give equal bytes. The basis of the policy hash.
    [[nodiscard]] QJsonObject toJson() const;
};

/// One `[[camera]]`: which clips it is for, and what it changes.
struct CameraRule
{
    QString name;
    std::optional<Glob> path; ///< of the path below the input
    std::optional<Glob> file; ///< of the file name
    QString maker; ///< a word of knownMakers(); empty for any
    std::optional<base::CoverStyle> style;
    std::optional<base::CoverScope> scope;
    std::optional<bool> keepAudio;
    std::optional<TrimWindow> trim;
    std::vector<PolicyZone> zones;

    [[nodiscard]] bool matches(const std::string &relativePath, const std::string &fileName) const;
};

struct Policy
{
    QString sha256; ///< of the file's bytes, for the record; clips go by their own rules' hash
    std::vector<Glob> include; ///< of paths below a folder input
    std::vector<Glob> exclude;
    ClipRules defaults;
    std::vector<CameraRule> cameras; ///< the first that matches decides
    std::optional<int> jobs;
    std::optional<std::int64_t> memoryMegabytes;
    std::int64_t settleMilliseconds = 10'000; ///< --watch: how long a file keeps size and time before it counts as done

    /// Whether a file below a folder input is one of the batch's clips.
    [[nodiscard]] bool takes(const std::string &relativePath) const;
    [[nodiscard]] ClipRules rulesFor(const std::string &relativePath, const std::string &fileName) const;
};

/// Errors (Usage) name document, line and column. Unknown keys are refused: a misspelt rule must not be skipped.
[[nodiscard]] base::Result<Policy> parsePolicy(const QByteArray &text, const QString &name);
[[nodiscard]] base::Result<Policy> loadPolicy(const std::filesystem::path &path);

/// A commented policy that holds every key and is valid as it stands.
[[nodiscard]] QByteArray examplePolicy();

} // namespace doorveil::pipeline::batch
