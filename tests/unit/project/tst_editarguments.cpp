// SPDX-License-Identifier: GPL-3.0-or-later
#include "documentfixture.h"
#include "project/documentrules.h"
#include "project/editarguments.h"

#include <QtTest>

#include <set>

using namespace doorveil;
using namespace doorveil::project;
using namespace doorveil::projecttest;

namespace {

using Values = QMap<QString, QString>;

/// "key=value key=value"; "_" in a value stands for a blank.
Values valuesOf(const char *words)
{
    Values values;
    for (const QString &word : QString::fromUtf8(words).split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const qsizetype equals = word.indexOf(QLatin1Char('='));
        values.insert(word.left(equals), word.mid(equals + 1).replace(QLatin1Char('_'), QLatin1Char(' ')));
    }
    return values;
}

base::Result<Edit> parse(const char *operation, const char *words)
{
    return editFromKeyValues(QString::fromLatin1(operation), valuesOf(words), sampleDocument());
}

} // namespace

class TestEditArguments : public QObject
{
    Q_OBJECT

private slots:
    void everyOperationWorks_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QString>("words");
        const auto row = [](const char *operation, const char *words) {
            QTest::addRow("%s %s", operation, words) << QString::fromLatin1(operation) << QString::fromUtf8(words);
        };
        row("AddTrack", "kind=face box=10,20,30,40 from=00:00:01.000 to=00:00:02.000 label=postman");
        row("RemoveTrack", "track=1");
        row("MoveObservation", "track=1 at=00:00:01.000 box=10,20,30,40");
        row("RemoveObservation", "track=1 at=60000");
        row("ReplaceObservations", "track=1 from=00:00:01.000 to=00:00:01.500");
        row("ReplaceObservations", "track=1 box=1,2,3,4");
        row("SplitTrack", "track=1 at=00:00:01.500");
        row("MergeTracks", "track=1 merged=4");
        row("SetKind", "track=1 kind=head");
        row("SetLabel", "track=1 label=the_postman");
        row("SetDecision", "track=1 decision=show reason=household consent=given");
        row("SetDecision", "track=2 decision=cover");
        row("SetTrackStyle", "track=1 style=solid");
        row("SetTrackStyle", "track=3 style=clip");
        row("AddZone", "polygon=1,1_9,1_9,9 label=window");
        row("AddZone", "box=1,1,9,9 from=00:00:01.000");
        row("RemoveZone", "zone=1");
        row("ChangeZone", "zone=4 whole=yes label=x");
        row("SetTrim", "from=00:00:01.000 to=00:00:02.000");
        row("SetTrim", "whole=yes");
        row("MuteRange", "from=00:00:05.000 to=00:00:05.125");
        row("UnmuteRange", "");
        row("SetClipSettings",
            "style=solid cover=person audio=keep recordedAt=2024-05-01T18:30:00+02:00 clockOffset=-90");
        row("SettleCheck", "check=1");
        row("SetWatched", "ranges=00:00:00.000-00:00:01.000,00:00:02.000-00:00:03.000");
        row("SetReviewed", "reviewed=yes");
    }
    void everyOperationWorks()
    {
        QFETCH(QString, operation);
        QFETCH(QString, words);
        const base::Result<Edit> edit = parse(operation.toLatin1().constData(), words.toUtf8().constData());
        QVERIFY2(edit, edit ? "" : qPrintable(edit.error().message));
        QCOMPARE(editName(*edit), operation);
        ReviewDocument before = sampleDocument();
        before.settings.trim = base::TimeRange{ptsOf(1), ptsOf(2)};
        ReviewDocument document = before;
        const base::Result<Edit> inverse = project::apply(document, *edit);
        QVERIFY2(inverse, inverse ? "" : qPrintable(inverse.error().message));
        QVERIFY(document != before);
    }

    void theListNamesEveryOperationOfTheOwner()
    {
        std::set<QString> names;
        for (const EditOperation &operation : editOperations()) {
            names.insert(operation.name);
            QVERIFY(!operation.help.isEmpty());
            QVERIFY(editOperationsText().contains(operation.name));
        }
        QCOMPARE(names.size(), std::size_t(22));
        QCOMPARE(names.size(), editOperations().size());
        for (const char *machine : {"SetAnalysis", "AddCheck", "RemoveCheck", "ChangeCheck", "EditGroup"})
            QVERIFY(!names.contains(QString::fromLatin1(machine)));
    }

    void timesNameFrames()
    {
        // Frame 41 begins at 1366.67 ms: reports say 1367, and that has to find it again.
        const auto at = [](const char *time) {
            const base::Result<Edit> edit = parse("RemoveObservation", (std::string("track=1 at=") + time).c_str());
            return edit ? std::get<RemoveObservation>(*edit).pts : -1;
        };
        QCOMPARE(at("00:00:01.367"), ptsOf(41));
        QCOMPARE(at("00:00:01.366"), ptsOf(40));
        QCOMPARE(at("00:00:01.380"), ptsOf(41));
        QCOMPARE(at("0:01.367"), ptsOf(41));
        QCOMPARE(at("123000"), ptsOf(41));
        QCOMPARE(at("00:00:00.000"), ptsOf(0));
        QCOMPARE(at("00:00:09.999"), ptsOf(299));
        QCOMPARE(at("00:00:10.000"), std::int64_t(-1));
        QCOMPARE(at("1.5"), std::int64_t(-1));
        QCOMPARE(at("soon"), std::int64_t(-1));
    }

    void timesCountFromTheFirstFrame()
    {
        ReviewDocument document = sampleDocument();
        for (base::FrameTime &frame : document.source.frames)
            frame.pts += 900'000;
        for (base::Track &track : document.tracks)
            for (base::Observation &box : track.observations)
                box.pts += 900'000;
        const base::Result<Edit> edit =
            editFromKeyValues(QStringLiteral("SetTrim"), valuesOf("from=00:00:01.367 to=00:00:02.000"), document);
        QVERIFY(edit);
        QCOMPARE(*std::get<SetTrim>(*edit).trim, (base::TimeRange{ptsOf(41) + 900'000, ptsOf(60) + 900'000}));
    }

    void soundIsMutedToTheTick()
    {
        const base::Result<Edit> edit = parse("MuteRange", "from=00:00:05.001 to=00:00:05.002");
        QVERIFY(edit);
        QCOMPARE(std::get<MuteRange>(*edit).range, (base::TimeRange{450'090, 450'180}));
    }

    void settingsKeepWhatIsNotGiven()
    {
        const base::Result<Edit> edit = parse("SetClipSettings", "audio=keep");
        QVERIFY(edit);
        ClipSettings expected = sampleDocument().settings;
        expected.keepAudio = true;
        QCOMPARE(std::get<SetClipSettings>(*edit).settings == expected, true);
    }

    void mistakesAreExplained_data()
    {
        QTest::addColumn<QString>("operation");
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("says");
        const auto row = [](const char *operation, const char *words, const char *says) {
            QTest::addRow("%s %s", operation, words)
                << QString::fromLatin1(operation) << QString::fromUtf8(words) << QString::fromUtf8(says);
        };
        row("Frobnicate", "", "MoveObservation");
        row("SetAnalysis", "", "no operation");
        row("RemoveTrack", "", "track=");
        row("RemoveTrack", "track=one", "whole number");
        row("RemoveTrack", "track=-1", "positive whole number");
        row("RemoveTrack", "track=1 force=yes", "force");
        row("MoveObservation", "track=1 at=1 box=1,2,3", "x,y,w,h");
        row("MoveObservation", "track=1 at=1 box=1,2,0,3", "x,y,w,h");
        row("MoveObservation", "track=1 at=1 box=5000,2,10,10", "1280");
        row("MoveObservation", "track=1 at=99:99 box=1,2,3,4", "HH:MM:SS.mmm");
        row("SetKind", "track=1 kind=dog", "face|head|person|plate|region");
        row("SetDecision", "track=1 decision=hide", "cover|dismissed|show");
        row("SetDecision", "track=1 decision=show", "reason=");
        row("SetDecision", "track=1 decision=show reason=owner", "consent=");
        row("SetDecision", "track=1 decision=cover reason=owner", "show");
        row("SetDecision", "track=1 decision=show reason=owner consent=maybe", "not-asked");
        row("AddZone", "label=x", "polygon=");
        row("AddZone", "polygon=1,1_2,2", "three corners");
        row("AddZone", "polygon=1,1_2,2_3,3 box=1,2,3,4", "either");
        row("ChangeZone", "zone=9", "no zone 9");
        row("SetTrim", "", "whole=yes");
        row("SetTrim", "from=00:00:02.000 to=00:00:01.000", "after the beginning");
        row("SetClipSettings", "recordedAt=2024-05-01T18:30:00", "offset");
        row("SetClipSettings", "audio=loud", "mute or keep");
        row("SetReviewed", "reviewed=perhaps", "yes or no");
        row("SetWatched", "ranges=5", "A-B");
        row("AddTrack", "kind=face box=1,2,3,4 from=00:00:59.000", "after the beginning");
        row("RelinkSource", "path=/nowhere/clip.mp4", "no such file");
    }
    void mistakesAreExplained()
    {
        QFETCH(QString, operation);
        QFETCH(QString, words);
        QFETCH(QString, says);
        const base::Result<Edit> edit = parse(operation.toLatin1().constData(), words.toUtf8().constData());
        QVERIFY(!edit);
        QVERIFY2(edit.error().message.contains(says), qPrintable(edit.error().message));
        QVERIFY2(edit.error().message.contains(operation), qPrintable(edit.error().message));
    }
};

QTEST_APPLESS_MAIN(TestEditArguments)
#include "tst_editarguments.moc"
