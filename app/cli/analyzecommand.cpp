// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/analyzecommand.h"

#include "base/durablefile.h"
#include "cli/detectornotice.h"
#include "cli/outputs.h"
#include "cli/progressdisplay.h"
#include "pipeline/jobs.h"
#include "pipeline/source.h"
#include "project/analysismerge.h"
#include "project/projectstore.h"

#include <QJsonDocument>

#include <ostream>

namespace doorveil::cli {

namespace {

QByteArray line(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

using Sink = std::function<base::Result<void>(const QByteArray &)>;

base::Result<void> writeAnalysis(const project::ReviewDocument &document, const Sink &sink)
{
    if (const base::Result<void> written = sink(line(pipeline::analysisHeader(document))); !written)
        return written;
    return pipeline::forEachAnalysisFrame(document, [&sink](const QJsonObject &frame) { return sink(line(frame)); });
}

base::Result<void> writeAnalysisTo(Context &context, const std::filesystem::path &target,
                                   const project::ReviewDocument &document, const base::DurableFile::Options &options)
{
    if (target == "-") {
        return writeAnalysis(document, [&context](const QByteArray &bytes) {
            context.out.write(bytes.constData(), bytes.size());
            return base::Result<void>();
        });
    }
    auto file = base::DurableFile::create(target, options);
    if (!file)
        return file.error();
    const auto written = writeAnalysis(document, [&file](const QByteArray &bytes) { return (*file)->write(bytes); });
    return written ? (*file)->commit() : written;
}

base::Result<void> storeProject(const std::filesystem::path &path, const project::ReviewDocument &document, bool again,
                                bool force)
{
    if (!again) {
        const auto made = project::ProjectStore::create(path, document, force);
        return made ? base::Result<void>() : base::Result<void>(made.error());
    }
    auto store = project::ProjectStore::open(path);
    if (!store)
        return store.error();
    if ((*store)->document().source.sha256 != document.source.sha256)
        return base::Error{base::ErrorKind::Usage,
                           QStringLiteral("%1 is the project of another clip").arg(base::displayPath(path))};
    const auto merged = project::mergeAnalysis((*store)->document(), document);
    if (!merged)
        return merged.error();
    const auto applied = (*store)->apply(*merged);
    return applied ? base::Result<void>() : base::Result<void>(applied.error());
}

} // namespace

QString AnalyzeCommand::description() const
{
    return QStringLiteral("Finds faces and licence plates in a clip and writes a project to review");
}

QString AnalyzeCommand::synopsis() const
{
    return QStringLiteral("CLIP -o CLIP.doorveil [--json FILE] [--again] [--force]");
}

std::vector<Option> AnalyzeCommand::options() const
{
    return {
        {"output", QStringLiteral("FILE"), QStringLiteral("the project to write"), 'o'},
        {"json", QStringLiteral("FILE"), QStringLiteral("what was found, one JSON object a line; `-` is stdout")},
        {"again", {}, QStringLiteral("analyse anew into the existing project; the owner's work stays")},
        {"force", {}, QStringLiteral("replace existing outputs (never a project that holds edits)")},
        {"full-search", {}, QStringLiteral("search every frame whole, for comparison (slow)")},
    };
}

base::Result<int> AnalyzeCommand::run(Context &context, const Arguments &arguments)
{
    if (arguments.positional().size() != 1)
        return usageError(QStringLiteral("one clip is needed"));
    const std::filesystem::path clip = arguments.positional().front();
    const auto output = arguments.path("output");
    const auto json = arguments.path("json");
    const bool again = arguments.has("again");
    const bool force = arguments.has("force");
    if (!output && !json)
        return usageError(QStringLiteral("-o FILE or --json FILE is needed: there is nowhere to put the result"));
    if (again && !output)
        return usageError(QStringLiteral("--again needs the project (-o)"));
    if (output && *output == "-")
        return usageError(QStringLiteral("a project cannot be written to stdout"));

    const std::vector<base::FileIdentity> inputs = pipeline::identitiesOf({clip});
    base::DurableFile::Options jsonOptions;
    jsonOptions.replaceExisting = force;
    jsonOptions.neverOverwrite = inputs;
    if (output && !again) {
        if (const auto allowed = checkOutput(*output, force, inputs); !allowed)
            return allowed.error();
    }
    if (json && *json != "-") {
        if (output) {
            if (const auto distinct = checkDistinct(*output, *json); !distinct)
                return distinct.error();
            const auto project = pipeline::identitiesOf({*output});
            jsonOptions.neverOverwrite.insert(jsonOptions.neverOverwrite.end(), project.begin(), project.end());
        }
        if (const auto allowed = checkOutput(*json, force, jsonOptions.neverOverwrite); !allowed)
            return allowed.error();
    }

    ProgressDisplay display(context, false);
    pipeline::AnalyzeParameters parameters;
    parameters.clip = clip;
    parameters.searchEverything = arguments.has("full-search");
    parameters.notice = [&context](const QString &text) { say(context, text); };
    const auto document = pipeline::analyze(parameters, display.callback(), context.cancel);
    display.finish();
    if (!document)
        return document.error();
    if (output) {
        if (const auto stored = storeProject(*output, *document, again, force); !stored)
            return stored.error();
    }
    if (json) {
        if (const auto written = writeAnalysisTo(context, *json, *document, jsonOptions); !written)
            return written.error();
    }
    sayAnalysis(context, *document);
    return exitDone;
}

} // namespace doorveil::cli
