// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareplace.h"

#include "actions.h"
#include "base/file.h"
#include "base/mediatime.h"
#include "consent/consentrecord.h"
#include "consent/statement.h"
#include "consent/window.h"
#include "desktop/filemanager.h"
#include "jobthread.h"
#include "share/requestform.h"
#include "translation.h"
#include "window/emptypage.h"
#include "window/noticebar.h"
#include "window/smalldialog.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QDir>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QRegularExpression>
#include <QScrollArea>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableWidget>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {

enum Page { EmptyPageIndex, FormPage, WorkingPage, DonePage };
enum ClipColumn { NameColumn, ReviewColumn, WindowColumn, PeopleColumn, SoundColumn, ClipColumns };
constexpr int previewDelay = 400; // milliseconds after the last key

QString nameOf(const std::filesystem::path &path)
{
    return base::displayPath(path.filename());
}

std::filesystem::path pathOf(const QString &name)
{
    return QFile::encodeName(name).toStdString();
}

/// A name for the package's folder that tells little: the day, and who gets it.
QString proposedOutput(const consent::Request &request)
{
    QString who = request.recipient.organisation.toLower();
    who.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    who = who.left(24);
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/Doorveil");
    return folder + QStringLiteral("/share-") + QDate::currentDate().toString(Qt::ISODate)
           + (who.isEmpty() ? QString() : QLatin1Char('-') + who);
}

} // namespace

struct SharePlace::State
{
    struct Entry
    {
        std::filesystem::path project;
        std::optional<ShareClip> clip;
        QString error;
        bool chosen = false;
    };

    std::vector<Entry> entries;
    std::filesystem::path openProject;
    consent::Request request = RequestForm::emptyRequest();
    QString statementLanguage;
    KeyState key;
    bool building = false;
    bool working = false;
    bool closing = false;
    bool outputChosen = false;
    base::CancelToken cancel;
    std::optional<ShareOutcome> outcome;

    QStackedWidget *stack = nullptr;
    QWidget *content = nullptr;
    EmptyPage *empty = nullptr;
    RequestForm *form = nullptr;
    QTableWidget *table = nullptr;
    QPushButton *trim = nullptr;
    QLineEdit *unreviewedReason = nullptr;
    QLabel *unreviewedLabel = nullptr;
    QComboBox *language = nullptr;
    QCheckBox *withheld = nullptr;
    QLineEdit *withheldNote = nullptr;
    QTextBrowser *preview = nullptr;
    QLineEdit *signAs = nullptr;
    QLineEdit *passphrase = nullptr;
    QLabel *passphraseLabel = nullptr;
    QLineEdit *output = nullptr;
    QCheckBox *zip = nullptr;
    QPlainTextEdit *recipients = nullptr;
    QListWidget *problems = nullptr;
    QPushButton *make = nullptr;
    QPushButton *declineButton = nullptr;
    NoticeBar *failure = nullptr;
    QListWidget *steps = nullptr;
    QProgressBar *progress = nullptr;
    QLabel *progressText = nullptr;
    QLabel *fingerprint = nullptr;
    QLabel *spoken = nullptr;
    QLabel *doneText = nullptr;
    QLabel *portalText = nullptr;
    QComboBox *deliveredBy = nullptr;
    QLineEdit *deliveredTo = nullptr;
    QPushButton *delivered = nullptr;
    QTimer *previewTimer = nullptr;
    QAction *makeAction = nullptr;
    QAction *declineAction = nullptr;

    std::unique_ptr<JobThread> thread = std::make_unique<JobThread>(QStringLiteral("share"));
};

SharePlace::SharePlace(const WindowContext &, QWidget *parent) : Place(parent), m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("sharePlace"));
    m_state->statementLanguage = statementLanguage();
    m_state->previewTimer = new QTimer(this);
    m_state->previewTimer->setSingleShot(true);
    m_state->previewTimer->setInterval(previewDelay);
    connect(m_state->previewTimer, &QTimer::timeout, this, &SharePlace::showPreview);
    m_state->makeAction =
        makeAction(this, QStringLiteral("makePackage"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Return)});
    m_state->declineAction =
        makeAction(this, QStringLiteral("declineRequest"), {}, {QKeySequence(Qt::CTRL | Qt::Key_D)});
    connect(m_state->makeAction, &QAction::triggered, this, &SharePlace::make);
    connect(m_state->declineAction, &QAction::triggered, this, &SharePlace::decline);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    build();
}

SharePlace::~SharePlace()
{
    m_state->cancel.cancel();
    m_state->thread.reset(); // no answer comes after this
}

QString SharePlace::title() const
{
    return tr("Share");
}

QList<ActionMenu> SharePlace::menus() const
{
    return {{QStringLiteral("shareMenu"), tr("&Share"), {m_state->makeAction, m_state->declineAction}}};
}

QWidget *SharePlace::firstFocus()
{
    return m_state->stack->currentIndex() == EmptyPageIndex
               ? static_cast<QWidget *>(m_state->empty->button())
               : m_state->form->askedPanel()->findChild<QComboBox *>(QStringLiteral("requestKind"));
}

std::optional<QString> SharePlace::closeObstacle() const
{
    return m_state->working
               ? std::optional(tr("A package is being made. Quitting stops it; nothing will be left of it."))
               : std::nullopt;
}

void SharePlace::prepareToClose()
{
    m_state->closing = true;
    cancelJob();
}

bool SharePlace::isReadyToClose() const
{
    return !m_state->working;
}

void SharePlace::cancelJob()
{
    m_state->cancel.cancel();
}

QVBoxLayout *SharePlace::addCard(QVBoxLayout *page, const QString &heading, const char *name)
{
    auto *card = new QFrame;
    card->setObjectName(QString::fromLatin1(name));
    card->setProperty("look", QStringLiteral("card"));
    auto *layout = new QVBoxLayout(card);
    layout->setContentsMargins(18, 14, 18, 16);
    layout->setSpacing(12);
    auto *title = new QLabel(heading);
    title->setProperty("look", QStringLiteral("heading"));
    layout->addWidget(title);
    page->addWidget(card);
    return layout;
}

void SharePlace::build()
{
    State &s = *m_state;
    s.building = true;
    const int index = s.stack != nullptr ? s.stack->currentIndex() : int(EmptyPageIndex);
    QStringList kept(5);
    if (s.content != nullptr) { // another language: what was typed stays
        s.request = order().request;
        kept = {s.signAs->text(), s.output->text(), s.unreviewedReason->text(), s.recipients->toPlainText(),
                s.passphrase->text()};
        delete s.content;
    }
    setActionTexts(*s.makeAction, {tr("&Make the package"), tr("Exports, checks, signs; sends nothing")});
    setActionTexts(*s.declineAction, {tr("&Decline…"), tr("Notes that you share nothing; nobody is told")});
    s.content = new QWidget(this);
    layout()->addWidget(s.content);
    s.stack = new QStackedWidget(s.content);
    s.stack->setObjectName(QStringLiteral("shareStack"));
    auto *outer = new QVBoxLayout(s.content);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(s.stack);

    s.empty = new EmptyPage(QStringLiteral("share"), s.stack);
    s.empty->setTexts(tr("Nothing to share yet"),
                      tr("When a clip has been analysed and reviewed, a package for somebody who asked is made here."),
                      tr("Show clips"));
    connect(s.empty, &EmptyPage::buttonClicked, this, &SharePlace::clipsWanted);
    s.stack->addWidget(s.empty);

    auto *formPage = new QWidget;
    auto *columns = new QHBoxLayout(formPage);
    columns->setContentsMargins(20, 16, 20, 16);
    columns->setSpacing(18);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("shareScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    auto *cards = new QVBoxLayout(page);
    cards->setContentsMargins(0, 0, 8, 0);
    cards->setSpacing(14);
    s.form = new RequestForm(statementLanguage(), s.content);
    addCard(cards, tr("1  Who asked"), "askedCard")->addWidget(s.form->askedPanel());
    buildClips(addCard(cards, tr("2  What leaves"), "clipsCard"));
    addCard(cards, tr("3  Conditions"), "conditionsCard")->addWidget(s.form->conditionsPanel());
    buildPreview(addCard(cards, tr("4  How it will read"), "previewCard"));
    buildExport(addCard(cards, tr("5  Your name, and where it goes"), "exportCard"));
    cards->addStretch();
    scroll->setWidget(page);
    columns->addWidget(scroll, 1);
    columns->addWidget(buildSide());
    s.stack->addWidget(formPage);
    s.stack->addWidget(buildWorking());
    s.stack->addWidget(buildDone());

    s.form->setRequest(s.request);
    s.signAs->setText(kept[0]);
    s.output->setText(kept[1]);
    s.unreviewedReason->setText(kept[2]);
    s.recipients->setPlainText(kept[3]);
    s.passphrase->setText(kept[4]);
    s.withheld->setChecked(s.request.decision.withheld);
    s.withheldNote->setText(s.request.decision.withheldNote);
    connect(s.form, &RequestForm::changed, this, &SharePlace::refresh);
    connect(s.form, &RequestForm::documentChosen, this, [this](const QString &file) {
        m_state->thread->run(
            this, [file, ending = m_state->thread->ending()] { return hashDocument(pathOf(file), ending); },
            [this](const base::Result<QString> &hash) {
                if (hash)
                    m_state->form->setDocumentHash(*hash);
                else
                    m_state->failure->setTexts(hash.error().message, {});
            });
    });
    // The list of a choice is a widget of its own to a screen reader.
    for (QComboBox *box : s.content->findChildren<QComboBox *>())
        box->view()->setAccessibleName(box->accessibleName());
    s.building = false;
    s.stack->setCurrentIndex(index);
    showClips();
    refresh();
}

void SharePlace::buildClips(QVBoxLayout *card)
{
    State &s = *m_state;
    s.table = new QTableWidget(0, ClipColumns);
    s.table->setObjectName(QStringLiteral("shareClips"));
    s.table->setAccessibleName(tr("Clips to share"));
    s.table->setHorizontalHeaderLabels(
        {tr("Clip"), tr("Review"), tr("Time asked for"), tr("People who stay visible"), tr("Sound")});
    s.table->verticalHeader()->hide();
    s.table->horizontalHeader()->setStretchLastSection(true);
    s.table->horizontalHeader()->setSectionResizeMode(PeopleColumn, QHeaderView::Stretch);
    s.table->setSelectionBehavior(QAbstractItemView::SelectRows);
    s.table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    s.table->setMinimumHeight(150);
    card->addWidget(s.table);
    connect(s.table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        if (m_state->building || item->column() != NameColumn)
            return;
        m_state->entries[std::size_t(item->row())].chosen = item->checkState() == Qt::Checked;
        refresh();
    });
    s.trim = new QPushButton(tr("Keep to the time asked for"));
    s.trim->setObjectName(QStringLiteral("trimToWindow"));
    s.trim->setToolTip(tr("Trims the selected clip; review can take it back"));
    connect(s.trim, &QPushButton::clicked, this, &SharePlace::trimSelected);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(s.trim);
    buttons->addStretch();
    card->addLayout(buttons);
    auto *fields = new QFormLayout;
    fields->setVerticalSpacing(8);
    s.unreviewedLabel = new QLabel(tr("Why it was not reviewed"));
    s.unreviewedReason = new QLineEdit;
    s.unreviewedReason->setObjectName(QStringLiteral("unreviewedReason"));
    s.unreviewedReason->setAccessibleName(tr("Why it was not reviewed"));
    s.unreviewedReason->setPlaceholderText(tr("The recipient reads this. Reviewing first is better."));
    fields->addRow(s.unreviewedLabel, s.unreviewedReason);
    s.withheld = new QCheckBox(tr("There is more footage in that time that I do not share"));
    s.withheld->setObjectName(QStringLiteral("withheld"));
    fields->addRow(s.withheld);
    s.withheldNote = new QLineEdit;
    s.withheldNote->setObjectName(QStringLiteral("withheldNote"));
    s.withheldNote->setAccessibleName(tr("About what is held back"));
    s.withheldNote->setPlaceholderText(tr("About what is held back; may stay empty"));
    fields->addRow(s.withheldNote);
    card->addLayout(fields);
    connect(s.unreviewedReason, &QLineEdit::textChanged, this, &SharePlace::refresh);
    connect(s.withheld, &QCheckBox::toggled, this, &SharePlace::refresh);
    connect(s.withheldNote, &QLineEdit::textChanged, this, &SharePlace::refresh);
}

void SharePlace::buildPreview(QVBoxLayout *card)
{
    State &s = *m_state;
    auto *row = new QHBoxLayout;
    auto *label = new QLabel(tr("Language of the statement"));
    s.language = new QComboBox;
    s.language->setObjectName(QStringLiteral("statementLanguage"));
    s.language->setAccessibleName(label->text());
    s.language->addItem(QStringLiteral("English"), QStringLiteral("en"));
    s.language->addItem(QStringLiteral("Español"), QStringLiteral("es"));
    s.language->setCurrentIndex(s.language->findData(s.statementLanguage));
    row->addWidget(label);
    row->addWidget(s.language);
    row->addStretch();
    card->addLayout(row);
    s.preview = new QTextBrowser;
    s.preview->setObjectName(QStringLiteral("statementPreview"));
    s.preview->setAccessibleName(tr("The statement as it will read"));
    s.preview->setOpenLinks(false);
    s.preview->setMinimumHeight(300);
    card->addWidget(s.preview);
    connect(s.language, &QComboBox::currentIndexChanged, this, [this] {
        m_state->statementLanguage = m_state->language->currentData().toString();
        refresh();
    });
}

void SharePlace::buildExport(QVBoxLayout *card)
{
    State &s = *m_state;
    auto *notice = new QLabel(
        tr("You speak for yourself, not for other people in the picture. Your typed name is your decision."));
    notice->setWordWrap(true);
    notice->setProperty("look", QStringLiteral("muted"));
    card->addWidget(notice);
    auto *fields = new QFormLayout;
    fields->setVerticalSpacing(8);
    s.signAs = new QLineEdit;
    s.signAs->setObjectName(QStringLiteral("signAs"));
    s.signAs->setAccessibleName(tr("Your name"));
    s.signAs->setMaxLength(200);
    fields->addRow(tr("Your name"), s.signAs);
    s.passphraseLabel = new QLabel;
    s.passphrase = new QLineEdit;
    s.passphrase->setObjectName(QStringLiteral("keyPassphrase"));
    s.passphrase->setAccessibleName(tr("Passphrase of your key"));
    s.passphrase->setEchoMode(QLineEdit::Password);
    fields->addRow(s.passphraseLabel, s.passphrase);
    auto *where = new QHBoxLayout;
    s.output = new QLineEdit;
    s.output->setObjectName(QStringLiteral("packageFolder"));
    s.output->setAccessibleName(tr("Folder of the package"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(QStringLiteral("chooseFolder"));
    where->addWidget(s.output, 1);
    where->addWidget(choose);
    fields->addRow(tr("Folder"), where);
    s.zip = new QCheckBox(tr("Also as one ZIP file"));
    s.zip->setObjectName(QStringLiteral("alsoZip"));
    s.zip->setChecked(true);
    fields->addRow(QString(), s.zip);
    s.recipients = new QPlainTextEdit;
    s.recipients->setObjectName(QStringLiteral("sealTo"));
    s.recipients->setAccessibleName(tr("Seal to"));
    s.recipients->setPlaceholderText(tr("age1… or ssh-ed25519 … of the recipient, one a line; empty: not sealed"));
    s.recipients->setTabChangesFocus(true);
    s.recipients->setMaximumHeight(56);
    fields->addRow(tr("Seal to"), s.recipients);
    card->addLayout(fields);
    for (QLineEdit *line : {s.signAs, s.passphrase})
        connect(line, &QLineEdit::textChanged, this, &SharePlace::refresh);
    connect(s.output, &QLineEdit::textEdited, this, [this] { m_state->outputChosen = true; });
    connect(s.output, &QLineEdit::textChanged, this, &SharePlace::refresh);
    connect(choose, &QPushButton::clicked, this, &SharePlace::chooseOutput);
}

QWidget *SharePlace::buildSide()
{
    State &s = *m_state;
    auto *side = new QWidget;
    side->setFixedWidth(300);
    auto *layout = new QVBoxLayout(side);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    auto *heading = new QLabel(tr("Worth a look"));
    heading->setProperty("look", QStringLiteral("heading"));
    layout->addWidget(heading);
    s.problems = new QListWidget;
    s.problems->setObjectName(QStringLiteral("requestProblems"));
    s.problems->setAccessibleName(tr("What is missing or unusual"));
    s.problems->setWordWrap(true);
    s.problems->setSelectionMode(QAbstractItemView::NoSelection);
    s.problems->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    layout->addWidget(s.problems, 1);
    s.failure = new NoticeBar(NoticeBar::Tone::Danger);
    s.failure->setObjectName(QStringLiteral("shareFailure"));
    s.failure->setTexts({}, {});
    layout->addWidget(s.failure);
    s.make = new QPushButton(tr("Make the package"));
    s.make->setObjectName(QStringLiteral("makePackageButton"));
    s.make->setProperty("look", QStringLiteral("primary"));
    s.make->setToolTip(withKeys(tr("Exports, checks, signs; sends nothing"), m_state->makeAction->shortcuts()));
    connect(s.make, &QPushButton::clicked, this, &SharePlace::make);
    layout->addWidget(s.make);
    s.declineButton = new QPushButton(tr("Decline…"));
    s.declineButton->setObjectName(QStringLiteral("declineButton"));
    s.declineButton->setToolTip(
        withKeys(tr("Notes that you share nothing; nobody is told"), m_state->declineAction->shortcuts()));
    connect(s.declineButton, &QPushButton::clicked, this, &SharePlace::decline);
    layout->addWidget(s.declineButton);
    auto *nothing = new QLabel(tr("Nothing is sent. You hand the package over yourself."));
    nothing->setWordWrap(true);
    nothing->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(nothing);
    return side;
}

QWidget *SharePlace::buildWorking()
{
    State &s = *m_state;
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(60, 40, 60, 40);
    layout->setSpacing(14);
    auto *heading = new QLabel(tr("Making the package"));
    heading->setProperty("look", QStringLiteral("title"));
    layout->addWidget(heading);
    s.progressText = new QLabel;
    s.progressText->setObjectName(QStringLiteral("shareProgressText"));
    layout->addWidget(s.progressText);
    s.progress = new QProgressBar;
    s.progress->setObjectName(QStringLiteral("shareProgress"));
    s.progress->setAccessibleName(tr("Progress"));
    s.progress->setTextVisible(false);
    layout->addWidget(s.progress);
    s.steps = new QListWidget;
    s.steps->setObjectName(QStringLiteral("shareSteps"));
    s.steps->setAccessibleName(tr("What was done and checked"));
    s.steps->setSelectionMode(QAbstractItemView::NoSelection);
    layout->addWidget(s.steps, 1);
    auto *cancel = new QPushButton(tr("Cancel"));
    cancel->setObjectName(QStringLiteral("cancelShare"));
    connect(cancel, &QPushButton::clicked, this, &SharePlace::cancelJob);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(cancel);
    layout->addLayout(buttons);
    return page;
}

QWidget *SharePlace::buildDone()
{
    State &s = *m_state;
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(60, 30, 60, 30);
    layout->setSpacing(14);
    auto *heading = new QLabel(tr("The package is ready"));
    heading->setProperty("look", QStringLiteral("title"));
    layout->addWidget(heading);
    s.doneText = new QLabel;
    s.doneText->setObjectName(QStringLiteral("packageDone"));
    s.doneText->setWordWrap(true);
    s.doneText->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    layout->addWidget(s.doneText);

    QVBoxLayout *card = addCard(layout, tr("Fingerprint of your key"), "fingerprintCard");
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(large.pointSizeF() * 1.7);
    s.spoken = new QLabel;
    s.spoken->setObjectName(QStringLiteral("spokenFingerprint"));
    s.spoken->setFont(large);
    s.spoken->setWordWrap(true);
    s.spoken->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    card->addWidget(s.spoken);
    s.fingerprint = new QLabel;
    s.fingerprint->setObjectName(QStringLiteral("fingerprint"));
    s.fingerprint->setProperty("look", QStringLiteral("muted"));
    s.fingerprint->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    card->addWidget(s.fingerprint);
    auto *tell =
        new QLabel(tr("Read it to the recipient, in person or on a number you looked up yourself. They compare it with "
                      "what their check of the package shows; only that tells them that the package is yours."));
    tell->setWordWrap(true);
    card->addWidget(tell);

    card = addCard(layout, tr("Hand it over"), "deliveryCard");
    s.portalText = new QLabel;
    s.portalText->setObjectName(QStringLiteral("portalText"));
    s.portalText->setWordWrap(true);
    card->addWidget(s.portalText);
    auto *open = new QPushButton(tr("Open the folder"));
    open->setObjectName(QStringLiteral("openPackage"));
    auto *copy = new QPushButton(tr("Copy the fingerprint"));
    copy->setObjectName(QStringLiteral("copyFingerprint"));
    auto *row = new QHBoxLayout;
    row->addWidget(open);
    row->addWidget(copy);
    row->addStretch();
    card->addLayout(row);
    connect(open, &QPushButton::clicked, this, [this] {
        if (!m_state->outcome)
            return;
        const std::filesystem::path folder = std::filesystem::absolute(m_state->outcome->package.folder);
        showInFileManager(folder, this, [this, folder] {
            m_state->doneText->setText(
                tr("No file manager answered. The package is in %1.").arg(base::displayPath(folder)));
        });
    });
    connect(copy, &QPushButton::clicked, this, [this] {
        if (m_state->outcome)
            QGuiApplication::clipboard()->setText(m_state->outcome->fingerprint);
    });
    auto *fields = new QFormLayout;
    s.deliveredBy = new QComboBox;
    s.deliveredBy->setObjectName(QStringLiteral("deliveredBy"));
    s.deliveredBy->setAccessibleName(tr("Handed over by"));
    for (const QString &word : consent::deliveryChannelWords())
        s.deliveredBy->addItem(consent::statementWord(statementLanguage(), "channel", word), word);
    fields->addRow(tr("Handed over by"), s.deliveredBy);
    s.deliveredTo = new QLineEdit;
    s.deliveredTo->setObjectName(QStringLiteral("deliveredTo"));
    s.deliveredTo->setAccessibleName(tr("To whom"));
    fields->addRow(tr("To whom"), s.deliveredTo);
    card->addLayout(fields);
    s.delivered = new QPushButton(tr("Note that it was handed over"));
    s.delivered->setObjectName(QStringLiteral("noteDelivery"));
    connect(s.delivered, &QPushButton::clicked, this, &SharePlace::noteDelivery);
    auto *again = new QPushButton(tr("Answer another request"));
    again->setObjectName(QStringLiteral("anotherRequest"));
    connect(again, &QPushButton::clicked, this, [this] {
        m_state->outcome.reset();
        m_state->outputChosen = false;
        m_state->request = RequestForm::emptyRequest();
        m_state->form->setRequest(m_state->request);
        m_state->signAs->clear();
        m_state->stack->setCurrentIndex(FormPage);
        readProjects();
    });
    row = new QHBoxLayout;
    row->addWidget(s.delivered);
    row->addStretch();
    card->addLayout(row);
    row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(again);
    layout->addLayout(row);
    layout->addStretch();
    scroll->setWidget(page);
    return scroll;
}

void SharePlace::setProjects(const std::vector<std::filesystem::path> &projects)
{
    std::vector<State::Entry> entries;
    bool isNew = false;
    for (const std::filesystem::path &project : projects) {
        const auto known = std::find_if(m_state->entries.begin(), m_state->entries.end(),
                                        [&project](const State::Entry &entry) { return entry.project == project; });
        isNew = isNew || known == m_state->entries.end();
        State::Entry entry;
        entry.project = project;
        entries.push_back(known == m_state->entries.end() ? std::move(entry) : std::move(*known));
    }
    const bool changed = isNew || entries.size() != m_state->entries.size();
    m_state->entries = std::move(entries);
    if (!changed)
        return;
    showClips();
    if (isVisible())
        readProjects();
}

void SharePlace::setOpenProject(const std::filesystem::path &project)
{
    m_state->openProject = project;
    if (isVisible() && project.empty())
        readProjects();
}

void SharePlace::showEvent(QShowEvent *event)
{
    Place::showEvent(event);
    if (!m_state->openProject.empty())
        emit releaseWanted(); // reading goes on when it is closed
    else
        readProjects();
    m_state->thread->run(
        this, [] { return readKeyState(); },
        [this](const base::Result<KeyState> &key) {
            if (key)
                m_state->key = *key;
            else
                m_state->failure->setTexts(key.error().message, {});
            refresh();
        });
}

void SharePlace::changeEvent(QEvent *event)
{
    Place::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_state->content != nullptr && !m_state->working)
        build();
}

void SharePlace::readProjects()
{
    if (m_state->working)
        return;
    for (const State::Entry &entry : m_state->entries) {
        if (entry.project == m_state->openProject)
            continue;
        m_state->thread->run(
            this, [project = entry.project] { return readShareClip(project); },
            [this, project = entry.project](const base::Result<ShareClip> &clip) { takeClip(project, clip); });
    }
    showClips();
}

void SharePlace::takeClip(const std::filesystem::path &project, const base::Result<ShareClip> &clip)
{
    const auto entry = std::find_if(m_state->entries.begin(), m_state->entries.end(),
                                    [&project](const State::Entry &known) { return known.project == project; });
    if (entry == m_state->entries.end())
        return;
    if (clip) {
        entry->clip = *clip;
        entry->error.clear();
    } else {
        entry->clip.reset();
        entry->error = clip.error().message;
        entry->chosen = false;
    }
    showClips();
    refresh();
}

void SharePlace::showClips()
{
    State &s = *m_state;
    if (s.stack->currentIndex() == EmptyPageIndex && !s.entries.empty())
        s.stack->setCurrentIndex(FormPage);
    if (s.stack->currentIndex() == FormPage && s.entries.empty())
        s.stack->setCurrentIndex(EmptyPageIndex);
    s.building = true;
    const int selected = s.table->currentRow();
    const consent::RequestWindow window = s.form->request().window;
    const QString language = statementLanguage();
    s.table->setRowCount(int(s.entries.size()));
    for (int row = 0; row < int(s.entries.size()); ++row) {
        const State::Entry &entry = s.entries[std::size_t(row)];
        const auto set = [&](int column, const QString &text) {
            auto *item = new QTableWidgetItem(text);
            item->setToolTip(text);
            s.table->setItem(row, column, item);
            return item;
        };
        auto *name = set(NameColumn,
                         entry.clip ? nameOf(std::filesystem::path(entry.clip->clip.document.source.path.toStdString()))
                                    : nameOf(entry.project));
        name->setFlags(entry.clip ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable
                                  : Qt::NoItemFlags);
        name->setCheckState(entry.chosen ? Qt::Checked : Qt::Unchecked);
        if (!entry.clip) {
            set(ReviewColumn, entry.error.isEmpty() ? tr("reading…") : entry.error);
            for (int column = WindowColumn; column < ClipColumns; ++column)
                set(column, {});
            continue;
        }
        const project::ReviewDocument &document = entry.clip->clip.document;
        set(ReviewColumn, document.reviewed ? tr("reviewed") : tr("NOT reviewed"));
        const consent::WindowMatch match = consent::matchWindow(window, document.source, document.settings);
        switch (match.relation) {
        case consent::WindowRelation::Inside:
            set(WindowColumn, tr("lies in it"));
            break;
        case consent::WindowRelation::Outside:
            set(WindowColumn, tr("lies outside"));
            break;
        case consent::WindowRelation::Partly:
            set(WindowColumn, document.settings.trim ? tr("trimmed")
                                                     : tr("%1 to %2 of it")
                                                           .arg(base::formatMilliseconds(match.beginMilliseconds),
                                                                base::formatMilliseconds(match.endMilliseconds)));
            break;
        case consent::WindowRelation::Unknown:
            set(WindowColumn, tr("recorded when?"));
            break;
        }
        QStringList visible;
        int covered = 0;
        for (const consent::DepictedPerson &person : entry.clip->people) {
            if (person.treatment == consent::Treatment::Redacted)
                ++covered;
            else
                visible.append(tr("%1 (consent: %2)")
                                   .arg(consent::statementWord(language, "reason", person.reason),
                                        consent::statementWord(language, "consent", person.consent)));
        }
        set(PeopleColumn, (visible.isEmpty() ? tr("nobody") : visible.join(QStringLiteral("; "))) + QLatin1Char(' ')
                              + tr("— covered: %n", nullptr, covered));
        const bool sound = document.settings.keepAudio && document.source.info.defaultAudioStream >= 0;
        set(SoundColumn, sound ? tr("kept") : tr("none"));
    }
    s.table->resizeColumnToContents(NameColumn);
    s.table->resizeColumnToContents(ReviewColumn);
    s.table->resizeColumnToContents(WindowColumn);
    if (selected >= 0 && selected < s.table->rowCount())
        s.table->selectRow(selected);
    s.building = false;
}

ShareOrder SharePlace::order() const
{
    const State &s = *m_state;
    ShareOrder order;
    for (const State::Entry &entry : s.entries) {
        if (entry.chosen && entry.clip)
            order.clips.push_back(*entry.clip);
    }
    order.request = s.form->request();
    order.request.language = s.statementLanguage;
    order.request.decision.withheld = s.withheld->isChecked();
    order.request.decision.withheldNote = s.withheld->isChecked() ? s.withheldNote->text().trimmed() : QString();
    order.request.decision.outcome =
        s.withheld->isChecked() ? consent::DecisionOutcome::ShareInPart : consent::DecisionOutcome::Share;
    order.signAs = s.signAs->text().trimmed();
    order.unreviewedReason = s.unreviewedReason->text().trimmed();
    order.output = pathOf(s.output->text().trimmed());
    order.zip = s.zip->isChecked();
    order.recipients = s.recipients->toPlainText();
    order.passphrase = s.passphrase->text().toUtf8();
    return order;
}

void SharePlace::refresh()
{
    State &s = *m_state;
    if (s.building)
        return;
    const consent::Request request = s.form->request();
    if (!s.outputChosen) {
        const QSignalBlocker quiet(s.output);
        s.output->setText(QDir::toNativeSeparators(proposedOutput(request)));
    }
    const bool unreviewed = std::any_of(s.entries.begin(), s.entries.end(), [](const State::Entry &entry) {
        return entry.chosen && entry.clip && !entry.clip->clip.document.reviewed;
    });
    s.unreviewedLabel->setVisible(unreviewed);
    s.unreviewedReason->setVisible(unreviewed);
    s.withheldNote->setVisible(s.withheld->isChecked());
    const bool needsPassphrase = s.key.needsPassphrase();
    s.passphraseLabel->setText(s.key.current ? tr("Passphrase of your key") : tr("A passphrase for your new key"));
    s.passphraseLabel->setVisible(needsPassphrase);
    s.passphrase->setVisible(needsPassphrase);
    const bool inWindow = std::any_of(s.entries.begin(), s.entries.end(), [&request](const State::Entry &entry) {
        return entry.clip && !entry.clip->clip.document.settings.trim
               && consent::matchWindow(request.window, entry.clip->clip.document.source,
                                       entry.clip->clip.document.settings)
                          .relation
                      == consent::WindowRelation::Partly;
    });
    s.trim->setVisible(inWindow);
    const bool preservation = request.kind == consent::RequestKind::PreservationRequest;
    s.make->setEnabled(!s.working && !preservation);
    s.makeAction->setEnabled(s.make->isEnabled());
    s.declineAction->setEnabled(!s.working);
    showProblems();
    s.previewTimer->start();
}

void SharePlace::showProblems()
{
    State &s = *m_state;
    const ShareOrder current = order();
    s.problems->clear();
    const auto add = [&s](const QString &mark, const QString &text) {
        s.problems->addItem(mark.isEmpty() ? text : mark + QStringLiteral(": ") + text);
    };
    if (current.clips.empty())
        add(tr("To do"), tr("choose the clips that leave"));
    if (current.signAs.isEmpty())
        add(tr("To do"), tr("type your name"));
    for (const consent::RequestProblem &problem : consent::problemsOf(current.request)) {
        switch (problem.level) {
        case consent::RequestProblem::Level::Invalid:
            add(tr("To do"), problem.text);
            break;
        case consent::RequestProblem::Level::Missing:
            add(tr("Missing"), problem.text);
            break;
        case consent::RequestProblem::Level::Unusual:
            add(tr("Unusual"), problem.text);
            break;
        case consent::RequestProblem::Level::Notice:
            break; // stands in the form
        }
    }
}

void SharePlace::showPreview()
{
    ShareOrder current = order();
    if (current.clips.empty()) {
        m_state->preview->setPlainText(tr("Choose a clip, and the statement shows here."));
        return;
    }
    m_state->thread->run(
        this, [current] { return previewStatement(current); },
        [this](const base::Result<QString> &page) {
            if (page)
                m_state->preview->setHtml(*page);
            else
                m_state->preview->setPlainText(page.error().message);
        });
}

void SharePlace::chooseOutput()
{
    auto *dialog = new QFileDialog(this, tr("Folder of the package"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_state->output->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_state->outputChosen = true;
        m_state->output->setText(file);
    });
    dialog->open();
}

void SharePlace::make()
{
    State &s = *m_state;
    if (s.working)
        return;
    s.failure->setTexts({}, {});
    ShareOrder wanted = order();
    if (const base::Result<void> open = checkOrder(wanted); !open) {
        s.failure->setTexts(open.error().message, {});
        return;
    }
    s.working = true;
    s.cancel = {};
    s.steps->clear();
    s.progress->setRange(0, 0);
    s.progressText->clear();
    s.stack->setCurrentIndex(WorkingPage);
    refresh();
    emit jobChanged({tr("Making a package"), {}, -1, true});
    const auto progress = [this](const base::Progress &done) {
        QMetaObject::invokeMethod(
            this, [this, done] { showProgress(done); }, Qt::QueuedConnection);
    };
    const auto step = [this](const QString &name, std::size_t clip) {
        QMetaObject::invokeMethod(
            this, [this, name, clip] { showStep(name, clip); }, Qt::QueuedConnection);
    };
    s.passphrase->clear();
    s.thread->run(
        this,
        [wanted = std::move(wanted), progress, step, cancel = s.cancel]() mutable {
            // The folder for packages may be new.
            std::error_code ignored;
            std::filesystem::create_directories(wanted.output.parent_path(), ignored);
            return makeShare(std::move(wanted), progress, step, cancel);
        },
        [this](const base::Result<ShareOutcome> &outcome) { finish(outcome); });
}

void SharePlace::showProgress(const base::Progress &progress)
{
    State &s = *m_state;
    if (!s.working)
        return;
    const int percent =
        progress.total > 0 ? int(std::clamp<std::int64_t>(100 * progress.done / progress.total, 0, 100)) : -1;
    s.progress->setRange(0, percent < 0 ? 0 : 100);
    s.progress->setValue(std::max(percent, 0));
    s.progressText->setText(
        progress.stage == QLatin1String("verify")
            ? tr("Checking the finished clip, frame %1 of %2").arg(progress.done).arg(progress.total)
            : tr("Covering and encoding, frame %1 of %2").arg(progress.done).arg(progress.total));
    emit jobChanged({tr("Making a package"), s.progressText->text(), percent, true});
}

void SharePlace::showStep(const QString &step, std::size_t clip)
{
    State &s = *m_state;
    const int number = int(clip) + 1;
    const QString tick = QStringLiteral("✓  ");
    if (step == QLatin1String("export"))
        s.steps->addItem(QStringLiteral("…  ") + tr("Clip %1: covering, encoding, decoding again").arg(number));
    else if (step == QLatin1String("verified"))
        s.steps->addItem(
            tick
            + tr("Clip %1: covers, frames, second search, container and original were checked on the finished file")
                  .arg(number));
    else if (step == QLatin1String("record"))
        s.steps->addItem(tick + tr("Log, record and statement"));
    else if (step == QLatin1String("signed"))
        s.steps->addItem(tick + tr("The record fits its schema; record and manifest are signed"));
    else if (step == QLatin1String("read-back"))
        s.steps->addItem(tick + tr("Everything was read back and checked as the recipient will"));
    else if (step == QLatin1String("done"))
        s.steps->addItem(tick + tr("In place"));
    s.steps->scrollToBottom();
}

void SharePlace::finish(const base::Result<ShareOutcome> &outcome)
{
    State &s = *m_state;
    s.working = false;
    emit jobChanged({});
    for (const State::Entry &entry : s.entries) {
        if (entry.chosen)
            emit projectChanged(entry.project);
    }
    if (!outcome) {
        s.stack->setCurrentIndex(FormPage);
        if (outcome.error().kind != base::ErrorKind::Cancelled)
            s.failure->setTexts(outcome.error().message, {});
        readProjects();
        refresh();
    } else {
        s.outcome = *outcome;
        emit ledgerChanged();
        const pipeline::PackageResult &made = outcome->package;
        QStringList places{base::displayPath(made.folder)};
        if (made.zip)
            places.append(base::displayPath(*made.zip));
        if (made.sealed)
            places.append(base::displayPath(*made.sealed));
        s.doneText->setText(tr("It was signed, read back, and noted in the ledger as entry %1. Nothing was sent.\n%2")
                                .arg(outcome->ledgerEntry)
                                .arg(places.join(QLatin1Char('\n'))));
        s.spoken->setText(outcome->spokenFingerprint);
        s.fingerprint->setText(outcome->fingerprint);
        s.portalText->setText(made.portal.fitsAtOnce() ? tr("On a data carrier: the folder or the ZIP. On a portal "
                                                            "that takes single files: the clips, data/consent.jsonld, "
                                                            "data/consent.jsonld.sig and data/statement.html.")
                                                       : tr("Many portals take 16 files and 10 GB at once: hand it "
                                                            "over in %1 parts, each with data/consent.jsonld and its "
                                                            "signature.")
                                                             .arg(made.portal.submissions.size()));
        s.deliveredBy->setCurrentIndex(
            std::max(0, s.deliveredBy->findData(consent::toText(s.form->request().recipient.channel))));
        s.deliveredTo->setText(s.form->request().recipient.officer);
        s.delivered->setEnabled(true);
        s.stack->setCurrentIndex(DonePage);
        refresh();
    }
    if (s.closing)
        emit readyToClose();
}

void SharePlace::decline()
{
    if (m_state->working)
        return;
    const consent::Request request = order().request;
    auto *dialog = new SmallDialog(QStringLiteral("declineDialog"), tr("Decline the request"),
                                   {tr("Decline and note it"), QStringLiteral("declineConfirm")}, this);
    auto *text = new QLabel(
        tr("That you share nothing is noted in the ledger on this machine. Nobody is told, and no package is made."));
    text->setWordWrap(true);
    dialog->content()->addWidget(text);
    auto *note = new QPlainTextEdit;
    note->setObjectName(QStringLiteral("declineNote"));
    note->setAccessibleName(tr("A note for yourself"));
    note->setPlaceholderText(tr("A note for yourself"));
    note->setTabChangesFocus(true);
    dialog->content()->addWidget(note);
    connect(dialog, &QDialog::accepted, this, [this, request, note] {
        m_state->thread->run(
            this, [request, text = note->toPlainText()] { return noteDecline(request, text); },
            [this](const base::Result<consent::LedgerEntry> &entry) {
                if (!entry) {
                    m_state->failure->setTexts(entry.error().message, {});
                    return;
                }
                m_state->problems->insertItem(0, tr("Declined; noted in the ledger as entry %1.").arg(entry->number));
                emit ledgerChanged();
            });
    });
    dialog->open();
}

void SharePlace::trimSelected()
{
    const consent::RequestWindow window = m_state->form->request().window;
    for (int row = 0; row < int(m_state->entries.size()); ++row) {
        const State::Entry &entry = m_state->entries[std::size_t(row)];
        const bool wanted = row == m_state->table->currentRow() || entry.chosen;
        if (!wanted || !entry.clip || entry.clip->clip.document.settings.trim)
            continue;
        const auto match =
            consent::matchWindow(window, entry.clip->clip.document.source, entry.clip->clip.document.settings);
        if (match.relation != consent::WindowRelation::Partly)
            continue;
        m_state->thread->run(
            this, [project = entry.project, window] { return trimToWindow(project, window); },
            [this, project = entry.project](const base::Result<ShareClip> &clip) {
                if (!clip)
                    m_state->failure->setTexts(clip.error().message, {});
                else
                    takeClip(project, clip);
                emit projectChanged(project);
            });
    }
}

void SharePlace::noteDelivery()
{
    State &s = *m_state;
    if (!s.outcome)
        return;
    QJsonObject content{{QStringLiteral("channel"), s.deliveredBy->currentData().toString()}};
    if (!s.deliveredTo->text().trimmed().isEmpty())
        content.insert(QStringLiteral("to"), s.deliveredTo->text().trimmed());
    s.delivered->setEnabled(false);
    s.thread->run(
        this,
        [record = s.outcome->package.identifier, content] {
            return noteLater(consent::EntryKind::Delivery, record, content);
        },
        [this](const base::Result<consent::LedgerEntry> &entry) {
            if (!entry) {
                m_state->delivered->setEnabled(true);
                m_state->doneText->setText(entry.error().message);
                return;
            }
            m_state->portalText->setText(tr("The delivery is noted in the ledger as entry %1.").arg(entry->number));
            emit ledgerChanged();
        });
}

} // namespace doorveil::ui
