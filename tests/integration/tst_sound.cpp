// SPDX-License-Identifier: GPL-3.0-or-later
// Kept sound stays beside its picture, muted sound is silent, and by default there is none.
#include "exporttesting.h"
#include "isolation/videoreader.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cmath>

using namespace doorveil;

class TestSound final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void noneByDefault();
    void keptInPlace();
    void trimmedWithThePicture();
    void mutedRangesAreSilent();

private:
    [[nodiscard]] QString path(const char *name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    /// Loudness of the first channel in steps of 10 ms; empty where there is no sound.
    [[nodiscard]] std::vector<double> exportAndListen(const project::ReviewDocument &document) const;

    QTemporaryDir m_folder;
    project::ReviewDocument m_document;
};

namespace {

constexpr int sampleRate = 44100;
constexpr int step = sampleRate / 100;

std::vector<double> loudnessOf(base::FrameSource &source)
{
    std::vector<float> samples;
    while (true) {
        const auto block = source.nextAudio();
        if (!block || !block->has_value())
            break;
        const std::size_t begin = std::size_t(std::max<std::int64_t>(0, (*block)->pts));
        const auto count = std::size_t((*block)->frameCount());
        samples.resize(std::max(samples.size(), begin + count));
        for (std::size_t index = 0; index < count; ++index)
            samples[begin + index] = (*block)->samples[index * std::size_t((*block)->channels)];
    }
    std::vector<double> loudness;
    for (std::size_t begin = 0; begin + step <= samples.size(); begin += step) {
        double sum = 0.0;
        for (std::size_t index = begin; index < begin + step; ++index)
            sum += double(samples[index]) * double(samples[index]);
        loudness.push_back(std::sqrt(sum / step));
    }
    return loudness;
}

/// When it is loud, in hundredths of a second, first and last.
std::pair<int, int> loudFromTo(const std::vector<double> &loudness)
{
    int first = -1;
    int last = -1;
    for (int index = 0; index < int(loudness.size()); ++index) {
        if (loudness[std::size_t(index)] < 0.05)
            continue;
        first = first < 0 ? index : first;
        last = index;
    }
    return {first, last};
}

bool isNear(int value, int expected)
{
    return std::abs(value - expected) <= 4; // AAC frames are 23 ms long and spread a little
}

} // namespace

void TestSound::initTestCase()
{
    testsupport::CounterClip clip;
    clip.frames = 30;
    clip.size = {160, 120};
    clip.rate = QStringLiteral("10");
    // Three seconds with one tone from 1.0 s to 1.5 s.
    clip.inputs = {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                   QStringLiteral("aevalsrc='0.5*sin(2*PI*440*t)*between(t,1,1.5)':s=44100:d=3")};
    QVERIFY(testsupport::makeCounterClip(path("source.mp4"), clip));
    auto document = testsupport::documentOf(path("source.mp4").toStdString());
    QVERIFY(document);
    QVERIFY(document->source.info.defaultAudioStream >= 0);
    m_document = *document;
    m_document.settings.keepAudio = true;
}

std::vector<double> TestSound::exportAndListen(const project::ReviewDocument &document) const
{
    pipeline::ExportParameters parameters;
    parameters.output = path("export.mp4").toStdString();
    parameters.replaceExisting = true;
    parameters.preset = QStringLiteral("ultrafast");
    const auto result = pipeline::exportClip(document, parameters, {}, {});
    if (!result || !result->inPlace) {
        qWarning("%s", qPrintable(result ? result->failure.message : result.error().message));
        return {};
    }
    const auto file = base::openInput(parameters.output);
    base::FrameSourceOptions options;
    options.video = false;
    options.audioStream = 0;
    const auto source = isolation::openClip(file->get(), options);
    return source ? loudnessOf(**source) : std::vector<double>{};
}

void TestSound::noneByDefault()
{
    project::ReviewDocument document = m_document;
    document.settings.keepAudio = false;
    QVERIFY(exportAndListen(document).empty());
    const auto read = testsupport::readClip(path("export.mp4").toStdString());
    QVERIFY(read);
    QVERIFY(read->info.audioStreams.empty());
}

void TestSound::keptInPlace()
{
    const auto [first, last] = loudFromTo(exportAndListen(m_document));
    QVERIFY2(isNear(first, 100), qPrintable(QString::number(first)));
    QVERIFY2(isNear(last, 149), qPrintable(QString::number(last)));
}

void TestSound::trimmedWithThePicture()
{
    project::ReviewDocument document = m_document;
    const auto trim = pipeline::trimFromMilliseconds(document.source, 600, 1400);
    QVERIFY(trim);
    document.settings.trim = *trim;
    const std::vector<double> loudness = exportAndListen(document);
    const auto [first, last] = loudFromTo(loudness);
    QVERIFY2(isNear(first, 40), qPrintable(QString::number(first)));
    QVERIFY2(isNear(last, 79), qPrintable(QString::number(last)));
    QVERIFY2(isNear(int(loudness.size()), 80), qPrintable(QString::number(loudness.size())));
}

void TestSound::mutedRangesAreSilent()
{
    project::ReviewDocument document = m_document;
    const base::Rational timeBase = document.source.info.timeBase;
    const auto ticks = [&](std::int64_t milliseconds) {
        return document.source.frames.front().pts + base::rescale(milliseconds, {1, 1000}, timeBase);
    };
    document.settings.mutedRanges = {{ticks(1100), ticks(1300)}};
    const std::vector<double> loudness = exportAndListen(document);
    QVERIFY(loudness.size() > 150);
    for (std::size_t index = 114; index < 126; ++index)
        QVERIFY(loudness[index] < 0.002);
    QVERIFY(loudness[105] > 0.1);
    QVERIFY(loudness[140] > 0.1);
}

QTEST_GUILESS_MAIN(TestSound)
#include "tst_sound.moc"
