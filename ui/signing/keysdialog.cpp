// SPDX-License-Identifier: GPL-3.0-or-later
#include "signing/keysdialog.h"

#include "base/file.h"
#include "coretexts.h"
#include "signing/passphrasefields.h"
#include "window/card.h"
#include "window/noticebar.h"
#include "window/smalldialog.h"

#include <QCheckBox>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFile>
#include <QFileDialog>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

QLabel *paragraph(const QString &text)
{
    auto *label = new QLabel(text);
    label->setWordWrap(true);
    return label;
}

QPushButton *button(const char *objectName, const QString &text)
{
    auto *made = new QPushButton(text);
    made->setObjectName(QString::fromLatin1(objectName));
    made->setAutoDefault(false);
    return made;
}

void addButtons(QVBoxLayout &card, std::initializer_list<QPushButton *> buttons)
{
    auto *row = new QHBoxLayout;
    for (QPushButton *one : buttons)
        row->addWidget(one);
    row->addStretch();
    card.addLayout(row);
}

std::filesystem::path toPath(const QString &file)
{
    return QFile::encodeName(file).toStdString();
}

/// The answer of some work, as a sentence.
template<typename T, typename Words> base::Result<QString> inWords(const base::Result<T> &answer, const Words &words)
{
    if (!answer)
        return answer.error();
    return words(*answer);
}

/// Asks for a file that is written; what was chosen is given to `chosen`.
template<typename Chosen>
void askForFile(QWidget *parent, const QString &title, const QString &proposed, QFileDialog::AcceptMode mode,
                const Chosen &chosen)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(mode);
    dialog->setFileMode(mode == QFileDialog::AcceptSave ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    if (!proposed.isEmpty())
        dialog->selectFile(proposed);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

} // namespace

KeysDialog::KeysDialog(QWidget *parent)
    : QDialog(parent),
      m_spoken(new QLabel),
      m_fingerprint(new QLabel),
      m_about(new QLabel),
      m_former(paragraph({})),
      m_copy(button("copyKeyFingerprint", tr("Copy the fingerprint"))),
      m_savePublic(button("savePublicKey", tr("Save the public key…"))),
      m_backUp(button("backUpKeys", tr("Back up…"))),
      m_restore(button("restoreKeys", tr("Restore…"))),
      m_change(button("changeKey", tr("Make a new key…"))),
      m_done(new NoticeBar(NoticeBar::Tone::Success)),
      m_failed(new NoticeBar(NoticeBar::Tone::Danger)),
      m_thread(std::make_unique<JobThread>(QStringLiteral("keys")))
{
    setObjectName(QStringLiteral("keysDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Your key"));
    setMinimumWidth(780); // the fingerprint in one line
    m_done->setObjectName(QStringLiteral("keysDone"));
    m_failed->setObjectName(QStringLiteral("keysFailed"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    layout->addWidget(m_done);
    layout->addWidget(m_failed);
    addKey(*layout);
    addBackup(*layout);
    addChange(*layout);
    layout->addStretch();
    auto *close = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(close, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(close);
    showState(m_state);
    read();
}

KeysDialog::~KeysDialog()
{
    m_thread.reset(); // no answer comes after this
}

void KeysDialog::addKey(QVBoxLayout &page)
{
    QVBoxLayout *card = addCard(page, tr("Fingerprint of your key"), QStringLiteral("keyCard"));
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(large.pointSizeF() * 1.7);
    m_spoken->setObjectName(QStringLiteral("keySpoken"));
    m_spoken->setFont(large);
    m_fingerprint->setObjectName(QStringLiteral("keyFingerprint"));
    m_fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_fingerprint->setProperty("look", QStringLiteral("muted"));
    m_about->setObjectName(QStringLiteral("keyAbout"));
    card->addWidget(m_spoken);
    card->addWidget(m_fingerprint);
    card->addWidget(m_about);
    addButtons(*card, {m_copy, m_savePublic});
    connect(m_copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_fingerprint->text()); });
    connect(m_savePublic, &QPushButton::clicked, this, [this] {
        askForFile(this, tr("Save the public key"), QStringLiteral("doorveil-key.pub"), QFileDialog::AcceptSave,
                   [this](const QString &file) { savePublicTo(file); });
    });
}

void KeysDialog::addBackup(QVBoxLayout &page)
{
    QVBoxLayout *card = addCard(page, tr("Backup"), QStringLiteral("backupCard"));
    card->addWidget(
        paragraph(tr("Key and ledger in one file, sealed with a passphrase. Keep it somewhere else: with "
                     "this computer the key would be lost, and with it the proof that packages are yours.")));
    addButtons(*card, {m_backUp, m_restore});
    connect(m_backUp, &QPushButton::clicked, this, [this] {
        askForFile(this, tr("Back up key and ledger"),
                   QStringLiteral("doorveil-backup-%1.sealed").arg(QDate::currentDate().toString(Qt::ISODate)),
                   QFileDialog::AcceptSave, [this](const QString &file) { backUpTo(file); });
    });
    connect(m_restore, &QPushButton::clicked, this, [this] {
        askForFile(this, tr("Restore key and ledger"), {}, QFileDialog::AcceptOpen,
                   [this](const QString &file) { restoreFrom(file); });
    });
}

void KeysDialog::addChange(QVBoxLayout &page)
{
    QVBoxLayout *card = addCard(page, tr("Another key"), QStringLiteral("changeCard"));
    card->addWidget(paragraph(tr("A new key signs from then on. What the former one signed can still be checked. Tell "
                                 "recipients the new fingerprint.")));
    m_former->setObjectName(QStringLiteral("formerKeys"));
    m_former->setProperty("look", QStringLiteral("muted"));
    m_former->setTextInteractionFlags(Qt::TextSelectableByMouse);
    card->addWidget(m_former);
    addButtons(*card, {m_change});
    connect(m_change, &QPushButton::clicked, this, &KeysDialog::askForKey);
}

void KeysDialog::read()
{
    m_thread->run(
        this, [] { return readKeyState(); },
        [this](const base::Result<KeyState> &state) {
            if (state)
                showState(*state);
            else
                m_failed->setTexts(errorText(state.error()), {});
        });
}

void KeysDialog::showState(const KeyState &state)
{
    m_state = state;
    const bool there = state.current.has_value();
    m_spoken->setVisible(there);
    m_fingerprint->setVisible(there);
    for (QPushButton *one : {m_copy, m_savePublic})
        one->setEnabled(there);
    m_change->setText(there ? tr("Make a new key…") : tr("Make a key…"));
    if (there) {
        m_spoken->setText(state.current->publicKey.spokenFingerprint());
        m_fingerprint->setText(state.current->publicKey.fingerprint());
        const QString made = QLocale().toString(state.current->created.toLocalTime().date(), QLocale::LongFormat);
        m_about->setText((state.current->unlocking == keys::Unlocking::Keychain
                              ? tr("Made on %1. The system's password store opens it.")
                              : tr("Made on %1. Your passphrase opens it."))
                             .arg(made));
    } else {
        m_about->setText(tr("There is no key yet. The first package makes one."));
    }
    QStringList former;
    for (const keys::StoredKey &key : state.all) {
        if (key.retired)
            former.append(tr("%1, until %2")
                              .arg(key.publicKey.fingerprint(),
                                   QLocale().toString(key.retired->toLocalTime().date(), QLocale::ShortFormat)));
    }
    m_former->setVisible(!former.isEmpty());
    m_former->setText(tr("Former keys: %1").arg(former.join(QLatin1Char('\n'))));
    resize(width(), layout()->totalHeightForWidth(width()));
}

void KeysDialog::setBusy(bool busy)
{
    for (QPushButton *one : {m_savePublic, m_backUp, m_restore, m_change})
        one->setEnabled(!busy);
    if (busy) {
        m_failed->setTexts({}, {});
        m_done->setTexts({}, {});
    }
}

void KeysDialog::tell(const base::Result<QString> &done)
{
    setBusy(false);
    if (done) {
        m_done->setTexts(*done, {});
        emit changed();
    } else {
        m_failed->setTexts(errorText(done.error()), {});
    }
    read();
}

void KeysDialog::savePublicTo(const QString &file)
{
    if (!m_state.current)
        return;
    setBusy(true);
    m_thread->run(
        this, [path = toPath(file), key = *m_state.current] { return savePublicKey(path, key); },
        [this, file](const base::Result<void> &written) {
            tell(written ? base::Result<QString>(tr("The public key is in %1.").arg(file))
                         : base::Result<QString>(written.error()));
        });
}

void KeysDialog::backUpTo(const QString &file)
{
    auto *dialog = new SmallDialog(QStringLiteral("backUpDialog"), tr("Back up key and ledger"),
                                   {tr("Back up"), QStringLiteral("backUpConfirm")}, this);
    dialog->content()->addWidget(paragraph(tr("The backup has a passphrase of its own. Without it nobody can open the "
                                              "file, and that includes you.")));
    auto *fields = new PassphraseFields(*dialog->findChild<QPushButton *>(QStringLiteral("backUpConfirm")));
    QLineEdit *known = m_state.backupNeedsPassphrase()
                           ? fields->addKnown(QStringLiteral("backUpKeyPassphrase"), tr("Passphrase of your key"))
                           : nullptr;
    QLineEdit *fresh = fields->addNew(QStringLiteral("backUpPassphrase"), tr("A passphrase for the backup"));
    dialog->content()->addLayout(fields);
    connect(dialog, &QDialog::accepted, this, [this, file, known, fresh] {
        setBusy(true);
        m_thread->run(
            this,
            [path = toPath(file), key = known != nullptr ? known->text().toUtf8() : QByteArray(),
             backup = fresh->text().toUtf8()]() mutable { return backUp(path, key, backup); },
            [this, file](const base::Result<pipeline::BackupContent> &content) {
                tell(inWords(content, [&file](const pipeline::BackupContent &what) {
                    return tr("Keys: %1, entries of the ledger: %2. They are sealed in %3.")
                        .arg(what.keys)
                        .arg(what.ledgerEntries)
                        .arg(file);
                }));
            });
    });
    dialog->open();
}

void KeysDialog::restoreFrom(const QString &file)
{
    auto *dialog = new SmallDialog(QStringLiteral("restoreDialog"), tr("Restore key and ledger"),
                                   {tr("Restore"), QStringLiteral("restoreConfirm")}, this);
    dialog->content()->addWidget(
        paragraph(tr("What is missing here is added; nothing that is here is replaced. Restored keys are sealed with "
                     "the passphrase that you choose now.")));
    auto *fields = new PassphraseFields(*dialog->findChild<QPushButton *>(QStringLiteral("restoreConfirm")));
    QLineEdit *known = fields->addKnown(QStringLiteral("restoreBackupPassphrase"), tr("Passphrase of the backup"));
    QLineEdit *fresh = fields->addNew(QStringLiteral("restoreKeyPassphrase"), tr("A passphrase for the keys"));
    dialog->content()->addLayout(fields);
    connect(dialog, &QDialog::accepted, this, [this, file, known, fresh] {
        setBusy(true);
        m_thread->run(
            this,
            [path = toPath(file), backup = known->text().toUtf8(), key = fresh->text().toUtf8()]() mutable {
                return restore(path, backup, key);
            },
            [this](const base::Result<pipeline::BackupContent> &content) {
                tell(inWords(content, [](const pipeline::BackupContent &what) {
                    return tr("Added: %1 keys, %2 entries of the ledger.").arg(what.keys).arg(what.ledgerEntries);
                }));
            });
    });
    dialog->open();
}

void KeysDialog::askForKey()
{
    auto *dialog = new SmallDialog(QStringLiteral("newKeyDialog"), tr("A new key"),
                                   {tr("Make the key"), QStringLiteral("newKeyConfirm")}, this);
    auto *fields = new PassphraseFields(*dialog->findChild<QPushButton *>(QStringLiteral("newKeyConfirm")));
    auto *keychain = new QCheckBox(tr("Let the system's password store keep its passphrase"));
    keychain->setObjectName(QStringLiteral("newKeyInKeychain"));
    keychain->setVisible(m_state.keychainRuns);
    dialog->content()->addWidget(keychain);
    QLineEdit *fresh = fields->addNew(QStringLiteral("newKeyPassphrase"), tr("A passphrase for the key"));
    dialog->content()->addLayout(fields);
    connect(keychain, &QCheckBox::toggled, fields, [fields](bool kept) { fields->setNeeded(!kept); });
    keychain->setChecked(m_state.keychainRuns);
    connect(dialog, &QDialog::accepted, this, [this, keychain, fresh] {
        setBusy(true);
        m_thread->run(
            this,
            [passphrase = keychain->isChecked() ? QByteArray() : fresh->text().toUtf8()]() mutable {
                return makeKey(passphrase);
            },
            [this](const base::Result<keys::StoredKey> &key) {
                tell(inWords(key, [](const keys::StoredKey &made) {
                    return tr("The key %1 signs from now on. Back it up.").arg(made.publicKey.fingerprint());
                }));
            });
    });
    dialog->open();
}

} // namespace doorveil::ui
