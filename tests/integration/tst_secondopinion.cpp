// SPDX-License-Identifier: GPL-3.0-or-later
// Another family of detectors looks at the finished export: where, how often, and whether it finds who is uncovered.
#include "exporttesting.h"
#include "pipeline/secondopinion.h"
#include "pipeline/source.h"
#include "support/labelledpictures.h"
#include "support/media.h"
#include "support/testdata.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using pipeline::SecondOpinion;

namespace {

constexpr int faceSide = 32; // pixels, the shorter side
constexpr double shownSeconds = 0.5;
const base::Point place{1210, 430}; ///< of the picture with the face, in the clip

project::ReviewDocument documentAt(std::vector<std::int64_t> milliseconds)
{
    project::ReviewDocument document;
    document.source.info.storedSize = {640, 480};
    document.source.info.timeBase = {1, 1000};
    for (std::size_t index = 0; index < milliseconds.size(); ++index) {
        const std::int64_t next = index + 1 < milliseconds.size() ? milliseconds[index + 1] : milliseconds[index] + 40;
        document.source.frames.push_back({milliseconds[index], next - milliseconds[index], false});
    }
    return document;
}

} // namespace

class TestSecondOpinion final : public QObject
{
    Q_OBJECT

private slots:
    void looksTwiceASecond_data();
    void looksTwiceASecond();
    void looksAroundCoversInKeyFrames();
    void aFaceShownForHalfASecondIsFound_data();
    void aFaceShownForHalfASecondIsFound();
    void anExportWithItIsNotDone();
    void nobodyIsMadeUp();
    void embeddedDetectorsDoNotCount();

private:
    /// 1080p at 25 frames a second, three seconds; the face from `begin` on.
    void makeClip(const QString &name, double begin);
    [[nodiscard]] QString at(const QString &name) const { return m_folder.filePath(name); }
    /// Looks at a clip; every `every`th of the looks that the rules ask for.
    [[nodiscard]] std::vector<base::Track> findsIn(const QString &name, int every = 1, QJsonObject *figures = nullptr);

    QTemporaryDir m_folder;
    base::Rectangle m_face; ///< in the clip
};

void TestSecondOpinion::looksTwiceASecond_data()
{
    QTest::addColumn<int>("step");
    QTest::newRow("30 fps") << 33;
    QTest::newRow("25 fps") << 40;
    QTest::newRow("7 fps") << 143;
    QTest::newRow("2 fps") << 500;
    QTest::newRow("1 fps") << 1000;
    QTest::newRow("variable") << 0;
}

void TestSecondOpinion::looksTwiceASecond()
{
    DOORVEIL_NEEDS_MODELS();
    QFETCH(int, step);
    std::vector<std::int64_t> times{0};
    while (times.back() < 8000)
        times.push_back(times.back() + (step > 0 ? step : 20 + std::int64_t(times.size() * 37 % 190)));
    const project::ReviewDocument document = documentAt(times);
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    SecondOpinion opinion(document, *plan);
    QVERIFY(opinion.load(vision::DetectorChoice::Best));
    const base::VideoFrame frame({640, 480}, {});
    vision::SceneFinds changing;
    changing.searched = {{0, 0, 100, 100}};
    std::vector<std::int64_t> looks;
    for (std::size_t index = 0; index < times.size(); ++index) {
        if (opinion.taskFor(index, frame, changing, false))
            looks.push_back(times[index]);
    }
    QCOMPARE(looks.front(), 0);
    for (std::size_t index = 1; index < looks.size(); ++index)
        QVERIFY2(looks[index] - looks[index - 1] <= std::max(500, step), qPrintable(QString::number(looks[index])));
    QVERIFY(looks.size() <= 8000 / 300); // no oftener than that either: looking is dear
}

void TestSecondOpinion::looksAroundCoversInKeyFrames()
{
    DOORVEIL_NEEDS_MODELS();
    project::ReviewDocument document = documentAt({0, 40, 80, 120});
    document.source.info.storedSize = {1920, 1080};
    document.tracks = {testsupport::trackOver(document, {1300, 700, 60, 60})};
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    SecondOpinion opinion(document, *plan);
    QVERIFY(opinion.load(vision::DetectorChoice::Best));
    const base::VideoFrame frame({1920, 1080}, {});
    vision::SceneFinds finds;
    auto task = opinion.taskFor(0, frame, finds, false);
    QVERIFY(task);
    QCOMPARE(task->areas, (std::vector<base::Rectangle>{{0, 0, 1920, 1080}})); // at first the whole picture
    const base::Rectangle changed{100, 100, 100, 100};
    finds.searched = {changed, {110, 110, 20, 20}};
    QVERIFY(!opinion.taskFor(1, frame, finds, false));
    // A key frame: what moves in it, and what is around the cover.
    finds.searched = {};
    finds.moving = {changed, {110, 199, 20, 20}};
    task = opinion.taskFor(2, frame, finds, true);
    QVERIFY(task);
    QCOMPARE(task->areas.size(), 2U);
    const base::Rectangle cover{1300, 700, 60, 60};
    QCOMPARE(task->areas[0].intersected(cover), cover);
    QVERIFY(task->areas[0].width > 100 && task->areas[0].height > 100);
    QCOMPARE(task->areas[1].intersected(changed), changed);
}

void TestSecondOpinion::makeClip(const QString &name, double begin)
{
    // The first labelled face that is large enough, with what is around it.
    for (const testsupport::LabelledPicture &picture : testsupport::labelledPictures(QStringLiteral("faces_dlib"))) {
        for (const base::Rectangle &box : picture.boxes) {
            if (std::min(box.width, box.height) < 2 * faceSide)
                continue;
            const base::Rectangle around = box.grown(box.width / 3, box.height / 3);
            if (around.x < 0 || around.y < 0)
                continue;
            const double scale = double(faceSide) / std::min(box.width, box.height);
            const int width = int(around.width * scale) / 2 * 2;
            const int height = int(around.height * scale) / 2 * 2;
            m_face = {place.x + int((box.x - around.x) * scale), place.y + int((box.y - around.y) * scale),
                      int(box.width * scale), int(box.height * scale)};
            const QString graph =
                QStringLiteral("[1:v]crop=%1:%2:%3:%4,scale=%5:%6,setsar=1[face];"
                               "[0:v][face]overlay=%7:%8:enable='gte(t,%9)*lt(t,%10)',noise=alls=6:allf=t")
                    .arg(around.width)
                    .arg(around.height)
                    .arg(around.x)
                    .arg(around.y)
                    .arg(width)
                    .arg(height)
                    .arg(place.x)
                    .arg(place.y)
                    .arg(begin)
                    .arg(begin + shownSeconds);
            QVERIFY(testsupport::runFfmpeg(
                {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                 QStringLiteral("color=0x8a8f92:s=1920x1080:r=25:d=3"), QStringLiteral("-i"), picture.path,
                 QStringLiteral("-filter_complex"), graph, QStringLiteral("-c:v"), QStringLiteral("libx264"),
                 QStringLiteral("-preset"), QStringLiteral("ultrafast"), QStringLiteral("-crf"), QStringLiteral("24"),
                 QStringLiteral("-pix_fmt"), QStringLiteral("yuv420p"), at(name)}));
            return;
        }
    }
    QFAIL("there is no picture with a face of that size");
}

std::vector<base::Track> TestSecondOpinion::findsIn(const QString &name, int every, QJsonObject *figures)
{
    const auto document = testsupport::documentOf(at(name).toStdString());
    const auto plan =
        document ? pipeline::makeExportPlan(*document) : base::Result<pipeline::ExportPlan>(base::Error{});
    const auto clip = pipeline::ClipFile::open(at(name).toStdString());
    if (!plan || !clip)
        qFatal("the clip cannot be planned");
    SecondOpinion opinion(*document, *plan);
    const auto reader = clip->reader();
    if (!reader || !opinion.load(vision::DetectorChoice::Best) || !opinion.isThere())
        qFatal("there is nobody to ask");
    int asked = 0;
    for (std::size_t index = 0; index < plan->frames.size(); ++index) {
        const auto frame = (*reader)->nextFrame();
        if (!frame || !*frame)
            qFatal("the clip ended early");
        vision::SceneFinds everything;
        everything.searched = {{0, 0, 1920, 1080}};
        const auto task = opinion.taskFor(index, **frame, everything, false);
        if (!task || asked++ % every != 0)
            continue;
        if (const auto looked = opinion.look(*task); !looked)
            qFatal("%s", qPrintable(looked.error().message));
    }
    if (figures != nullptr)
        *figures = opinion.figures();
    return opinion.finds();
}

void TestSecondOpinion::aFaceShownForHalfASecondIsFound_data()
{
    QTest::addColumn<double>("begin");
    for (const double begin : {0.0, 0.92, 1.24, 2.24})
        QTest::addRow("from %.2f s on", begin) << begin;
}

void TestSecondOpinion::aFaceShownForHalfASecondIsFound()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    QFETCH(double, begin);
    const QString name = QStringLiteral("%1.mp4").arg(begin);
    makeClip(name, begin);
    QJsonObject figures;
    const std::vector<base::Track> finds = findsIn(name, 1, &figures);
    QCOMPARE(finds.size(), 1U);
    QCOMPARE(finds.front().kind, base::TrackKind::Face);
    QVERIFY(std::any_of(finds.front().observations.begin(), finds.front().observations.end(),
                        [this](const base::Observation &observation) {
                            return base::intersectionOverUnion(observation.box, m_face) >= 0.3;
                        }));
    // The report promises this size, and no less.
    QCOMPARE(figures.value(QStringLiteral("smallest_face")).toInt(), faceSide);
    QVERIFY(figures.value(QStringLiteral("frames_examined")).toInt() >= 6);
    // The control: whoever looks every three seconds sees the face in the first frame at most.
    QCOMPARE(findsIn(name, 6).empty(), begin > 0.0);
}

void TestSecondOpinion::anExportWithItIsNotDone()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    makeClip(QStringLiteral("export.mp4"), 1.2);
    const auto document = testsupport::documentOf(at(QStringLiteral("export.mp4")).toStdString());
    QVERIFY(document);
    pipeline::ExportParameters parameters;
    parameters.output = at(QStringLiteral("out.mp4")).toStdString();
    parameters.preset = QStringLiteral("ultrafast");
    parameters.coverFinds = false;
    const auto result = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY(!result->inPlace);
    QVERIFY(!QFile::exists(at(QStringLiteral("out.mp4"))));
    const QJsonObject opinion =
        result->verification.secondPass.figures.value(QStringLiteral("second_opinion")).toObject();
    QCOMPARE(opinion.value(QStringLiteral("finds")).toInt(), 1);
    // Seen by both families it is still one find.
    QCOMPARE(result->verification.finds.size(), 1U);
    // And covered it is done.
    parameters.coverFinds = true;
    const auto covered = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY2(covered, covered ? "" : qPrintable(covered.error().message));
    QVERIFY2(covered->inPlace, qPrintable(covered->failure.message));
}

void TestSecondOpinion::nobodyIsMadeUp()
{
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images/faces_dlib", images);
    makeClip(QStringLiteral("nobody.mp4"), 60);
    QVERIFY(findsIn(QStringLiteral("nobody.mp4")).empty());
}

void TestSecondOpinion::embeddedDetectorsDoNotCount()
{
    const QByteArray models = qgetenv("DOORVEIL_MODELS_DIR");
    const QByteArray data = qgetenv("XDG_DATA_HOME");
    qputenv("DOORVEIL_MODELS_DIR", m_folder.path().toUtf8());
    qputenv("XDG_DATA_HOME", m_folder.path().toUtf8());
    const project::ReviewDocument document = documentAt({0, 40});
    const auto plan = pipeline::makeExportPlan(document);
    QVERIFY(plan);
    SecondOpinion opinion(document, *plan);
    QVERIFY(opinion.load(vision::DetectorChoice::Best));
    qputenv("DOORVEIL_MODELS_DIR", models);
    data.isNull() ? qunsetenv("XDG_DATA_HOME") : qputenv("XDG_DATA_HOME", data);
    QVERIFY(!opinion.isThere());
    QVERIFY(!opinion.taskFor(0, base::VideoFrame({640, 480}, {}), {}, true));
    QVERIFY(opinion.figures().value(QStringLiteral("note")).toString().contains(QStringLiteral("another family")));
    QVERIFY(opinion.detectorIds().isEmpty());
}

QTEST_GUILESS_MAIN(TestSecondOpinion)
#include "tst_secondopinion.moc"
