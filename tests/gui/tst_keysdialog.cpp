// SPDX-License-Identifier: GPL-3.0-or-later
// The owner's key in the window: made, shown, given away, backed up and back, changed; and the record of a withdrawal
// that it signs.
#include "consent/consentrecord.h"
#include "consent/ledger.h"
#include "keys/sshsignature.h"
#include "ledger/ledgerplace.h"
#include "recordfixture.h"
#include "settings/settings.h"
#include "signing/keysdialog.h"
#include "theme/theme.h"
#include "window/noticebar.h"

#include <QApplication>
#include <QCheckBox>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include <memory>

using namespace doorveil;
using ui::KeysDialog;

namespace {
constexpr int longWait = 120'000; ///< sealing is slow on purpose; nothing is asserted about time
} // namespace

class TestKeysDialog final : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void init();
    void cleanup();
    void makesShowsAndGivesAway();
    void backsUpAndRestores();
    void changesTheKey();
    void withdrawalIsSigned();

private:
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_dialog->findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("nothing is called %s", name);
        return found;
    }
    void openDialog()
    {
        m_dialog = std::make_unique<KeysDialog>();
        m_dialog->setAttribute(Qt::WA_DeleteOnClose, false);
        m_dialog->show();
    }
    void makeKey()
    {
        QTest::mouseClick(find<QPushButton>("changeKey"), Qt::LeftButton);
        auto *confirm = find<QPushButton>("newKeyConfirm");
        QVERIFY(!confirm->isEnabled());
        find<QLineEdit>("newKeyPassphrase")->setText(QStringLiteral("correct horse"));
        find<QLineEdit>("newKeyPassphraseAgain")->setText(QStringLiteral("correct house"));
        QVERIFY(!confirm->isEnabled()); // they differ
        find<QLineEdit>("newKeyPassphraseAgain")->setText(QStringLiteral("correct horse"));
        QVERIFY(confirm->isEnabled());
        QTest::mouseClick(confirm, Qt::LeftButton);
        waitForAnswer();
        QVERIFY2(failure().isEmpty(), qPrintable(failure()));
    }
    void waitForAnswer()
    {
        QTRY_VERIFY_WITH_TIMEOUT(find<QPushButton>("backUpKeys")->isEnabled()
                                     && (find<QWidget>("keysDone")->isVisibleTo(m_dialog.get())
                                         || find<QWidget>("keysFailed")->isVisibleTo(m_dialog.get())),
                                 longWait);
    }
    [[nodiscard]] QString failure() { return find<ui::NoticeBar>("keysFailed")->text(); }
    [[nodiscard]] QString done() { return find<ui::NoticeBar>("keysDone")->text(); }
    [[nodiscard]] QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    void useDataFolder(const char *name) { qputenv("XDG_DATA_HOME", at(name).toUtf8()); }
    [[nodiscard]] std::vector<keys::StoredKey> keys() const
    {
        const auto all = keys::KeyStore(keys::keyFolder()).list();
        return all ? *all : std::vector<keys::StoredKey>();
    }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<KeysDialog> m_dialog;
};

void TestKeysDialog::initTestCase()
{
    // No keychain: another test has a real one.
    qunsetenv("DBUS_SESSION_BUS_ADDRESS");
    qunsetenv("XDG_RUNTIME_DIR");
}

void TestKeysDialog::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    useDataFolder("data");
}

void TestKeysDialog::cleanup()
{
    m_dialog.reset();
    m_folder.reset();
}

void TestKeysDialog::makesShowsAndGivesAway()
{
    openDialog();
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("keyAbout")->text().contains(QStringLiteral("no key yet")), longWait);
    QVERIFY(!find<QPushButton>("savePublicKey")->isEnabled());
    makeKey();
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("keySpoken")->isVisibleTo(m_dialog.get()), longWait);
    QCOMPARE(keys().size(), 1U);
    const keys::PublicKey key = keys().front().publicKey;
    QCOMPARE(find<QLabel>("keySpoken")->text(), key.spokenFingerprint());
    QCOMPARE(find<QLabel>("keyFingerprint")->text(), key.fingerprint());
    QVERIFY(find<QLabel>("keySpoken")->font().pointSizeF() > 1.5 * QApplication::font().pointSizeF());
    m_dialog->savePublicTo(at("key.pub"));
    waitForAnswer();
    QFile file(at("key.pub"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(QString::fromUtf8(file.readAll()).trimmed(), key.openSsh());
}

void TestKeysDialog::backsUpAndRestores()
{
    openDialog();
    makeKey();
    const base::SystemClock clock;
    QVERIFY(consent::Ledger(consent::ledgerFile())
                .append(consent::EntryKind::Note, QStringLiteral("x"),
                        {{QStringLiteral("note"), QStringLiteral("they called")}}, clock));
    const QString fingerprint = keys().front().publicKey.fingerprint();
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("keyFingerprint")->text() == fingerprint, longWait);
    m_dialog->backUpTo(at("backup.sealed"));
    find<QLineEdit>("backUpKeyPassphrase")->setText(QStringLiteral("correct horse"));
    find<QLineEdit>("backUpPassphrase")->setText(QStringLiteral("in the drawer"));
    find<QLineEdit>("backUpPassphraseAgain")->setText(QStringLiteral("in the drawer"));
    QTest::mouseClick(find<QPushButton>("backUpConfirm"), Qt::LeftButton);
    waitForAnswer();
    QVERIFY2(failure().isEmpty(), qPrintable(failure()));
    QFile sealed(at("backup.sealed"));
    QVERIFY(sealed.open(QIODevice::ReadOnly));
    QVERIFY(!sealed.readAll().contains("they called"));

    // Another computer.
    useDataFolder("elsewhere");
    openDialog();
    const auto restore = [this](const char *passphrase) {
        m_dialog->restoreFrom(at("backup.sealed"));
        find<QLineEdit>("restoreBackupPassphrase")->setText(QString::fromLatin1(passphrase));
        find<QLineEdit>("restoreKeyPassphrase")->setText(QStringLiteral("another one"));
        find<QLineEdit>("restoreKeyPassphraseAgain")->setText(QStringLiteral("another one"));
        QTest::mouseClick(find<QPushButton>("restoreConfirm"), Qt::LeftButton);
        waitForAnswer();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete); // the question is gone
    };
    restore("in the cupboard");
    QVERIFY(failure().contains(QStringLiteral("passphrase")));
    QVERIFY(keys().empty());
    restore("in the drawer");
    QVERIFY2(failure().isEmpty(), qPrintable(failure()));
    QCOMPARE(keys().size(), 1U);
    QCOMPARE(keys().front().publicKey.fingerprint(), fingerprint);
    QTRY_COMPARE_WITH_TIMEOUT(find<QLabel>("keyFingerprint")->text(), fingerprint, longWait);
    const auto entries = consent::Ledger(consent::ledgerFile()).entries();
    QVERIFY(entries);
    QCOMPARE(entries->size(), 1U);
    QByteArray passphrase = "another one";
    QVERIFY(ui::openSigningKey(passphrase, false));
}

void TestKeysDialog::changesTheKey()
{
    openDialog();
    makeKey();
    const QString former = keys().front().publicKey.fingerprint();
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("keyFingerprint")->text() == former, longWait);
    makeKey();
    QCOMPARE(keys().size(), 2U);
    QTRY_VERIFY_WITH_TIMEOUT(find<QLabel>("formerKeys")->text().contains(former), longWait);
    QVERIFY(find<QLabel>("keyFingerprint")->text() != former);
    // What the former one signed can still be checked: it is there, with its day.
    QVERIFY(keys().front().retired.has_value());
    QVERIFY(!keys().back().retired.has_value());
}

void TestKeysDialog::withdrawalIsSigned()
{
    openDialog();
    makeKey();
    const base::SystemClock clock;
    const QJsonObject record = consenttest::fullRecord();
    const QString identifier = consent::recordIdentifier(record);
    QVERIFY(consent::Ledger(consent::ledgerFile())
                .append(consent::EntryKind::Package, identifier,
                        {{QStringLiteral("recipient"), QStringLiteral("Springfield PD")},
                         {QStringLiteral("record"), record}},
                        clock));
    ui::Settings settings(std::filesystem::path(at("settings.json").toStdString()));
    ui::Theme theme(*qApp);
    ui::LedgerPlace place({settings, theme});
    place.show();
    auto *table = place.findChild<QTableWidget *>(QStringLiteral("ledgerTable"));
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 1, longWait);
    table->selectRow(0);
    QTest::mouseClick(place.findChild<QPushButton *>(QStringLiteral("ledgerWithdraw")), Qt::LeftButton);
    QTRY_VERIFY_WITH_TIMEOUT(place.findChild<QDialog *>(QStringLiteral("withdrawDialog")) != nullptr, longWait);
    const auto field = [&place](const char *name) { return place.findChild<QLineEdit *>(QString::fromLatin1(name)); };
    auto *confirm = place.findChild<QPushButton *>(QStringLiteral("withdrawConfirm"));
    QVERIFY(place.findChild<QCheckBox *>(QStringLiteral("withdrawSigned"))->isChecked());
    QVERIFY(!confirm->isEnabled()); // nothing is signed without the owner's typed name
    field("withdrawSignAs")->setText(QStringLiteral("Alex Owner"));
    field("withdrawPassphrase")->setText(QStringLiteral("correct horse"));
    field("withdrawFolder")->setText(at("new/withdrawal"));
    QVERIFY(confirm->isEnabled());
    QTest::mouseClick(confirm, Qt::LeftButton);
    QTRY_COMPARE_WITH_TIMEOUT(table->rowCount(), 2, longWait);
    const auto read = [](const QString &name) {
        QFile file(name);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const QByteArray made = read(at("new/withdrawal/withdrawal.jsonld"));
    QVERIFY(consent::validateRecord(QJsonDocument::fromJson(made).object()));
    const auto signer = keys::verifySshSignature(read(at("new/withdrawal/withdrawal.jsonld.sig")), made);
    QVERIFY(signer);
    QCOMPARE(signer->fingerprint(), keys().front().publicKey.fingerprint());
    QTRY_VERIFY_WITH_TIMEOUT(
        place.findChild<ui::NoticeBar *>(QStringLiteral("ledgerDone"))->text().contains(at("new/withdrawal")),
        longWait);
}

QTEST_MAIN(TestKeysDialog)
#include "tst_keysdialog.moc"
