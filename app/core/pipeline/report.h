// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "encode/clipwriter.h"
#include "pipeline/exportplan.h"
#include "pipeline/jobs.h"

#include <QJsonObject>

#include <cstdint>
#include <vector>

namespace doorveil::pipeline {

/// One line of the analysis file: a source frame with every area covered in it.
[[nodiscard]] QJsonObject frameObject(std::int64_t index, std::int64_t milliseconds,
                                      const std::vector<redaction::CoverRegion> &regions);

/// What an export did, apart from its frames and checks.
struct ExportFacts
{
    ExportParameters parameters;
    encode::EncodeSummary encoded;
    int attempts = 1;
    std::int64_t coveredFinds = 0;
    QString outputSha256;
};

/// The report without `frames` (DESIGN section 8).
[[nodiscard]] QJsonObject makeReport(const project::ReviewDocument &document, const ExportPlan &plan,
                                     const ExportFacts &facts, const Verification &verification);

} // namespace doorveil::pipeline
