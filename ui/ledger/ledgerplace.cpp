// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/ledgerplace.h"

#include "actions.h"
#include "base/durablefile.h"
#include "base/file.h"
#include "consent/consentrecord.h"
#include "consent/ledgertext.h"
#include "consent/statement.h"
#include "coretexts.h"
#include "desktop/filemanager.h"
#include "jobthread.h"
#include "ledger/entrytext.h"
#include "ledger/withdrawdialog.h"
#include "signing/keyjobs.h"
#include "signing/keysdialog.h"
#include "translation.h"
#include "window/emptypage.h"
#include "window/noticebar.h"
#include "window/smalldialog.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSplitter>
#include <QStackedWidget>
#include <QTableWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

#include <map>

namespace doorveil::ui {

namespace {

enum Column { NumberColumn, TimeColumn, KindColumn, WhoColumn, WhatColumn, ColumnCount };

QString textIn(const consent::LedgerEntry &entry, const char *key)
{
    return entry.content.value(QLatin1String(key)).toString();
}

} // namespace

struct LedgerPlace::State
{
    QStackedWidget *stack = nullptr;
    EmptyPage *empty = nullptr;
    QLineEdit *search = nullptr;
    QComboBox *kind = nullptr;
    QTableWidget *table = nullptr;
    QTextBrowser *detail = nullptr;
    NoticeBar *notice = nullptr;
    NoticeBar *due = nullptr;
    NoticeBar *done = nullptr;
    std::filesystem::path doneFolder;
    QPushButton *exportButton = nullptr;
    QPushButton *withdrawButton = nullptr;
    QPushButton *noteButton = nullptr;
    QPushButton *keysButton = nullptr;
    QAction *keysAction = nullptr;
    QAction *exportAction = nullptr;
    QAction *withdrawAction = nullptr;
    QAction *noteAction = nullptr;
    std::vector<consent::LedgerEntry> entries;
    std::vector<consent::PackageState> dueNow;
    std::map<consent::EntryKind, QString> kindWords;
    std::vector<std::size_t> rows; ///< which entry a row shows
    std::unique_ptr<JobThread> thread = std::make_unique<JobThread>(QStringLiteral("ledger"));
};

LedgerPlace::LedgerPlace(const WindowContext &, QWidget *parent) : Place(parent), m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("ledgerPlace"));
    State &s = *m_state;
    s.exportAction = makeAction(this, QStringLiteral("exportLedger"), {}, {QKeySequence(Qt::CTRL | Qt::Key_E)});
    s.withdrawAction = makeAction(this, QStringLiteral("withdrawPackage"), {});
    s.noteAction = makeAction(this, QStringLiteral("noteInLedger"), {}, {QKeySequence(Qt::CTRL | Qt::Key_N)});
    s.keysAction = makeAction(this, QStringLiteral("showSigningKey"), {}, {QKeySequence(Qt::CTRL | Qt::Key_K)});
    connect(s.keysAction, &QAction::triggered, this, &LedgerPlace::showKeys);
    connect(s.exportAction, &QAction::triggered, this, &LedgerPlace::exportAll);
    connect(s.withdrawAction, &QAction::triggered, this, &LedgerPlace::withdraw);
    connect(s.noteAction, &QAction::triggered, this, &LedgerPlace::addNote);

    s.stack = new QStackedWidget(this);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(s.stack);
    s.empty = new EmptyPage(QStringLiteral("ledger"), s.stack);
    s.stack->addWidget(s.empty);
    connect(s.empty, &EmptyPage::buttonClicked, this, &LedgerPlace::showKeys);
    buildPage();
    connectPage();
    retranslate();
}

void LedgerPlace::buildPage()
{
    State &s = *m_state;
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(12);
    s.notice = new NoticeBar(NoticeBar::Tone::Danger);
    s.notice->setObjectName(QStringLiteral("ledgerFailure"));
    s.notice->setTexts({}, {});
    layout->addWidget(s.notice);
    s.done = new NoticeBar(NoticeBar::Tone::Success);
    s.done->setObjectName(QStringLiteral("ledgerDone"));
    s.done->setTexts({}, {});
    layout->addWidget(s.done);
    s.due = new NoticeBar(NoticeBar::Tone::Warning);
    s.due->setObjectName(QStringLiteral("ledgerDue"));
    s.due->setTexts({}, {});
    layout->addWidget(s.due);
    auto *bar = new QHBoxLayout;
    s.search = new QLineEdit;
    s.search->setObjectName(QStringLiteral("ledgerSearch"));
    s.search->setClearButtonEnabled(true);
    s.kind = new QComboBox;
    s.kind->setObjectName(QStringLiteral("ledgerKind"));
    s.exportButton = new QPushButton;
    s.exportButton->setObjectName(QStringLiteral("ledgerExport"));
    bar->addWidget(s.search, 1);
    bar->addWidget(s.kind);
    bar->addWidget(s.exportButton);
    s.keysButton = new QPushButton;
    s.keysButton->setObjectName(QStringLiteral("ledgerKeys"));
    bar->addWidget(s.keysButton);
    layout->addLayout(bar);
    auto *splitter = new QSplitter(Qt::Horizontal);
    s.table = new QTableWidget(0, ColumnCount);
    s.table->setObjectName(QStringLiteral("ledgerTable"));
    s.table->verticalHeader()->hide();
    s.table->setSelectionBehavior(QAbstractItemView::SelectRows);
    s.table->setSelectionMode(QAbstractItemView::SingleSelection);
    s.table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    s.table->setTabKeyNavigation(false);
    s.table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    s.table->horizontalHeader()->setSectionResizeMode(WhatColumn, QHeaderView::Stretch);
    splitter->addWidget(s.table);
    buildDetail(splitter);
    splitter->setStretchFactor(0, 3);
    splitter->setStretchFactor(1, 2);
    layout->addWidget(splitter, 1);
    s.stack->addWidget(page);
}

void LedgerPlace::buildDetail(QSplitter *splitter)
{
    State &s = *m_state;
    auto *right = new QWidget;
    auto *detailLayout = new QVBoxLayout(right);
    detailLayout->setContentsMargins(0, 0, 0, 0);
    s.detail = new QTextBrowser;
    s.detail->setObjectName(QStringLiteral("ledgerDetail"));
    s.detail->setOpenLinks(false);
    detailLayout->addWidget(s.detail, 1);
    s.noteButton = new QPushButton;
    s.noteButton->setObjectName(QStringLiteral("ledgerNote"));
    s.withdrawButton = new QPushButton;
    s.withdrawButton->setObjectName(QStringLiteral("ledgerWithdraw"));
    s.withdrawButton->setProperty("look", QStringLiteral("danger"));
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(s.noteButton);
    buttons->addStretch();
    buttons->addWidget(s.withdrawButton);
    detailLayout->addLayout(buttons);
    splitter->addWidget(right);
}

void LedgerPlace::connectPage()
{
    State &s = *m_state;
    connect(s.search, &QLineEdit::textChanged, this, &LedgerPlace::showRows);
    connect(s.kind, &QComboBox::currentIndexChanged, this, &LedgerPlace::showRows);
    connect(s.table, &QTableWidget::itemSelectionChanged, this, &LedgerPlace::showEntry);
    connect(s.exportButton, &QPushButton::clicked, this, &LedgerPlace::exportAll);
    connect(s.withdrawButton, &QPushButton::clicked, this, &LedgerPlace::withdraw);
    connect(s.noteButton, &QPushButton::clicked, this, &LedgerPlace::addNote);
    connect(s.keysButton, &QPushButton::clicked, this, &LedgerPlace::showKeys);
    connect(s.done, &NoticeBar::buttonClicked, this, [this] {
        showInFileManager(m_state->doneFolder, this, [this] {
            m_state->done->setTexts(
                tr("No file manager answered. The record is in %1.").arg(base::displayPath(m_state->doneFolder)), {});
        });
    });
}

LedgerPlace::~LedgerPlace()
{
    m_state->thread.reset(); // no answer comes after this
}

QString LedgerPlace::title() const
{
    return tr("Ledger");
}

QList<ActionMenu> LedgerPlace::menus() const
{
    return {{QStringLiteral("ledgerMenu"),
             tr("&Ledger"),
             {m_state->noteAction, m_state->withdrawAction, nullptr, m_state->exportAction, m_state->keysAction}}};
}

QWidget *LedgerPlace::firstFocus()
{
    return m_state->entries.empty() ? static_cast<QWidget *>(m_state->empty->button())
                                    : static_cast<QWidget *>(m_state->search);
}

void LedgerPlace::retranslate()
{
    State &s = *m_state;
    s.empty->setTexts(
        tr("The ledger is empty"),
        tr("What was asked for, what you decided and what you handed over is noted here, on this machine only."),
        tr("Your key…"));
    s.search->setPlaceholderText(tr("Search"));
    s.search->setAccessibleName(tr("Search"));
    const QSignalBlocker quiet(s.kind);
    const QVariant chosen = s.kind->currentData();
    s.kind->clear();
    s.kind->setAccessibleName(tr("Kind of entry"));
    s.kind->view()->setAccessibleName(tr("Kind of entry"));
    s.kind->addItem(tr("everything"), QString());
    s.kindWords = {{consent::EntryKind::Request, tr("asked")},
                   {consent::EntryKind::Decline, tr("declined")},
                   {consent::EntryKind::Package, tr("package")},
                   {consent::EntryKind::Delivery, tr("handed over")},
                   {consent::EntryKind::Acknowledgement, tr("answer")},
                   {consent::EntryKind::Withdrawal, tr("withdrawn")},
                   {consent::EntryKind::Note, tr("note")}};
    const std::pair<consent::EntryKind, QString> kinds[] = {{consent::EntryKind::Request, tr("requests")},
                                                            {consent::EntryKind::Decline, tr("declined")},
                                                            {consent::EntryKind::Package, tr("packages")},
                                                            {consent::EntryKind::Delivery, tr("handed over")},
                                                            {consent::EntryKind::Acknowledgement, tr("answers")},
                                                            {consent::EntryKind::Withdrawal, tr("withdrawn")},
                                                            {consent::EntryKind::Note, tr("notes")}};
    for (const auto &[kind, text] : kinds)
        s.kind->addItem(text, consent::toText(kind));
    s.kind->setCurrentIndex(std::max(0, s.kind->findData(chosen)));
    s.table->setHorizontalHeaderLabels({tr("No."), tr("When"), tr("Entry"), tr("Who"), tr("What")});
    s.table->setAccessibleName(tr("Entries of the ledger"));
    s.detail->setAccessibleName(tr("What the entry says"));
    setActionTexts(*s.exportAction, {tr("&Export…"), tr("Writes the ledger as CSV or HTML")});
    setActionTexts(*s.withdrawAction, {tr("&Withdraw…"), tr("Takes the permission of a package back for future use")});
    setActionTexts(*s.noteAction, {tr("&Note…"), tr("Adds a note or the recipient's answer")});
    setActionTexts(*s.keysAction, {tr("Your &key…"), tr("Fingerprint, backup, a new key")});
    s.keysButton->setText(tr("Your key…"));
    s.keysButton->setToolTip(s.keysAction->toolTip());
    s.exportButton->setText(tr("Export…"));
    s.exportButton->setToolTip(s.exportAction->toolTip());
    s.withdrawButton->setText(tr("Withdraw…"));
    s.withdrawButton->setToolTip(s.withdrawAction->toolTip());
    s.noteButton->setText(tr("Note…"));
    s.noteButton->setToolTip(s.noteAction->toolTip());
    showRows();
}

void LedgerPlace::showEvent(QShowEvent *event)
{
    Place::showEvent(event);
    reload();
}

void LedgerPlace::changeEvent(QEvent *event)
{
    Place::changeEvent(event);
    if (event->type() == QEvent::LanguageChange)
        retranslate();
}

void LedgerPlace::reload()
{
    m_state->thread->run(
        this,
        []() -> base::Result<Book> {
            const consent::Ledger ledger(consent::ledgerFile());
            auto entries = ledger.entries();
            if (!entries)
                return entries.error();
            auto due = ledger.due(QDate::currentDate());
            if (!due)
                return due.error();
            return Book{std::move(*entries), std::move(*due)};
        },
        [this](const base::Result<Book> &book) { take(book); });
}

void LedgerPlace::take(const base::Result<Book> &book)
{
    State &s = *m_state;
    if (!book) {
        s.notice->setTexts(errorText(book.error()), {});
        s.stack->setCurrentIndex(1);
        return;
    }
    s.notice->setTexts({}, {});
    s.entries = book->entries;
    s.dueNow = book->due;
    s.stack->setCurrentIndex(s.entries.empty() ? 0 : 1);
    QStringList names;
    for (const consent::PackageState &state : s.dueNow)
        names.append(tr("%1 (by %2)").arg(textIn(state.package, "recipient"), textIn(state.package, "retainUntil")));
    s.due->setTexts(
        names.isEmpty()
            ? QString()
            : tr("These were asked to delete what they got, and the day has passed: %1. Ask them, and note the answer.")
                  .arg(names.join(QStringLiteral(", "))),
        {});
    emit badgeChanged(names.isEmpty() ? QString() : tr("%n due", nullptr, int(names.size())));
    showRows();
}

void LedgerPlace::showRows()
{
    State &s = *m_state;
    const QString wanted = s.search->text().trimmed();
    const QString kind = s.kind->currentData().toString();
    const QString language = statementLanguage();
    const std::int64_t selected = current() != nullptr ? current()->number : 0;
    s.rows.clear();
    for (std::size_t index = s.entries.size(); index-- > 0;) { // the newest first
        const consent::LedgerEntry &entry = s.entries[index];
        if (!kind.isEmpty() && consent::toText(entry.kind) != kind)
            continue;
        const QString whole = entry.subject + QLatin1Char(' ')
                              + QString::fromUtf8(QJsonDocument(entry.content).toJson(QJsonDocument::Compact));
        if (!wanted.isEmpty() && !whole.contains(wanted, Qt::CaseInsensitive))
            continue;
        s.rows.push_back(index);
    }
    const QSignalBlocker quiet(s.table);
    s.table->setRowCount(int(s.rows.size()));
    for (int row = 0; row < int(s.rows.size()); ++row) {
        const consent::LedgerEntry &entry = s.entries[s.rows[std::size_t(row)]];
        QStringList what;
        if (!textIn(entry, "kind").isEmpty())
            what.append(consent::statementWord(language, "kind", textIn(entry, "kind")));
        if (!textIn(entry, "caseNumber").isEmpty())
            what.append(textIn(entry, "caseNumber"));
        if (!textIn(entry, "channel").isEmpty())
            what.append(consent::statementWord(language, "channel", textIn(entry, "channel")));
        if (!textIn(entry, "note").isEmpty())
            what.append(textIn(entry, "note"));
        if (entry.kind == consent::EntryKind::Package && !textIn(entry, "retainUntil").isEmpty())
            what.append(tr("asked to delete by %1")
                            .arg(QLocale().toString(QDate::fromString(textIn(entry, "retainUntil"), Qt::ISODate),
                                                    QLocale::ShortFormat)));
        const QString texts[] = {
            QString::number(entry.number), QLocale().toString(entry.at.toLocalTime(), QLocale::ShortFormat),
            s.kindWords[entry.kind],
            textIn(entry, "recipient").isEmpty() ? textIn(entry, "to") : textIn(entry, "recipient"),
            what.join(QStringLiteral(" · "))};
        for (int column = 0; column < ColumnCount; ++column) {
            auto *item = new QTableWidgetItem(texts[column]);
            item->setToolTip(texts[column]);
            s.table->setItem(row, column, item);
        }
        if (entry.number == selected)
            s.table->selectRow(row);
    }
    for (const int column : {NumberColumn, TimeColumn, KindColumn, WhoColumn})
        s.table->resizeColumnToContents(column);
    if (s.table->currentRow() < 0 && s.table->rowCount() > 0)
        s.table->selectRow(0);
    showEntry();
}

const consent::LedgerEntry *LedgerPlace::current() const
{
    const int row = m_state->table->currentRow();
    if (row < 0 || row >= int(m_state->rows.size()) || m_state->rows[std::size_t(row)] >= m_state->entries.size())
        return nullptr;
    return &m_state->entries[m_state->rows[std::size_t(row)]];
}

void LedgerPlace::showEntry()
{
    State &s = *m_state;
    const consent::LedgerEntry *entry = current();
    bool withdrawable = false;
    if (entry == nullptr) {
        s.detail->setPlainText(tr("Choose an entry."));
    } else {
        const QJsonObject record = entry->content.value(QStringLiteral("record")).toObject();
        s.detail->setHtml(entryHtml(*entry));
        const bool isPackage = entry->kind == consent::EntryKind::Package;
        const bool gone = std::any_of(s.entries.begin(), s.entries.end(), [entry](const consent::LedgerEntry &other) {
            return other.kind == consent::EntryKind::Withdrawal && other.subject == entry->subject;
        });
        withdrawable = isPackage && !gone && !consent::isDisclosure(record);
    }
    s.withdrawAction->setEnabled(withdrawable);
    s.withdrawButton->setEnabled(withdrawable);
    s.noteAction->setEnabled(entry != nullptr);
    s.noteButton->setEnabled(entry != nullptr);
}

void LedgerPlace::exportAll()
{
    auto *dialog = new QFileDialog(this, tr("Export the ledger"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilters({tr("Spreadsheet (*.csv)"), tr("Page (*.html)")});
    dialog->setDefaultSuffix(QStringLiteral("csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_state->thread->run(
            this,
            [file, entries = m_state->entries]() -> base::Result<void> {
                base::DurableFile::Options options;
                options.replaceExisting = true; // the dialog has asked
                const QByteArray text = file.endsWith(QStringLiteral(".html"), Qt::CaseInsensitive)
                                            ? consent::ledgerHtml(entries)
                                            : consent::ledgerCsv(entries);
                return base::writeDurably(QFile::encodeName(file).toStdString(), text, options);
            },
            [this](const base::Result<void> &written) {
                if (!written)
                    m_state->notice->setTexts(errorText(written.error()), {});
            });
    });
    dialog->open();
}

void LedgerPlace::append(consent::EntryKind kind, const QJsonObject &content)
{
    const consent::LedgerEntry *entry = current();
    if (entry == nullptr)
        return;
    m_state->thread->run(
        this,
        [kind, content, subject = entry->subject]() -> base::Result<consent::LedgerEntry> {
            return consent::Ledger(consent::ledgerFile()).append(kind, subject, content, base::SystemClock());
        },
        [this](const base::Result<consent::LedgerEntry> &added) {
            if (!added)
                m_state->notice->setTexts(errorText(added.error()), {});
            reload();
        });
}

void LedgerPlace::withdraw()
{
    if (!m_state->withdrawAction->isEnabled())
        return;
    m_state->done->setTexts({}, {});
    m_state->thread->run(
        this, [] { return readKeyState(); },
        [this](const base::Result<KeyState> &key) {
            if (!key || current() == nullptr) {
                m_state->notice->setTexts(key ? QString() : errorText(key.error()), {});
                return;
            }
            auto *dialog = new WithdrawDialog(textIn(*current(), "recipient"), *key, this);
            connect(dialog, &QDialog::accepted, this, [this, dialog, record = current()->subject] {
                WithdrawalOrder order = dialog->order();
                order.record = record;
                m_state->doneFolder = order.output.value_or(std::filesystem::path());
                m_state->thread->run(
                    this, [order = std::move(order)] { return ui::withdraw(order); },
                    [this](const base::Result<consent::LedgerEntry> &entry) { takeWithdrawal(entry); });
            });
            dialog->open();
        });
}

void LedgerPlace::takeWithdrawal(const base::Result<consent::LedgerEntry> &entry)
{
    State &s = *m_state;
    reload();
    s.table->setFocus(Qt::OtherFocusReason);
    if (!entry)
        s.notice->setTexts(errorText(entry.error()), {});
    else if (s.doneFolder.empty())
        s.done->setTexts(tr("The withdrawal is noted as entry %1. Tell the recipient.").arg(entry->number), {});
    else
        s.done->setTexts(tr("The withdrawal is noted as entry %1. The signed record for the recipient is in %2.")
                             .arg(entry->number)
                             .arg(base::displayPath(s.doneFolder)),
                         tr("Open the folder"));
}

void LedgerPlace::showKeys()
{
    auto *dialog = new KeysDialog(this);
    connect(dialog, &KeysDialog::changed, this, &LedgerPlace::reload);
    dialog->open();
}

void LedgerPlace::addNote()
{
    if (current() == nullptr)
        return;
    auto *dialog = new SmallDialog(QStringLiteral("noteDialog"), tr("Note in the ledger"),
                                   {tr("Note it"), QStringLiteral("noteConfirm")}, this);
    auto *kind = new QComboBox;
    kind->setObjectName(QStringLiteral("noteKind"));
    kind->setAccessibleName(tr("Kind of entry"));
    kind->addItem(tr("A note"), int(consent::EntryKind::Note));
    kind->addItem(tr("The recipient's answer"), int(consent::EntryKind::Acknowledgement));
    kind->addItem(tr("It was handed over"), int(consent::EntryKind::Delivery));
    dialog->content()->addWidget(kind);
    auto *text = new QLineEdit;
    text->setObjectName(QStringLiteral("noteText"));
    text->setAccessibleName(tr("What is noted"));
    dialog->content()->addWidget(text);
    connect(dialog, &QDialog::accepted, this, [this, kind, text] {
        if (!text->text().trimmed().isEmpty())
            append(consent::EntryKind(kind->currentData().toInt()), {{QStringLiteral("note"), text->text().trimmed()}});
    });
    dialog->open();
}

} // namespace doorveil::ui
