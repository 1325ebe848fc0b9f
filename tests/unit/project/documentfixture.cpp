// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"

#include "project/documentrules.h"

#include <QProcess>

#include <thread>

namespace doorveil::projecttest {

using namespace project;

namespace {

constexpr std::int64_t frameTicks = 3000;
constexpr int sampleFrames = 300;

int number(std::mt19937 &random, int lowest, int highest)
{
    return lowest + int(random() % std::uint32_t(highest - lowest + 1));
}

template<typename Item> std::int64_t someId(const std::vector<Item> &items, std::mt19937 &random)
{
    if (items.empty() || number(random, 0, 19) == 0)
        return number(random, -1, 40); // most likely not there
    return items[random() % items.size()].id;
}

const base::Track *someTrack(const ReviewDocument &document, std::mt19937 &random)
{
    return document.tracks.empty() ? nullptr : &document.tracks[random() % document.tracks.size()];
}

std::int64_t somePts(const ReviewDocument &document, std::mt19937 &random)
{
    const std::int64_t pts = ptsOf(number(random, 0, int(document.source.frames.size()) - 1));
    return number(random, 0, 19) == 0 ? pts + 7 : pts;
}

base::TimeRange someRange(const ReviewDocument &document, std::mt19937 &random)
{
    const std::int64_t begin = somePts(document, random);
    return {begin, begin + number(random, 0, 40) * frameTicks};
}

base::Observation someObservation(std::int64_t pts, std::mt19937 &random)
{
    constexpr std::array origins{base::Origin::Detected, base::Origin::Propagated, base::Origin::Manual,
                                 base::Origin::Extended};
    return {pts,
            {number(random, -20, 1200), number(random, -20, 700),
             number(random, 0, 90) == 0 ? 0 : number(random, 1, 200), number(random, 1, 200)},
            origins[random() % origins.size()],
            float(number(random, 0, 100)) / 100.0F};
}

base::Decision someDecision(std::mt19937 &random)
{
    return {base::DecisionKind(number(random, 0, 2)), base::ShowReason(number(random, 0, 6)),
            base::ConsentStatus(number(random, 0, 5))};
}

std::vector<base::Observation> someObservations(const ReviewDocument &document, const base::TimeRange &range,
                                                std::mt19937 &random)
{
    std::vector<base::Observation> observations;
    for (const base::FrameTime &frame : document.source.frames) {
        if (range.contains(frame.pts) && number(random, 0, 3) > 0)
            observations.push_back(someObservation(frame.pts, random));
    }
    return observations;
}

CheckItem someCheck(const ReviewDocument &document, std::int64_t id, std::mt19937 &random)
{
    const bool find = number(random, 0, 2) == 0;
    return {id,
            find ? QString::fromLatin1(verificationFind) : QStringLiteral("weak-score"),
            number(random, 0, 1) == 0 ? 0 : someId(document.tracks, random),
            somePts(document, random),
            {number(random, 0, 100), 5, 20, 20},
            number(random, 0, 1) == 0};
}

Edit someTrackEdit(const ReviewDocument &document, int kind, std::mt19937 &random)
{
    const std::int64_t id = someId(document.tracks, random);
    switch (kind) {
    case 0:
        return AddTrack{sampleTrack(number(random, 1, 30), number(random, 0, 280), number(random, 1, 20))};
    case 1:
        return RemoveTrack{id};
    case 2:
        return MoveObservation{id, someObservation(somePts(document, random), random)};
    case 3: {
        const base::Track *track = someTrack(document, random);
        return track ? RemoveObservation{track->id, track->observations[random() % track->observations.size()].pts}
                     : RemoveObservation{id, 0};
    }
    case 4: {
        const base::TimeRange range = someRange(document, random);
        return ReplaceObservations{id, range, someObservations(document, range, random)};
    }
    case 5: {
        const base::Track *track = someTrack(document, random);
        return track ? SplitTrack{track->id, track->observations[random() % track->observations.size()].pts,
                                  nextTrackId(document)}
                     : SplitTrack{id, 0, 1};
    }
    case 6:
        return MergeTracks{id, someId(document.tracks, random)};
    case 7:
        return SetKind{id, base::TrackKind(number(random, 0, 1))};
    case 8:
        return SetLabel{id, QStringLiteral("name %1 Ünï").arg(number(random, 0, 9))};
    case 9:
        return SetDecision{id, someDecision(random)};
    default:
        return SetTrackStyle{id, number(random, 0, 1) == 0 ? std::optional<base::CoverStyle>()
                                                           : base::CoverStyle(number(random, 0, 2))};
    }
}

base::Zone someZone(const ReviewDocument &document, std::int64_t id, std::mt19937 &random)
{
    const int x = number(random, 0, 1000);
    base::Zone zone{id, {{x, 10}, {x + 100, 20}, {x + 50, number(random, 5, 400)}}, {}, QStringLiteral("window")};
    if (number(random, 0, 1) == 0)
        zone.range = someRange(document, random);
    return zone;
}

SetAnalysis someAnalysis(const ReviewDocument &document, std::mt19937 &random)
{
    SetAnalysis edit{document.analysis, document.tracks, document.checks, std::nullopt};
    edit.analysis.programVersion = QStringLiteral("1.%1").arg(number(random, 0, 9));
    if (number(random, 0, 1) == 0)
        edit.tracks.push_back(sampleTrack(nextTrackId(document), number(random, 0, 200), 10));
    if (number(random, 0, 3) == 0)
        edit.frames = FrameRecord{document.source.frames, {{ptsOf(3), QStringLiteral("damaged packet")}}};
    return edit;
}

Edit someClipEdit(const ReviewDocument &document, int kind, std::mt19937 &random)
{
    switch (kind) {
    case 11:
        return AddZone{someZone(document, number(random, 1, 9), random)};
    case 12:
        return RemoveZone{someId(document.zones, random)};
    case 13:
        return ChangeZone{someZone(document, someId(document.zones, random), random)};
    case 14:
        return SetTrim{number(random, 0, 2) == 0 ? std::optional<base::TimeRange>() : someRange(document, random)};
    case 15:
    case 16:
        return MuteRange{someRange(document, random)};
    case 17:
        return UnmuteRange{someRange(document, random)};
    case 18: {
        ClipSettings settings = document.settings;
        settings.style = base::CoverStyle(number(random, 0, 2));
        settings.keepAudio = !settings.keepAudio;
        settings.recordedAt = QDateTime(QDate(2024, 2, 29), QTime(1, 2, 3, number(random, 0, 999)), Qt::UTC);
        return SetClipSettings{settings};
    }
    case 19:
        return AddCheck{someCheck(document, number(random, 1, 20), random)};
    case 20:
        return RemoveCheck{someId(document.checks, random)};
    case 21:
        return ChangeCheck{someCheck(document, someId(document.checks, random), random)};
    case 22:
        return SettleCheck{someId(document.checks, random), number(random, 0, 2) > 0};
    case 23: {
        const std::int64_t begin = somePts(document, random);
        return SetWatched{{{begin, begin + 100}, {begin + number(random, 100, 300), begin + 500}}};
    }
    case 24:
        return SetReviewed{number(random, 0, 2) > 0};
    case 25:
        return RelinkSource{QStringLiteral("/somewhere/%1.mp4").arg(number(random, 0, 99)), "/somewhere/\xff.mp4",
                            number(random, 0, 3) == 0 ? QStringLiteral("other") : document.source.sha256};
    default:
        return someAnalysis(document, random);
    }
}

} // namespace

std::int64_t ptsOf(int frame)
{
    return frame * frameTicks;
}

base::Track sampleTrack(std::int64_t id, int firstFrame, int count)
{
    base::Track track;
    track.id = id;
    track.kind = id % 3 == 0 ? base::TrackKind::Plate : base::TrackKind::Face;
    for (int index = 0; index < count; ++index)
        track.observations.push_back({ptsOf(firstFrame + index),
                                      {100 + index % 900, 60 + int(id % 500), 40 + index % 7, 44},
                                      index % 10 == 5 ? base::Origin::Interpolated : base::Origin::Detected,
                                      index % 10 == 5 ? 0.0F : 0.5F + float(index % 40) / 100.0F});
    return track;
}

ReviewDocument sampleDocument()
{
    ReviewDocument document;
    SourceRecord &source = document.source;
    source.path = QStringLiteral("/home/owner/Front door.mp4");
    source.nativePath = "/home/owner/Front door.mp4";
    source.sha256 = QString(64, QLatin1Char('a'));
    source.bytes = 12'345'678;
    source.info.container = QStringLiteral("mov,mp4,m4a,3gp,3g2,mj2");
    source.info.videoStreamIndex = 0;
    source.info.videoCodec = QStringLiteral("h264");
    source.info.storedSize = {1280, 720};
    source.info.timeBase = {1, 90000};
    source.info.averageFrameRate = {30, 1};
    source.info.audioStreams = {{1, QStringLiteral("aac"), 16000, 1, QStringLiteral("und"), true}};
    source.info.defaultAudioStream = 0;
    source.info.otherStreams = {{2, QStringLiteral("data"), QStringLiteral("bin_data")}};
    source.info.tags = {{QStringLiteral("container"), QStringLiteral("location"), QStringLiteral("+52.1+004.3/")}};
    source.info.assumptions = {QStringLiteral("no colour in the file: BT.709 assumed")};
    source.losses = {{ptsOf(17), QStringLiteral("damaged packet")}};
    for (int frame = 0; frame < sampleFrames; ++frame)
        source.frames.push_back({ptsOf(frame), frameTicks, frame == 40});
    document.analysis = {true,
                         false,
                         {{QStringLiteral("yunet"), QStringLiteral("2023mar"), QString(64, QLatin1Char('b')),
                           QStringLiteral("face"), 0.6, 0.7, QStringLiteral("MIT")}},
                         QStringLiteral("0.1.0")};
    for (int id = 1; id <= 5; ++id)
        document.tracks.push_back(sampleTrack(id, id * 20, 60));
    document.tracks[1].decision = {base::DecisionKind::Show, base::ShowReason::Owner, base::ConsentStatus::Self};
    document.tracks[2].style = base::CoverStyle::Solid;
    document.zones = {{1, {{0, 0}, {100, 0}, {100, 50}, {0, 50}}, {}, QStringLiteral("house number")},
                      {4, {{500, 100}, {600, 110}, {550, 300}}, base::TimeRange{ptsOf(3), ptsOf(90)}, {}}};
    document.settings.mutedRanges = {{ptsOf(10), ptsOf(20)}, {ptsOf(50), ptsOf(60)}};
    document.checks = {{1, QStringLiteral("bridged-gap"), 1, ptsOf(30), {100, 60, 40, 44}, false},
                       {2, QStringLiteral("motion-uncovered"), 0, ptsOf(31), {}, true}};
    document.watched = {{ptsOf(0), ptsOf(30)}};
    return document;
}

ReviewDocument largeDocument(int tracks, int observations)
{
    ReviewDocument document = sampleDocument();
    document.source.frames.clear();
    for (int frame = 0; frame < observations; ++frame)
        document.source.frames.push_back({ptsOf(frame), frameTicks, false});
    document.tracks.clear();
    document.checks.clear();
    for (int id = 1; id <= tracks; ++id)
        document.tracks.push_back(sampleTrack(id, 0, observations));
    return document;
}

Edit scriptedEdit(int number)
{
    const std::int64_t newTrack = 100 + number;
    switch (number % 5) {
    case 0:
        return AddTrack{sampleTrack(newTrack, number % 200, 30)};
    case 1:
        return MoveObservation{1, {ptsOf(25), {number, 20, 30, 40}, base::Origin::Manual, 0.0F}};
    case 2:
        return SetLabel{2, QStringLiteral("edit %1").arg(number)};
    case 3:
        return AddZone{{10 + number, {{0, 0}, {number, 0}, {number, 9}}, {}, {}}};
    default:
        return std::make_shared<const EditGroup>(
            EditGroup{QStringLiteral("both"),
                      {AddTrack{sampleTrack(newTrack, 10, 20)}, SetTrackStyle{newTrack, base::CoverStyle::Solid}}});
    }
}

ReviewDocument scriptedDocument(int edits)
{
    ReviewDocument document = sampleDocument();
    for (int number = 1; number <= edits; ++number)
        (void)project::apply(document, scriptedEdit(number));
    return document;
}

Edit randomEdit(const ReviewDocument &document, std::mt19937 &random)
{
    const int kind = number(random, 0, editKinds);
    if (kind < 11)
        return someTrackEdit(document, kind, random);
    if (kind < editKinds)
        return someClipEdit(document, kind, random);
    EditGroup group{QStringLiteral("several"), {}};
    for (int count = number(random, 0, 4); count > 0; --count)
        group.edits.push_back(randomEdit(document, random));
    return std::make_shared<const EditGroup>(std::move(group));
}

int acknowledgedIn(const QByteArray &output)
{
    const QByteArray lines = output.left(std::max<qsizetype>(output.lastIndexOf('\n'), 0));
    const QByteArray last = lines.mid(lines.lastIndexOf('\n') + 1);
    return last.startsWith("saved ") ? last.mid(6).toInt() : 0;
}

KilledRun runAndKill(const QString &program, const QStringList &arguments, int afterEdits,
                     std::chrono::microseconds pause)
{
    KilledRun run;
    QProcess process;
    process.start(program, arguments);
    run.started = process.waitForStarted();
    QByteArray output;
    while (acknowledgedIn(output) < afterEdits && process.waitForReadyRead(10'000))
        output += process.readAllStandardOutput();
    std::this_thread::sleep_for(pause);
    process.kill();
    process.waitForFinished();
    run.killed = process.exitStatus() == QProcess::CrashExit;
    run.acknowledged = acknowledgedIn(output + process.readAllStandardOutput());
    return run;
}

} // namespace doorveil::projecttest
