// SPDX-License-Identifier: GPL-3.0-or-later
#include "encodetestsupport.h"
#include "mp4editor.h"

#include "encode/containerscan.h"

#include <QProcess>
#include <QTest>

#include <cmath>
#include <random>

using namespace doorveil::encode;
using namespace doorveil::encode::testsupport;
using doorveil::base::AudioBlock;
using doorveil::base::Result;

namespace {

using Defect = std::function<void(Mp4Editor &)>;

const QByteArray soundTables = "moov/trak:1/mdia/minf/stbl/";
const QByteArray videoTables = "moov/trak/mdia/minf/stbl/";

AudioBlock tone(int channels, int seconds)
{
    AudioBlock block;
    block.sampleRate = 16'000;
    block.channels = channels;
    for (int index = 0; index < seconds * block.sampleRate; ++index)
        block.samples.insert(block.samples.end(), std::size_t(channels), 0.4F * std::sin(float(index) * 0.2F));
    return block;
}

QByteArray cleanClip(bool withSound)
{
    ScratchFile file;
    EncodeSettings settings = smallSettings();
    settings.preset = QStringLiteral("veryfast");
    settings.colour = {1, 1, 1, false, 1};
    settings.sampleAspect = {4, 3};
    std::vector<AudioBlock> sound;
    if (withSound) {
        settings.audio = AudioSettings{16'000, 1};
        sound.push_back(tone(1, 2));
    }
    std::vector<std::int64_t> times;
    for (int index = 0; index < 50; ++index)
        times.push_back(index * 40);
    const auto written = writeClip(file.descriptor(), settings, times, 40, sound);
    return written ? file.content() : QByteArray();
}

Result<ContainerScan> scanOf(const QByteArray &content, const ScratchFile &file = {})
{
    QFile target(file.path());
    if (!target.open(QIODevice::WriteOnly) || target.write(content) != content.size())
        qFatal("no temporary file");
    target.close();
    return scanContainer(file.descriptor());
}

QByteArray findingsOf(const Result<ContainerScan> &scan)
{
    return scan ? scan->findings.join(QLatin1Char('\n')).toUtf8() : scan.error().message.toUtf8();
}

} // namespace

class TestContainerScan final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void findsNothingInAnExport();
    void catchesDefects_data();
    void catchesDefects();
    void catchesWhatOtherProgramsWrite();
    void refusesWhatIsNoMp4_data();
    void refusesWhatIsNoMp4();
    void survivesDamage();

private:
    QByteArray m_clip;
};

void TestContainerScan::initTestCase()
{
    m_clip = cleanClip(true);
    QVERIFY(!m_clip.isEmpty());
}

void TestContainerScan::findsNothingInAnExport()
{
    for (const bool withSound : {false, true}) {
        const auto scan = scanOf(withSound ? m_clip : cleanClip(false));
        QVERIFY(scan.hasValue());
        QVERIFY2(scan->isClean(), findingsOf(scan).constData());
        QCOMPARE(scan->videoTracks, 1);
        QCOMPARE(scan->audioTracks, withSound ? 1 : 0);
        QCOMPARE(scan->videoSamples, 50);
        QCOMPARE(scan->unreferencedBytes, 0);
    }
}

void TestContainerScan::catchesDefects_data()
{
    QTest::addColumn<Defect>("plant");
    QTest::addColumn<QString>("finding");

    const auto box = &Mp4Editor::makeBox;
    const auto row = [](const char *name, const char *finding, const Defect &defect) {
        QTest::newRow(name) << defect << QString::fromLatin1(finding);
    };
    for (const char *path : {"moov", "moov/trak", "moov/trak:1", "moov/trak/mdia", "moov/trak/mdia/minf"}) {
        QTest::addRow("udta in %s", path)
            << Defect([=](Mp4Editor &file) { file.append(path, box("udta", box("\251xyz", "+40.0-075.0/"))); })
            << QStringLiteral("udta");
    }
    for (const char *type : {"meta", "uuid", "skip", "free", "iods", "mvex"}) {
        QTest::addRow("%s in the index", type)
            << Defect([=](Mp4Editor &file) { file.append("moov", box(type, "secret")); }) << QString::fromLatin1(type);
    }
    for (const char *type : {"uuid", "skip", "meta", "moof", "wide", "pdin"}) {
        QTest::addRow("%s beside the index", type)
            << Defect([=](Mp4Editor &file) { file.content() += box(type, "secret"); }) << QString::fromLatin1(type);
    }
    row("free with text", "free space", [=](Mp4Editor &file) { file.content() += box("free", "Owner Name"); });
    row("text in the given free", "free space", [](Mp4Editor &file) { file.setByte("free", 9, 'x'); });
    row("trailing bytes", "belong to no box", [](Mp4Editor &file) { file.content() += "abc"; });
    row("more trailing bytes", "does not fit", [](Mp4Editor &file) { file.content() += "Owner Name, 1 Main Street"; });
    row("second mdat", "second box", [=](Mp4Editor &file) { file.content() += box("mdat", "secret"); });
    row("second moov", "second box", [](Mp4Editor &file) { file.content() += file.box("moov"); });
    row("brand", "file type names", [](Mp4Editor &file) { file.setByte("ftyp", 20, 'X'); });

    row("SEI", "SEI", [](Mp4Editor &file) { file.setByte("mdat", 12, 0x06); });
    row("filler unit", "type 12", [](Mp4Editor &file) { file.setByte("mdat", 12, 0x0c); });
    row("strange parameter set", "parameter set", [](Mp4Editor &file) { file.setByte("mdat", 12, 0x67); });
    row("unit length", "no NAL unit", [](Mp4Editor &file) { file.setByte("mdat", 8, 0x7f); });
    row("sound begins with data", "data instead of sound",
        [](Mp4Editor &file) { file.orByte(qsizetype(file.number(file.begin(soundTables + "stco") + 16)), 0xc0); });
    row("bytes after the samples", "belong to no frame", [](Mp4Editor &file) { file.append("mdat", "secret"); });
    row("bytes before the samples", "belong to no frame", [](Mp4Editor &file) {
        file.insert("mdat", file.begin("mdat") + 8, "secret");
        // insert() takes the samples for not moved.
        for (const QByteArray &tables : {videoTables, soundTables}) {
            const qsizetype table = file.begin(tables + "stco");
            for (quint32 chunk = 0; chunk < file.number(table + 12); ++chunk)
                file.setNumber(table + 16 + 4 * chunk, file.number(table + 16 + 4 * chunk) + 6);
        }
    });
    row("sample left out", "belong to no frame", [](Mp4Editor &file) {
        const qsizetype table = file.begin(videoTables + "stsz");
        file.setNumber(table + 20, file.number(table + 20) - 1);
    });

    row("movie date", "moov/mvhd", [](Mp4Editor &file) { file.setByte("moov/mvhd", 15, 1); });
    row("track date", "tkhd", [](Mp4Editor &file) { file.setByte("moov/trak:1/tkhd", 12, 1); });
    row("media date", "mdhd", [](Mp4Editor &file) { file.setByte("moov/trak/mdia/mdhd", 19, 1); });
    row("language", "language", [](Mp4Editor &file) { file.setByte("moov/trak:1/mdia/mdhd", 28, 0x15); });
    row("handler name", "handler has a name", [](Mp4Editor &file) { file.append("moov/trak/mdia/hdlr", "Owner"); });
    row("handler maker", "manufacturer", [](Mp4Editor &file) { file.setByte("moov/trak/mdia/hdlr", 20, 'a'); });
    row("compressor", "compressor", [](Mp4Editor &file) { file.setByte(videoTables + "stsd/avc1", 51, 'L'); });
    row("vendor", "vendor", [](Mp4Editor &file) { file.setByte(videoTables + "stsd/avc1", 20, 'F'); });
    row("ICC profile", "colour", [=](Mp4Editor &file) {
        const QByteArray path = videoTables + "stsd/avc1";
        file.remove(path + "/colr");
        file.append(path, box("colr", "profCopyright Owner"));
    });
    row("box in avc1", "uuid", [=](Mp4Editor &file) { file.append(videoTables + "stsd/avc1", box("uuid", "secret")); });
    row("second description", "sample description", [=](Mp4Editor &file) {
        file.append(videoTables + "stsd", file.box(videoTables + "stsd/avc1"));
        file.setByte(videoTables + "stsd", 15, 2);
    });
    row("SEI in the configuration", "decoder configuration",
        [](Mp4Editor &file) { file.setByte(videoTables + "stsd/avc1/avcC", 16, 0x06); });
    row("bytes in the configuration", "decoder configuration",
        [](Mp4Editor &file) { file.append(videoTables + "stsd/avc1/avcC", "secret"); });
    row("bytes in esds", "decoder configuration",
        [](Mp4Editor &file) { file.append(soundTables + "stsd/mp4a/esds", "secret"); });
    row("URL in esds", "decoder configuration",
        [](Mp4Editor &file) { file.setByte(soundTables + "stsd/mp4a/esds", 19, 0x40); });
    row("data elsewhere", "elsewhere", [](Mp4Editor &file) { file.append("moov/trak/mdia/minf/dinf", "secret"); });
    row("sample group", "sample group", [](Mp4Editor &file) { file.append(soundTables + "sgpd", "secret"); });
    row("second sample group", "second box",
        [](Mp4Editor &file) { file.append(soundTables.chopped(1), file.box(soundTables + "sgpd")); });
    row("table too long", "does not fit its entries",
        [](Mp4Editor &file) { file.append(videoTables + "stts", "secret!!"); });

    row("second video track", "2 video", [](Mp4Editor &file) { file.append("moov", file.box("moov/trak")); });
    row("no video track", "0 video", [](Mp4Editor &file) { file.remove("moov/trak"); });
    row("data track", "kind", [](Mp4Editor &file) { file.content().replace("soun", "meta"); });
    row("video edit list", "edit list",
        [](Mp4Editor &file) { file.insert("moov/trak", file.begin("moov/trak/mdia"), file.box("moov/trak:1/edts")); });
    row("sound hidden at the start", "hides",
        [](Mp4Editor &file) { file.setNumber(file.begin("moov/trak:1/edts/elst") + 20, 16'000); });
    row("sound hidden at the end", "hides",
        [](Mp4Editor &file) { file.setNumber(file.begin("moov/trak:1/edts/elst") + 16, 16'000); });
    row("frames behind the end", "ends before",
        [](Mp4Editor &file) { file.setNumber(file.begin("moov/trak/tkhd") + 28, 16'000); });
    row("frames before the start", "before the start",
        [](Mp4Editor &file) { file.setNumber(file.begin(videoTables + "ctts") + 20, 0xffffff00); });
    row("other duration", "is not that of its samples", [](Mp4Editor &file) {
        const qsizetype table = file.begin(videoTables + "stts");
        file.setNumber(table + 20, file.number(table + 20) + 1);
    });
}

void TestContainerScan::catchesDefects()
{
    QFETCH(Defect, plant);
    QFETCH(QString, finding);
    Mp4Editor file(m_clip);
    plant(file);
    QVERIFY(file.content() != m_clip);
    const auto scan = scanOf(file.content());
    QVERIFY2(scan.hasValue(), findingsOf(scan).constData());
    QVERIFY(!scan->isClean());
    QVERIFY2(findingsOf(scan).contains(finding.toUtf8()), findingsOf(scan).constData());
}

void TestContainerScan::catchesWhatOtherProgramsWrite()
{
    const ScratchFile file;
    QProcess program;
    program.start(QStringLiteral("ffmpeg"),
                  {QStringLiteral("-v"), QStringLiteral("error"), QStringLiteral("-f"), QStringLiteral("lavfi"),
                   QStringLiteral("-i"), QStringLiteral("testsrc=s=64x64:d=1"), QStringLiteral("-f"),
                   QStringLiteral("lavfi"), QStringLiteral("-i"), QStringLiteral("sine=d=1"), QStringLiteral("-c:v"),
                   QStringLiteral("libx264"), QStringLiteral("-y"), file.path()});
    QVERIFY(program.waitForFinished());
    const QByteArray findings = findingsOf(scanContainer(file.descriptor()));
    for (const char *expected : {"SEI", "udta", "handler has a name", "compressor", "edit list", "data instead of"})
        QVERIFY2(findings.contains(expected), expected);
}

void TestContainerScan::refusesWhatIsNoMp4_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("text") << QByteArray("#EXTM3U\nneighbour.mp4\n");
    QTest::newRow("zeros") << QByteArray(5000, '\0');
    QTest::newRow("type only") << Mp4Editor::makeBox("ftyp", QByteArray("isom\0\0\2\0isom", 12));
    QTest::newRow("no samples") << Mp4Editor::makeBox("ftyp", QByteArray("isom\0\0\2\0isom", 12))
                                       + Mp4Editor::makeBox("moov", {});
}

void TestContainerScan::refusesWhatIsNoMp4()
{
    QFETCH(QByteArray, content);
    const auto scan = scanOf(content);
    QVERIFY(!scan.hasValue());
    QCOMPARE(scan.error().kind, doorveil::base::ErrorKind::InputNotOpenable);
}

void TestContainerScan::survivesDamage()
{
    std::mt19937 random(20240611);
    const Mp4Editor editor(m_clip);
    const qsizetype indexEnd = editor.end("moov");
    const ScratchFile file;
    for (qsizetype size = 0; size < m_clip.size(); size += 1 + size / 40) {
        const auto scan = scanOf(m_clip.left(size), file);
        QVERIFY(!scan || !scan->isClean());
    }
    for (int round = 0; round < 1500; ++round) {
        QByteArray content = m_clip;
        for (unsigned change = random() % 4 + 1; change > 0; --change) {
            const auto position = qsizetype(random() % quint32(indexEnd - 4));
            if (random() % 2 == 0)
                content[position] = char(random());
            else
                content.replace(position, 4, QByteArray(4, random() % 2 == 0 ? '\xff' : '\x7f'));
        }
        const auto scan = scanOf(content, file);
        QVERIFY(!scan || scan->findings.size() <= 101);
    }
}

QTEST_GUILESS_MAIN(TestContainerScan)
#include "tst_containerscan.moc"
