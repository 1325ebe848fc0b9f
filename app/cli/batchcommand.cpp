// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/batchcommand.h"

#include "base/durablefile.h"
#include "cli/batchdisplay.h"
#include "cli/jsonlines.h"
#include "cli/outputs.h"
#include "pipeline/batch/mergebatches.h"
#include "pipeline/batch/runbatch.h"
#include "pipeline/source.h"

#include <QRegularExpression>

namespace doorveil::cli {

namespace batch = pipeline::batch;

namespace {

constexpr int mostJobs = 256;
constexpr int mostShards = 100'000;

base::Result<std::optional<int>> parseJobs(const Arguments &arguments)
{
    const std::optional<QString> text = arguments.text("jobs");
    if (!text)
        return std::optional<int>();
    bool isNumber = false;
    const int jobs = text->toInt(&isNumber);
    if (!isNumber || jobs < 1 || jobs > mostJobs)
        return usageError(QStringLiteral("--jobs takes a number from 1 to %1").arg(mostJobs));
    return std::optional(jobs);
}

base::Result<std::optional<batch::Shard>> parseShard(const Arguments &arguments)
{
    const std::optional<QString> text = arguments.text("shard");
    if (!text)
        return std::optional<batch::Shard>();
    static const QRegularExpression pattern(QStringLiteral("^(\\d{1,6})/(\\d{1,6})$"));
    const QRegularExpressionMatch match = pattern.match(*text);
    const batch::Shard shard{match.captured(1).toInt(), match.captured(2).toInt()};
    if (!match.hasMatch() || shard.count < 1 || shard.count > mostShards || shard.index < 1
        || shard.index > shard.count)
        return usageError(QStringLiteral("--shard takes I/N, such as 1/3, 2/3 and 3/3"));
    return std::optional(shard);
}

base::Result<batch::BatchParameters> parseParameters(const Arguments &arguments)
{
    batch::BatchParameters parameters;
    for (const std::string &word : arguments.positional())
        parameters.inputs.emplace_back(word);
    if (parameters.inputs.empty())
        return usageError(QStringLiteral("a clip or a folder of clips is needed"));
    const auto output = arguments.path("output");
    if (!output)
        return usageError(QStringLiteral("-o DIR is needed: where the covered clips go"));
    parameters.output = *output;
    parameters.policyFile = arguments.path("policy");
    if (!parameters.policyFile)
        return usageError(QStringLiteral("--policy P.toml is needed; `doorveil-cli policy init > P.toml` writes one"));
    const auto jobs = parseJobs(arguments);
    if (!jobs)
        return jobs.error();
    parameters.jobs = *jobs;
    const auto shard = parseShard(arguments);
    if (!shard)
        return shard.error();
    parameters.shard = *shard;
    parameters.resume = arguments.has("resume");
    parameters.watch = arguments.has("watch");
    parameters.report = arguments.path("report");
    if (parameters.watch && arguments.has("dry-run"))
        return usageError(QStringLiteral("--watch and --dry-run exclude each other"));
    base::Result<batch::Policy> policy = batch::loadPolicy(*parameters.policyFile);
    if (!policy)
        return policy.error();
    parameters.policy = std::move(*policy);
    if (parameters.report) {
        const bool again = parameters.resume || parameters.watch;
        if (const auto allowed =
                checkOutput(*parameters.report, again, pipeline::identitiesOf({*parameters.policyFile}));
            !allowed)
            return allowed.error();
    }
    return parameters;
}

/// 1 if any clip failed, else 4, else 5 (DESIGN section 8).
int exitFor(const batch::BatchTotals &totals)
{
    if (totals.failed > 0 || totals.unfinished > 0)
        return exitFailure;
    if (totals.checkFailed > 0)
        return exitCheckFailed;
    return totals.needReview > 0 ? exitReviewMissing : exitDone;
}

QString totalsText(const batch::BatchTotals &totals)
{
    return QStringLiteral("%1 clips: %2 covered and checked, %3 of them to be looked at; %4 failed a check, %5 failed")
        .arg(totals.clips)
        .arg(totals.done)
        .arg(totals.needReview)
        .arg(totals.checkFailed)
        .arg(totals.failed);
}

QJsonObject totalsObject(const batch::BatchTotals &totals, int exit)
{
    return {{QStringLiteral("event"), QStringLiteral("done")},
            {QStringLiteral("exit"), exit},
            {QStringLiteral("clips"), qint64(totals.clips)},
            {QStringLiteral("done"), qint64(totals.done)},
            {QStringLiteral("need_review"), qint64(totals.needReview)},
            {QStringLiteral("check_failed"), qint64(totals.checkFailed)},
            {QStringLiteral("failed"), qint64(totals.failed)}};
}

int tellEnd(Context &context, const batch::BatchTotals &totals, const std::filesystem::path &folder, bool json)
{
    const int exit = exitFor(totals);
    if (json)
        printJson(context, totalsObject(totals, exit));
    say(context, totalsText(totals));
    if (const std::size_t waiting = batch::reviewQueue(folder).size(); waiting > 0)
        say(context,
            QStringLiteral("To look at the %1 that need it: doorveil %2").arg(waiting).arg(base::displayPath(folder)));
    say(context, QStringLiteral("The report: %1").arg(base::displayPath(batch::reportPage(folder))));
    return exit;
}

base::Result<int> dryRun(Context &context, const batch::BatchParameters &parameters, bool json)
{
    BatchDisplay display(context, false);
    const auto clips = batch::planBatch(parameters, display, context.cancel);
    display.clear();
    if (!clips)
        return clips.error();
    std::size_t work = 0;
    for (const batch::PlannedClip &clip : *clips) {
        work += clip.hasWork() ? 1 : 0;
        const QString source = base::displayPath(clip.clip.path);
        if (json) {
            QJsonObject rules = clip.rules.toJson();
            printJson(context, {{QStringLiteral("event"), QStringLiteral("plan")},
                                {QStringLiteral("clip"), source},
                                {QStringLiteral("name"), clip.name},
                                {QStringLiteral("state"), batch::toText(clip.state)},
                                {QStringLiteral("sha256"), clip.sha256},
                                {QStringLiteral("rules"), rules}});
            continue;
        }
        print(context,
              QStringLiteral("%1 %2 -> %3.mp4 (%4, %5, %6%7)")
                  .arg(batch::toText(clip.state), -14)
                  .arg(source, clip.name, base::toText(clip.rules.style), base::toText(clip.rules.scope),
                       clip.rules.keepAudio ? QStringLiteral("sound kept") : QStringLiteral("no sound"),
                       clip.rules.camera.isEmpty() ? QString() : QStringLiteral(", camera ") + clip.rules.camera));
        for (const QString &copy : clip.copies)
            print(context, QStringLiteral("%1 %2").arg(QStringLiteral("  same content:"), -14).arg(copy));
    }
    say(context, QStringLiteral("%1 clips, %2 of them to do; nothing was written").arg(clips->size()).arg(work));
    return exitDone;
}

base::Result<int> merge(Context &context, const Arguments &arguments)
{
    std::vector<std::filesystem::path> folders(arguments.positional().begin() + 1, arguments.positional().end());
    for (const char *option : {"policy", "jobs", "shard", "report", "resume", "watch", "dry-run"}) {
        if (arguments.has(option))
            return usageError(QStringLiteral("`batch merge` takes no --%1").arg(QLatin1String(option)));
    }
    if (folders.empty())
        return usageError(QStringLiteral("`batch merge DIR…`: the output folders of the parts are needed"));
    const std::filesystem::path target = arguments.path("output").value_or(folders.front());
    const auto merged = batch::mergeBatches(folders, target, context.cancel);
    if (!merged)
        return merged.error();
    for (const QString &problem : merged->problems)
        say(context, QStringLiteral("Left out: %1").arg(problem));
    if (!merged->missingParts.isEmpty())
        say(context, QStringLiteral("WARNING: these parts are in none of the folders: %1")
                         .arg(merged->missingParts.join(QStringLiteral(", "))));
    say(context, QStringLiteral("%1 clips were added to %2").arg(merged->added).arg(base::displayPath(target)));
    const int exit = tellEnd(context, merged->totals, target, arguments.has("json"));
    return !merged->problems.isEmpty() || !merged->missingParts.isEmpty() ? int(exitFailure) : exit;
}

} // namespace

QString BatchCommand::description() const
{
    return QStringLiteral("Covers many clips by a policy, goes on after interruptions, and says what needs a look");
}

QString BatchCommand::synopsis() const
{
    return QStringLiteral("INPUT… -o DIR --policy P.toml [options]  |  merge DIR… [-o DIR]");
}

std::vector<Option> BatchCommand::options() const
{
    return {
        {"output", QStringLiteral("DIR"), QStringLiteral("where clips, projects and reports go"), 'o'},
        {"policy", QStringLiteral("FILE"), QStringLiteral("what is done with each clip (`policy init` writes one)")},
        {"jobs", QStringLiteral("N"), QStringLiteral("clips at a time (default: half of the processors)")},
        {"resume", {}, QStringLiteral("go on with the batch in DIR; what is done is not done again")},
        {"shard", QStringLiteral("I/N"), QStringLiteral("only part I of N, by the clips' hashes")},
        {"dry-run", {}, QStringLiteral("say what would be done, and write nothing")},
        {"watch", {}, QStringLiteral("go on with clips as they appear, until stopped")},
        {"report", QStringLiteral("FILE"), QStringLiteral("the report as JSON, also here")},
        {"json", {}, QStringLiteral("progress and results as JSON lines on stdout")},
    };
}

base::Result<int> BatchCommand::run(Context &context, const Arguments &arguments)
{
    if (!arguments.positional().empty() && arguments.positional().front() == "merge")
        return merge(context, arguments);
    const base::Result<batch::BatchParameters> parameters = parseParameters(arguments);
    if (!parameters)
        return parameters.error();
    const bool json = arguments.has("json");
    if (arguments.has("dry-run"))
        return dryRun(context, *parameters, json);
    BatchDisplay display(context, json);
    const base::Result<batch::BatchTotals> totals = batch::runBatch(*parameters, display, context.cancel);
    display.clear();
    if (!totals)
        return totals.error();
    return tellEnd(context, *totals, parameters->output, json);
}

} // namespace doorveil::cli
