// SPDX-License-Identifier: GPL-3.0-or-later
// Files that are broken, hostile or no clips at all: a clear refusal or what decodes, never a crash or another file.
#include "decode/descriptorio_p.h"
#include "decodetesting.h"
#include "support/media.h"

#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

#include <random>

using namespace doorveil;
using namespace doorveil::decodetesting;
using testsupport::CounterClip;

class TestDecodeHostile : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void noClips_data();
    void noClips();
    void playlistsOpenNothing_data();
    void playlistsOpenNothing();
    void truncated_data();
    void truncated();
    void hugeAndEmptyPictures_data();
    void hugeAndEmptyPictures();
    void manyStreams();
    void refusedCodec();
    void coverPictureIsNoVideo();
    void flippedBytes_data();
    void flippedBytes();
    void tagsAreBoundedAndClean();
    void readsAtItsOwnOffset();

private:
    [[nodiscard]] QString path(const QString &name) const { return m_folder.filePath(name); }

    QTemporaryDir m_folder;
    QString m_clip; // ordinary, with the header first
};

void TestDecodeHostile::initTestCase()
{
    m_clip = path(QStringLiteral("clip.mp4"));
    CounterClip clip;
    clip.encoder << QStringLiteral("-g") << QStringLiteral("10") << QStringLiteral("-movflags")
                 << QStringLiteral("faststart");
    QVERIFY(testsupport::makeCounterClip(m_clip, clip));
}

void TestDecodeHostile::noClips_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QString>("reason");
    QTest::newRow("empty") << QByteArray() << QStringLiteral("empty");
    QTest::newRow("text") << QByteArray("This is a letter.\n").repeated(500) << QStringLiteral("not a video");
    QTest::newRow("zeros") << QByteArray(100'000, '\0') << QStringLiteral("not a video");
    QTest::newRow("one byte") << QByteArray("x") << QStringLiteral("not a video");
    QTest::newRow("only an ftyp box") << QByteArray::fromHex("0000001866747970")
                                             + QByteArray("isom\0\0\2\0isomiso2", 16)
                                      << QStringLiteral("incomplete");
    QTest::newRow("gif") << QByteArray("GIF89a\x10\0\x10\0\x80\0\0\0\0\0\xff\xff\xff", 19) + QByteArray(4000, ';')
                         << QStringLiteral("gif");
}

void TestDecodeHostile::noClips()
{
    QFETCH(QByteArray, bytes);
    QFETCH(QString, reason);
    const QString name = path(QStringLiteral("noclip.mp4"));
    QVERIFY(testsupport::writeAll(name, bytes));
    const OpenedClip opened = open(name);
    QVERIFY(!opened.source);
    QCOMPARE(opened.errorKind, base::ErrorKind::InputNotOpenable);
    QVERIFY2(opened.error.contains(reason), qPrintable(opened.error));
}

void TestDecodeHostile::playlistsOpenNothing_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<bool>("ffmpegFollows");
    const QByteArray neighbour = "clip.mp4";
    QTest::newRow("HLS") << "#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + neighbour + "\n#EXT-X-ENDLIST\n" << true;
    QTest::newRow("HLS behind a mark") << "\xef\xbb\xbf#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n" + neighbour
                                              + "\n"
                                       << false;
    QTest::newRow("concat") << "ffconcat version 1.0\nfile '" + neighbour + "'\n" << true;
    QTest::newRow("PLS") << "[playlist]\nFile1=" + neighbour + "\nNumberOfEntries=1\n" << false;
    QTest::newRow("DASH") << "<?xml version=\"1.0\"?>\n<MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\"><BaseURL>"
                                 + neighbour + "</BaseURL></MPD>"
                          << false;
}

void TestDecodeHostile::playlistsOpenNothing()
{
    QFETCH(QByteArray, text);
    QFETCH(bool, ffmpegFollows);
    const QString name = path(QStringLiteral("playlist.mp4"));
    QVERIFY(testsupport::writeAll(name, text));
    // Control: the danger is real, FFmpeg's own program opens the neighbour.
    if (ffmpegFollows) {
        QCOMPARE(testsupport::runFfprobe({QStringLiteral("-show_entries"), QStringLiteral("stream=codec_name"),
                                          QStringLiteral("-of"), QStringLiteral("csv=p=0"), name})
                     .value(0),
                 QStringLiteral("h264"));
    }
    const OpenedClip opened = open(name);
    QVERIFY(!opened.source);
    QVERIFY2(opened.error.contains(QLatin1String("playlist")), qPrintable(opened.error));
}

void TestDecodeHostile::truncated_data()
{
    QTest::addColumn<int>("twentieth");
    for (int twentieth = 0; twentieth < 20; ++twentieth)
        QTest::addRow("%d %%", twentieth * 5) << twentieth;
}

void TestDecodeHostile::truncated()
{
    QFETCH(int, twentieth);
    const QByteArray whole = testsupport::readAll(m_clip);
    const QString name = path(QStringLiteral("truncated.mp4"));
    QVERIFY(testsupport::writeAll(name, whole.left(whole.size() * twentieth / 20)));
    const OpenedClip opened = open(name);
    if (!opened.source) {
        QCOMPARE(opened.errorKind, base::ErrorKind::InputNotOpenable);
        QVERIFY(!opened.error.isEmpty());
        QVERIFY(twentieth < 3); // the header is whole from there on
        return;
    }
    const auto frames = decodeAll(*opened.source);
    QCOMPARE(frames.size() + opened->losses().size(), std::size_t(50)); // shown or listed, each of them
    const std::int64_t step = base::rescale(1, {1, 25}, opened->info().timeBase);
    for (const SeenFrame &frame : frames) {
        if (!frame.damaged)
            QCOMPARE(frame.counter * step, frame.pts);
    }
}

void TestDecodeHostile::hugeAndEmptyPictures_data()
{
    QTest::addColumn<int>("width");
    QTest::addColumn<int>("height");
    QTest::newRow("16K") << 16384 << 16384;
    QTest::newRow("one long side") << 16384 << 16;
    QTest::newRow("over the area") << 8192 << 8192;
    QTest::newRow("the largest number") << 65535 << 65535;
}

void TestDecodeHostile::hugeAndEmptyPictures()
{
    QFETCH(int, width);
    QFETCH(int, height);
    QByteArray bytes = testsupport::readAll(m_clip);
    // ISO/IEC 14496-12, 12.1.3: width and height stand 24 bytes behind the sample entry's reserved head.
    const qsizetype entry = bytes.indexOf("avc1", bytes.indexOf("stsd"));
    QVERIFY(entry > 0);
    qToBigEndian(std::uint16_t(width), bytes.data() + entry + 28);
    qToBigEndian(std::uint16_t(height), bytes.data() + entry + 30);
    // Without the parameter sets the header's numbers are all there is.
    const qsizetype configuration = bytes.indexOf("avcC", entry);
    QVERIFY(configuration > 0);
    bytes.replace(configuration, 4, "free");
    const QString name = path(QStringLiteral("size.mp4"));
    QVERIFY(testsupport::writeAll(name, bytes));
    const OpenedClip opened = open(name);
    QVERIFY(!opened.source);
    QVERIFY2(opened.error.contains(QString::number(width)), qPrintable(opened.error));

    qToBigEndian(std::uint16_t(0), bytes.data() + entry + 28);
    qToBigEndian(std::uint16_t(0), bytes.data() + entry + 30);
    QVERIFY(testsupport::writeAll(name, bytes));
    const OpenedClip empty = open(name);
    QVERIFY(!empty.source);
    QVERIFY2(empty.error.contains(QLatin1String("size")), qPrintable(empty.error));
}

void TestDecodeHostile::manyStreams()
{
    // 200 and 65 streams: one clip mapped that often.
    for (const int count : {65, 200, 300}) {
        QStringList arguments{QStringLiteral("-i"), m_clip};
        for (int index = 0; index < count; ++index)
            arguments << QStringLiteral("-map") << QStringLiteral("0:v");
        const QString name = path(QStringLiteral("streams.mkv"));
        arguments << QStringLiteral("-c") << QStringLiteral("copy") << QStringLiteral("-frames:v")
                  << QStringLiteral("1");
        arguments << name;
        QVERIFY(testsupport::runFfmpeg(arguments));
        const OpenedClip opened = open(name);
        QVERIFY(!opened.source);
        QVERIFY2(opened.error.contains(QLatin1String("streams")), qPrintable(opened.error));
    }
}

void TestDecodeHostile::refusedCodec()
{
    CounterClip clip;
    clip.frames = 3;
    clip.encoder = QStringList{QStringLiteral("-c:v"), QStringLiteral("ffv1")};
    const QString name = path(QStringLiteral("codec.mkv"));
    QVERIFY(testsupport::makeCounterClip(name, clip));
    const OpenedClip opened = open(name);
    QVERIFY(!opened.source);
    QVERIFY2(opened.error.contains(QLatin1String("ffv1")), qPrintable(opened.error));
}

void TestDecodeHostile::coverPictureIsNoVideo()
{
    const QString sound = path(QStringLiteral("cover.m4a"));
    const QString picture = path(QStringLiteral("cover.png"));
    QVERIFY(testsupport::runFfmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                    QStringLiteral("testsrc2=s=64x64"), QStringLiteral("-frames:v"),
                                    QStringLiteral("1"), picture}));
    QVERIFY(testsupport::runFfmpeg(
        {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-t"), QStringLiteral("1"), QStringLiteral("-i"),
         QStringLiteral("sine"), QStringLiteral("-i"), picture, QStringLiteral("-map"), QStringLiteral("0"),
         QStringLiteral("-map"), QStringLiteral("1"), QStringLiteral("-c:v"), QStringLiteral("mjpeg"),
         QStringLiteral("-disposition:v"), QStringLiteral("attached_pic"), sound}));
    const OpenedClip opened = open(sound);
    QVERIFY(!opened.source);
    QVERIFY2(opened.error.contains(QLatin1String("no video")), qPrintable(opened.error));
}

void TestDecodeHostile::flippedBytes_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("encoder");
    const auto row = [](const char *name, const char *encoder) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(encoder);
    };
    row("flip.mp4", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -g 10");
    row("flip.mkv", "-c:v libx265 -preset ultrafast -x265-params log-level=none:keyint=10");
    row("flip.webm", "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 500k");
    row("flip.avi", "-c:v mpeg4 -q:v 5");
    row("flip.ts", "-c:v mpeg2video -q:v 5");
    row("flip.h264", "-c:v libx264 -preset veryfast -pix_fmt yuv420p -g 10");
}

void TestDecodeHostile::flippedBytes()
{
    QFETCH(QString, name);
    QFETCH(QString, encoder);
    CounterClip clip;
    clip.frames = 20;
    clip.size = {224, 128};
    clip.encoder = encoder.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    QVERIFY(testsupport::makeCounterClip(path(name), clip));
    const QByteArray whole = testsupport::readAll(path(name));
    std::mt19937 random(7);
    for (int round = 0; round < 40; ++round) {
        QByteArray bytes = whole;
        // Half of the flips near the beginning, where the headers are.
        std::uniform_int_distribution<qsizetype> anywhere(0, bytes.size() - 1);
        std::uniform_int_distribution<qsizetype> inHeader(0, std::min<qsizetype>(2000, bytes.size() - 1));
        for (int flip = 0; flip < 6; ++flip) {
            const qsizetype position = flip % 2 == 0 ? anywhere(random) : inHeader(random);
            bytes[position] = char(random());
        }
        const QString flipped = path(QStringLiteral("flipped-") + name);
        QVERIFY(testsupport::writeAll(flipped, bytes));
        const OpenedClip opened = open(flipped);
        if (!opened.source) {
            QVERIFY(!opened.error.isEmpty());
            continue;
        }
        const auto times = ptsOf(decodeAll(*opened.source));
        QVERIFY(std::is_sorted(times.begin(), times.end(), std::less_equal<>()) || times.size() < 2);
        if (!times.empty())
            QVERIFY(opened->seek(times[times.size() / 2]));
    }
}

void TestDecodeHostile::tagsAreBoundedAndClean()
{
    const QString name = path(QStringLiteral("tags.mkv"));
    QStringList arguments{QStringLiteral("-i"), m_clip, QStringLiteral("-c"), QStringLiteral("copy")};
    arguments << QStringLiteral("-metadata") << QStringLiteral("comment=a\u001b[31m\nb\u202ec");
    arguments << QStringLiteral("-metadata") << QStringLiteral("long=") + QString(5000, QLatin1Char('x'));
    for (int index = 0; index < 600; ++index)
        arguments << QStringLiteral("-metadata") << QStringLiteral("key%1=value").arg(index);
    QVERIFY(testsupport::runFfmpeg(arguments << name));
    const OpenedClip opened = open(name);
    QVERIFY2(opened.source, qPrintable(opened.error));
    const auto &tags = opened->info().tags;
    QCOMPARE(tags.size(), std::size_t(500));
    bool sawComment = false;
    for (const base::Tag &tag : tags) {
        QVERIFY(tag.value.size() <= 1000);
        for (const QChar character : tag.value)
            QVERIFY(character.isPrint());
        sawComment = sawComment || tag.value == QLatin1String("a [31m b c");
    }
    QVERIFY(sawComment);
}

void TestDecodeHostile::readsAtItsOwnOffset()
{
    auto descriptor = base::openInput(m_clip.toStdString());
    QVERIFY(descriptor);
    decode::DescriptorIo first(descriptor->get());
    decode::DescriptorIo second(descriptor->get());
    QVERIFY(avio_skip(first.context(), 100) == 100);
    const QByteArray whole = testsupport::readAll(m_clip);
    QCOMPARE(char(avio_r8(first.context())), whole[100]);
    QCOMPARE(char(avio_r8(second.context())), whole[0]);
    QCOMPARE(avio_size(second.context()), std::int64_t(whole.size()));
    QVERIFY(avio_seek(first.context(), -1, SEEK_SET) < 0);
}

QTEST_GUILESS_MAIN(TestDecodeHostile)
#include "tst_decodehostile.moc"
