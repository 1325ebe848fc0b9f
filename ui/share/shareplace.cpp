// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareplace.h"

#include "actions.h"
#include "base/handover.h"
#include "consent/statement.h"
#include "coretexts.h"
#include "jobthread.h"
#include "settings/projectmarks.h"
#include "settings/settings.h"
#include "share/requestform.h"
#include "share/shareclips.h"
#include "share/sharedonepage.h"
#include "share/shareexport.h"
#include "share/shareworkingpage.h"
#include "share/todolist.h"
#include "translation.h"
#include "window/card.h"
#include "window/emptypage.h"
#include "window/noticebar.h"
#include "window/smalldialog.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QEvent>
#include <QFile>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QStackedWidget>
#include <QTextBrowser>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {

enum Page { EmptyPageIndex, FormPage, WorkingPage, DonePage };
constexpr int previewDelay = 400; // milliseconds after the last key

} // namespace

struct SharePlace::State
{
    explicit State(Settings &lent) : settings(lent) { }

    Settings &settings;
    std::vector<ShareEntry> entries;
    std::filesystem::path openProject;
    ShareDraft typed; ///< what a new form begins with
    consent::Request fresh = RequestForm::emptyRequest(); ///< as it was when this request began
    ShareDraft pristine; ///< an empty form, for comparison
    ProjectMarks marks{settings};
    std::vector<QString> stillChosen; ///< marks of the draft's projects that are not in the list yet
    QString statementLanguage;
    KeyState key;
    bool keychainRefused = false; ///< there is a bus, and no password store answers on it
    bool building = false;
    bool working = false;
    bool closing = false;
    base::CancelToken cancel;
    std::optional<ShareOutcome> outcome;
    std::optional<consent::LedgerEntry> declined;

    QStackedWidget *stack = nullptr;
    QWidget *content = nullptr;
    EmptyPage *empty = nullptr;
    RequestForm *form = nullptr;
    ShareClips *clips = nullptr;
    QComboBox *language = nullptr;
    QTextBrowser *preview = nullptr;
    ShareExport *exporting = nullptr;
    QScrollArea *scroll = nullptr;
    TodoList *toDo = nullptr;
    QPushButton *make = nullptr;
    QPushButton *declineButton = nullptr;
    QPushButton *startOverButton = nullptr;
    NoticeBar *failure = nullptr;
    ShareWorkingPage *workingPage = nullptr;
    ShareDonePage *donePage = nullptr;
    QTimer *previewTimer = nullptr;
    QAction *makeAction = nullptr;
    QAction *declineAction = nullptr;

    std::unique_ptr<JobThread> thread = std::make_unique<JobThread>(QStringLiteral("share"), JobThread::Pace::Patient);
};

SharePlace::SharePlace(const WindowContext &context, QWidget *parent)
    : Place(parent), m_state(std::make_unique<State>(context.settings))
{
    setObjectName(QStringLiteral("sharePlace"));
    m_state->statementLanguage = statementLanguage();
    m_state->typed.request = m_state->fresh;
    if (auto draft = shareDraftFromJson(context.settings.value(QLatin1String(settings::shareDraft)))) {
        m_state->typed = std::move(*draft);
        m_state->stillChosen = m_state->typed.chosen;
        m_state->statementLanguage = m_state->typed.request.language;
    }
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

void SharePlace::build()
{
    State &s = *m_state;
    s.building = true;
    const int index = s.stack != nullptr ? s.stack->currentIndex() : int(EmptyPageIndex);
    std::unique_ptr<QWidget> former(s.content); // another language: what was typed stays
    const ShareExport *formerExport = s.exporting;
    if (former)
        s.typed = draft();
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
    auto *scroll = s.scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("shareScroll"));
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new QWidget;
    auto *cards = new QVBoxLayout(page);
    cards->setContentsMargins(0, 0, 8, 0);
    cards->setSpacing(14);
    s.form = new RequestForm(statementLanguage(), s.content);
    s.clips = new ShareClips(s.entries);
    s.exporting = new ShareExport;
    addCard(*cards, tr("1  Who asked"), QStringLiteral("askedCard"))->addWidget(s.form->askedPanel());
    addCard(*cards, tr("2  What leaves"), QStringLiteral("clipsCard"))->addWidget(s.clips);
    addCard(*cards, tr("3  Conditions"), QStringLiteral("conditionsCard"))->addWidget(s.form->conditionsPanel());
    buildPreview(addCard(*cards, tr("4  How it will read"), QStringLiteral("previewCard")));
    addCard(*cards, tr("5  Your name, and where it goes"), QStringLiteral("exportCard"))->addWidget(s.exporting);
    cards->addStretch();
    scroll->setWidget(page);
    columns->addWidget(scroll, 1);
    columns->addWidget(buildSide());
    s.stack->addWidget(formPage);
    s.workingPage = new ShareWorkingPage;
    s.donePage = new ShareDonePage;
    s.stack->addWidget(s.workingPage);
    s.stack->addWidget(s.donePage);

    s.form->setRequest(s.fresh);
    s.pristine = draft();
    s.pristine.chosen.clear();
    s.pristine.request.language = statementLanguage();
    showTyped();
    if (former)
        s.exporting->takeOver(*formerExport);
    if (s.outcome)
        s.donePage->showOutcome(*s.outcome, s.typed.request.recipient);
    if (s.declined)
        s.donePage->showDeclined(*s.declined);
    connectParts();
    s.building = false;
    s.stack->setCurrentIndex(index);
    showClips();
    refresh();
}

void SharePlace::showTyped()
{
    State &s = *m_state;
    s.form->setRequest(s.typed.request);
    s.clips->setUnreviewedReason(s.typed.unreviewedReason);
    s.clips->setDecision(s.typed.request.decision);
    s.exporting->setDraft(s.typed);
}

void SharePlace::connectParts()
{
    State &s = *m_state;
    connect(s.clips, &ShareClips::changed, this, &SharePlace::takeEdit);
    connect(s.clips, &ShareClips::trimWanted, this, &SharePlace::trim);
    connect(s.clips, &ShareClips::askedForWanted, this,
            [this] { m_state->clips->chooseAskedFor(m_state->form->request().window); });
    connect(s.toDo, &TodoList::fieldWanted, this, &SharePlace::goTo);
    connect(s.exporting, &ShareExport::changed, this, &SharePlace::takeEdit);
    connect(s.workingPage, &ShareWorkingPage::cancelWanted, this, &SharePlace::cancelJob);
    connect(s.donePage, &ShareDonePage::deliveryGiven, this, &SharePlace::noteDelivery);
    connect(s.donePage, &ShareDonePage::anotherWanted, this, &SharePlace::beginAnother);
    connect(s.donePage, &ShareDonePage::ledgerWanted, this, &SharePlace::ledgerWanted);
    connect(s.form, &RequestForm::changed, this, &SharePlace::takeEdit);
    connect(s.form, &RequestForm::documentChosen, this, [this](const QString &file) {
        m_state->thread->run(
            this,
            [path = QFile::encodeName(file).toStdString(), ending = m_state->thread->ending()] {
                return hashDocument(path, ending);
            },
            [this](const base::Result<QString> &hash) {
                if (hash)
                    m_state->form->setDocumentHash(*hash);
                else
                    m_state->failure->setTexts(errorText(hash.error()), {});
            });
    });
    // The list of a choice is a widget of its own to a screen reader.
    for (QComboBox *box : s.content->findChildren<QComboBox *>())
        box->view()->setAccessibleName(box->accessibleName());
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
        takeEdit();
    });
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
    s.toDo = new TodoList;
    s.toDo->setObjectName(QStringLiteral("requestProblems"));
    s.toDo->setAccessibleName(tr("What is missing or unusual"));
    layout->addWidget(s.toDo, 1);
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
    s.startOverButton = new QPushButton(tr("Start over…"));
    s.startOverButton->setObjectName(QStringLiteral("startOver"));
    s.startOverButton->setProperty("look", QStringLiteral("link"));
    connect(s.startOverButton, &QPushButton::clicked, this, &SharePlace::startOver);
    layout->addWidget(s.startOverButton);
    auto *nothing = new QLabel(tr("Nothing is sent. You hand the package over yourself."));
    nothing->setWordWrap(true);
    nothing->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(nothing);
    return side;
}

void SharePlace::beginAnother()
{
    State &s = *m_state;
    s.outcome.reset();
    s.declined.reset();
    s.typed = {};
    s.fresh = RequestForm::emptyRequest();
    s.typed.request = s.fresh;
    s.statementLanguage = statementLanguage();
    s.language->setCurrentIndex(s.language->findData(s.statementLanguage));
    s.stillChosen.clear();
    for (ShareEntry &entry : s.entries)
        entry.chosen = false;
    s.failure->setTexts({}, {});
    s.exporting->forgetDecision();
    showTyped();
    s.pristine = draft();
    s.stack->setCurrentIndex(s.entries.empty() ? EmptyPageIndex : FormPage);
    s.scroll->verticalScrollBar()->setValue(0);
    firstFocus()->setFocus(Qt::OtherFocusReason);
    readProjects();
    refresh();
    saveDraft();
}

void SharePlace::startOver()
{
    auto *dialog = new SmallDialog(QStringLiteral("startOverDialog"), tr("Start over"),
                                   {tr("Empty the page"), QStringLiteral("startOverConfirm")}, this);
    auto *text = new QLabel(tr("What is typed on this page is forgotten. Clips, projects and the ledger stay."));
    text->setWordWrap(true);
    dialog->content()->addWidget(text);
    connect(dialog, &QDialog::accepted, this, &SharePlace::beginAnother);
    dialog->open();
}

ShareDraft SharePlace::draft() const
{
    const State &s = *m_state;
    ShareDraft draft;
    draft.request = order().request;
    draft.unreviewedReason = s.clips->unreviewedReason();
    s.exporting->fillIn(draft);
    draft.chosen = s.stillChosen;
    for (const ShareEntry &entry : s.entries) {
        if (entry.chosen)
            draft.chosen.push_back(s.marks.of(entry.project));
    }
    return draft;
}

void SharePlace::saveDraft()
{
    State &s = *m_state;
    if (s.stack->currentIndex() != FormPage) // before the first clip is there, or after the end of a request
        return;
    const ShareDraft now = draft();
    const bool typed = now != s.pristine;
    s.settings.setValue(QLatin1String(settings::shareDraft), typed ? toJson(now) : QJsonValue());
    s.startOverButton->setEnabled(typed);
    emit badgeChanged(typed ? tr("draft") : QString());
}

void SharePlace::forgetDraft()
{
    m_state->settings.setValue(QLatin1String(settings::shareDraft), QJsonValue());
    emit badgeChanged({});
}

void SharePlace::setProjects(const std::vector<std::filesystem::path> &projects)
{
    // One that is read anew leaves the list for a moment: its tick waits for it.
    for (const ShareEntry &entry : m_state->entries) {
        if (entry.chosen && std::find(projects.begin(), projects.end(), entry.project) == projects.end())
            m_state->stillChosen.push_back(m_state->marks.of(entry.project));
    }
    std::vector<ShareEntry> entries;
    bool isNew = false;
    for (const std::filesystem::path &project : projects) {
        const auto known = std::find_if(m_state->entries.begin(), m_state->entries.end(),
                                        [&project](const ShareEntry &entry) { return entry.project == project; });
        isNew = isNew || known == m_state->entries.end();
        ShareEntry entry;
        entry.project = project;
        if (const auto still =
                std::find(m_state->stillChosen.begin(), m_state->stillChosen.end(), m_state->marks.of(project));
            still != m_state->stillChosen.end()) {
            entry.chosen = true;
            m_state->stillChosen.erase(still);
        }
        entries.push_back(known == m_state->entries.end() ? std::move(entry) : std::move(*known));
    }
    const bool changed = isNew || entries.size() != m_state->entries.size();
    m_state->entries = std::move(entries);
    if (!changed)
        return;
    showClips();
    saveDraft();
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
    readKey();
}

void SharePlace::readKey()
{
    m_state->thread->run(
        this, [] { return readKeyState(); },
        [this](const base::Result<KeyState> &key) {
            if (key)
                takeKey(*key);
            else
                m_state->failure->setTexts(errorText(key.error()), {});
            refresh();
        });
}

void SharePlace::changeEvent(QEvent *event)
{
    Place::changeEvent(event);
    if (event->type() == QEvent::LanguageChange && m_state->content != nullptr && !m_state->working)
        build();
}

void SharePlace::takeKey(const KeyState &key)
{
    m_state->key = key;
    if (m_state->keychainRefused) // a new key is sealed with a typed passphrase instead
        m_state->key.keychainRuns = false;
}

void SharePlace::readProjects()
{
    if (m_state->working)
        return;
    for (const ShareEntry &entry : m_state->entries) {
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
                                    [&project](const ShareEntry &known) { return known.project == project; });
    if (entry == m_state->entries.end())
        return;
    if (clip) {
        entry->clip = *clip;
        entry->error.clear();
    } else {
        entry->clip.reset();
        entry->error = errorText(clip.error());
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
    s.clips->showEntries(s.form->request().window);
}

ShareOrder SharePlace::order() const
{
    const State &s = *m_state;
    ShareOrder order;
    for (const ShareEntry &entry : s.entries) {
        if (entry.chosen && entry.clip)
            order.clips.push_back(*entry.clip);
    }
    order.request = s.form->request();
    order.request.language = s.statementLanguage;
    s.clips->fillIn(order.request.decision);
    order.unreviewedReason = s.clips->unreviewedReason().trimmed();
    s.exporting->fillIn(order);
    return order;
}

void SharePlace::takeEdit()
{
    if (m_state->building)
        return;
    m_state->failure->setTexts({}, {}); // it was about what stood there before
    refresh();
    saveDraft();
}

void SharePlace::refresh()
{
    State &s = *m_state;
    if (s.building)
        return;
    const consent::Request request = s.form->request();
    s.exporting->proposeOutput(request);
    s.exporting->showKey(s.key);
    s.clips->showFields(request.window);
    const bool preservation = request.kind == consent::RequestKind::PreservationRequest;
    s.make->setEnabled(!s.working && !preservation);
    s.makeAction->setEnabled(s.make->isEnabled());
    s.declineAction->setEnabled(!s.working);
    showToDo();
    s.previewTimer->start();
}

void SharePlace::showToDo()
{
    State &s = *m_state;
    const ShareOrder current = order();
    std::vector<TodoList::Item> items;
    using Kind = TodoList::Kind;
    if (current.request.kind != consent::RequestKind::PreservationRequest) { // it makes no package
        if (current.clips.empty())
            items.push_back({Kind::ToDo, tr("choose the clips that leave"), s.clips->table()});
        if (s.clips->needsReason())
            items.push_back(
                {Kind::ToDo, tr("review the clip, or say why it was not reviewed"), s.clips->reasonField()});
        for (const ShareExport::Gap &gap : s.exporting->gaps())
            items.push_back({Kind::ToDo, gap.what, gap.field});
    }
    for (const consent::RequestProblem &problem : consent::problemsOf(current.request)) {
        if (problem.level == consent::RequestProblem::Level::Notice)
            continue; // stands in the form
        const Kind kind = problem.level == consent::RequestProblem::Level::Invalid   ? Kind::ToDo
                          : problem.level == consent::RequestProblem::Level::Missing ? Kind::Missing
                                                                                     : Kind::Unusual;
        items.push_back({kind, problemText(problem), s.form->fieldFor(problem.field)});
    }
    s.toDo->setItems(std::move(items));
}

void SharePlace::goTo(QWidget *field)
{
    constexpr int margin = 120; // its label and what stands around it
    m_state->scroll->ensureWidgetVisible(field, margin, margin);
    field->setFocus(Qt::OtherFocusReason);
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
                m_state->preview->setPlainText(errorText(page.error()));
        });
}

void SharePlace::make()
{
    State &s = *m_state;
    if (s.working)
        return;
    s.failure->setTexts({}, {});
    if (const TodoList::Item *first = s.toDo->firstToDo(); first != nullptr) {
        s.failure->setTexts(tr("To do first: %1.").arg(first->text), {});
        if (first->field != nullptr)
            goTo(first->field);
        return;
    }
    ShareOrder wanted = order();
    if (const base::Result<void> open = checkOrder(wanted); !open) {
        s.failure->setTexts(errorText(open.error()), {});
        return;
    }
    s.working = true;
    s.cancel = {};
    s.workingPage->begin();
    s.stack->setCurrentIndex(WorkingPage);
    refresh();
    emit jobChanged({tr("Making a package"), {}, -1, true});
    const auto progress = [this](const base::Progress &done) {
        base::post(this, [this, done] { showProgress(done); });
    };
    const auto step = [this](const QString &name, std::size_t clip) {
        base::post(this, [this, name, clip] { m_state->workingPage->showStep(name, clip); });
    };
    s.exporting->forgetPassphrase();
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
    s.workingPage->showProgress(progress);
    emit jobChanged({tr("Making a package"), s.workingPage->text(), s.workingPage->percent(), true});
}

void SharePlace::finish(const base::Result<ShareOutcome> &outcome)
{
    State &s = *m_state;
    s.working = false;
    emit jobChanged({});
    for (const ShareEntry &entry : s.entries) {
        if (entry.chosen)
            emit projectChanged(entry.project);
    }
    if (!outcome) {
        s.stack->setCurrentIndex(FormPage);
        s.keychainRefused = s.keychainRefused || outcome.error().failureClass == QLatin1String("no-keychain");
        if (outcome.error().kind != base::ErrorKind::Cancelled)
            s.failure->setTexts(errorText(outcome.error()), {});
        readProjects();
        refresh();
    } else {
        s.outcome = *outcome;
        emit ledgerChanged();
        s.donePage->showOutcome(*outcome, s.form->request().recipient);
        s.stack->setCurrentIndex(DonePage);
        forgetDraft();
        refresh();
    }
    readKey(); // the first package makes the key
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
    const QString what = consent::statementWord(statementLanguage(), "kind", consent::toText(request.kind));
    const QString who =
        request.recipient.organisation.isEmpty() ? tr("nobody is named") : request.recipient.organisation;
    auto *text = new QLabel(tr("Noted is: %1 (%2), and that you share nothing. It is noted in the ledger on this "
                               "computer only. Nobody is told, and no package is made.")
                                .arg(what, who));
    text->setWordWrap(true);
    text->setMinimumWidth(420);
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
                    m_state->failure->setTexts(errorText(entry.error()), {});
                    return;
                }
                showDeclined(*entry);
            });
    });
    dialog->open();
}

void SharePlace::showDeclined(const consent::LedgerEntry &entry)
{
    State &s = *m_state;
    s.declined = entry;
    s.stack->setCurrentIndex(DonePage);
    s.donePage->showDeclined(entry);
    forgetDraft();
    emit ledgerChanged();
}

void SharePlace::trim()
{
    const consent::RequestWindow window = m_state->form->request().window;
    for (const std::filesystem::path &project : m_state->clips->partlyAskedFor(window)) {
        m_state->thread->run(
            this, [project, window] { return trimToWindow(project, window); },
            [this, project](const base::Result<ShareClip> &clip) {
                if (!clip)
                    m_state->failure->setTexts(errorText(clip.error()), {});
                else
                    takeClip(project, clip);
                emit projectChanged(project);
            });
    }
}

void SharePlace::noteDelivery(const QJsonObject &content)
{
    if (!m_state->outcome)
        return;
    m_state->thread->run(
        this,
        [record = m_state->outcome->package.identifier, content] {
            return noteLater(consent::EntryKind::Delivery, record, content);
        },
        [this](const base::Result<consent::LedgerEntry> &entry) {
            m_state->donePage->showDelivery(entry);
            if (entry)
                emit ledgerChanged();
        });
}

} // namespace doorveil::ui
