// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/jobs.h"
#include "pipeline/verifypass.h"

#include <array>

namespace doorveil::pipeline {

namespace {

std::array<const CheckOutcome *, 5> checksOf(const Verification &verification)
{
    return {&verification.picture, &verification.timing, &verification.secondPass, &verification.container,
            &verification.source};
}

} // namespace

bool Verification::passed() const
{
    for (const CheckOutcome *check : checksOf(*this)) {
        if (check->checked && !check->passed)
            return false;
    }
    return true;
}

bool Verification::complete() const
{
    for (const CheckOutcome *check : checksOf(*this)) {
        if (!check->checked || !check->passed)
            return false;
    }
    return true;
}

base::Result<Verification> verifyClip(const VerifyParameters &parameters, const base::ProgressCallback &progress,
                                      const base::CancelToken &cancel)
{
    const base::Result<ClipFile> exported = ClipFile::open(parameters.clip);
    if (!exported)
        return exported.error();
    std::optional<ClipFile> source;
    if (parameters.source) {
        base::Result<ClipFile> opened = ClipFile::open(*parameters.source);
        if (!opened)
            return opened.error();
        source = std::move(*opened);
    }

    Verification verification;
    const QString withoutProject = QStringLiteral("not checked: no project is given");
    const project::ReviewDocument *document = parameters.document ? &*parameters.document : nullptr;
    verification.container = verifyContainer(*exported, document);
    verification.source.note =
        document == nullptr ? withoutProject : QStringLiteral("not checked: the source clip is not given");
    if (document == nullptr) {
        verification.picture.note = withoutProject;
        verification.timing.note = withoutProject;
        verification.secondPass.note = withoutProject;
        return verification;
    }
    if (source) {
        base::Result<CheckOutcome> unchanged = verifySource(*source, document->source.sha256, cancel);
        if (!unchanged)
            return unchanged.error();
        verification.source = *unchanged;
    }
    const base::Result<ExportPlan> plan = makeExportPlan(*document);
    if (!plan)
        return plan.error();
    // A changed source is no measure for the picture.
    const ClipFile *reference = source && verification.source.passed ? &*source : nullptr;
    if (const base::Result<void> done = verifyFrames(*document, *plan, *exported, reference, parameters.crf,
                                                     parameters.secondPass, progress, cancel, verification);
        !done)
        return done.error();
    if (source && reference == nullptr)
        verification.picture.note = QStringLiteral("not checked: the source clip has changed");
    return verification;
}

} // namespace doorveil::pipeline
