// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets planted all over a clip: none is in its export, by raw byte search.
#include "exporttesting.h"
#include "support/media.h"

#include <QDir>
#include <QTemporaryDir>
#include <QTest>

using namespace doorveil;
using testsupport::readAll;
using testsupport::writeAll;

class TestMetadata final : public QObject
{
    Q_OBJECT

private slots:
    void fortySecretsStayBehind_data();
    void fortySecretsStayBehind();
};

namespace {

/// A word that is nowhere by chance.
QByteArray secret(int number)
{
    return "Zq7" + QByteArray::number(number).rightJustified(2, '0') + "xKwPlanted";
}

QString secretText(int number)
{
    return QString::fromLatin1(secret(number));
}

bool holds(const QByteArray &file, const QByteArray &word)
{
    QByteArray wide;
    QByteArray wideBig;
    for (const char character : word) {
        wide.append(character).append('\0');
        wideBig.append('\0').append(character);
    }
    // The middle of a base64 text is the same for three alignments only; each is tried.
    for (int shift = 0; shift < 3; ++shift) {
        const QByteArray encoded = (QByteArray(shift, 'A') + word).toBase64().mid(4, word.size());
        if (file.contains(encoded))
            return true;
    }
    return file.contains(word) || file.contains(wide) || file.contains(wideBig);
}

QByteArray box(const char *type, const QByteArray &content)
{
    const auto size = quint32(content.size() + 8);
    QByteArray bytes;
    for (int shift = 24; shift >= 0; shift -= 8)
        bytes.append(char(size >> shift));
    return bytes + QByteArray(type, 4) + content;
}

struct Poison
{
    QStringList arguments;
    int next = 1;
    bool written = true;
    [[nodiscard]] QString take() { return secretText(next++); }
};

/// Tags, stream titles, handlers, chapters, subtitles, a cover picture, a second video and SEI user data.
Poison poison(const QDir &folder, bool matroska)
{
    Poison made;
    QByteArray chapters = ";FFMETADATA1\n";
    for (int chapter = 0; chapter < 3; ++chapter)
        chapters += "[CHAPTER]\nTIMEBASE=1/1000\nSTART=" + QByteArray::number(chapter * 300)
                    + "\nEND=" + QByteArray::number(chapter * 300 + 300) + "\ntitle=" + made.take().toLatin1() + "\n";
    made.written = made.written && writeAll(folder.filePath(QStringLiteral("chapters.txt")), chapters);
    made.written = made.written
                   && writeAll(folder.filePath(QStringLiteral("words.srt")),
                               "1\n00:00:00,000 --> 00:00:01,000\n" + made.take().toLatin1() + "\n");
    const auto file = [&folder](const char *name) { return folder.filePath(QString::fromLatin1(name)); };
    const bool drawn = testsupport::runFfmpeg({QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                                               QStringLiteral("color=red:size=64x64"), QStringLiteral("-frames:v"),
                                               QStringLiteral("1"), file("cover.png")});
    if (drawn)
        made.written = made.written && writeAll(file("cover.png"), readAll(file("cover.png")) + made.take().toLatin1());

    QStringList &words = made.arguments;
    words << QStringLiteral("-i") << file("base.mp4") << QStringLiteral("-i") << file("chapters.txt")
          << QStringLiteral("-i") << file("words.srt") << QStringLiteral("-i") << file("second.mp4")
          << QStringLiteral("-i") << file("cover.png") << QStringLiteral("-map") << QStringLiteral("0:v")
          << QStringLiteral("-map") << QStringLiteral("0:a") << QStringLiteral("-map") << QStringLiteral("2:s")
          << QStringLiteral("-map") << QStringLiteral("3:v");
    words << QStringLiteral("-map") << QStringLiteral("4:v") << QStringLiteral("-disposition:v:2")
          << QStringLiteral("attached_pic") << QStringLiteral("-map_chapters") << QStringLiteral("1");
    words << QStringLiteral("-c") << QStringLiteral("copy") << QStringLiteral("-c:s")
          << (matroska ? QStringLiteral("srt") : QStringLiteral("mov_text"));
    if (!matroska)
        words << QStringLiteral("-movflags") << QStringLiteral("use_metadata_tags");
    for (const char *key : {"title",
                            "artist",
                            "album",
                            "comment",
                            "description",
                            "copyright",
                            "genre",
                            "make",
                            "model",
                            "location",
                            "com.apple.quicktime.location.ISO6709",
                            "com.apple.quicktime.software",
                            "com.android.version",
                            "keywords",
                            "synopsis",
                            "show",
                            "network",
                            "lyrics",
                            "composer",
                            "encoded_by",
                            "publisher",
                            "episode_id",
                            "album_artist",
                            "grouping"})
        words << QStringLiteral("-metadata") << QString::fromLatin1(key) + QLatin1Char('=') + made.take();
    for (const char *stream : {"v:0", "v:1", "a:0", "s:0"}) {
        for (const char *key : {"title", "handler_name"}) {
            // Matroska has no handlers, MP4 no titles of streams; use_metadata_tags is for the container only.
            if (matroska != (QByteArray(key) == "title"))
                continue;
            words << QStringLiteral("-metadata:s:") + QString::fromLatin1(stream)
                  << QString::fromLatin1(key) + QLatin1Char('=') + made.take();
        }
    }
    words << QStringLiteral("-bsf:v:0")
          << QStringLiteral("h264_metadata=sei_user_data=086f3693-b7b3-4f2c-9653-21492feee5b8+") + made.take();
    words << QStringLiteral("-bsf:v:1")
          << QStringLiteral("h264_metadata=sei_user_data=186f3693-b7b3-4f2c-9653-21492feee5b8+") + made.take();
    if (matroska) {
        made.written = made.written && writeAll(file("attached.bin"), made.take().toLatin1());
        words << QStringLiteral("-attach") << file("attached.bin") << QStringLiteral("-metadata:s:t:0")
              << QStringLiteral("mimetype=application/octet-stream") << QStringLiteral("-metadata:s:t:0")
              << QStringLiteral("filename=") + made.take();
    }
    return made;
}

} // namespace

void TestMetadata::fortySecretsStayBehind_data()
{
    QTest::addColumn<bool>("matroska");
    QTest::newRow("mp4") << false;
    QTest::newRow("mkv") << true;
}

void TestMetadata::fortySecretsStayBehind()
{
    QFETCH(bool, matroska);
    const QTemporaryDir temporary;
    const QDir folder(temporary.path());
    testsupport::CounterClip clip;
    clip.frames = 25;
    clip.inputs = {QStringLiteral("-f"), QStringLiteral("lavfi"), QStringLiteral("-i"),
                   QStringLiteral("sine=frequency=300:duration=1")};
    QVERIFY(testsupport::makeCounterClip(folder.filePath(QStringLiteral("base.mp4")), clip));
    clip.inputs.clear();
    clip.size = {160, 120};
    QVERIFY(testsupport::makeCounterClip(folder.filePath(QStringLiteral("second.mp4")), clip));

    Poison planted = poison(folder, matroska);
    QVERIFY(planted.written);
    const int inName = planted.next++;
    const QString source =
        folder.filePath(secretText(inName) + (matroska ? QStringLiteral(".mkv") : QStringLiteral(".mp4")));
    QVERIFY(testsupport::runFfmpeg(planted.arguments + QStringList{source}));
    QByteArray bytes = readAll(source);
    if (!matroska) {
        const QByteArray xmpBox = QByteArray::fromHex("be7acfcb97a942e89c71999491e3afac") + "<x:xmpmeta>"
                                  + planted.take().toLatin1() + "</x:xmpmeta>";
        bytes += box("uuid", xmpBox) + box("free", planted.take().toLatin1()) + box("skip", planted.take().toLatin1())
                 + box("udta", box("\xa9xyz", planted.take().toLatin1()));
    }
    bytes += planted.take().toLatin1();
    QVERIFY(writeAll(source, bytes));
    QVERIFY2(planted.next - 1 >= 40 || matroska, qPrintable(QString::number(planted.next - 1)));

    // The search finds what it should: every secret is in the source.
    QStringList missing;
    for (int number = 1; number < planted.next; ++number) {
        if (number != inName && !holds(bytes, secret(number)))
            missing.append(secretText(number));
    }
    QVERIFY2(missing.size() <= 1, qPrintable(missing.join(QLatin1Char(' '))));

    auto document = testsupport::documentOf(source.toStdString());
    QVERIFY2(document, document ? "" : qPrintable(document.error().message));
    document->settings.keepAudio = true;
    pipeline::ExportParameters parameters;
    parameters.output = folder.filePath(QStringLiteral("export.mp4")).toStdString();
    parameters.preset = QStringLiteral("ultrafast");
    const auto result = pipeline::exportClip(*document, parameters, {}, {});
    QVERIFY2(result, result ? "" : qPrintable(result.error().message));
    QVERIFY2(result->inPlace, qPrintable(result->failure.message));
    const QByteArray exported = readAll(folder.filePath(QStringLiteral("export.mp4")));
    QStringList found;
    for (int number = 1; number < planted.next; ++number) {
        if (holds(exported, secret(number)))
            found.append(secretText(number));
    }
    QVERIFY2(found.isEmpty(), qPrintable(found.join(QLatin1Char(' '))));
    QVERIFY(!exported.contains("x264 - core"));
    QVERIFY(!exported.contains("Lavf"));
    QVERIFY(!exported.contains("Lavc"));
}

QTEST_GUILESS_MAIN(TestMetadata)
#include "tst_metadata.moc"
