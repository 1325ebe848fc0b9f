// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/progress.h"
#include "base/result.h"
#include "encode/clipwriter.h"
#include "pipeline/exportplan.h"
#include "pipeline/source.h"

#include <QString>

namespace doorveil::pipeline {

struct EncodeParameters
{
    int crf = 20;
    QString preset;
};

/// Decode → cover → encode into an empty, seekable descriptor. The stages run on threads of their own.
[[nodiscard]] base::Result<encode::EncodeSummary>
encodePass(const project::ReviewDocument &document, const ExportPlan &plan, const ClipFile &source, int output,
           const EncodeParameters &parameters, const base::ProgressCallback &progress, const base::CancelToken &cancel);

} // namespace doorveil::pipeline
