// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/track.h"
#include "project/reviewdocument.h"
#include "redaction/coverplan.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::pipeline {

/// The source frames that an export holds, in order, and what is covered in each. Made from a document once; export,
/// report and verification use the same one.
struct ExportPlan
{
    std::int64_t firstIndex = 0; ///< of frames.front() among the source's shown frames
    std::vector<base::FrameTime> frames;
    std::shared_ptr<const redaction::CoverPlan> cover;

    [[nodiscard]] std::int64_t begin() const { return frames.front().pts; }
    /// When the last frame stops being shown.
    [[nodiscard]] std::int64_t end() const { return frames.back().pts + frames.back().duration; }
};

/// Usage where the trim leaves no frame. A frame belongs to the export when its pts lies in the trim.
[[nodiscard]] base::Result<ExportPlan> makeExportPlan(const project::ReviewDocument &document);

/// The cover settings of a document.
[[nodiscard]] redaction::CoverSettings coverSettings(const project::ClipSettings &settings);

/// Milliseconds from the first shown frame.
[[nodiscard]] std::int64_t shownMilliseconds(const project::SourceRecord &source, std::int64_t pts);

} // namespace doorveil::pipeline
