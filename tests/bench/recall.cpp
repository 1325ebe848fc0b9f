// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-recall: how much of what is labelled is found and covered, by kind and size, with the plain search of
// every frame by itself as the reference. See docs/testing.md.
#include "recallrun.h"

#include <QCommandLineParser>
#include <QGuiApplication>
#include <QTemporaryDir>
#include <QTextStream>

#include <list>

using namespace doorveil;

namespace {

std::vector<bench::RecallTask> tasksOf(const std::vector<bench::LabelledClip> &clips,
                                       const bench::Degradation *degradation, const QString &only)
{
    std::vector<bench::RecallTask> tasks;
    for (const bench::LabelledClip &clip : clips) {
        const QString name = degradation == nullptr ? clip.name : clip.name + QLatin1Char(' ') + degradation->name;
        if (name.contains(only))
            tasks.push_back({clip, degradation});
    }
    return tasks;
}

} // namespace

int main(int argc, char **argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // pictures are read and painted, nothing is shown
    const QGuiApplication application(argc, argv);
    QCommandLineParser parser;
    parser.setApplicationDescription(QStringLiteral("Recall of the detectors and of the whole search, as a table."));
    parser.addHelpOption();
    const QCommandLineOption only(
        QStringLiteral("only"),
        QStringLiteral("Clips, sets or degraded copies (“chaplin half”) whose name holds this."),
        QStringLiteral("text"));
    const QCommandLineOption what(QStringLiteral("what"), QStringLiteral("stills, clips, degraded or all (default)."),
                                  QStringLiteral("what"), QStringLiteral("all"));
    const QCommandLineOption sets(QStringLiteral("sets"), QStringLiteral("best, basic or both (default)."),
                                  QStringLiteral("sets"), QStringLiteral("both"));
    const QCommandLineOption noPlain(QStringLiteral("no-plain"), QStringLiteral("Leave the reference search out."));
    const QCommandLineOption onlyPlain(QStringLiteral("only-plain"), QStringLiteral("The reference search alone."));
    const QCommandLineOption dumpTo(QStringLiteral("dump"),
                                    QStringLiteral("Write labelled frames with what is covered."),
                                    QStringLiteral("folder"));
    const QCommandLineOption dumpEvery(QStringLiteral("dump-every"), QStringLiteral("And every n-th frame."),
                                       QStringLiteral("n"), QStringLiteral("0"));
    const QCommandLineOption list(QStringLiteral("list"),
                                  QStringLiteral("Name each label that is not covered and each false region."));
    const QCommandLineOption jobs(QStringLiteral("jobs"),
                                  QStringLiteral("Clips searched at a time; with more than one no time is measured."),
                                  QStringLiteral("n"), QStringLiteral("1"));
    parser.addOptions({only, what, sets, noPlain, onlyPlain, dumpTo, dumpEvery, list, jobs});
    parser.addPositionalArgument(
        QStringLiteral("clip"),
        QStringLiteral("Any clip, with the labels in CLIP.labels.json beside it if there are some."),
        QStringLiteral("[clip...]"));
    parser.process(application);
    QTextStream complaints(stderr);

    std::vector<bench::LabelledClip> clips;
    std::vector<bench::LabelledClip> stills;
    if (parser.positionalArguments().isEmpty()) {
        const QString data = qEnvironmentVariable("DOORVEIL_TEST_DATA");
        if (data.isEmpty()) {
            complaints << "Set DOORVEIL_TEST_DATA to the folder with clips/ and images/.\n";
            return 2;
        }
        auto labelledClips = bench::labelledClips(data);
        auto labelledStills = bench::labelledStills();
        for (const auto *labelled : {&labelledClips, &labelledStills}) {
            if (!*labelled) {
                complaints << labelled->error().message << '\n';
                return 1;
            }
        }
        clips = std::move(*labelledClips);
        stills = std::move(*labelledStills);
    }
    for (const QString &path : parser.positionalArguments()) {
        auto clip = bench::anyClip(path);
        if (!clip) {
            complaints << clip.error().message << '\n';
            return 1;
        }
        clips.push_back(std::move(*clip));
    }

    std::list<vision::DetectorSet> loaded; // ways point into it
    std::vector<bench::Way> ways;
    for (const auto &[name, detectorChoice] : {std::pair{QStringLiteral("best"), vision::DetectorChoice::Best},
                                               std::pair{QStringLiteral("basic"), vision::DetectorChoice::Embedded}}) {
        if (parser.value(sets) != QLatin1String("both") && parser.value(sets) != name)
            continue;
        auto detectors = vision::loadDetectors(detectorChoice);
        if (!detectors) {
            complaints << detectors.error().message << '\n';
            return 1;
        }
        for (const QString &refusal : detectors->refusals)
            complaints << refusal << '\n' << Qt::flush;
        loaded.push_back(std::move(*detectors));
        if (parser.isSet(onlyPlain) || (!parser.isSet(noPlain) && name == QLatin1String("best")))
            ways.push_back({QStringLiteral("plain"), &loaded.back(), true});
        if (!parser.isSet(onlyPlain))
            ways.push_back({name, &loaded.back(), false});
    }

    const QTemporaryDir copies;
    bench::RecallRun run(ways, {parser.value(dumpTo), parser.value(dumpEvery).toInt(), parser.isSet(list)},
                         parser.value(jobs).toInt(), copies.path());
    const QString choice = parser.value(what);
    const auto isChosen = [&choice](const char *part) {
        return choice == QLatin1String(part) || choice == QLatin1String("all");
    };
    const QString text = parser.value(only);
    bool complete = true;
    if (isChosen("stills"))
        complete = run.run(QStringLiteral("stills"), tasksOf(stills, nullptr, text)) && complete;
    if (isChosen("clips"))
        complete = run.run(QStringLiteral("clips"), tasksOf(clips, nullptr, text)) && complete;
    if (isChosen("degraded")) {
        const std::vector<bench::Degradation> degradations = bench::degradations();
        for (const bench::Degradation &degradation : degradations)
            complete = run.run(degradation.name, tasksOf(clips, &degradation, text)) && complete;
        for (const bench::Degradation &degradation : degradations) {
            if (degradation.frameRate <= 0.0)
                complete = run.run(QStringLiteral("stills ") + degradation.name, tasksOf(stills, &degradation, text))
                           && complete;
        }
    }
    return complete ? 0 : 1;
}
