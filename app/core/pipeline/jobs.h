// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "isolation/videoreader.h"
#include "project/reviewdocument.h"
#include "redaction/comparison.h"
#include "redaction/coverplan.h"
#include "vision/detectorset.h"

#include <QJsonObject>

#include <filesystem>
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
    bool searchEverything = false;
};
/// Decodes the whole clip, finds and follows people and plates. The document has the default settings.
/// InputNotOpenable where no frame decodes.
[[nodiscard]] base::Result<project::ReviewDocument>
analyze(const AnalyzeParameters &parameters, const base::ProgressCallback &progress, const base::CancelToken &cancel);

struct ExportParameters
{
    std::filesystem::path output;
    bool replaceExisting = false;
    int crf = 20;
    QString preset = QStringLiteral("medium");
    /// Finds of the second pass become covered tracks and the clip is exported again, at most twice (redact CLIP,
    /// batch). Otherwise they are things to check (redact PROJECT).
    bool coverFinds = true;
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
    std::vector<base::Track> finds; ///< of (c), that nothing covers
    [[nodiscard]] bool passed() const;
};

struct ExportResult
{
    project::ReviewDocument document; ///< as exported, with covered finds added
    Verification verification;
    QJsonObject report; ///< DESIGN section 8
    QString outputSha256;
    bool inPlace = false; ///< the file has its final name
};

/// Decode → cover → encode → verify → name. Nothing appears under the final name unless every check passed.
/// CheckFailed where one did not.
[[nodiscard]] base::Result<ExportResult> exportClip(const project::ReviewDocument &document,
                                                    const ExportParameters &parameters,
                                                    const base::ProgressCallback &progress,
                                                    const base::CancelToken &cancel);

struct VerifyParameters
{
    std::filesystem::path clip; ///< a finished export
    std::optional<project::ReviewDocument> document; ///< with it and the source, everything is checked
    std::optional<std::filesystem::path> source;
    int crf = 20;
};
[[nodiscard]] base::Result<Verification>
verifyClip(const VerifyParameters &parameters, const base::ProgressCallback &progress, const base::CancelToken &cancel);

/// The lines of `analyze --json`: the first describes the clip, then one a frame, in order (DESIGN section 8).
[[nodiscard]] QJsonObject analysisHeader(const project::ReviewDocument &document);
[[nodiscard]] std::vector<QJsonObject> analysisFrames(const project::ReviewDocument &document);

} // namespace doorveil::pipeline
