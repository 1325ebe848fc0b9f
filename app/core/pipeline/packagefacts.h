// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/consentrecord.h"
#include "package/processinglog.h"
#include "pipeline/exportplan.h"
#include "pipeline/packagejob.h"
#include "pipeline/source.h"

#include <QByteArray>
#include <QString>

namespace doorveil::pipeline {

/// What a record says about a clip that is known before the export: people, covers, trim, review.
[[nodiscard]] base::Result<consent::ClipFacts> factsOf(const PackageClip &clip);

/// Adds what the export and its verification tell.
[[nodiscard]] base::Result<void> addExportFacts(consent::ClipFacts &facts, const ExportResult &result,
                                                const ClipFile &exported, bool includeSourceHash);

/// The report as it goes into a package: neutral names, and no areas: where a hidden person stood is nobody's business.
[[nodiscard]] base::Result<QByteArray> packageReport(const ExportResult &result, const QString &name,
                                                     bool includeSourceHash);

/// The lines of one clip in the processing log.
void logClip(package::ProcessingLog &log, const QDateTime &at, const PackageClip &clip, const ExportResult &result,
             const consent::ClipFacts &facts, bool includeSourceHash);

[[nodiscard]] consent::ToolFacts toolFacts();

} // namespace doorveil::pipeline
