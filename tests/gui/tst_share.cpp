// SPDX-License-Identifier: GPL-3.0-or-later
// The Share place and the ledger, driven by the names of their widgets, on a made clip.
#include "coretexts.h"
#include "integration/packagetesting.h"
#include "ledger/ledgerplace.h"
#include "settings/settings.h"
#include "share/shareplace.h"
#include "theme/theme.h"
#include "translation.h"
#include "window/noticebar.h"

#include "consent/ledger.h"
#include "pipeline/verifypackage.h"
#include "project/projectstore.h"

#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialog>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>

#include <memory>

using namespace doorveil;
using ui::LedgerPlace;
using ui::SharePlace;

namespace {
constexpr int longWait = 120'000; ///< for work on a busy machine; nothing is asserted about time
}

class TestShare final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void emptyPlaceLeadsToTheClips();
    void publicRequestSharedInPart();
    void emergencyRequestDeclined();
    void compelledDisclosure();
    void nothingLeavesWithoutAName();
    void unreviewedNeedsAReason();
    void preservationMakesNoPackage();
    void cancelLeavesNothing();
    void openProjectIsAskedFor();
    void ledgerSearchesAndWithdraws();
    void everythingHasAnAccessibleName();
    void keepsWhatWasTypedInAnotherLanguage();
    void draftOutlivesThePlace();
    void endOfARequestEndsItsDraft();
    void toDoLeadsToItsField();
    void choosesWhatWasAskedFor();
    void coreSpeaksTheWindowsLanguage();

private:
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_share->findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("nothing is called %s", name);
        return found;
    }
    void makeProject(bool reviewed);
    void showShare();
    void chooseClip();
    void choose(const char *name, const char *word)
    {
        auto *box = find<QComboBox>(name);
        const int index = box->findData(QString::fromLatin1(word));
        QVERIFY2(index >= 0, word);
        box->setCurrentIndex(index);
    }
    void fill(const char *name, const QString &text) { find<QLineEdit>(name)->setText(text); }
    void fillPassphrase()
    {
        fill("keyPassphrase", QStringLiteral("correct horse"));
        fill("keyPassphraseAgain", QStringLiteral("correct horse"));
    }
    void readSettings();
    void makePlace();
    [[nodiscard]] QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    [[nodiscard]] std::vector<consent::LedgerEntry> ledger() const
    {
        const auto entries = consent::Ledger(consent::ledgerFile()).entries();
        return entries ? *entries : std::vector<consent::LedgerEntry>();
    }
    /// Waits until the work has ended; whether it ended well.
    [[nodiscard]] bool isDone()
    {
        auto *stack = find<QStackedWidget>("shareStack");
        return QTest::qWaitFor([stack] { return stack->currentIndex() != 2; }, longWait) && stack->currentIndex() == 3;
    }
    [[nodiscard]] QString failureText() { return find<ui::NoticeBar>("shareFailure")->text(); }
    /// For whoever wants to look: a picture below $DOORVEIL_SHOTS.
    void shoot(QWidget *widget, const char *name) const
    {
        const QString folder = qEnvironmentVariable("DOORVEIL_SHOTS");
        if (folder.isEmpty())
            return;
        QTest::qWait(50);
        widget->grab().save(folder + QLatin1Char('/') + QString::fromLatin1(name) + QStringLiteral(".png"));
    }
    void shootForm(const char *name)
    {
        auto *scroll = find<QScrollArea>("shareScroll");
        QTest::qWait(600); // the preview waits for the last key
        QTRY_VERIFY_WITH_TIMEOUT(!find<QTextBrowser>("statementPreview")->toPlainText().isEmpty(), longWait);
        for (int part = 0; part < 4; ++part) {
            scroll->verticalScrollBar()->setValue(part * scroll->verticalScrollBar()->maximum() / 3);
            shoot(m_share.get(), qPrintable(QStringLiteral("%1-%2").arg(QLatin1String(name)).arg(part + 1)));
        }
    }

    QTemporaryDir m_shared;
    testsupport::PackageBench m_bench;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<SharePlace> m_share;
    std::filesystem::path m_project;
};

void TestShare::initTestCase()
{
    const QString problem = m_bench.prepare(m_shared.path());
    QVERIFY2(problem.isEmpty(), qPrintable(problem));
    qputenv("DOORVEIL_MODELS_DIR", m_shared.path().toUtf8()); // the embedded detectors do here
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
}

void TestShare::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    qputenv("XDG_DATA_HOME", (m_folder->path() + QStringLiteral("/data")).toUtf8());
    readSettings();
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_theme->setPreference(ui::Theme::fromText(QStringLiteral("light")));
    makePlace();
}

void TestShare::readSettings()
{
    m_settings = std::make_unique<ui::Settings>(std::filesystem::path(at("settings.json").toStdString()));
    // Never the projects of whoever runs the tests.
    m_settings->setBytes(QLatin1String(ui::settings::projectFolder), at("projects").toUtf8());
}

void TestShare::makePlace()
{
    m_share.reset(); // the former one may write until it is gone
    m_share = std::make_unique<SharePlace>(ui::WindowContext{*m_settings, *m_theme});
    m_share->resize(1366, 700);
}

void TestShare::cleanup()
{
    m_share.reset();
    m_theme.reset();
    m_settings.reset();
    m_folder.reset();
}

void TestShare::makeProject(bool reviewed)
{
    project::ReviewDocument document = m_bench.document;
    document.reviewed = reviewed;
    document.settings.recordedAt = QDateTime::currentDateTimeUtc().addDays(-1);
    m_project = at("clip.doorveil").toStdString();
    QVERIFY(project::ProjectStore::create(m_project, document, false));
}

void TestShare::showShare()
{
    m_share->setProjects({m_project});
    m_share->show();
    auto *table = find<QTableWidget>("shareClips");
    QTRY_VERIFY_WITH_TIMEOUT(table->rowCount() == 1 && table->item(0, 0)->flags().testFlag(Qt::ItemIsUserCheckable),
                             longWait);
    emit find<QLineEdit>("packageFolder")->textEdited(at("out")); // as if it were typed
    fill("packageFolder", at("out"));
    QTRY_VERIFY_WITH_TIMEOUT(find<QLineEdit>("keyPassphrase")->isVisibleTo(m_share.get()), longWait);
}

void TestShare::chooseClip()
{
    find<QTableWidget>("shareClips")->item(0, 0)->setCheckState(Qt::Checked);
}

void TestShare::emptyPlaceLeadsToTheClips()
{
    m_share->show();
    QSignalSpy wanted(m_share.get(), &SharePlace::clipsWanted);
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 0);
    QTest::mouseClick(m_share->firstFocus(), Qt::LeftButton);
    QCOMPARE(wanted.count(), 1);
}

void TestShare::publicRequestSharedInPart()
{
    makeProject(true);
    showShare();
    choose("requestKind", "public-request");
    QCOMPARE(find<QComboBox>("requestBasis")->currentData().toString(), QStringLiteral("voluntary"));
    auto *problems = find<QListWidget>("requestProblems");
    const auto says = [problems](const char *text) {
        return !problems->findItems(QString::fromLatin1(text), Qt::MatchContains).isEmpty();
    };
    QVERIFY(says("nobody is named"));
    QVERIFY(says("no case number"));
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fill("requestOfficer", QStringLiteral("Det. R. Ortiz"));
    fill("requestBadge", QStringLiteral("B-4711"));
    fill("requestContact", QStringLiteral("+1 555 0142"));
    fill("requestContactSource", QStringLiteral("the department's page"));
    fill("requestCase", QStringLiteral("2026-00873"));
    fill("requestVia", QStringLiteral("a post in the app"));
    fill("requestArea", QStringLiteral("Maple Street"));
    fill("requestPurpose", QStringLiteral("find who took the parcels"));
    fill("sharerJurisdiction", QStringLiteral("US-NY"));
    choose("requestIdentity", "call-back");
    QVERIFY(!says("no case number"));
    find<QDateTimeEdit>("windowEnd")->setDateTime(find<QDateTimeEdit>("windowStart")->dateTime().addSecs(13 * 3600));
    QVERIFY(says("longer than 12 hours"));
    find<QDateTimeEdit>("windowEnd")->setDateTime(find<QDateTimeEdit>("windowStart")->dateTime().addSecs(2 * 3600));
    QVERIFY(!says("longer than 12 hours"));
    chooseClip();
    find<QCheckBox>("withheld")->setChecked(true);
    fill("withheldNote", QStringLiteral("a clip of the family"));
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    // The preview says what the record will.
    auto *preview = find<QTextBrowser>("statementPreview");
    QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().contains(QStringLiteral("a clip of the family")), longWait);
    QVERIFY(preview->toPlainText().contains(QStringLiteral("Springfield Police Department")));
    choose("statementLanguage", "es");
    QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().contains(QStringLiteral("Quién comparte")), longWait);
    choose("statementLanguage", "en");
    QTRY_VERIFY_WITH_TIMEOUT(preview->toPlainText().contains(QStringLiteral("Who shares")), longWait);
    shootForm("public");

    QSignalSpy jobs(m_share.get(), &SharePlace::jobChanged);
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QVERIFY(m_share->closeObstacle().has_value());
    shoot(m_share.get(), "public-working");
    QVERIFY2(isDone(), qPrintable(failureText()));
    QVERIFY(jobs.count() >= 2);
    QVERIFY(!m_share->closeObstacle().has_value());
    QCOMPARE(find<QListWidget>("shareSteps")->count(), 6);
    shoot(m_share.get(), "public-done");

    package::PackageOptions options;
    options.now = QDateTime::currentDateTime();
    options.expectedFingerprint = find<QLabel>("fingerprint")->text();
    const auto findings = pipeline::verifyPackage(at("out").toStdString(), options);
    QVERIFY(findings);
    QVERIFY2(findings->passed(), findings->passed() ? "" : qPrintable(findings->firstFailure()->sentence));
    QVERIFY(QFile::exists(at("out.zip")));
    const QString statement = QString::fromUtf8(testsupport::contentOf(at("out/data/statement.txt")));
    QVERIFY(statement.contains(QStringLiteral("share in part")));
    QCOMPARE(find<QLabel>("spokenFingerprint")->text().remove(QLatin1Char(' ')),
             find<QLabel>("fingerprint")->text().mid(7).remove(QLatin1Char(' ')));

    QTest::mouseClick(find<QPushButton>("noteDelivery"), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ledger().size(), 2U, longWait);
    QCOMPARE(ledger()[1].kind, consent::EntryKind::Delivery);
    QCOMPARE(ledger()[1].subject, ledger()[0].subject);
}

void TestShare::emergencyRequestDeclined()
{
    makeProject(true);
    showShare();
    choose("requestKind", "emergency-request");
    QCOMPARE(find<QComboBox>("requestBasis")->currentData().toString(), QStringLiteral("emergency"));
    QVERIFY(find<QLabel>("aboutKind")->text().contains(QStringLiteral("whether to share is your decision")));
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    shootForm("emergency");
    QTest::mouseClick(find<QPushButton>("declineButton"), Qt::LeftButton);
    auto *dialog = find<QDialog>("declineDialog");
    // Who types at once types the note: a space must not press a button.
    QApplication::setActiveWindow(dialog);
    QTRY_VERIFY(dialog->focusWidget() != nullptr);
    QCOMPARE(dialog->focusWidget(), static_cast<QWidget *>(find<QPlainTextEdit>("declineNote")));
    QTest::keyClicks(dialog->focusWidget(), QStringLiteral("nobody could be called back"));
    shoot(dialog, "emergency-decline");
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("declineConfirm")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(ledger().size(), 1U, longWait);
    const consent::LedgerEntry entry = ledger().front();
    QCOMPARE(entry.kind, consent::EntryKind::Decline);
    QCOMPARE(entry.content.value(QStringLiteral("kind")).toString(), QStringLiteral("emergency-request"));
    QCOMPARE(entry.content.value(QStringLiteral("note")).toString(), QStringLiteral("nobody could be called back"));
    QVERIFY(!QFile::exists(at("out")));
    // The place says so, and leads on.
    auto *stack = find<QStackedWidget>("shareStack");
    QTRY_COMPARE_WITH_TIMEOUT(stack->currentIndex(), 3, longWait);
    QCOMPARE(find<QLabel>("doneHeading")->text(), QStringLiteral("Declined"));
    QVERIFY(!find<QWidget>("deliveryCard")->isVisibleTo(m_share.get()));
    shoot(m_share.get(), "emergency-declined");
    QTest::mouseClick(find<QPushButton>("anotherRequest"), Qt::LeftButton);
    QCOMPARE(stack->currentIndex(), 1);
    QVERIFY(find<QLineEdit>("requestAgency")->text().isEmpty());
    QCOMPARE(find<QScrollArea>("shareScroll")->verticalScrollBar()->value(), 0);
}

void TestShare::compelledDisclosure()
{
    makeProject(true);
    showShare();
    QVERIFY(!find<QWidget>("documentPanel")->isVisibleTo(m_share.get()));
    choose("requestKind", "search-warrant");
    QCOMPARE(find<QComboBox>("requestBasis")->currentData().toString(), QStringLiteral("compelled"));
    QVERIFY(find<QWidget>("documentPanel")->isVisibleTo(m_share.get()));
    QVERIFY(find<QLabel>("conditionsForce")->text().contains(QStringLiteral("Wishes")));
    fill("requestAgency", QStringLiteral("County Sheriff"));
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    chooseClip();
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    // Without the document nothing is made.
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 1);
    QVERIFY(find<QWidget>("shareFailure")->isVisibleTo(m_share.get()));
    fill("documentKind", QStringLiteral("search warrant"));
    fill("documentIssuer", QStringLiteral("County Court"));
    fill("documentNumber", QStringLiteral("SW-99"));
    shootForm("compelled");
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QVERIFY2(isDone(), qPrintable(failureText()));
    shoot(m_share.get(), "compelled-done");
    const QString statement = QString::fromUtf8(testsupport::contentOf(at("out/data/statement.txt")));
    QVERIFY(statement.contains(QStringLiteral("Nobody consented")));
    QCOMPARE(testsupport::recordOf(at("out")).value(QStringLiteral("dct:title")).toString(),
             QStringLiteral("Disclosure record"));
}

void TestShare::nothingLeavesWithoutAName()
{
    makeProject(true);
    showShare();
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fillPassphrase();
    chooseClip();
    fill("signAs", QStringLiteral("   "));
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 1);
    QVERIFY(find<QWidget>("shareFailure")->isVisibleTo(m_share.get()));
    // Nor without a passphrase for the key.
    fill("signAs", QStringLiteral("Alex Owner"));
    fill("keyPassphrase", QString());
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(find<QStackedWidget>("shareStack")->currentIndex() == 1 && !m_share->closeObstacle(),
                             longWait);
    QVERIFY(!QFile::exists(at("out")));
    QVERIFY(ledger().empty());
}

void TestShare::unreviewedNeedsAReason()
{
    makeProject(false);
    showShare();
    QVERIFY(!find<QLineEdit>("unreviewedReason")->isVisibleTo(m_share.get()));
    chooseClip();
    QVERIFY(find<QLineEdit>("unreviewedReason")->isVisibleTo(m_share.get()));
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 1);
    fill("unreviewedReason", QStringLiteral("the hearing is tomorrow"));
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QVERIFY2(isDone(), qPrintable(failureText()));
    QVERIFY(testsupport::contentOf(at("out/data/statement.txt")).contains("the hearing is tomorrow"));
}

void TestShare::preservationMakesNoPackage()
{
    makeProject(true);
    showShare();
    QVERIFY(find<QPushButton>("makePackageButton")->isEnabled());
    choose("requestKind", "preservation-request");
    QVERIFY(!find<QPushButton>("makePackageButton")->isEnabled());
    QVERIFY(find<QPushButton>("declineButton")->isEnabled());
}

void TestShare::cancelLeavesNothing()
{
    makeProject(true);
    showShare();
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    chooseClip();
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    m_share->cancelJob();
    QTRY_COMPARE_WITH_TIMEOUT(find<QStackedWidget>("shareStack")->currentIndex(), 1, longWait);
    QVERIFY(!QFile::exists(at("out")));
    QVERIFY(!QFile::exists(at("out.zip")));
    QVERIFY(ledger().empty());
    QVERIFY(!find<QWidget>("shareFailure")->isVisibleTo(m_share.get()));
}

void TestShare::openProjectIsAskedFor()
{
    makeProject(true);
    QSignalSpy wanted(m_share.get(), &SharePlace::releaseWanted);
    m_share->setProjects({m_project});
    m_share->setOpenProject(m_project);
    m_share->show();
    QCOMPARE(wanted.count(), 1);
    auto *table = find<QTableWidget>("shareClips");
    QVERIFY(!table->item(0, 0)->flags().testFlag(Qt::ItemIsUserCheckable));
    m_share->setOpenProject({});
    QTRY_VERIFY_WITH_TIMEOUT(table->item(0, 0)->flags().testFlag(Qt::ItemIsUserCheckable), longWait);
}

void TestShare::ledgerSearchesAndWithdraws()
{
    const base::SystemClock clock;
    consent::Ledger book(consent::ledgerFile());
    const QString record = QStringLiteral("aaaaaaaa-0d1e-4f6a-8b3c-2f9d7e6a1c44");
    QVERIFY(book.append(
        consent::EntryKind::Decline, QStringLiteral("x"),
        {{QStringLiteral("recipient"), QStringLiteral("Channel 6")}, {QStringLiteral("kind"), QStringLiteral("media")}},
        clock));
    QVERIFY(book.append(consent::EntryKind::Package, record,
                        {{QStringLiteral("recipient"), QStringLiteral("Springfield PD")},
                         {QStringLiteral("kind"), QStringLiteral("public-request")},
                         {QStringLiteral("retainUntil"), QStringLiteral("2020-01-01")}},
                        clock));
    LedgerPlace place({*m_settings, *m_theme});
    place.resize(1200, 650);
    QSignalSpy badges(&place, &LedgerPlace::badgeChanged);
    place.show();
    auto *table = place.findChild<QTableWidget *>(QStringLiteral("ledgerTable"));
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 2, longWait);
    QCOMPARE(badges.last().first().toString(), QStringLiteral("1 due"));
    QVERIFY(place.findChild<QWidget *>(QStringLiteral("ledgerDue"))->isVisibleTo(&place));
    auto *search = place.findChild<QLineEdit *>(QStringLiteral("ledgerSearch"));
    search->setText(QStringLiteral("channel"));
    QCOMPARE(table->rowCount(), 1);
    search->clear();
    QCOMPARE(table->rowCount(), 2);
    table->selectRow(0); // the newest
    shoot(&place, "ledger");
    auto *withdraw = place.findChild<QPushButton *>(QStringLiteral("ledgerWithdraw"));
    QVERIFY(withdraw->isEnabled());
    QTest::mouseClick(withdraw, Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(place.findChild<QDialog *>(QStringLiteral("withdrawDialog")) != nullptr, longWait);
    auto *dialog = place.findChild<QDialog *>(QStringLiteral("withdrawDialog"));
    dialog->findChild<QLineEdit *>(QStringLiteral("withdrawReason"))->setText(QStringLiteral("they passed it on"));
    QTest::mouseClick(dialog->findChild<QPushButton *>(QStringLiteral("withdrawConfirm")), Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 3, longWait);
    QVERIFY((*book.package(record))->withdrawn());
    table->selectRow(1);
    QVERIFY(!withdraw->isEnabled());
}

void TestShare::everythingHasAnAccessibleName()
{
    makeProject(true);
    showShare();
    QStringList nameless;
    for (QWidget *widget : m_share->findChildren<QWidget *>()) {
        if (widget->focusPolicy() == Qt::NoFocus || widget->objectName().isEmpty()
            || widget->objectName().startsWith(QStringLiteral("qt_")))
            continue;
        const bool own = qobject_cast<QPushButton *>(widget) != nullptr || qobject_cast<QCheckBox *>(widget) != nullptr
                         || qobject_cast<QScrollArea *>(widget) != nullptr || qobject_cast<QLabel *>(widget) != nullptr;
        if (!own && widget->accessibleName().isEmpty())
            nameless.append(widget->objectName());
    }
    QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(QLatin1Char(' '))));
}

void TestShare::keepsWhatWasTypedInAnotherLanguage()
{
    makeProject(true);
    showShare();
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fill("signAs", QStringLiteral("Alex Owner"));
    chooseClip();
    QEvent change(QEvent::LanguageChange);
    QApplication::sendEvent(m_share.get(), &change);
    QCOMPARE(find<QLineEdit>("requestAgency")->text(), QStringLiteral("Springfield Police Department"));
    QCOMPARE(find<QLineEdit>("signAs")->text(), QStringLiteral("Alex Owner"));
    QCOMPARE(find<QTableWidget>("shareClips")->item(0, 0)->checkState(), Qt::Checked);
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 1);
}

void TestShare::draftOutlivesThePlace()
{
    makeProject(true);
    showShare();
    choose("requestKind", "search-warrant");
    fill("requestAgency", QStringLiteral("County Sheriff"));
    fill("documentNumber", QStringLiteral("SW-99"));
    find<QDateTimeEdit>("windowStart")->setDateTime(QDateTime(QDate(2026, 3, 4), QTime(21, 30)));
    find<QCheckBox>("noPublicRelease")->setChecked(false);
    find<QCheckBox>("withheld")->setChecked(true);
    fill("withheldNote", QStringLiteral("a clip of the family"));
    find<QPlainTextEdit>("sealTo")->setPlainText(QStringLiteral("age1someone"));
    choose("statementLanguage", "es");
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    chooseClip();

    // Another run of the program, with what is on disk.
    m_share.reset();
    m_settings.reset();
    const QByteArray kept = testsupport::contentOf(at("settings.json"));
    QVERIFY(kept.contains("County Sheriff"));
    QVERIFY(!kept.contains("correct horse") && !kept.contains("Alex Owner"));
    // Which clips were chosen it says without naming them.
    const QByteArray project = QByteArray::fromStdString(m_project.string());
    QVERIFY(!kept.contains(project) && !kept.contains(project.toBase64()));
    readSettings();
    makePlace();
    m_share->setProjects({m_project});
    m_share->show();
    QCOMPARE(find<QComboBox>("requestKind")->currentData().toString(), QStringLiteral("search-warrant"));
    QCOMPARE(find<QLineEdit>("requestAgency")->text(), QStringLiteral("County Sheriff"));
    QCOMPARE(find<QLineEdit>("documentNumber")->text(), QStringLiteral("SW-99"));
    QCOMPARE(find<QDateTimeEdit>("windowStart")->dateTime().time(), QTime(21, 30));
    QVERIFY(!find<QCheckBox>("noPublicRelease")->isChecked());
    QVERIFY(find<QCheckBox>("withheld")->isChecked());
    QCOMPARE(find<QLineEdit>("withheldNote")->text(), QStringLiteral("a clip of the family"));
    QCOMPARE(find<QPlainTextEdit>("sealTo")->toPlainText(), QStringLiteral("age1someone"));
    QCOMPARE(find<QComboBox>("statementLanguage")->currentData().toString(), QStringLiteral("es"));
    QCOMPARE(find<QLineEdit>("packageFolder")->text(), at("out"));
    QVERIFY(find<QLineEdit>("signAs")->text().isEmpty()); // the name is the decision itself
    QTRY_COMPARE_WITH_TIMEOUT(find<QTableWidget>("shareClips")->item(0, 0)->checkState(), Qt::Checked, longWait);

    // Read anew, it leaves the list and comes back.
    m_share->setProjects({});
    m_share->setProjects({m_project});
    QCOMPARE(find<QTableWidget>("shareClips")->item(0, 0)->checkState(), Qt::Checked);

    // Only the owner ends it.
    QTest::mouseClick(find<QPushButton>("startOver"), Qt::LeftButton);
    QTest::mouseClick(find<QPushButton>("startOverConfirm"), Qt::LeftButton);
    QVERIFY(find<QLineEdit>("requestAgency")->text().isEmpty());
    QCOMPARE(find<QTableWidget>("shareClips")->item(0, 0)->checkState(), Qt::Unchecked);
    QVERIFY(m_settings->value(QStringLiteral("share-draft")).isNull());

    // A new form is no draft, a moment later either.
    QTest::qWait(1100);
    makePlace();
    QSignalSpy badges(m_share.get(), &SharePlace::badgeChanged);
    m_share->setProjects({m_project});
    QVERIFY(badges.isEmpty() || badges.last().first().toString().isEmpty());
    QVERIFY(m_settings->value(QStringLiteral("share-draft")).isNull());
}

void TestShare::endOfARequestEndsItsDraft()
{
    makeProject(true);
    showShare();
    QSignalSpy badges(m_share.get(), &SharePlace::badgeChanged);
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    QCOMPARE(badges.last().first().toString(), QStringLiteral("draft"));
    QVERIFY(m_settings->value(QStringLiteral("share-draft")).isObject());
    fill("signAs", QStringLiteral("Alex Owner"));
    fillPassphrase();
    chooseClip();
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QVERIFY(m_settings->value(QStringLiteral("share-draft")).isObject()); // until it is done
    QVERIFY2(isDone(), qPrintable(failureText()));
    QVERIFY(m_settings->value(QStringLiteral("share-draft")).isNull());
    QCOMPARE(badges.last().first().toString(), QString());
    // The key is there now: its passphrase is asked for once.
    QTest::mouseClick(find<QPushButton>("anotherRequest"), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(!find<QLineEdit>("keyPassphraseAgain")->isVisibleTo(m_share.get()), longWait);
    QVERIFY(find<QLineEdit>("keyPassphrase")->isVisibleTo(m_share.get()));
}

void TestShare::toDoLeadsToItsField()
{
    makeProject(true);
    showShare();
    QApplication::setActiveWindow(m_share.get());
    auto *list = find<QListWidget>("requestProblems");
    const auto choose = [list](const char *text) {
        const auto found = list->findItems(QString::fromLatin1(text), Qt::MatchContains);
        QVERIFY2(found.size() == 1, text);
        emit list->itemActivated(found.front());
    };
    choose("no case number");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(find<QLineEdit>("requestCase")));
    choose("type your name");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(find<QLineEdit>("signAs")));
    choose("choose the clips");
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(find<QTableWidget>("shareClips")));
    // The button leads to the first of them.
    chooseClip();
    fill("requestAgency", QStringLiteral("Springfield Police Department"));
    fill("signAs", QStringLiteral("Alex Owner"));
    fill("keyPassphrase", QStringLiteral("correct horse"));
    fill("keyPassphraseAgain", QStringLiteral("correct house"));
    QTest::mouseClick(find<QPushButton>("makePackageButton"), Qt::LeftButton);
    QCOMPARE(QApplication::focusWidget(), static_cast<QWidget *>(find<QLineEdit>("keyPassphraseAgain")));
    QVERIFY(failureText().contains(QStringLiteral("the same passphrase again")));
    QCOMPARE(find<QStackedWidget>("shareStack")->currentIndex(), 1);
    fill("keyPassphraseAgain", QStringLiteral("correct horse"));
    QVERIFY(!find<QWidget>("shareFailure")->isVisibleTo(m_share.get())); // it was about what stood there before
}

void TestShare::choosesWhatWasAskedFor()
{
    makeProject(true); // recorded a day ago
    showShare();
    auto *table = find<QTableWidget>("shareClips");
    const QDateTime recorded = m_bench.document.settings.recordedAt.value_or(QDateTime::currentDateTime().addDays(-1));
    find<QDateTimeEdit>("windowStart")->setDateTime(recorded.addDays(3));
    find<QDateTimeEdit>("windowEnd")->setDateTime(recorded.addDays(4));
    QTest::mouseClick(find<QPushButton>("chooseAskedFor"), Qt::LeftButton);
    QCOMPARE(table->item(0, 0)->checkState(), Qt::Unchecked);
    find<QDateTimeEdit>("windowStart")->setDateTime(recorded.addDays(-3));
    QTest::mouseClick(find<QPushButton>("chooseAskedFor"), Qt::LeftButton);
    QCOMPARE(table->item(0, 0)->checkState(), Qt::Checked);
}

void TestShare::coreSpeaksTheWindowsLanguage()
{
    // Everything that may be said of a request has a sentence of its own.
    consent::Request bad;
    bad.kind = consent::RequestKind::SearchWarrant;
    bad.basis = consent::RequestBasis::Voluntary;
    bad.language = QStringLiteral("xx");
    bad.recipient.kind = consent::RecipientKind::LawEnforcement;
    bad.recipient.channelHost = QStringLiteral("https://example.org/secret");
    bad.document.sha256 = QStringLiteral("none");
    bad.conditions.onwardExceptions = {QStringLiteral("anybody")};
    QStringList unknown;
    const auto look = [&unknown](const consent::Request &request) {
        for (const consent::RequestProblem &problem : consent::problemsOf(request)) {
            if (problem.level != consent::RequestProblem::Level::Notice && !ui::knownProblems().contains(problem.id))
                unknown.append(problem.id);
        }
    };
    look(bad);
    bad.basis = consent::RequestBasis::Compelled;
    look(bad);
    bad.recipient.officer = QStringLiteral("Ortiz");
    bad.recipient.contact = QStringLiteral("555");
    bad.kind = consent::RequestKind::PublicRequest;
    bad.basis = consent::RequestBasis::Voluntary;
    bad.purpose = QStringLiteral("you must hand it over, there is a warrant");
    bad.receivedAt = QDateTime(QDate(2026, 3, 4), QTime(9, 0), Qt::UTC);
    bad.window.start = bad.receivedAt.addDays(1);
    bad.window.end = bad.receivedAt.addDays(3);
    bad.window.notes = {QStringLiteral("twice")};
    bad.conditions.retainUntil = bad.receivedAt.date().addDays(-1);
    bad.conditions.validUntil = bad.receivedAt.date().addDays(-1);
    look(bad);
    std::swap(bad.window.start, bad.window.end);
    look(bad);
    QVERIFY2(unknown.isEmpty(), qPrintable(unknown.join(QLatin1Char(' '))));

    ui::Translation translation;
    const base::Error passphrase{base::ErrorKind::CheckFailed, QStringLiteral("the passphrase is wrong"),
                                 QStringLiteral("wrong-passphrase")};
    const base::Error plain{base::ErrorKind::Failure, QStringLiteral("/a/clip.mp4: disk full"), {}};
    QCOMPARE(ui::errorText(plain), plain.message); // the core's own English
    translation.setLanguage(QStringLiteral("es"));
    QVERIFY2(ui::errorText(passphrase).contains(QStringLiteral("frase de paso")),
             qPrintable(ui::errorText(passphrase)));
    QVERIFY(ui::errorText(plain).contains(plain.message)); // which file
    QVERIFY(ui::errorText(plain) != plain.message);
    QCoreApplication::processEvents(); // the place is built anew
    makeProject(true);
    showShare();
    auto *problems = find<QListWidget>("requestProblems");
    QVERIFY(!problems->findItems(QStringLiteral("número de caso"), Qt::MatchContains).isEmpty());
    shoot(m_share.get(), "spanish");
    for (int row = 0; row < problems->count(); ++row)
        QVERIFY2(!problems->item(row)->text().contains(QStringLiteral(" was ")),
                 qPrintable(problems->item(row)->text()));
    translation.setLanguage(QStringLiteral("en"));
}

QTEST_MAIN(TestShare)
#include "tst_share.moc"
