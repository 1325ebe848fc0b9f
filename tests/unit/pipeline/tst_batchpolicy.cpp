// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/policy.h"
#include "pipeline/batch/workidentity.h"

#include <QTest>

using namespace doorveil;
using namespace doorveil::pipeline::batch;

/// Policies, patterns, names and what divides a batch: all that decides before a clip is opened.
class TestBatchPolicy final : public QObject
{
    Q_OBJECT

private slots:
    void theExampleIsValid();
    void everyKeyOfTheExampleIsKnown();
    void mistakesNameLineAndColumn_data();
    void mistakesNameLineAndColumn();
    void theFirstCameraThatMatchesDecides();
    void zonesInPixelsAndPerCent();
    void remarksDoNotChangeTheRulesHash();
    void globs_data();
    void globs();
    void brokenGlobs();
    void makersNames_data();
    void makersNames();
    void templates_data();
    void templates();
    void brokenTemplates_data();
    void brokenTemplates();
};

namespace {

Policy parsed(const QByteArray &text)
{
    const base::Result<Policy> policy = parsePolicy("version = 1\n" + text, QStringLiteral("P.toml"));
    if (!policy)
        qWarning() << policy.error().message;
    return policy ? *policy : Policy();
}

} // namespace

void TestBatchPolicy::theExampleIsValid()
{
    const base::Result<Policy> policy = parsePolicy(examplePolicy(), QStringLiteral("example"));
    QVERIFY2(policy.hasValue(), policy ? "" : qPrintable(policy.error().message));
    QCOMPARE(policy->defaults.style, base::CoverStyle::Blur);
    QVERIFY(policy->takes("a/b/Clip.MP4"));
    QVERIFY(!policy->takes("a/thumbnails/clip.mp4"));
    QVERIFY(!policy->takes("a/clip.txt"));
}

/// The remarks of the example are keys, too: taken out of their remark they have to be valid.
void TestBatchPolicy::everyKeyOfTheExampleIsKnown()
{
    QByteArray text;
    for (QByteArray line : examplePolicy().split('\n')) {
        const QByteArray trimmed = line.trimmed();
        if (trimmed.startsWith("# \""))
            line.replace("# \"", "\"");
        else if (trimmed.startsWith('#') && trimmed.size() > 1 && trimmed[1] != ' ')
            line = line.replace(line.indexOf('#'), 1, "");
        text += line + '\n';
    }
    const base::Result<Policy> policy = parsePolicy(text, QStringLiteral("example"));
    QVERIFY2(policy.hasValue(), policy ? "" : qPrintable(policy.error().message));
    QCOMPARE(policy->cameras.size(), std::size_t(1));
    QCOMPARE(policy->cameras.front().zones.size(), std::size_t(1));
    QCOMPARE(policy->defaults.zones.size(), std::size_t(1));
    QCOMPARE(policy->defaults.review.reasons.size(), reviewReasons().size());
    QVERIFY(policy->jobs && policy->memoryMegabytes && policy->defaults.trim && policy->defaults.review.weakScore);
}

void TestBatchPolicy::mistakesNameLineAndColumn_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *expected) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(expected);
    };
    row("version = 1\nstyel = \"blur\"\n", "P.toml:2:1: styel: unknown key");
    row("version = 1\nstyle = \"pixel\"\n", "P.toml:2:9: style: `pixel` is not known");
    row("version = 1\nstyle = 3\n", "P.toml:2:9: style: must be a text");
    row("version = 1\ncrf = 52\n", "P.toml:2:7: crf: must be from 0 to 51");
    row("version = 2\n", "P.toml:1:11: version");
    row("style = \"blur\"\n", "version: is missing");
    row("version = 1\ntrim = \"5\"\n", "P.toml:2:8: trim");
    row("version = 1\ntrim = \"00:00:05-00:00:01\"\n", "P.toml:2:8: trim");
    row("version = 1\nname = \"{stem}{x}\"\n", "P.toml:2:8: name: takes {folder}");
    row("version = 1\nname = \"../{stem}\"\n", "P.toml:2:8: name");
    row("version = 1\ninclude = [\"*.[mp\"]\n", "P.toml:2:11: include: `*.[mp`");
    row("version = 1\ninclude = \"*.mp4\"\n", "P.toml:2:11: include: must be a list");
    row("version = 1\n[review]\nreasons = [\"ugly\"]\n", "P.toml:3:11: review.reasons: `ugly`");
    row("version = 1\n[review]\nweak_score = 2\n", "P.toml:3:14: review.weak_score");
    row("version = 1\n[run]\njobs = 0\n", "P.toml:3:8: run.jobs");
    row("version = 1\n[run]\ncores = 2\n", "P.toml:3:1: run.cores: unknown key");
    row("version = 1\n[[camera]]\nname = \"a\"\n", "camera[1].path: or file or maker is needed");
    row("version = 1\n[[camera]]\npath = \"a/**\"\n", "camera[1].name: is missing");
    row("version = 1\n[[camera]]\nname = \"a\"\nmaker = \"acme\"\n", "P.toml:4:9: camera[1].maker: `acme`");
    row("version = 1\n[[camera]]\nname = \"a\"\npath = \"*\"\n[[camera.zone]]\ncorners = \"1,2 3,4\"\n",
        "P.toml:6:11: camera[1].zone[1].corners");
    row("version = 1\n[[zone]]\ncorners = \"1,2 3%,4% 5,6\"\n", "P.toml:3:11: zone[1].corners");
    row("version = 1\n[[zone]]\ncorners = \"0,0 9,0 9,9\"\ncolour = \"red\"\n", "P.toml:4:1: zone[1].colour: unknown");
    row("version = \n", "P.toml:1:");
}

void TestBatchPolicy::mistakesNameLineAndColumn()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, expected);
    const base::Result<Policy> policy = parsePolicy(text, QStringLiteral("P.toml"));
    QVERIFY(!policy);
    QCOMPARE(policy.error().kind, base::ErrorKind::Usage);
    QVERIFY2(policy.error().message.contains(expected), qPrintable(policy.error().message));
}

void TestBatchPolicy::theFirstCameraThatMatchesDecides()
{
    const Policy policy = parsed(R"(
style = "solid"
[[zone]]
corners = "0,0 9,0 9,9"
[[camera]]
name = "gate"
path = "gate/**"
style = "mosaic"
audio = "keep"
[[camera.zone]]
corners = "0,0 5,0 5,5"
[[camera]]
name = "reolink"
maker = "reolink"
cover = "person"
)");
    const std::string reolink = "RecM02_DST20240827_090302_090334_0_800_800_033C820000_61B6F0.mp4";
    const ClipRules gate = policy.rulesFor("gate/" + reolink, reolink);
    QCOMPARE(gate.camera, QStringLiteral("gate"));
    QCOMPARE(gate.style, base::CoverStyle::Mosaic);
    QCOMPARE(gate.scope, base::CoverScope::Head);
    QVERIFY(gate.keepAudio);
    QCOMPARE(gate.zones.size(), std::size_t(2));
    const ClipRules other = policy.rulesFor(reolink, reolink);
    QCOMPARE(other.camera, QStringLiteral("reolink"));
    QCOMPARE(other.style, base::CoverStyle::Solid);
    QCOMPARE(other.scope, base::CoverScope::Person);
    QCOMPARE(policy.rulesFor("x.mp4", "x.mp4").camera, QString());
}

void TestBatchPolicy::zonesInPixelsAndPerCent()
{
    const Policy policy = parsed("[[zone]]\ncorners = \"10,20 30,20 30,40\"\n"
                                 "[[zone]]\ncorners = \"33.33%,0% 66.67%,0% 66.67%,100%\"\n");
    QCOMPARE(policy.defaults.zones[0].cornersIn({640, 480}), (base::Polygon{{10, 20}, {30, 20}, {30, 40}}));
    // Outwards: 33.33 % of 640 is 213.3, 66.67 % is 426.7.
    QCOMPARE(policy.defaults.zones[1].cornersIn({640, 480}), (base::Polygon{{213, 0}, {427, 0}, {427, 480}}));
}

void TestBatchPolicy::remarksDoNotChangeTheRulesHash()
{
    const auto hash = [](const QByteArray &text) { return rulesHash(parsed(text).rulesFor("a.mp4", "a.mp4")); };
    QCOMPARE(hash("# a remark\nstyle = \"blur\"\n[run]\njobs = 7\n"), hash(""));
    QVERIFY(hash("style = \"solid\"\n") != hash(""));
    QVERIFY(hash("crf = 21\n") != hash(""));
    QVERIFY(hash("name = \"{stem}\"\n") != hash(""));
    QVERIFY(hash("[review]\nweak_score = 0.5\n") != hash(""));
    QVERIFY(hash("[[zone]]\ncorners = \"0,0 9,0 9,9\"\n") != hash(""));
    // Another camera's rule is no reason to do a clip again.
    QCOMPARE(hash("[[camera]]\nname = \"b\"\npath = \"b/*\"\nstyle = \"solid\"\n"), hash(""));
    QVERIFY(hash("[[camera]]\nname = \"a\"\npath = \"a*\"\n") != hash(""));
}

void TestBatchPolicy::globs_data()
{
    QTest::addColumn<QString>("pattern");
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("expected");
    const auto row = [](const char *pattern, const char *path, bool expected) {
        QTest::addRow("%s %s", pattern, path) << QString::fromLatin1(pattern) << QString::fromLatin1(path) << expected;
    };
    row("*.mp4", "a.mp4", true);
    row("*.mp4", "a.MP4", true);
    row("*.mp4", "b/a.mp4", false);
    row("**/*.mp4", "a.mp4", true);
    row("**/*.mp4", "b/c/a.mp4", true);
    row("b/**", "b/c/a.mp4", true);
    row("b/**", "bb/a.mp4", false);
    row("a?c", "abc", true);
    row("a?c", "a/c", false);
    row("a[0-9]c", "a5c", true);
    row("a[!0-9]c", "a5c", false);
    row("a[!0-9]c", "a/c", false);
    row("a[]]c", "a]c", true);
    row("a+(b)", "a+(b)", true);
    row("a.b", "axb", false);
    row("a*", "a\nb", true);
}

void TestBatchPolicy::globs()
{
    QFETCH(QString, pattern);
    QFETCH(QString, path);
    QFETCH(bool, expected);
    const base::Result<Glob> glob = Glob::parse(pattern);
    QVERIFY(glob);
    QCOMPARE(glob->matches(path.toStdString()), expected);
}

void TestBatchPolicy::brokenGlobs()
{
    QVERIFY(!Glob::parse(QString()));
    QVERIFY(!Glob::parse(QStringLiteral("a[b")));
    QVERIFY(!Glob::parse(QStringLiteral("a[]")));
}

void TestBatchPolicy::makersNames_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *expected) {
        QTest::newRow(name) << QString::fromLatin1(name) << QString::fromLatin1(expected);
    };
    row("RecM02_DST20240827_090302_090334_0_800_800_033C820000_61B6F0.mp4", "reolink||2024-08-27T09:03:02");
    row("RecS03_20240827_090302_090334_0_800_800_033C820000_61B6F0.mp4", "reolink||2024-08-27T09:03:02");
    row("20221230205117.dat", "eufy||2022-12-30T20:51:17");
    row("20221230205117_c01.mp4", "eufy||2022-12-30T20:51:17");
    row("20221330205117.mp4", "");
    row("1700000000000.mp4", "arlo||2023-11-14T22:13:20Z");
    row("front door-2024-08-27T09-03-02+00-00.mp4", "blink|front door|2024-08-27T09:03:02");
    row("front-2024-08-27T09:03:02.mp4", "blink|front|2024-08-27T09:03:02");
    row("948987989.mp4", "");
    row("holiday.mp4", "");
}

void TestBatchPolicy::makersNames()
{
    QFETCH(QString, name);
    QFETCH(QString, expected);
    const std::optional<RecordedName> recorded = recordedName(name.toStdString());
    QCOMPARE(recorded ? QStringLiteral("%1|%2|%3")
                            .arg(recorded->maker, recorded->camera, recorded->recordedAt.toString(Qt::ISODate))
                      : QString(),
             expected);
}

void TestBatchPolicy::templates_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<QString>("stem");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *text, const char *folder, const char *stem, const char *expected) {
        QTest::addRow("%s %s", text, stem) << QString::fromLatin1(text) << QString::fromLatin1(folder)
                                           << QString::fromUtf8(stem) << QString::fromUtf8(expected);
    };
    row("{folder}/{stem}.redacted", "a/b", "clip", "a/b/clip.redacted");
    row("{folder}/{stem}", "", "clip", "clip");
    row("{camera}/{date}_{time}_{hash}", "x", "y", "gate/2024-08-27_09-03-02_01234567");
    row("{stem}", "", "ünïcode #1", "ünïcode #1");
    row("{stem}", "", ".hidden", "_hidden");
    row("{folder}/{stem}", "a/../b", "x", "a/_./b/x");
    row("{stem}", "", "a:b*c?\"<>|\\\n", "a_b_c_______");
    row("{stem}", "", "{folder}", "{folder}");
}

void TestBatchPolicy::templates()
{
    QFETCH(QString, text);
    QFETCH(QString, folder);
    QFETCH(QString, stem);
    const base::Result<NameTemplate> name = NameTemplate::parse(text);
    QVERIFY2(name.hasValue(), name ? "" : qPrintable(name.error().message));
    NameParts parts;
    parts.folder = folder.toStdString();
    parts.stem = stem.toStdString();
    parts.camera = QStringLiteral("gate");
    parts.recordedAt = QDateTime(QDate(2024, 8, 27), QTime(9, 3, 2));
    parts.sha256 = QStringLiteral("0123456789abcdef");
    QTEST(name->expand(parts), "expected");
    // Bytes that are not text do not reach a name.
    parts.stem = "a\xff";
    QVERIFY(!name->expand(parts).contains(QChar(QChar::ReplacementCharacter)));
}

void TestBatchPolicy::brokenTemplates_data()
{
    QTest::addColumn<QString>("text");
    for (const char *text : {"", "fixed", "{stem", "{stem}}", "{name}", "/{stem}", "../{stem}", "a//{stem}",
                             ".doorveil-batch/{stem}", "{stem}/", "a\\{stem}"})
        QTest::newRow(text) << QString::fromLatin1(text);
}

void TestBatchPolicy::brokenTemplates()
{
    QFETCH(QString, text);
    QVERIFY(!NameTemplate::parse(text));
}

QTEST_GUILESS_MAIN(TestBatchPolicy)
#include "tst_batchpolicy.moc"
