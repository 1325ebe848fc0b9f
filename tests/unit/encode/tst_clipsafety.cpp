// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"

#include "base/file.h"

#include <QTest>

#include <array>
#include <cerrno>
#include <cmath>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

using namespace doorveil::encode;
using namespace doorveil::encode::testsupport;
using doorveil::base::AudioBlock;
using doorveil::base::ErrorKind;
using doorveil::base::FileDescriptor;
using doorveil::base::Rational;
using doorveil::base::VideoFrame;

namespace {

constexpr int rate = 16'000;

AudioBlock hum(int seconds)
{
    AudioBlock block;
    block.sampleRate = rate;
    block.channels = 1;
    for (int index = 0; index < seconds * rate; ++index)
        block.samples.push_back(0.3F * std::sin(float(index) * 0.11F));
    return block;
}

std::vector<std::int64_t> unevenTimes(int count)
{
    std::vector<std::int64_t> times = {0};
    while (int(times.size()) < count)
        times.push_back(times.back() + 30 + std::int64_t(times.size()) * 7 % 23);
    return times;
}

/// A clip that does not fit into a few kilobytes.
doorveil::base::Result<EncodeSummary> writeNoise(int descriptor)
{
    EncodeSettings settings = smallSettings({160, 120});
    settings.crf = 5;
    settings.preset = QStringLiteral("ultrafast");
    auto writer = createClipWriter(descriptor, settings);
    if (!writer)
        return writer.error();
    std::uint32_t state = 1;
    for (int index = 0; index < 40; ++index) {
        VideoFrame frame = paintedFrame(settings.storedSize, {}, [&state](int, int, int) {
            state = state * 1'664'525 + 1'013'904'223;
            return int(state >> 24);
        });
        frame.pts = index * 40;
        if (const auto written = (*writer)->writeVideo(frame); !written)
            return written.error();
    }
    return (*writer)->finish();
}

/// Lowers the size a file may have in this process, as long as it lives.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t bytes)
    {
        std::signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit lowered = {bytes, m_before.rlim_max};
        setrlimit(RLIMIT_FSIZE, &lowered);
    }
    ~FileSizeLimit() { setrlimit(RLIMIT_FSIZE, &m_before); }
    FileSizeLimit(const FileSizeLimit &) = delete;
    FileSizeLimit &operator=(const FileSizeLimit &) = delete;

private:
    rlimit m_before = {};
};

} // namespace

class TestClipSafety final : public QObject
{
    Q_OBJECT

private slots:
    void writesTheSameBytesTwice_data();
    void writesTheSameBytesTwice();
    void namesNoProgram();
    void putsTheIndexFirst();
    void reportsAFullDisk_data();
    void reportsAFullDisk();
    void reportsADescriptorThatCannotBeWritten();
    void refusesAFileWithContent();
    void refusesAPipe();
    void leavesTheDescriptorOpen();
    void stopsHalfWay();
    void refusesFramesOutOfOrder();
    void refusesSettings();
};

void TestClipSafety::writesTheSameBytesTwice_data()
{
    QTest::addColumn<QString>("preset");
    QTest::addColumn<bool>("withSound");
    for (const char *preset : {"medium", "ultrafast"}) {
        QTest::addRow("%s", preset) << QString::fromLatin1(preset) << false;
        QTest::addRow("%s, with sound", preset) << QString::fromLatin1(preset) << true;
    }
}

void TestClipSafety::writesTheSameBytesTwice()
{
    QFETCH(QString, preset);
    QFETCH(bool, withSound);
    EncodeSettings settings = smallSettings({320, 240});
    settings.preset = preset;
    std::vector<AudioBlock> sound;
    if (withSound) {
        settings.audio = AudioSettings{rate, 1};
        sound.push_back(hum(4));
    }
    QByteArray first;
    for (int round = 0; round < 5; ++round) {
        // Memory is not where it was before, and not empty: a result must not depend on it.
        const std::vector<char> ballast(std::size_t(round) * 777'777, char(round * 37));
        const ScratchFile file;
        QVERIFY(writeClip(file.descriptor(), settings, unevenTimes(80), 40, sound).hasValue());
        if (round == 0)
            first = file.content();
        else
            QVERIFY(file.content() == first);
    }
    QVERIFY(first.size() > 10'000);
}

void TestClipSafety::namesNoProgram()
{
    EncodeSettings settings = smallSettings();
    settings.audio = AudioSettings{rate, 1};
    const ScratchFile file;
    QVERIFY(writeClip(file.descriptor(), settings, unevenTimes(60), 40, {hum(2)}).hasValue());
    const QByteArray content = file.content().toLower();
    for (const char *word :
         {"lavc", "lavf", "x264", "ffmp", "libav", "handler", "doorveil", "encoder", "options:", "cabac="})
        QVERIFY2(!content.contains(word), word);
    const QJsonObject format = probe(file.path(), {QStringLiteral("-show_format")});
    const QJsonObject tags = format.value(QLatin1String("format")).toObject().value(QLatin1String("tags")).toObject();
    for (const QString &key : tags.keys())
        QVERIFY2(key.endsWith(QLatin1String("_brand")) || key.endsWith(QLatin1String("_brands"))
                     || key == QLatin1String("minor_version"),
                 qPrintable(key));
}

void TestClipSafety::putsTheIndexFirst()
{
    const ScratchFile file;
    QVERIFY(writeClip(file.descriptor(), smallSettings(), unevenTimes(60), 40).hasValue());
    const QByteArray content = file.content();
    QVERIFY(content.indexOf("moov") > 0);
    QVERIFY(content.indexOf("moov") < content.indexOf("mdat"));
}

void TestClipSafety::reportsAFullDisk_data()
{
    QTest::addColumn<qint64>("limit");
    // Less than the first write, within the samples, and enough for them but not for the index in front of them.
    for (const qint64 limit : {1, 20, 5'000, 300'000, 600'000})
        QTest::addRow("%lld bytes", limit) << limit;
    QTest::newRow("all but one byte") << qint64(-1);
}

void TestClipSafety::reportsAFullDisk()
{
    QFETCH(qint64, limit);
    if (limit < 0) {
        const ScratchFile whole;
        const auto summary = writeNoise(whole.descriptor());
        QVERIFY(summary.hasValue());
        limit = summary->bytes + limit;
    }
    const ScratchFile file;
    const auto summary = [&] {
        const FileSizeLimit full{rlim_t(limit)};
        return writeNoise(file.descriptor());
    }();
    QVERIFY(!summary.hasValue());
    QCOMPARE(summary.error().kind, ErrorKind::Failure);
    QVERIFY2(summary.error().message.contains(QString::fromLocal8Bit(std::strerror(EFBIG))),
             qPrintable(summary.error().message));
}

void TestClipSafety::reportsADescriptorThatCannotBeWritten()
{
    const FileDescriptor full(open("/dev/full", O_RDWR | O_CLOEXEC));
    QVERIFY(full.isValid());
    const auto onFull = writeNoise(full.get());
    QVERIFY(!onFull.hasValue());
    QVERIFY2(onFull.error().message.contains(QString::fromLocal8Bit(std::strerror(ENOSPC))),
             qPrintable(onFull.error().message));

    const ScratchFile file;
    const FileDescriptor readOnly(open(QFile::encodeName(file.path()).constData(), O_RDONLY | O_CLOEXEC));
    const auto onReadOnly = writeNoise(readOnly.get());
    QVERIFY(!onReadOnly.hasValue());
    QVERIFY2(onReadOnly.error().message.contains(QString::fromLocal8Bit(std::strerror(EBADF))),
             qPrintable(onReadOnly.error().message));
}

void TestClipSafety::refusesAFileWithContent()
{
    const ScratchFile file;
    QCOMPARE(write(file.descriptor(), "unredacted", 10), ssize_t(10));
    QVERIFY(!createClipWriter(file.descriptor(), smallSettings()));
}

void TestClipSafety::refusesAPipe()
{
    std::array<int, 2> ends = {-1, -1};
    QCOMPARE(pipe(ends.data()), 0);
    const FileDescriptor reader(ends[0]);
    const FileDescriptor writer(ends[1]);
    const auto summary = writeNoise(writer.get());
    QVERIFY(!summary.hasValue());
    QVERIFY2(summary.error().message.contains(QString::fromLocal8Bit(std::strerror(ESPIPE))),
             qPrintable(summary.error().message));
}

void TestClipSafety::leavesTheDescriptorOpen()
{
    const ScratchFile file;
    QVERIFY(writeNoise(file.descriptor()).hasValue());
    QVERIFY(fcntl(file.descriptor(), F_GETFD) >= 0);
}

/// A cancelled export is dropped without a trailer.
void TestClipSafety::stopsHalfWay()
{
    const ScratchFile file;
    EncodeSettings settings = smallSettings();
    settings.audio = AudioSettings{rate, 1};
    auto writer = createClipWriter(file.descriptor(), settings);
    QVERIFY(writer.hasValue());
    QVERIFY((*writer)->writeAudio(hum(1)).hasValue());
    for (int index = 0; index < 100; ++index) {
        VideoFrame frame = numberedFrame(settings.storedSize, index);
        frame.pts = index * 40;
        QVERIFY((*writer)->writeVideo(frame).hasValue());
    }
    writer->reset();
    QVERIFY(!file.content().contains("moov"));
}

void TestClipSafety::refusesFramesOutOfOrder()
{
    const auto fails = [](const std::vector<std::int64_t> &times, Rational timeBase = {1, 1000}) {
        const ScratchFile file;
        EncodeSettings settings = smallSettings();
        settings.timeBase = timeBase;
        return !writeClip(file.descriptor(), settings, times, 40).hasValue();
    };
    QVERIFY(!fails({0, 40, 80}));
    QVERIFY(fails({}));
    QVERIFY(fails({40, 80}));
    QVERIFY(fails({-40, 0}));
    QVERIFY(fails({0, 40, 40}));
    QVERIFY(fails({0, 40, 30}));
    QVERIFY(fails({0, std::int64_t(1) << 32}));
    QVERIFY(fails({0, std::int64_t(1) << 62}));
    QVERIFY(fails({0, std::int64_t(1) << 60}, {1001, 30000}));

    const ScratchFile file;
    auto writer = createClipWriter(file.descriptor(), smallSettings());
    QVERIFY(writer.hasValue());
    QVERIFY(!(*writer)->writeVideo(numberedFrame({66, 48}, 0)));
    QVERIFY(!(*writer)->finish()); // after an error nothing comes out
}

void TestClipSafety::refusesSettings()
{
    const auto kindOf = [](const std::function<void(EncodeSettings &)> &change) {
        const ScratchFile file;
        EncodeSettings settings = smallSettings();
        change(settings);
        const auto writer = createClipWriter(file.descriptor(), settings);
        return writer ? std::optional<ErrorKind>() : writer.error().kind;
    };
    QVERIFY(!kindOf([](EncodeSettings &) {}));
    QVERIFY(!kindOf([](EncodeSettings &settings) { settings.crf = 0; }));
    QVERIFY(!kindOf([](EncodeSettings &settings) { settings.crf = 51; }));
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.crf = 52; }), ErrorKind::Usage);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.crf = -1; }), ErrorKind::Usage);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.preset = QStringLiteral("swift"); }), ErrorKind::Usage);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.storedSize = {}; }), ErrorKind::Failure);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.storedSize = {20'000, 20}; }), ErrorKind::Failure);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.timeBase = {0, 1}; }), ErrorKind::Failure);
    QCOMPARE(kindOf([](EncodeSettings &settings) { settings.timeBase = {1, 0}; }), ErrorKind::Failure);
    QCOMPARE(kindOf([](EncodeSettings &settings) {
                 settings.timeBase = {1, std::int64_t(1) << 33};
             }),
             ErrorKind::Failure);
}

QTEST_GUILESS_MAIN(TestClipSafety)
#include "tst_clipsafety.moc"
