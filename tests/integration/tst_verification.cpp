// SPDX-License-Identifier: GPL-3.0-or-later
// Each check of a finished file catches the defect it is there for. Every test is a planted defect.
#include "cli/runcli.h"
#include "exporttesting.h"
#include "pipeline/encodepass.h"
#include "pipeline/source.h"
#include "project/projectstore.h"
#include "redaction/redactor.h"
#include "support/democlip.h"
#include "support/media.h"

#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>
#include <QTest>

#include <fcntl.h>
#include <functional>

using namespace doorveil;
using pipeline::Verification;

class TestVerification final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void soundExportPasses_data();
    void soundExportPasses();
    void skippedFrameIsCaught_data() { soundExportPasses_data(); }
    void skippedFrameIsCaught();
    void shiftedBoxIsCaught_data() { soundExportPasses_data(); }
    void shiftedBoxIsCaught();
    void leakOfATenthIsCaught_data() { soundExportPasses_data(); }
    void leakOfATenthIsCaught();
    void droppedFrameIsCaught();
    void wrongTimeIsCaught();
    void trailingBytesAreCaught();
    void changedSourceIsCaught();
    void uncoveredFaceIsCaughtAndCovered();
    void findsAreKeptInTheProject();
    void failedCheckLeavesNothing();

private:
    using Damage = std::function<void(base::VideoFrame &covered, const base::VideoFrame &original)>;
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    /// Encodes what `document` says, whatever is checked later.
    [[nodiscard]] QString encode(const project::ReviewDocument &document) const;
    /// The same with a defect in each frame; frames for which `keep` is false are left out.
    [[nodiscard]] QString encodeDamaged(const Damage &damage, const std::function<bool(std::size_t)> &keep) const;
    [[nodiscard]] Verification verify(const QString &clip) const;

    QTemporaryDir m_folder;
    project::ReviewDocument m_document;
};

void TestVerification::initTestCase()
{
    testsupport::CounterClip clip;
    clip.frames = 12;
    clip.size = {320, 240};
    clip.filters = QStringLiteral("noise=alls=12:allf=t");
    QVERIFY(testsupport::makeCounterClip(path("source.mp4"), clip));
    auto document = testsupport::documentOf(path("source.mp4").toStdString());
    QVERIFY(document);
    m_document = *document;
    m_document.tracks = {testsupport::trackOver(m_document, {120, 60, 64, 64})};
}

QString TestVerification::encode(const project::ReviewDocument &document) const
{
    const QString name = path("encoded.mp4");
    const auto source = pipeline::ClipFile::open(path("source.mp4").toStdString());
    const base::FileDescriptor file(::open(QFile::encodeName(name).constData(), O_RDWR | O_CREAT | O_TRUNC, 0600));
    const auto plan = pipeline::makeExportPlan(document);
    const auto encoded =
        pipeline::encodePass(document, *plan, *source, file.get(), {20, QStringLiteral("ultrafast")}, {}, {});
    return encoded ? name : QString();
}

QString TestVerification::encodeDamaged(const Damage &damage, const std::function<bool(std::size_t)> &keep) const
{
    const QString name = path("encoded.mp4");
    const auto source = pipeline::ClipFile::open(path("source.mp4").toStdString());
    const base::FileDescriptor file(::open(QFile::encodeName(name).constData(), O_RDWR | O_CREAT | O_TRUNC, 0600));
    const auto plan = pipeline::makeExportPlan(m_document);
    auto reader = source->reader();
    encode::EncodeSettings settings;
    settings.storedSize = m_document.source.info.storedSize;
    settings.timeBase = m_document.source.info.timeBase;
    settings.colour = m_document.source.info.colour;
    settings.preset = QStringLiteral("ultrafast");
    auto writer = encode::createClipWriter(file.get(), settings);
    redaction::Redactor redactor;
    for (std::size_t index = 0; index < plan->frames.size(); ++index) {
        const auto original = (*reader)->nextFrame();
        if (!original || !original->has_value())
            return {};
        base::VideoFrame covered = **original;
        if (!redactor.cover(covered, plan->cover->at(covered.pts)))
            return {};
        covered.pts -= plan->begin();
        damage(covered, **original);
        if (keep(index) && !(*writer)->writeVideo(covered))
            return {};
    }
    return (*writer)->finish() ? name : QString();
}

Verification TestVerification::verify(const QString &clip) const
{
    pipeline::VerifyParameters parameters;
    parameters.clip = clip.toStdString();
    parameters.document = m_document;
    parameters.source = path("source.mp4").toStdString();
    const auto verification = pipeline::verifyClip(parameters, {}, {});
    return verification ? *verification : Verification{};
}

void TestVerification::soundExportPasses_data()
{
    QTest::addColumn<base::CoverStyle>("style");
    QTest::newRow("blur") << base::CoverStyle::Blur;
    QTest::newRow("solid") << base::CoverStyle::Solid;
}

void TestVerification::soundExportPasses()
{
    QFETCH(base::CoverStyle, style);
    m_document.settings.style = style;
    const Verification result = verify(encode(m_document));
    QVERIFY(result.picture.passed);
    QVERIFY(result.timing.passed);
    QVERIFY(result.container.passed);
    QVERIFY(result.source.passed);
}

void TestVerification::skippedFrameIsCaught()
{
    QFETCH(base::CoverStyle, style);
    m_document.settings.style = style;
    project::ReviewDocument skipped = m_document;
    skipped.tracks[0].observations.erase(skipped.tracks[0].observations.begin() + 5);
    const Verification result = verify(encode(skipped));
    QVERIFY(!result.picture.passed);
    QCOMPARE(result.picture.figures[QStringLiteral("failed_frames")].toArray(), QJsonArray{5});
    QVERIFY(result.timing.passed);
}

void TestVerification::shiftedBoxIsCaught()
{
    QFETCH(base::CoverStyle, style);
    m_document.settings.style = style;
    project::ReviewDocument shifted = m_document;
    for (base::Observation &observation : shifted.tracks[0].observations)
        observation.box.x += observation.box.width / 5;
    const Verification result = verify(encode(shifted));
    QVERIFY(!result.picture.passed);
    QCOMPARE(result.picture.figures[QStringLiteral("failures")].toInt(), int(m_document.source.frames.size()));
}

void TestVerification::leakOfATenthIsCaught()
{
    QFETCH(base::CoverStyle, style);
    m_document.settings.style = style;
    const Damage leak = [](base::VideoFrame &covered, const base::VideoFrame &original) {
        covered.detach();
        for (int plane = 0; plane < 3; ++plane) {
            const base::VideoFrame::Plane &to = covered.plane(plane);
            const base::VideoFrame::Plane &from = original.plane(plane);
            for (int y = 0; y < to.size.height; ++y) {
                for (int x = 0; x < to.size.width; ++x) {
                    std::byte &sample = to.data[y * to.stride + x];
                    const int mixed = 9 * int(sample) + int(from.data[y * from.stride + x]);
                    sample = std::byte(mixed / 10);
                }
            }
        }
    };
    const Verification result = verify(encodeDamaged(leak, [](std::size_t) { return true; }));
    QVERIFY(!result.picture.passed);
}

void TestVerification::droppedFrameIsCaught()
{
    const QString clip = encodeDamaged([](base::VideoFrame &, const base::VideoFrame &) {},
                                       [](std::size_t index) { return index != 6; });
    const Verification result = verify(clip);
    QVERIFY(!result.timing.passed);
    QCOMPARE(result.timing.figures[QStringLiteral("found")].toInt(), int(m_document.source.frames.size()) - 1);
}

void TestVerification::wrongTimeIsCaught()
{
    const QString clip = encodeDamaged(
        [](base::VideoFrame &covered, const base::VideoFrame &) { covered.pts += covered.pts > 0 ? 1 : 0; },
        [](std::size_t) { return true; });
    const Verification result = verify(clip);
    QVERIFY(!result.timing.passed);
    QCOMPARE(result.timing.figures[QStringLiteral("wrong_times")].toInt(), int(m_document.source.frames.size()) - 1);
}

void TestVerification::trailingBytesAreCaught()
{
    const QString clip = encode(m_document);
    QVERIFY(verify(clip).container.passed);
    QVERIFY(testsupport::writeAll(clip, testsupport::readAll(clip) + "hidden"));
    QVERIFY(!verify(clip).container.passed);
}

void TestVerification::changedSourceIsCaught()
{
    project::ReviewDocument document = m_document;
    document.source.sha256[0] = document.source.sha256[0] == QLatin1Char('0') ? QLatin1Char('1') : QLatin1Char('0');
    pipeline::VerifyParameters parameters;
    parameters.clip = encode(m_document).toStdString();
    parameters.document = document;
    parameters.source = path("source.mp4").toStdString();
    const auto verification = pipeline::verifyClip(parameters, {}, {});
    QVERIFY(verification);
    QVERIFY(!verification->source.passed);
    QVERIFY(!verification->picture.checked); // nothing to compare with

    pipeline::ExportParameters exporting;
    exporting.output = path("out.mp4").toStdString();
    const auto exported = pipeline::exportClip(document, exporting, {}, {});
    QVERIFY(!exported);
    QCOMPARE(exported.error().kind, base::ErrorKind::CheckFailed);
    QVERIFY(!QFile::exists(path("out.mp4")));
}

void TestVerification::uncoveredFaceIsCaughtAndCovered()
{
    testsupport::DemoSettings settings;
    settings.frameCount = 6;
    QVERIFY(testsupport::writeDemoClip(path("demo.mp4").toStdString(), settings));
    const auto document = testsupport::documentOf(path("demo.mp4").toStdString());
    QVERIFY(document);
    pipeline::ExportParameters parameters;
    parameters.output = path("demo-out.mp4").toStdString();
    parameters.preset = QStringLiteral("ultrafast");
    parameters.secondPass = vision::DetectorChoice::Embedded;

    parameters.coverFinds = false; // as for a project
    const auto refused = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY2(refused, refused ? "" : qPrintable(refused.error().message));
    QVERIFY(!refused->inPlace);
    QVERIFY(!refused->verification.finds.empty());
    QVERIFY(!QFile::exists(path("demo-out.mp4")));
    project::ReviewDocument kept = *document;
    QVERIFY(project::apply(kept, pipeline::editForFinds(kept, refused->verification.finds)));
    QCOMPARE(kept.checks.size(), refused->verification.finds.size());
    const auto unsettled = pipeline::exportClip(kept, parameters, {}, {});
    QVERIFY(!unsettled);
    QCOMPARE(unsettled.error().kind, base::ErrorKind::CheckFailed);

    parameters.coverFinds = true; // as for a clip
    const auto covered = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY2(covered, covered ? "" : qPrintable(covered.error().message));
    QVERIFY2(covered->inPlace, qPrintable(covered->failure.message));
    QVERIFY(!covered->document.tracks.empty());
    QCOMPARE(covered->document.tracks[0].observations[0].origin, base::Origin::Verification);
    QVERIFY(covered->report[QStringLiteral("attempts")].toInt() > 1);
}

/// Nobody was looked for in this project: the check finds somebody, and says what is to be done about it.
void TestVerification::findsAreKeptInTheProject()
{
    testsupport::DemoSettings settings;
    settings.frameCount = 6;
    QVERIFY(testsupport::writeDemoClip(path("looked.mp4").toStdString(), settings));
    auto document = testsupport::documentOf(path("looked.mp4").toStdString());
    QVERIFY(document);
    document->analysis.done = true;
    const std::string projectPath = path("looked.doorveil").toStdString();
    QVERIFY(project::ProjectStore::create(projectPath, *document, false)); // and closed again
    const std::vector<std::string> redact{"redact",   projectPath, "-o", path("looked-out.mp4").toStdString(),
                                          "--preset", "ultrafast"};
    const testsupport::CliRun refused = testsupport::runCli(redact);
    QVERIFY2(refused.exit == 4, refused.err.constData());
    QVERIFY2(refused.err.contains("found somebody uncovered") && refused.err.contains("cover, show or dismiss it"),
             refused.err.constData());
    QVERIFY(!QFile::exists(path("looked-out.mp4")));
    {
        const auto store = project::ProjectStore::open(projectPath);
        QVERIFY2(store, store ? "" : qPrintable(store.error().message));
        QVERIFY(!(*store)->document().checks.empty());
        QCOMPARE((*store)->document().checks.front().kind, QStringLiteral("verification-find"));
    }
    const testsupport::CliRun again = testsupport::runCli(redact);
    QCOMPARE(again.exit, 4);
    QVERIFY2(again.err.contains("has not been decided on"), again.err.constData());
}

void TestVerification::failedCheckLeavesNothing()
{
    // An existing file stays as it was where the check of its replacement fails.
    QVERIFY(testsupport::writeAll(path("kept.mp4"), "precious"));
    testsupport::DemoSettings settings;
    settings.frameCount = 4;
    QVERIFY(testsupport::writeDemoClip(path("short.mp4").toStdString(), settings));
    const auto document = testsupport::documentOf(path("short.mp4").toStdString());
    QVERIFY(document);
    pipeline::ExportParameters parameters;
    parameters.output = path("kept.mp4").toStdString();
    parameters.replaceExisting = true;
    parameters.coverFinds = false;
    parameters.preset = QStringLiteral("ultrafast");
    parameters.secondPass = vision::DetectorChoice::Embedded;
    const auto result = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY(result);
    QVERIFY(!result->inPlace);
    QCOMPARE(testsupport::readAll(path("kept.mp4")), QByteArray("precious"));
    QVERIFY(QDir(m_folder.path()).entryList({QStringLiteral(".doorveil-*")}, QDir::Files | QDir::Hidden).isEmpty());
}

QTEST_GUILESS_MAIN(TestVerification)
#include "tst_verification.moc"
