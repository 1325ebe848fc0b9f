// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/command.h"
#include "cli/commandreference.h"
#include "support/testdata.h"

#include <QProcess>
#include <QStandardPaths>
#include <QTest>

using namespace doorveil;

/// What packages ship about the command line says everything that the commands say, in a form that its readers take.
class TestCommandReference final : public QObject
{
    Q_OBJECT

private slots:
    void nothingIsLeftOut();
    void manualPageIsRoff();
    void aHyphenIsNoDash();
    void shellsTakeTheCompletions_data();
    void shellsTakeTheCompletions();
    void bashCompletes();
};

namespace {

/// Runs a program with the text on its stdin; what it said on both streams, or nothing where it is not installed.
std::optional<QByteArray> through(const QString &program, const QStringList &arguments, const QByteArray &text,
                                  int *exit = nullptr)
{
    if (QStandardPaths::findExecutable(program).isEmpty())
        return std::nullopt;
    QProcess process;
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.start(program, arguments);
    process.write(text);
    process.closeWriteChannel();
    if (!process.waitForFinished()) {
        QTest::qFail("the program did not end", __FILE__, __LINE__);
        return QByteArray();
    }
    if (exit != nullptr)
        *exit = process.exitCode();
    return process.readAll();
}

} // namespace

void TestCommandReference::nothingIsLeftOut()
{
    const QByteArray manual = cli::manualPage(QStringLiteral("2026-11-28"));
    for (const auto &command : cli::allCommands()) {
        const QByteArray name = QByteArray::fromStdString(command->name());
        QVERIFY(manual.contains("\n.SS " + name + '\n'));
        for (const QByteArray &completion : {cli::bashCompletion(), cli::zshCompletion(), cli::fishCompletion()})
            QVERIFY(completion.contains(name));
        for (const cli::Option &option : command->options()) {
            const QByteArray word = QByteArray::fromStdString(option.name);
            QVERIFY(manual.contains("\\-\\-" + QByteArray(word).replace("-", "\\-")));
            QVERIFY(cli::bashCompletion().contains("--" + word));
            QVERIFY(cli::zshCompletion().contains("--" + word + '['));
            QVERIFY(cli::fishCompletion().contains("-l " + word + ' '));
        }
    }
}

void TestCommandReference::manualPageIsRoff()
{
    // Every line that begins with a dot is one of these requests, and no text line begins with a quote.
    static const QByteArrayList requests{".\\\"", ".TH", ".SH", ".SS", ".PP", ".TP", ".B", ".BR", ".I"};
    for (const QByteArray &line : cli::manualPage({}).split('\n')) {
        if (line.startsWith('.'))
            QVERIFY2(requests.contains(line.split(' ').front()), line.constData());
        QVERIFY2(!line.startsWith('\''), line.constData());
    }
    DOORVEIL_NEEDS_PROGRAMS(QStringLiteral("groff")); // without it the form of each line was checked, above
    const auto said = through(QStringLiteral("groff"),
                              {QStringLiteral("-man"), QStringLiteral("-ww"), QStringLiteral("-Kutf8"),
                               QStringLiteral("-Tutf8"), QStringLiteral("-z")},
                              cli::manualPage({}));
    QVERIFY(said);
    QVERIFY2(said->isEmpty(), said->constData());
}

/// The control of the test above: an unescaped help text would be a request or lose its hyphens.
void TestCommandReference::aHyphenIsNoDash()
{
    const QByteArray manual = cli::manualPage({});
    QVERIFY(manual.contains("\\-\\-policy P.toml") || manual.contains("\\-\\-policy\\fR"));
    QVERIFY(!manual.contains(" --policy"));
}

void TestCommandReference::shellsTakeTheCompletions_data()
{
    QTest::addColumn<QString>("shell");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("bash") << QStringLiteral("bash") << cli::bashCompletion();
    QTest::newRow("zsh") << QStringLiteral("zsh") << cli::zshCompletion();
    QTest::newRow("fish") << QStringLiteral("fish") << cli::fishCompletion();
}

void TestCommandReference::shellsTakeTheCompletions()
{
    QFETCH(QString, shell);
    QFETCH(QByteArray, text);
    DOORVEIL_NEEDS_PROGRAMS(shell); // without it nothingIsLeftOut() looks at its file
    int exit = -1;
    const auto said = through(shell, {QStringLiteral("-n")}, text, &exit);
    QVERIFY(said);
    QVERIFY2(exit == 0 && said->isEmpty(), said->constData());
    // A quote that is not closed is seen.
    const auto broken = through(shell, {QStringLiteral("-n")}, text + "'", &exit);
    QVERIFY(broken && (exit != 0 || !broken->isEmpty()));
}

void TestCommandReference::bashCompletes()
{
    const auto complete = [](const QByteArray &words, int index) {
        const QByteArray script = cli::bashCompletion() + "COMP_WORDS=(" + words + "); COMP_CWORD="
                                  + QByteArray::number(index) + "; _doorveil_cli 2>/dev/null; echo \"${COMPREPLY[*]}\"";
        const auto said = through(QStringLiteral("bash"), {}, script);
        return said ? said->trimmed() : QByteArray();
    };
    QCOMPARE(complete("doorveil-cli bat", 1), QByteArray("batch"));
    QCOMPARE(complete("doorveil-cli batch --sh", 2), QByteArray("--shard"));
    QCOMPARE(complete("doorveil-cli batch cl", 2), QByteArray()); // file names are the shell's own
}

QTEST_GUILESS_MAIN(TestCommandReference)
#include "tst_commandreference.moc"
