// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/durablefile.h"
#include "base/mediatime.h"
#include "base/memory.h"
#include "pipeline/encodepass.h"
#include "pipeline/finds.h"
#include "pipeline/framereader.h"
#include "pipeline/jobs.h"
#include "pipeline/report.h"
#include "pipeline/source.h"
#include "pipeline/verifypass.h"

#include <algorithm>
#include <cmath>
#include <system_error>

namespace doorveil::pipeline {

namespace {

constexpr int repeats = 2; // DESIGN section 6
constexpr std::int64_t spareBytes = 4 << 20;

/// Refuses early what would fail late: an export is about as large as its share of the source.
base::Result<void> checkFreeSpace(const std::filesystem::path &output, const project::ReviewDocument &document,
                                  const ExportPlan &plan)
{
    std::error_code failed;
    const std::filesystem::path folder = output.has_parent_path() ? output.parent_path() : std::filesystem::path(".");
    const std::filesystem::space_info space = std::filesystem::space(folder, failed);
    if (failed)
        return {}; // a file system that does not tell: writing will
    const double share = double(plan.frames.size()) / double(document.source.frames.size());
    const auto needed = std::uint64_t(double(document.source.bytes) * share) + std::uint64_t(spareBytes);
    if (space.available >= needed)
        return {};
    return base::Error{base::ErrorKind::Failure,
                       QStringLiteral("%1 cannot be written: the disk has %2 MB free and about %3 MB are needed")
                           .arg(base::displayPath(output))
                           .arg(space.available >> 20)
                           .arg((needed >> 20) + 1)};
}

base::Result<void> checkSettled(const project::ReviewDocument &document)
{
    QStringList times;
    QStringList numbers;
    for (const project::CheckItem &item : document.checks) {
        if (item.kind != QStringLiteral("verification-find") || item.settled)
            continue;
        times.append(base::formatMilliseconds(shownMilliseconds(document.source, item.pts)));
        numbers.append(QString::number(item.id));
    }
    if (times.isEmpty())
        return {};
    return base::Error{
        base::ErrorKind::CheckFailed,
        QStringLiteral("%1: the check of an earlier export found somebody uncovered who has not been "
                       "decided on: %2; cover, show or dismiss each, settle it (check %3), then export again")
            .arg(document.source.path, times.join(QStringLiteral(", ")), numbers.join(QStringLiteral(", "))),
        QStringLiteral("unsettled-finds")};
}

struct Attempt
{
    std::unique_ptr<base::DurableFile> file;
    encode::EncodeSummary encoded;
    Verification verification;
    QString sha256;
};

base::Result<Attempt> attemptExport(const project::ReviewDocument &document, const ExportPlan &plan,
                                    const ClipFile &source, const ExportParameters &parameters,
                                    const base::DurableFile::Options &fileOptions,
                                    const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    base::returnFreedMemory(); // of the analysis, or of the attempt before
    auto file = base::DurableFile::create(parameters.output, fileOptions);
    if (!file)
        return file.error();
    Attempt attempt;
    attempt.file = std::move(*file);
    base::Result<encode::EncodeSummary> encoded = encodePass(document, plan, source, attempt.file->descriptor(),
                                                             {parameters.crf, parameters.preset}, progress, cancel);
    if (!encoded) {
        const base::Error &error = encoded.error();
        return error.kind == base::ErrorKind::Failure ? error.prefixed(base::displayPath(parameters.output)) : error;
    }
    attempt.encoded = *encoded;
    base::returnFreedMemory();

    // Everything is checked on what lies in the file now, through a descriptor that cannot change it.
    const base::Result<ClipFile> exported = ClipFile::open(attempt.file->temporaryPath());
    if (!exported)
        return exported.error();
    attempt.verification.container = verifyContainer(*exported, &document);
    if (const auto done = verifyFrames(document, plan, *exported, &source, parameters.crf, parameters.secondPass,
                                       progress, cancel, attempt.verification);
        !done)
        return done.error();
    base::Result<QString> sha256 = exported->sha256(cancel);
    if (!sha256)
        return sha256.error();
    attempt.sha256 = *sha256;
    base::Result<CheckOutcome> unchanged = verifySource(source, document.source.sha256, cancel);
    if (!unchanged)
        return unchanged.error();
    attempt.verification.source = *unchanged;
    return attempt;
}

/// Whether covering the finds of the second pass and a lower CRF are all that is left to do.
bool canBeMended(const Verification &verification, bool coverFinds)
{
    Verification rest = verification;
    if (coverFinds && !verification.finds.empty())
        rest.secondPass.passed = true;
    if (verification.tooCoarseBy > 0.0)
        rest.picture.passed = true;
    return rest.complete();
}

/// A step of CRF is worth nearly a decibel; one more, so that one repeat is enough.
int finerCrf(int crf, double tooCoarseBy)
{
    return std::max(1, crf - int(std::ceil(tooCoarseBy)) - 1);
}

} // namespace

base::Result<ExportResult> exportClip(const project::ReviewDocument &document, const ExportParameters &parameters,
                                      const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    const base::Result<ClipFile> source = ClipFile::open(sourcePath(document.source));
    if (!source)
        return source.error();
    base::DurableFile::Options fileOptions;
    fileOptions.replaceExisting = parameters.replaceExisting;
    fileOptions.neverOverwrite = parameters.neverOverwrite;
    const base::Result<base::FileIdentity> identity = source->identity();
    if (!identity)
        return source->named(identity.error());
    fileOptions.neverOverwrite.push_back(*identity);
    if (!parameters.coverFinds) {
        if (const base::Result<void> settled = checkSettled(document); !settled)
            return settled.error();
    }
    const base::Result<QString> sha256 = source->sha256(cancel);
    if (!sha256)
        return sha256.error();
    if (*sha256 != document.source.sha256)
        return base::Error{base::ErrorKind::CheckFailed,
                           QStringLiteral("%1 has changed since it was analysed (its SHA-256 is another); analyse it "
                                          "again")
                               .arg(base::displayPath(source->path())),
                           QStringLiteral("source-changed")};

    ExportResult result;
    result.document = document;
    ExportFacts facts;
    facts.parameters = parameters;
    for (facts.attempts = 1;; ++facts.attempts) {
        const base::Result<ExportPlan> plan = makeExportPlan(result.document);
        if (!plan)
            return plan.error();
        if (const base::Result<void> enough = checkFreeSpace(parameters.output, document, *plan); !enough)
            return enough.error();
        base::Result<Attempt> attempt =
            attemptExport(result.document, *plan, *source, facts.parameters, fileOptions, progress, cancel);
        if (!attempt)
            return attempt.error();
        facts.encoded = attempt->encoded;
        facts.outputSha256 = attempt->sha256;
        result.verification = attempt->verification;
        base::Result<std::vector<base::Track>> finds =
            followFinds(document.source, std::move(result.verification.finds), cancel);
        if (!finds)
            return finds.error();
        result.verification.finds = std::move(*finds);
        result.outputSha256 = attempt->sha256;
        if (result.verification.complete()) {
            if (cancel.isCancelled())
                return cancelledError();
            if (const base::Result<void> committed = attempt->file->commit(); !committed)
                return committed.error();
            result.inPlace = true;
            result.report = makeReport(result.document, *plan, facts, result.verification);
            return result;
        }
        if (facts.attempts > repeats || !canBeMended(result.verification, parameters.coverFinds)) {
            result.report = makeReport(result.document, *plan, facts, result.verification);
            break;
        }
        if (result.verification.tooCoarseBy > 0.0)
            facts.parameters.crf = finerCrf(facts.parameters.crf, result.verification.tooCoarseBy);
        if (parameters.coverFinds) {
            facts.coveredFinds += std::int64_t(result.verification.finds.size());
            addFinds(result.document, result.verification.finds);
        }
    }
    result.failure = {base::ErrorKind::CheckFailed,
                      QStringLiteral("%1 was not written: a check of the finished file failed: %2")
                          .arg(base::displayPath(parameters.output), failureText(result.document, result.verification)),
                      QStringLiteral("verification-failed")};
    return result;
}

} // namespace doorveil::pipeline
