// SPDX-License-Identifier: GPL-3.0-or-later
// A clip in which one person after the other takes the same place: no track holds two of them, so that showing the one
// does not show the next.
#include "cli/runcli.h"
#include "project/projectstore.h"
#include "support/testdata.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <set>

using namespace doorveil;
using testsupport::runCli;

namespace {

/// The clip's appearances, one after the other. Their lengths are told with an error of a frame or two.
struct Appearances
{
    std::vector<int> ends; ///< frame behind each
    static constexpr int tolerance = 3;

    /// The one in which a frame lies; none where the tolerance leaves it open.
    [[nodiscard]] std::set<int> of(int frame) const
    {
        std::set<int> all;
        for (std::size_t index = 0; index < ends.size(); ++index) {
            const int begin = index == 0 ? 0 : ends[index - 1];
            if (frame >= begin + tolerance && frame < ends[index] - tolerance)
                all.insert(int(index));
        }
        return all;
    }
};

Appearances appearancesIn(const QString &identities)
{
    QFile file(identities);
    Appearances appearances;
    if (!file.open(QIODevice::ReadOnly))
        return appearances;
    int end = 0;
    for (const QJsonValue &segment :
         QJsonDocument::fromJson(file.readAll()).object()[QLatin1String("segments_source_frames")].toArray())
        appearances.ends.push_back(end += segment.toArray()[2].toInt());
    return appearances;
}

/// In which appearances a track was really found.
std::set<int> appearancesOf(const base::Track &track, const Appearances &appearances,
                            const std::vector<base::FrameTime> &frames)
{
    std::set<int> all;
    for (const base::Observation &observation : track.observations) {
        if (observation.origin != base::Origin::Detected)
            continue;
        const auto frame = std::find_if(frames.begin(), frames.end(),
                                        [&](const base::FrameTime &time) { return time.pts == observation.pts; });
        all.merge(appearances.of(int(frame - frames.begin())));
    }
    return all;
}

} // namespace

class TestIdentities final : public QObject
{
    Q_OBJECT

private slots:
    void noTrackHoldsTwo();
};

void TestIdentities::noTrackHoldsTwo()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/derived/grouping_A_C_A_D_E.mp4", clip);
    DOORVEIL_NEEDS_TEST_DATA("clips/dev/identities.json", identities);
    const Appearances appearances = appearancesIn(identities);
    QCOMPARE(appearances.ends.size(), std::size_t(5));

    const QTemporaryDir folder;
    const std::string path = folder.filePath(QStringLiteral("a.doorveil")).toStdString();
    const auto run = runCli({"analyze", clip.toStdString(), "-o", path});
    QVERIFY2(run.exit == 0, run.err.constData());
    const auto store = project::ProjectStore::open(path);
    QVERIFY(store);
    const project::ReviewDocument &document = (*store)->document();

    std::set<int> facesIn;
    const base::Track *lastFace = nullptr;
    for (const base::Track &track : document.tracks) {
        if (track.kind == base::TrackKind::Plate)
            continue; // what is printed on a wall stays
        const std::set<int> found = appearancesOf(track, appearances, document.source.frames);
        QVERIFY2(found.size() <= 1, qPrintable(QStringLiteral("track %1 holds several").arg(track.id)));
        if (track.kind != base::TrackKind::Face || found.empty())
            continue;
        if (lastFace != nullptr && !facesIn.contains(*found.begin())) {
            // What the test would say if the two were one.
            base::Track joined = *lastFace;
            joined.observations.insert(joined.observations.end(), track.observations.begin(), track.observations.end());
            QCOMPARE(appearancesOf(joined, appearances, document.source.frames).size(), std::size_t(2));
        }
        facesIn.merge(std::set<int>(found));
        lastFace = &track;
    }
    QCOMPARE(facesIn.size(), std::size_t(5));
}

QTEST_GUILESS_MAIN(TestIdentities)
#include "tst_identities.moc"
