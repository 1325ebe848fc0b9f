// SPDX-License-Identifier: GPL-3.0-or-later
// Clips of many shapes with a number burnt into each frame: the export holds exactly the planned numbers at exactly the
// planned times.
#include "exporttesting.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>

#include <optional>

using namespace doorveil;
using testsupport::CounterClip;
using testsupport::ReadClip;

class TestFrameIdentity final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void encodedClips_data();
    void encodedClips();
    void variableRate();
    void editListWithPreRoll();
    void rotation_data();
    void rotation();
    void damagedGroup();
    void trimAtBothEnds_data();
    void trimAtBothEnds();
    void sameInputGivesTheSameFile();

private:
    void exportsEveryFrame(const QString &name, const std::optional<base::TimeRange> &trim = {});
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }
    QTemporaryDir m_folder;
};

namespace {

pipeline::ExportParameters quick(const QString &output)
{
    pipeline::ExportParameters parameters;
    parameters.output = output.toStdString();
    parameters.preset = QStringLiteral("ultrafast");
    parameters.replaceExisting = true;
    return parameters;
}

QStringList words(const char *text)
{
    return QString::fromLatin1(text).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

void TestFrameIdentity::initTestCase()
{
    QVERIFY(m_folder.isValid());
    // The downloaded plate detector takes the counter for a plate, and the export would cover what is read here.
    qunsetenv("DOORVEIL_MODELS_DIR");
}

void TestFrameIdentity::exportsEveryFrame(const QString &name, const std::optional<base::TimeRange> &trim)
{
    auto document = testsupport::documentOf(path(name).toStdString());
    QVERIFY2(document, document ? "" : qPrintable(document.error().message));
    document->settings.trim = trim;
    const auto source = testsupport::readClip(path(name).toStdString());
    QVERIFY(source);
    std::vector<testsupport::ReadFrame> planned;
    for (const testsupport::ReadFrame &frame : source->frames) {
        QVERIFY(frame.counter >= 0); // else the test would compare nothing
        if (!trim || trim->contains(frame.pts))
            planned.push_back(frame);
    }
    QVERIFY(planned.size() > 3);

    const QString output = path(QStringLiteral("export.mp4"));
    const auto result = pipeline::exportClip(*document, quick(output), {}, {});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY2(result->inPlace, qPrintable(result->failure.message));
    const auto exported = testsupport::readClip(output.toStdString());
    QVERIFY(exported);
    QCOMPARE(exported->frames.size(), planned.size());
    QVERIFY(exported->losses.empty());
    QCOMPARE(exported->info.displayedSize().width, (source->info.displayedSize().width + 1) / 2 * 2);
    QCOMPARE(exported->info.displayedSize().height, (source->info.displayedSize().height + 1) / 2 * 2);
    QCOMPARE(exported->info.orientation, source->info.orientation);
    QCOMPARE(exported->frames.front().pts, 0);
    for (std::size_t index = 0; index < planned.size(); ++index) {
        QCOMPARE(exported->frames[index].counter, planned[index].counter);
        QVERIFY(testsupport::sameTime(exported->frames[index].pts, exported->info.timeBase,
                                      planned[index].pts - planned.front().pts, source->info.timeBase));
    }
}

void TestFrameIdentity::encodedClips_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("encoder");
    QTest::addColumn<QString>("rate");
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    const auto row = [](const char *name, const char *encoder, const char *rate = "25", int width = 192,
                        int height = 144) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(encoder) << QString::fromLatin1(rate)
                            << width << height;
    };
    row("bframes.mp4", "-c:v libx264 -preset veryfast -bf 3 -g 12 -pix_fmt yuv420p");
    row("opengroup.mkv", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -x264-params open-gop=1:bframes=3:keyint=12");
    row("ntsc.mp4", "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p", "30000/1001");
    row("interlaced.mp4", "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv420p -flags +ilme+ildct -top 1");
    row("odd.mkv", "-c:v libx264 -preset veryfast -crf 18 -pix_fmt yuv444p", "25", 193, 145);
    row("tenbit.mp4", "-c:v libx265 -preset ultrafast -x265-params log-level=none -pix_fmt yuv420p10le");
    row("missingpts.avi", "-c:v libx264 -preset veryfast -bf 0 -pix_fmt yuv420p");
    row("raw.h264", "-c:v libx264 -preset veryfast -bf 2 -pix_fmt yuv420p");
    row("stream.ts", "-c:v libx264 -preset veryfast -bf 2 -g 10 -pix_fmt yuv420p");
}

void TestFrameIdentity::encodedClips()
{
    QFETCH(QString, name);
    QFETCH(QString, encoder);
    QFETCH(QString, rate);
    QFETCH(int, width);
    QFETCH(int, height);
    CounterClip clip;
    clip.size = {width, height};
    clip.rate = rate;
    clip.frames = 24;
    clip.encoder = encoder.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    exportsEveryFrame(name);
}

void TestFrameIdentity::variableRate()
{
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 24;
    clip.filters = QStringLiteral("setpts='(N+floor(N/3)*2+floor(N/7)*5)/25/TB'");
    clip.encoder += words("-vsync passthrough");
    const QString name = QStringLiteral("vfr.mp4");
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    exportsEveryFrame(name);
}

void TestFrameIdentity::editListWithPreRoll()
{
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 40;
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 2 -g 12 -pix_fmt yuv420p");
    QVERIFY(testsupport::makeCounterClip(path(QStringLiteral("whole.mp4")), clip));
    const QString name = QStringLiteral("preroll.mp4");
    // Copied from the middle of a group: the muxer writes an edit list that hides what comes before.
    QVERIFY(testsupport::runFfmpeg({QStringLiteral("-ss"), QStringLiteral("0.7"), QStringLiteral("-i"),
                                    path(QStringLiteral("whole.mp4")), QStringLiteral("-c"), QStringLiteral("copy"),
                                    path(name)}));
    const auto shown = testsupport::readClip(path(name).toStdString());
    QVERIFY(shown);
    QVERIFY(shown->frames.front().counter >= 17); // frames before are hidden
    exportsEveryFrame(name);
}

void TestFrameIdentity::rotation_data()
{
    QTest::addColumn<int>("degrees");
    QTest::newRow("90") << 90;
    QTest::newRow("180") << 180;
    QTest::newRow("270") << 270;
}

void TestFrameIdentity::rotation()
{
    QFETCH(int, degrees);
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 20;
    const QString plain = path(QStringLiteral("upright.mp4"));
    QVERIFY(testsupport::makeCounterClip(plain, clip));
    const QString name = QStringLiteral("turned%1.mp4").arg(degrees);
    QVERIFY(testsupport::runFfmpeg({QStringLiteral("-i"), plain, QStringLiteral("-c"), QStringLiteral("copy"),
                                    QStringLiteral("-metadata:s:v:0"), QStringLiteral("rotate=%1").arg(degrees),
                                    path(name)}));
    const auto turned = testsupport::readClip(path(name).toStdString());
    QVERIFY(turned);
    QVERIFY(turned->info.orientation.quarterTurns != 0);
    exportsEveryFrame(name);
}

void TestFrameIdentity::damagedGroup()
{
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 48;
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 0 -g 12 -pix_fmt yuv420p");
    const QString name = QStringLiteral("damaged.ts");
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    QByteArray bytes = testsupport::readAll(path(name));
    // The second quarter is gone, as after a bad transmission.
    bytes.remove(bytes.size() / 4 / 188 * 188, bytes.size() / 8 / 188 * 188);
    QVERIFY(testsupport::writeAll(path(name), bytes));

    const auto source = testsupport::readClip(path(name).toStdString());
    QVERIFY(source);
    QVERIFY(source->frames.size() < 48);
    auto document = testsupport::documentOf(path(name).toStdString());
    QVERIFY(document);
    const QString output = path(QStringLiteral("export.mp4"));
    const auto result = pipeline::exportClip(*document, quick(output), {}, {});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY2(result->inPlace, qPrintable(result->failure.message));
    const auto exported = testsupport::readClip(output.toStdString());
    QVERIFY(exported);
    QCOMPARE(exported->frames.size(), source->frames.size());
    for (std::size_t index = 0; index < source->frames.size(); ++index)
        QVERIFY(testsupport::sameTime(exported->frames[index].pts, exported->info.timeBase,
                                      source->frames[index].pts - source->frames.front().pts, source->info.timeBase));
}

void TestFrameIdentity::trimAtBothEnds_data()
{
    QTest::addColumn<int>("begin");
    QTest::addColumn<int>("end");
    QTest::newRow("start of a group") << 12 << 31;
    QTest::newRow("inside a group") << 7 << 29;
    QTest::newRow("far in, by seeking") << 61 << 70;
    QTest::newRow("last frames") << 65 << 80;
}

void TestFrameIdentity::trimAtBothEnds()
{
    QFETCH(int, begin);
    QFETCH(int, end);
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 80;
    clip.encoder = words("-c:v libx264 -preset veryfast -bf 3 -g 12 -pix_fmt yuv420p");
    const QString name = QStringLiteral("long.mp4");
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    const auto source = testsupport::readClip(path(name).toStdString());
    QVERIFY(source);
    const auto timeOf = [&source](int index) {
        return index < int(source->frames.size()) ? source->frames[std::size_t(index)].pts
                                                  : source->frames.back().pts + 1;
    };
    exportsEveryFrame(name, base::TimeRange{timeOf(begin), timeOf(end)});
}

void TestFrameIdentity::sameInputGivesTheSameFile()
{
    CounterClip clip;
    clip.size = {192, 144};
    clip.frames = 20;
    const QString name = QStringLiteral("twice.mp4");
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    auto document = testsupport::documentOf(path(name).toStdString());
    QVERIFY(document);
    document->tracks = {testsupport::trackOver(*document, {40, 40, 60, 60})};
    const auto first = pipeline::exportClip(*document, quick(path(QStringLiteral("first.mp4"))), {}, {});
    const auto second = pipeline::exportClip(*document, quick(path(QStringLiteral("second.mp4"))), {}, {});
    QVERIFY(first && second && first->inPlace && second->inPlace);
    QCOMPARE(first->outputSha256, second->outputSha256);
    QCOMPARE(testsupport::readAll(path(QStringLiteral("first.mp4"))),
             testsupport::readAll(path(QStringLiteral("second.mp4"))));
}

QTEST_GUILESS_MAIN(TestFrameIdentity)
#include "tst_frameidentity.moc"
