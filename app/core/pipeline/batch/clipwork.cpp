// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/clipwork.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "pipeline/batch/reviewitems.h"
#include "pipeline/jobs.h"
#include "project/documentrules.h"
#include "project/projectstore.h"

#include <algorithm>
#include <system_error>

namespace doorveil::pipeline::batch {

namespace {

QString displayName(const FoundClip &clip)
{
    return base::displayPath(std::filesystem::path(clip.relativePath));
}

base::Error inTheWay(const std::filesystem::path &path, const QString &why)
{
    return {base::ErrorKind::Usage,
            QStringLiteral("%1 %2; move it away, then go on with --resume").arg(base::displayPath(path), why),
            QStringLiteral("output-exists")};
}

/// A new track is something to check (DESIGN section 3); the find itself is settled, because it is covered.
void addChecksForFinds(project::ReviewDocument &document)
{
    std::int64_t id = project::nextCheckId(document);
    for (const base::Track &track : document.tracks) {
        const auto find =
            std::find_if(track.observations.begin(), track.observations.end(),
                         [](const base::Observation &seen) { return seen.origin == base::Origin::Verification; });
        if (find != track.observations.end())
            document.checks.push_back({id++, QStringLiteral("new-track"), track.id, find->pts, find->box, false});
    }
}

class Work
{
public:
    Work(const PlannedClip &planned, BatchFolder &folder, const ClipWorkSettings &settings,
         const base::ProgressCallback &progress, const base::CancelToken &cancel)
        : m_planned(planned),
          m_folder(folder),
          m_settings(settings),
          m_progress(progress),
          m_cancel(cancel),
          m_paths(folder.outputs(planned.name)),
          m_before(folder.find(planned.name))
    {
        m_record.name = planned.name;
        m_record.clip = displayName(planned.clip);
        m_record.copies = planned.copies;
        m_record.camera = planned.rules.camera;
        m_record.key = planned.key;
    }

    base::Result<ClipRecord> run()
    {
        if (m_planned.state == PlannedState::Unreadable)
            return fail(m_planned.failure);
        // Nothing is begun before it is certain that no foreign file would be replaced.
        if (const base::Result<void> ours = checkOutputs(); !ours)
            return fail(ours.error());
        m_record.state = ClipState::Started;
        m_record.attempts = m_before && m_before->state == ClipState::Started ? m_before->attempts + 1 : 1;
        if (m_before)
            m_record.outputSha256 = m_before->outputSha256;
        if (const base::Result<void> stored = m_folder.store(m_record); !stored)
            return stored.error();

        const base::Result<void> done = work();
        if (!done && done.error().kind == base::ErrorKind::Cancelled) {
            if (const base::Result<void> restored = restore(); !restored)
                return restored.error();
            return done.error();
        }
        if (!done)
            return fail(done.error());
        m_record.attempts = 0;
        m_record.state = ClipState::Done;
        if (const base::Result<void> stored = m_folder.store(m_record); !stored)
            return stored.error();
        return m_record;
    }

private:
    base::Result<ClipRecord> fail(const base::Error &error)
    {
        m_record.attempts = 0;
        m_record.state = ClipState::Failed;
        m_record.failure = error;
        // Where the folders lie on this machine is no part of the result.
        m_record.failure.message.replace(base::displayPath(m_paths.clip), m_record.name + QStringLiteral(".mp4"));
        m_record.failure.message.replace(base::displayPath(m_planned.clip.path), m_record.clip);
        if (m_before && m_record.outputSha256.isEmpty())
            m_record.outputSha256 = m_before->outputSha256;
        m_record.reportSha256.clear();
        if (const base::Result<void> stored = m_folder.store(m_record); !stored)
            return stored.error();
        return m_record;
    }

    base::Result<void> restore()
    {
        if (m_before)
            return m_folder.store(*m_before);
        m_folder.forget(m_planned.name);
        return {};
    }

    /// A file under one of the names has to be this batch's own: left by a killed run, or with the hash on record.
    base::Result<void> checkOutputs()
    {
        std::error_code failed;
        const bool interrupted = m_before && m_before->state == ClipState::Started;
        if (std::filesystem::exists(m_paths.clip, failed) && !interrupted) {
            if (!m_before || m_before->outputSha256.isEmpty())
                return inTheWay(m_paths.clip, QStringLiteral("exists, and this batch did not write it"));
            const base::Result<base::FileDescriptor> file = base::openInput(m_paths.clip);
            const base::Result<QString> hash =
                file ? base::sha256Of(file->get(), m_cancel) : base::Result<QString>(file.error());
            if (!hash || *hash != m_before->outputSha256)
                return inTheWay(m_paths.clip, QStringLiteral("has been changed since this batch wrote it"));
        }
        if (std::filesystem::exists(m_paths.project, failed)) {
            if (!m_before)
                return inTheWay(m_paths.project, QStringLiteral("exists, and this batch did not write it"));
            const auto store = project::ProjectStore::open(m_paths.project);
            if (!store)
                return store.error();
            if ((*store)->hasEdits())
                return inTheWay(m_paths.project, QStringLiteral("holds somebody's edits"));
        }
        if (std::filesystem::exists(m_paths.report, failed) && !m_before)
            return inTheWay(m_paths.report, QStringLiteral("exists, and this batch did not write it"));
        return {};
    }

    base::Result<void> work()
    {
        if (const base::Result<void> made = base::makeFolders(m_paths.clip.parent_path()); !made)
            return made;
        AnalyzeParameters parameters;
        parameters.clip = m_planned.clip.path;
        parameters.detectors = m_settings.detectors;
        parameters.notice = m_settings.notice;
        base::Result<project::ReviewDocument> document = analyze(parameters, m_progress, m_cancel);
        if (!document)
            return document.error();
        if (document->source.sha256 != m_planned.sha256)
            return base::Error{base::ErrorKind::Failure,
                               QStringLiteral("%1 was changed while the batch ran; go on with --resume")
                                   .arg(base::displayPath(m_planned.clip.path)),
                               QStringLiteral("source-changed")};
        if (const base::Result<void> applied = applyRules(*document); !applied)
            return applied;
        return exportDocument(*document);
    }

    base::Result<void> applyRules(project::ReviewDocument &document) const
    {
        const ClipRules &rules = m_planned.rules;
        document.settings.style = rules.style;
        document.settings.scope = rules.scope;
        document.settings.keepAudio = rules.keepAudio;
        if (rules.trim) {
            const auto trim = trimFromMilliseconds(document.source, rules.trim->begin, rules.trim->end);
            if (!trim)
                return trim.error();
            document.settings.trim = *trim;
        }
        for (const PolicyZone &wanted : rules.zones) {
            base::Zone zone;
            zone.id = std::max(project::nextTrackId(document), project::nextZoneId(document));
            zone.label = wanted.label;
            zone.polygon = wanted.cornersIn(document.source.info.displayedSize());
            if (wanted.range) {
                // A zone for a time that the clip does not have covers nothing there.
                const auto range = trimFromMilliseconds(document.source, wanted.range->begin, wanted.range->end);
                if (!range)
                    continue;
                zone.range = *range;
            }
            if (const base::Result<void> valid = project::validate(zone); !valid)
                return valid.error().prefixed(QStringLiteral("the zone \"%1\" of the policy").arg(wanted.label));
            document.zones.push_back(zone);
        }
        return {};
    }

    base::Result<void> exportDocument(const project::ReviewDocument &document)
    {
        ExportParameters parameters;
        parameters.output = m_paths.clip;
        parameters.replaceExisting = true; // checkOutputs() has seen that it is ours
        parameters.crf = m_planned.rules.crf;
        parameters.preset = m_planned.rules.preset;
        parameters.coverFinds = true;
        parameters.neverOverwrite = m_settings.originals;
        parameters.secondPass = m_settings.secondPass;
        base::Result<ExportResult> result = exportClip(document, parameters, m_progress, m_cancel);
        if (!result)
            return result.error();
        // From here on the clip is finished: it is not called off any more.
        m_record.basic = result->document.analysis.basic;
        m_record.tracks = std::int64_t(result->document.tracks.size());
        if (result->inPlace) {
            m_record.outputSha256 = result->outputSha256;
            m_record.frames = result->report.value(QStringLiteral("exported_frames")).toInteger();
        }
        if (const base::Result<void> reported = storeReport(*result); !reported)
            return reported;
        const base::Result<ExportPlan> plan = makeExportPlan(result->document);
        if (!plan)
            return plan.error();
        m_record.review = reviewItems(result->document, *plan, m_planned.rules.review);
        if (const base::Result<void> stored = storeProject(*result); !stored)
            return stored;
        m_record.hasProject = true;
        return result->inPlace ? base::Result<void>() : base::Result<void>(result->failure);
    }

    base::Result<void> storeReport(const ExportResult &result)
    {
        base::DurableFile::Options options;
        options.replaceExisting = true;
        options.neverOverwrite = m_settings.originals;
        auto file = base::DurableFile::create(m_paths.report, options);
        if (!file)
            return file.error();
        if (const auto written =
                writeReport(result, [&file](const QByteArray &bytes) { return (*file)->write(bytes); });
            !written)
            return written;
        const base::Result<QString> hash = base::sha256Of((*file)->descriptor());
        if (!hash)
            return hash.error();
        m_record.reportSha256 = *hash;
        return (*file)->commit();
    }

    base::Result<void> storeProject(const ExportResult &result) const
    {
        project::ReviewDocument document = result.document;
        addChecksForFinds(document);
        if (!result.inPlace && !result.verification.finds.empty()) {
            // What is still uncovered after all repeats is for the owner to decide. Part of the analysis, not an edit.
            const auto kept = project::apply(document, editForFinds(document, result.verification.finds));
            if (!kept)
                return kept.error();
        }
        const auto store = project::ProjectStore::create(m_paths.project, document, true);
        return store ? base::Result<void>() : base::Result<void>(store.error());
    }

    const PlannedClip &m_planned;
    BatchFolder &m_folder;
    const ClipWorkSettings &m_settings;
    const base::ProgressCallback &m_progress;
    const base::CancelToken &m_cancel;
    OutputPaths m_paths;
    std::optional<ClipRecord> m_before;
    ClipRecord m_record;
};

} // namespace

base::Result<ClipRecord> workOnClip(const PlannedClip &planned, BatchFolder &folder, const ClipWorkSettings &settings,
                                    const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    return Work(planned, folder, settings, progress, cancel).run();
}

} // namespace doorveil::pipeline::batch
