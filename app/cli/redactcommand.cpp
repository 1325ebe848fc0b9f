// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/redactcommand.h"

#include "base/durablefile.h"
#include "base/mediatime.h"
#include "cli/detectornotice.h"
#include "cli/encodingoptions.h"
#include "cli/jsonlines.h"
#include "cli/outputs.h"
#include "cli/progressdisplay.h"
#include "pipeline/jobs.h"
#include "pipeline/source.h"
#include "project/projectstore.h"

namespace doorveil::cli {

namespace {

struct Milliseconds
{
    std::int64_t begin = 0;
    std::int64_t end = 0;
};

/// The options of the command, checked. What is not given leaves the clip's or the project's setting.
struct Request
{
    std::filesystem::path input;
    std::filesystem::path output;
    std::optional<std::filesystem::path> report;
    std::optional<base::CoverStyle> style;
    std::optional<base::CoverScope> scope;
    std::optional<bool> keepAudio;
    std::optional<Milliseconds> trim;
    int crf = 20;
    QString preset = QStringLiteral("medium");
    bool force = false;
    bool json = false;
};

base::Result<Milliseconds> parseTrim(const QString &text)
{
    const QStringList parts = text.split(QLatin1Char('-'));
    if (parts.size() == 2) {
        const auto begin = base::parseMilliseconds(parts[0]);
        const auto end = base::parseMilliseconds(parts[1]);
        if (begin && end && *begin < *end)
            return Milliseconds{*begin, *end};
    }
    return wrongValue("--trim", text, QStringLiteral("A-B with two times HH:MM:SS.mmm, the first before the second"));
}

base::Result<void> parseLook(const Arguments &arguments, Request &request)
{
    if (const auto text = arguments.text("style")) {
        request.style = base::coverStyleFromText(*text);
        if (!request.style)
            return wrongValue("--style", *text, QStringLiteral("blur, solid or mosaic"));
    }
    if (const auto text = arguments.text("cover")) {
        request.scope = base::coverScopeFromText(*text);
        if (!request.scope)
            return wrongValue("--cover", *text, QStringLiteral("face, head or person"));
    }
    if (const auto text = arguments.text("audio")) {
        if (*text != QStringLiteral("mute") && *text != QStringLiteral("keep"))
            return wrongValue("--audio", *text, QStringLiteral("mute or keep"));
        request.keepAudio = *text == QStringLiteral("keep");
    }
    if (const auto text = arguments.text("trim")) {
        const base::Result<Milliseconds> trim = parseTrim(*text);
        if (!trim)
            return trim.error();
        request.trim = *trim;
    }
    return {};
}

base::Result<Request> parseRequest(const Arguments &arguments)
{
    Request request;
    if (arguments.positional().size() != 1)
        return usageError(QStringLiteral("one clip or project is needed"));
    request.input = arguments.positional().front();
    const auto output = arguments.path("output");
    if (!output)
        return usageError(QStringLiteral("-o FILE is needed: where the covered clip goes"));
    request.output = *output;
    request.report = arguments.path("report");
    request.force = arguments.has("force");
    request.json = arguments.has("json");
    if (const auto parsed = parseLook(arguments, request); !parsed)
        return parsed.error();
    if (const auto parsed = parseCrf(arguments, request.crf); !parsed)
        return parsed.error();
    if (const auto parsed = parsePreset(arguments, request.preset); !parsed)
        return parsed.error();
    return request;
}

base::Result<void> checkOutputs(const Request &request, const std::vector<base::FileIdentity> &inputs)
{
    if (const auto allowed = checkOutput(request.output, request.force, inputs); !allowed)
        return allowed;
    if (!request.report)
        return {};
    if (const auto distinct = checkDistinct(request.output, *request.report); !distinct)
        return distinct;
    return checkOutput(*request.report, request.force, inputs);
}

base::Result<void> applyRequest(const Request &request, project::ReviewDocument &document)
{
    project::ClipSettings &settings = document.settings;
    settings.style = request.style.value_or(settings.style);
    settings.scope = request.scope.value_or(settings.scope);
    settings.keepAudio = request.keepAudio.value_or(settings.keepAudio);
    if (!request.trim)
        return {};
    const auto trim = pipeline::trimFromMilliseconds(document.source, request.trim->begin, request.trim->end);
    if (!trim)
        return trim.error();
    settings.trim = *trim;
    return {};
}

base::Result<void> writeReportFile(const Request &request, const pipeline::ExportResult &result,
                                   const std::vector<base::FileIdentity> &inputs)
{
    if (!request.report)
        return {};
    base::DurableFile::Options options;
    options.replaceExisting = request.force;
    options.neverOverwrite = inputs;
    auto file = base::DurableFile::create(*request.report, options);
    if (!file)
        return file.error();
    const auto written =
        pipeline::writeReport(result, [&file](const QByteArray &bytes) { return (*file)->write(bytes); });
    return written ? (*file)->commit() : written;
}

void sayDone(Context &context, const Request &request, const pipeline::ExportResult &result)
{
    if (request.json)
        printJson(context, {{QStringLiteral("event"), QStringLiteral("done")},
                            {QStringLiteral("output"), base::displayPath(request.output)},
                            {QStringLiteral("sha256"), result.outputSha256},
                            {QStringLiteral("frames"), result.report.value(QStringLiteral("exported_frames"))},
                            {QStringLiteral("basic"), result.document.analysis.basic},
                            {QStringLiteral("passed"), true}});
    const int finds = result.report.value(QStringLiteral("covered_finds")).toInt();
    if (finds > 0)
        say(context, QStringLiteral("%1 more were found in the finished file and covered as well").arg(finds));
    if (result.document.settings.style == base::CoverStyle::Mosaic)
        say(context,
            QStringLiteral("WARNING: a mosaic is for looks; it can be undone in part. Blur and solid cannot."));
    if (result.document.settings.keepAudio && result.document.source.info.defaultAudioStream < 0)
        say(context, QStringLiteral("The clip has no sound to keep."));
    say(context, QStringLiteral("%1: %2 frames, covered, checked and in place")
                     .arg(base::displayPath(request.output))
                     .arg(result.report.value(QStringLiteral("exported_frames")).toInteger()));
}

/// Keeps what the second pass found in the project, as covered tracks and things to check.
base::Result<void> keepFinds(project::ProjectStore &store, const std::vector<base::Track> &finds)
{
    if (finds.empty())
        return {};
    const auto kept = store.apply(pipeline::editForFinds(store.document(), finds));
    return kept ? base::Result<void>() : base::Result<void>(kept.error());
}

/// The failure, with what can be done about somebody whom the check found.
base::Error withWayOut(const pipeline::ExportResult &result, bool isProject)
{
    base::Error error = result.failure;
    if (result.verification.finds.empty())
        return error;
    error.message +=
        isProject ? QStringLiteral("; each is in the project now as a thing to check: cover, show or dismiss it, "
                                   "then redact the project again")
                  : QStringLiteral("; to decide by hand, make a project (doorveil-cli analyze CLIP -o PROJECT, or "
                                   "add the clip to Doorveil's list), see to these times in it and redact it");
    return error;
}

} // namespace

QString RedactCommand::description() const
{
    return QStringLiteral("Covers everyone in a clip, or as a project says, and checks the result");
}

QString RedactCommand::synopsis() const
{
    return QStringLiteral("CLIP|PROJECT -o OUT.mp4 [options]");
}

std::vector<Option> RedactCommand::options() const
{
    return {
        {"output", QStringLiteral("FILE"), QStringLiteral("the covered clip (MP4)"), 'o'},
        {"style", QStringLiteral("STYLE"), QStringLiteral("blur (default), solid or mosaic")},
        {"cover", QStringLiteral("PART"), QStringLiteral("face, head (default) or person")},
        {"audio", QStringLiteral("HOW"), QStringLiteral("mute (default: no sound in the file) or keep")},
        {"trim", QStringLiteral("A-B"), QStringLiteral("only this part, times as HH:MM:SS.mmm")},
        {"crf", QStringLiteral("N"), QStringLiteral("x264 quality, 0 to 51 (default 20)")},
        {"preset", QStringLiteral("P"), QStringLiteral("x264 preset (default medium)")},
        {"report", QStringLiteral("FILE"), QStringLiteral("what was found, covered and checked, as JSON")},
        {"json", {}, QStringLiteral("progress and result as JSON lines on stdout")},
        {"force", {}, QStringLiteral("replace existing outputs")},
    };
}

base::Result<int> RedactCommand::run(Context &context, const Arguments &arguments)
{
    const base::Result<Request> parsed = parseRequest(arguments);
    if (!parsed)
        return parsed.error();
    const Request &request = *parsed;
    if (const auto input = base::openInput(request.input); !input)
        return input.error();
    std::vector<base::FileIdentity> inputs = pipeline::identitiesOf({request.input});
    if (const auto allowed = checkOutputs(request, inputs); !allowed)
        return allowed.error();

    ProgressDisplay display(context, request.json);
    std::unique_ptr<project::ProjectStore> store;
    project::ReviewDocument document;
    if (project::isProjectFile(request.input)) {
        auto opened = project::ProjectStore::open(request.input);
        if (!opened)
            return opened.error();
        store = std::move(*opened);
        document = store->document();
        const auto sources = pipeline::identitiesOf({std::filesystem::path(document.source.nativePath.toStdString())});
        inputs.insert(inputs.end(), sources.begin(), sources.end());
        if (const auto allowed = checkOutputs(request, inputs); !allowed)
            return allowed.error();
    } else {
        pipeline::AnalyzeParameters parameters;
        parameters.clip = request.input;
        parameters.notice = [&context](const QString &text) { say(context, text); };
        auto analyzed = pipeline::analyze(parameters, display.callback(), context.cancel);
        display.finish();
        if (!analyzed)
            return analyzed.error();
        document = std::move(*analyzed);
    }
    sayAnalysis(context, document);
    if (const auto applied = applyRequest(request, document); !applied)
        return applied.error();

    pipeline::ExportParameters parameters;
    parameters.output = request.output;
    parameters.replaceExisting = request.force;
    parameters.crf = request.crf;
    parameters.preset = request.preset;
    parameters.coverFinds = store == nullptr;
    parameters.neverOverwrite = inputs;
    const auto result = pipeline::exportClip(document, parameters, display.callback(), context.cancel);
    display.finish();
    if (!result)
        return result.error();
    if (store != nullptr && !result->inPlace) {
        if (const auto kept = keepFinds(*store, result->verification.finds); !kept)
            return kept.error();
    }
    if (const auto reported = writeReportFile(request, *result, inputs); !reported) {
        // A failed check is the worse news and decides the exit code.
        if (result->inPlace)
            return reported.error().prefixed(
                QStringLiteral("%1 is in place, but its report is not").arg(base::displayPath(request.output)));
        say(context, reported.error().message);
    }
    if (!result->inPlace)
        return withWayOut(*result, store != nullptr);
    sayDone(context, request, *result);
    return exitDone;
}

} // namespace doorveil::cli
