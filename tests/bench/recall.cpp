// SPDX-License-Identifier: GPL-3.0-or-later
//
// doorveil-bench-recall: how much of what is labelled in the test data is found and covered, by kind and size, with
// the plain search of every frame by itself as the reference. See docs/testing.md.
#include "benchclips.h"
#include "recallscore.h"

#include "base/picture.h"
#include "redaction/coverplan.h"
#include "tracking/tracker.h"
#include "vision/scenesearch.h"

#include <QCommandLineParser>
#include <QDir>
#include <QFileInfo>
#include <QGuiApplication>
#include <QImage>
#include <QPainter>
#include <QTemporaryDir>

#include <ctime>

using namespace doorveil;

namespace {

QTextStream out(stdout);
QTextStream complaints(stderr);

enum class Way { Plain, Full };

struct Options
{
    QString dumpFolder;
    int dumpEvery = 0;
    bool list = false;
};

double cpuMilliseconds()
{
    return 1000.0 * double(std::clock()) / CLOCKS_PER_SEC;
}

std::map<QString, float> thresholdsOf(const vision::DetectorSet &detectors)
{
    std::map<QString, float> thresholds;
    for (const vision::DetectorInfo &info : detectors.infos())
        thresholds[info.id] = float(info.threshold);
    return thresholds;
}

/// The reference: each frame by itself, the first detector of the kind, at the picture's own size; every strong find's
/// box grown by 30 % a side.
QString searchPlainly(const bench::LabelledClip &clip, vision::DetectorSet &detectors, bench::RecallFigures &figures)
{
    auto &ofKind = clip.kind == base::TrackKind::Plate ? detectors.plates : detectors.faces;
    int index = 0;
    QString problem;
    const QString unreadable = bench::eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational) {
        const double begin = cpuMilliseconds();
        const base::Picture picture = base::toPicture(frame);
        const auto found = ofKind.front()->detect(picture, {}, 1.0);
        figures.milliseconds += cpuMilliseconds() - begin;
        if (!found) {
            problem = found.error().message;
            return false;
        }
        bench::FrameResult result;
        for (const vision::Detection &detection : *found) {
            if (double(detection.score) < ofKind.front()->info().threshold)
                continue;
            result.boxes.push_back(detection.box);
            redaction::CoverRegion region;
            region.kind = detection.kind;
            region.region = detection.box.grown(int(0.3 * detection.box.width), int(0.3 * detection.box.height))
                                .clampedTo(picture.size);
            result.regions.push_back(region);
        }
        const auto labels = clip.frames.find(index++);
        bench::score(figures, result, clip.kind, labels != clip.frames.end() ? &labels->second : nullptr, picture.size);
        return true;
    });
    return problem.isEmpty() ? unreadable : problem;
}

void dump(const bench::LabelledClip &clip, const base::VideoFrame &frame, int index,
          const std::vector<redaction::CoverRegion> &regions, const bench::FrameLabels *labels, const QString &folder)
{
    const base::Picture picture = base::toPicture(frame);
    QImage image = QImage(picture.bgr.data(), picture.size.width, picture.size.height,
                          qsizetype(picture.size.width) * 3, QImage::Format_BGR888)
                       .convertToFormat(QImage::Format_RGB32);
    QPainter painter(&image);
    const auto draw = [&](const base::Rectangle &box, const QColor &colour, int width) {
        painter.setPen(QPen(colour, width));
        painter.drawRect(box.x, box.y, box.width - 1, box.height - 1);
    };
    for (const redaction::CoverRegion &region : regions) {
        const QColor colour = region.kind == base::TrackKind::Plate    ? Qt::cyan
                              : region.kind == base::TrackKind::Person ? Qt::magenta
                                                                       : Qt::yellow;
        draw(region.region, region.box ? colour : colour.darker(160), 2);
        painter.drawText(
            region.region.x + 2, region.region.y + 12,
            QStringLiteral("%1 %2 %3").arg(region.track).arg(base::toText(region.origin)).arg(region.score, 0, 'f', 2));
    }
    if (labels != nullptr) {
        for (const base::Rectangle &box : labels->boxes)
            draw(box, Qt::green, 1);
    }
    painter.end();
    const QString file = QFileInfo(clip.path).completeBaseName();
    const QString name = clip.isPicture ? clip.name + QLatin1Char('-') + file : file; // of copies it holds the rest
    image.save(QDir(folder).filePath(QStringLiteral("%1-%2.png").arg(name).arg(index, 5, 10, QLatin1Char('0'))));
}

/// The program's own way: search of what changed, tracks, and the plan of what is covered.
QString searchFully(const bench::LabelledClip &clip, vision::DetectorSet &detectors, bench::RecallFigures &figures,
                    const Options &options)
{
    const std::map<QString, float> thresholds = thresholdsOf(detectors);
    std::unique_ptr<vision::SceneSearch> search;
    std::unique_ptr<tracking::Tracker> tracker;
    std::vector<std::int64_t> times;
    base::Size size;
    QString problem;
    const auto take = [&](const base::Result<std::optional<vision::SearchedFrame>> &searched) {
        if (!searched) {
            problem = searched.error().message;
            return false;
        }
        if (!*searched)
            return true;
        std::vector<tracking::Find> given;
        for (const vision::Detection &detection : (*searched)->finds.detections)
            given.push_back({detection.kind, detection.box, detection.score, thresholds.at(detection.detector)});
        tracker->addFrame((*searched)->frame, given, (*searched)->finds.searched, (*searched)->finds.change);
        return true;
    };
    const QString unreadable = bench::eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational timeBase) {
        const double begin = cpuMilliseconds();
        if (!search) {
            size = frame.displayedSize();
            vision::SceneSearchSettings settings;
            settings.timeBase = timeBase;
            search = std::make_unique<vision::SceneSearch>(detectors, settings);
            tracker = std::make_unique<tracking::Tracker>(size, timeBase, tracking::TrackerSettings{});
        }
        const auto searched = search->push(frame);
        times.push_back(frame.pts);
        const bool goesOn = take(searched);
        figures.milliseconds += cpuMilliseconds() - begin;
        return goesOn;
    });
    while (search && problem.isEmpty()) {
        const double begin = cpuMilliseconds();
        const auto searched = search->flush();
        if (!take(searched) || !*searched)
            break;
        figures.milliseconds += cpuMilliseconds() - begin;
    }
    if (!unreadable.isEmpty() || !problem.isEmpty() || !tracker)
        return unreadable.isEmpty() ? problem : unreadable;
    const std::vector<base::Track> tracks = tracker->finish();
    const redaction::CoverPlan plan(tracks, {}, size, {});
    std::map<std::int64_t, std::vector<base::Rectangle>> boxes;
    for (const base::Track &track : tracks) {
        if (track.kind != clip.kind && !(clip.kind == base::TrackKind::Face && track.kind == base::TrackKind::Head))
            continue;
        for (const base::Observation &observation : track.observations)
            boxes[observation.pts].push_back(observation.box);
    }
    for (std::size_t index = 0; index < times.size(); ++index) {
        const auto labels = clip.frames.find(int(index));
        const bench::FrameResult result{boxes[times[index]], plan.at(times[index])};
        bench::score(figures, result, clip.kind, labels != clip.frames.end() ? &labels->second : nullptr, size);
        if (options.list && labels != clip.frames.end())
            bench::printFailures(out, QStringLiteral("%1 %2").arg(clip.path).arg(index), result, clip.kind,
                                 labels->second);
    }
    if (options.dumpFolder.isEmpty())
        return {};
    int index = 0;
    return bench::eachFrame(clip, [&](const base::VideoFrame &frame, base::Rational) {
        const auto labels = clip.frames.find(index);
        const bool chosen = labels != clip.frames.end() || (options.dumpEvery > 0 && index % options.dumpEvery == 0);
        if (chosen)
            dump(clip, frame, index, plan.at(frame.pts), labels != clip.frames.end() ? &labels->second : nullptr,
                 options.dumpFolder);
        ++index;
        return true;
    });
}

/// One row a clip (stills: a set) and way, and a sum a kind at the end.
class Table
{
public:
    explicit Table(const Options &options) : m_options(options) { bench::printHeader(out); }

    void run(const std::vector<bench::LabelledClip> &clips, vision::DetectorSet &detectors, const QString &setName,
             const std::vector<Way> &ways)
    {
        for (const Way way : ways) {
            const QString name = way == Way::Plain ? QStringLiteral("plain") : setName;
            std::map<base::TrackKind, bench::RecallFigures> sums;
            std::map<std::pair<QString, base::TrackKind>, bench::RecallFigures> rows;
            std::vector<std::pair<QString, base::TrackKind>> order;
            for (std::size_t index = 0; index < clips.size(); ++index) {
                const bench::LabelledClip &clip = clips[index];
                const std::pair<QString, base::TrackKind> key(clip.name, clip.kind);
                if (rows.find(key) == rows.end())
                    order.push_back(key);
                bench::RecallFigures figures;
                const QString problem = way == Way::Plain ? searchPlainly(clip, detectors, figures)
                                                          : searchFully(clip, detectors, figures, m_options);
                if (!problem.isEmpty())
                    complaints << clip.name << ": " << problem << '\n' << Qt::flush;
                rows[key].add(figures);
                sums[clip.kind].add(figures);
                const bool lastOfRow = index + 1 == clips.size() || clips[index + 1].name != clip.name;
                if (lastOfRow)
                    bench::printRow(out, clip.name, clip.kind, name, rows[key]);
            }
            for (const auto &[kind, figures] : sums)
                bench::printRow(out, QStringLiteral("ALL OF THESE"), kind, name, figures);
        }
    }

private:
    Options m_options;
};

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
    parser.addOptions({only, what, sets, noPlain, onlyPlain, dumpTo, dumpEvery, list});
    parser.addPositionalArgument(QStringLiteral("clip"), QStringLiteral("Any clip: what is covered and what it costs."),
                                 QStringLiteral("[clip...]"));
    parser.process(application);

    const QString data = qEnvironmentVariable("DOORVEIL_TEST_DATA");
    if (data.isEmpty()) {
        complaints << "Set DOORVEIL_TEST_DATA to the folder with clips/ and images/.\n";
        return 2;
    }
    const QString choice = parser.value(what);
    const auto isWanted = [&](const QString &name) { return name.contains(parser.value(only)); };
    const auto wanted = [&](std::vector<bench::LabelledClip> clips) {
        std::erase_if(clips, [&](const bench::LabelledClip &clip) { return !isWanted(clip.name); });
        return clips;
    };
    std::vector<bench::LabelledClip> clips = bench::labelledClips(data);
    if (!parser.positionalArguments().isEmpty())
        clips.clear();
    for (const QString &path : parser.positionalArguments())
        clips.push_back({QFileInfo(path).completeBaseName(), path, false, base::TrackKind::Face, {}});
    const auto allStills = bench::labelledStills();
    const auto stills = wanted(allStills);
    const QTemporaryDir folder;

    Table table({parser.value(dumpTo), parser.value(dumpEvery).toInt(), parser.isSet(list)});
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
        std::vector<Way> ways{Way::Full};
        if (!parser.isSet(noPlain) && name == QLatin1String("best"))
            ways.insert(ways.begin(), Way::Plain);
        if (parser.isSet(onlyPlain))
            ways = {Way::Plain};
        if (choice == QLatin1String("stills") || choice == QLatin1String("all"))
            table.run(stills, *detectors, name, ways);
        if (choice == QLatin1String("clips") || choice == QLatin1String("all"))
            table.run(wanted(clips), *detectors, name, ways);
        if (choice != QLatin1String("degraded") && choice != QLatin1String("all"))
            continue;
        for (const std::vector<bench::LabelledClip> *sources : {&std::as_const(clips), &allStills}) {
            for (const bench::Degradation &degradation : bench::degradations()) {
                if (sources == &allStills && degradation.frameRate > 0.0)
                    continue;
                std::vector<bench::LabelledClip> copies;
                for (const bench::LabelledClip &clip : *sources) {
                    if (!isWanted(clip.name + QLatin1Char(' ') + degradation.name))
                        continue;
                    bench::LabelledClip copy = bench::degraded(clip, degradation, folder.path());
                    copy.name += QLatin1Char(' ') + degradation.name;
                    if (!copy.path.isEmpty())
                        copies.push_back(copy);
                }
                if (!copies.empty())
                    table.run(copies, *detectors, name, ways);
            }
        }
    }
    return 0;
}
