// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/file.h"
#include "base/progress.h"
#include "base/result.h"
#include "isolation/videoreader.h"
#include "project/edit.h"
#include "project/reviewdocument.h"
#include "redaction/comparison.h"
#include "redaction/coverplan.h"
#include "vision/detectorset.h"

#include <QJsonObject>

#include <filesystem>
#include <functional>
#include <optional>
#include <vector>

/// Long work as parameters in, result out, with progress and cancellation. Each function runs on the calling thread
/// (plus helpers it joins before it returns) and may be called from any thread; none touches the GUI.
namespace doorveil::pipeline {

/// Opens, probes, hashes. Used by import and `inspect`.
struct ImportedClip
{
    project::SourceRecord source; ///< without frames: those come from the analysis
};
[[nodiscard]] base::Result<ImportedClip> importClip(const std::filesystem::path &path,
                                                    const base::CancelToken &cancel = {});

struct AnalyzeParameters
{
    std::filesystem::path clip;
    vision::DetectorChoice detectors = vision::DetectorChoice::Best;
    bool searchEverything = false; ///< every frame at full size, for the benchmark's reference
    /// Told once for each model that is there but was refused, with the reason.
    std::function<void(const QString &)> notice;
    /// Called on the calling thread after each frame; unlike the progress callback it may block: that is how analysing
    /// is paused. The work behind it comes to a stop by itself (bounded queues). Has to return after a cancel.
    std::function<void()> betweenFrames;
};
/// Decodes the whole clip, finds and follows people and plates. The document has the default settings.
/// InputNotOpenable where no frame decodes.
[[nodiscard]] base::Result<project::ReviewDocument>
analyze(const AnalyzeParameters &parameters, const base::ProgressCallback &progress, const base::CancelToken &cancel);

struct ExportParameters
{
    std::filesystem::path output;
    bool replaceExisting = false;
    /// Where the loss of coding is larger than check (a) allows, as in fine grain, the clip is encoded again with a
    /// lower one, which the report then names.
    int crf = 20;
    QString preset = QStringLiteral("medium");
    /// Finds of the second pass become covered tracks and the clip is exported again, at most twice (redact CLIP,
    /// batch). Otherwise they are things to check (redact PROJECT).
    bool coverFinds = true;
    /// Files that may never be the output, besides the source (the project).
    std::vector<base::FileIdentity> neverOverwrite;
    /// Who looks at the finished file.
    vision::DetectorChoice secondPass = vision::DetectorChoice::Best;
};

/// One check of DESIGN section 6.
struct CheckOutcome
{
    bool checked = false; ///< false: "not checked", with the reason in `note`
    bool passed = false;
    QString note;
    QJsonObject figures;
};

struct Verification
{
    CheckOutcome picture; ///< (a)
    CheckOutcome timing; ///< (b)
    CheckOutcome secondPass; ///< (c)
    CheckOutcome container; ///< (d)
    CheckOutcome source; ///< (e)
    std::vector<base::Track> finds; ///< of (c), that nothing covers; their ids are 0
    double tooCoarseBy = 0.0; ///< steps of CRF, where coding loss is all that (a) failed for
    /// Every check that was made holds. True for a verification in which nothing could be checked, too.
    [[nodiscard]] bool passed() const;
    /// Every check was made and holds.
    [[nodiscard]] bool complete() const;
};

struct ExportResult
{
    project::ReviewDocument document; ///< as exported, with covered finds added as tracks
    Verification verification;
    QJsonObject report; ///< DESIGN section 8, without `frames`: writeReport adds those
    QString outputSha256;
    bool inPlace = false; ///< the file has its final name. False only where a check failed: see `failure`
    base::Error failure; ///< CheckFailed with what did not hold and when, where the file is not in place
};

/// Decode → cover → encode → verify → name. Nothing appears under the final name unless every check passed; a failed
/// check is a result that is not in place, so that the report and the finds are not lost. All else is an error.
[[nodiscard]] base::Result<ExportResult> exportClip(const project::ReviewDocument &document,
                                                    const ExportParameters &parameters,
                                                    const base::ProgressCallback &progress,
                                                    const base::CancelToken &cancel);

struct VerifyParameters
{
    std::filesystem::path clip; ///< a finished export
    std::optional<project::ReviewDocument> document; ///< with it and the source, everything is checked
    std::optional<std::filesystem::path> source;
    int crf = 20; ///< that it was made with: bounds the loss that encoding may cause
    vision::DetectorChoice secondPass = vision::DetectorChoice::Best;
};
/// What cannot be checked with what is given is `not checked`.
[[nodiscard]] base::Result<Verification>
verifyClip(const VerifyParameters &parameters, const base::ProgressCallback &progress, const base::CancelToken &cancel);

/// What the second pass of a project's export found, as one edit: a covered track and a thing to check for each.
[[nodiscard]] project::Edit editForFinds(const project::ReviewDocument &document,
                                         const std::vector<base::Track> &finds);

/// The lines of `analyze --json`: the first describes the clip, then one a frame, in order (DESIGN section 8).
[[nodiscard]] QJsonObject analysisHeader(const project::ReviewDocument &document);
[[nodiscard]] std::vector<QJsonObject> analysisFrames(const project::ReviewDocument &document);
/// The same one frame at a time, for clips of any length. Stops at the first error of `take`.
[[nodiscard]] base::Result<void>
forEachAnalysisFrame(const project::ReviewDocument &document,
                     const std::function<base::Result<void>(const QJsonObject &)> &take);

/// The `verification` object of a report: {a…e: {passed, figures}}; `passed` is null for what was not checked.
[[nodiscard]] QJsonObject toJson(const Verification &verification);

/// Writes the report with its `frames` (those that were exported; `index` counts the source's) through `write`.
[[nodiscard]] base::Result<void> writeReport(const ExportResult &result,
                                             const std::function<base::Result<void>(const QByteArray &)> &write);

/// A trim given in milliseconds from the first shown frame as ticks: the frames whose `pts_ms` lies in [begin, end).
/// Usage where there is none.
[[nodiscard]] base::Result<base::TimeRange> trimFromMilliseconds(const project::SourceRecord &source,
                                                                 std::int64_t begin, std::int64_t end);

} // namespace doorveil::pipeline
