// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipsplace.h"

#include "actions.h"
#include "base/file.h"
#include "clips/analysispanel.h"
#include "clips/clipdelegate.h"
#include "clips/cliplist.h"
#include "clips/modelsdialog.h"
#include "desktop/awake.h"
#include "desktop/filemanager.h"
#include "recordedtimedialog.h"
#include "settings/settings.h"
#include "theme/icons.h"
#include "window/emptypage.h"
#include "window/noticebar.h"

#include <QApplication>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QSortFilterProxyModel>
#include <QStackedWidget>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {

constexpr int margin = 20;
constexpr int widthForSize = 1120;
constexpr int widthForSound = 1020;

std::filesystem::path pathOf(const QString &name)
{
    return QFile::encodeName(name).toStdString();
}

QString videoFilter()
{
    QStringList patterns;
    for (const std::string &ending : clipEndings()) {
        const QString lower = QStringLiteral("*") + QString::fromStdString(ending);
        patterns << lower << lower.toUpper();
    }
    return ClipsPlace::tr("Clips (%1)").arg(patterns.join(QLatin1Char(' '))) + QStringLiteral(";;")
           + ClipsPlace::tr("All files (*)");
}

} // namespace

struct ClipsPlace::State
{
    explicit State(const WindowContext &lent) : context(lent) { }

    WindowContext context;
    ClipList *list = nullptr;
    QSortFilterProxyModel *sorted = nullptr;
    Awake awake;

    QStackedWidget *stack = nullptr;
    EmptyPage *empty = nullptr;
    QTableView *table = nullptr;
    QWidget *notices = nullptr;
    NoticeBar *basicNotice = nullptr;
    NoticeBar *unfinishedNotice = nullptr;
    AnalysisPanel *panel = nullptr;
    QPushButton *reviewButton = nullptr;
    QList<QWidget *> openButtons;
    QLabel *heading = nullptr;
    bool closing = false;
    QString
        lastFolder; ///< of the dialogues for clips, as long as the program runs: a folder's name says where clips are

    QAction *addClips = nullptr;
    QAction *addFolder = nullptr;
    QAction *openProject = nullptr;
    QAction *review = nullptr;
    QAction *analyse = nullptr;
    QAction *analyseAgain = nullptr;
    QAction *pause = nullptr;
    QAction *stop = nullptr;
    QAction *recordedTime = nullptr;
    QAction *findClip = nullptr;
    QAction *showInFolder = nullptr;
    QAction *removeFromList = nullptr;
    QAction *models = nullptr;
};

ClipsPlace::ClipsPlace(const WindowContext &context, QWidget *parent)
    : Place(parent), m_state(std::make_unique<State>(context))
{
    setObjectName(QStringLiteral("clipsPlace"));
    m_state->list = new ClipList(context.settings, this);
    makeActions();
    makeView();
    retranslate();

    ClipList *list = m_state->list;
    connect(list, &ClipList::changed, this, &ClipsPlace::refresh);
    connect(list, &ClipList::message, this, &ClipsPlace::message);
    connect(list, &ClipList::modelsKnown, this, &ClipsPlace::refresh);
    connect(list->model(), &QAbstractItemModel::rowsInserted, this, &ClipsPlace::refresh);
    connect(list->model(), &QAbstractItemModel::rowsRemoved, this, &ClipsPlace::refresh);
    connect(list->queue(), &AnalysisQueue::changed, this, &ClipsPlace::refreshQueue);
    connect(list->queue(), &AnalysisQueue::idle, this, [this] {
        refreshQueue();
        QApplication::alert(this); // the owner went on with something else meanwhile
        if (m_state->closing)
            emit readyToClose();
    });
    connect(list, &ClipList::selectWanted, this, [this](int id) {
        const int row = m_state->list->model()->rowOf(id);
        if (row >= 0)
            m_state->table->selectRow(m_state->sorted->mapFromSource(m_state->list->model()->index(row, 0)).row());
    });
    connect(list, &ClipList::reviewReady, this, &ClipsPlace::openInReview);
    refresh();
    refreshQueue();
    list->restore();
}

ClipsPlace::~ClipsPlace()
{
    m_state->context.settings.setBytes(QLatin1String(settings::clipColumns),
                                       m_state->table->horizontalHeader()->saveState());
}

QString ClipsPlace::title() const
{
    return tr("Clips");
}

ClipList *ClipsPlace::list() const
{
    return m_state->list;
}

QWidget *ClipsPlace::firstFocus()
{
    return m_state->stack->currentWidget() == m_state->empty ? static_cast<QWidget *>(m_state->empty->button())
                                                             : m_state->table;
}

QList<QAction *> ClipsPlace::openActions() const
{
    return {m_state->addClips, m_state->addFolder, m_state->openProject};
}

QAction *ClipsPlace::modelsAction() const
{
    return m_state->models;
}

QList<ActionMenu> ClipsPlace::menus() const
{
    return {{QStringLiteral("clipsMenu"),
             tr("&Clips"),
             {m_state->review, nullptr, m_state->analyse, m_state->analyseAgain, m_state->pause, m_state->stop, nullptr,
              m_state->recordedTime, m_state->findClip, m_state->showInFolder, nullptr, m_state->removeFromList}}};
}

void ClipsPlace::makeActions()
{
    State &s = *m_state;
    const auto make = [this](const char *name, const QList<QKeySequence> &keys, const char *icon = "") {
        return makeAction(this, QString::fromLatin1(name), {}, keys, QString::fromLatin1(icon));
    };
    s.addClips = make("addClips", {QKeySequence(Qt::CTRL | Qt::Key_O)}, "add");
    s.addFolder = make("addFolder", {QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_O)}, "folder");
    s.openProject = make("openProject", {QKeySequence(Qt::CTRL | Qt::ALT | Qt::Key_O)}, "project");
    s.review = make("reviewClip", {QKeySequence(Qt::Key_Return), QKeySequence(Qt::Key_Enter)}, "review");
    s.analyse = make("analyseClip", {QKeySequence(Qt::Key_F5)}, "analyse");
    s.analyseAgain = make("analyseAgain", {QKeySequence(Qt::SHIFT | Qt::Key_F5)}, "again");
    s.pause = make("pauseAnalysis", {QKeySequence(Qt::Key_F6)}, "pause");
    s.stop = make("stopAnalysis", {QKeySequence(Qt::SHIFT | Qt::Key_F6)}, "close");
    s.recordedTime = make("setRecordedTime", {QKeySequence(Qt::CTRL | Qt::Key_T)}, "waiting");
    s.findClip = make("findClip", {QKeySequence(Qt::CTRL | Qt::Key_F)}, "folder");
    s.showInFolder = make("showInFolder", {QKeySequence(Qt::CTRL | Qt::Key_L)}, "folder");
    s.removeFromList = make("removeFromList", {QKeySequence(Qt::Key_Delete)}, "remove");
    s.models = make("showModels", {}, "help");
    // These keys mean something else in other fields.
    s.review->setShortcutContext(Qt::WidgetShortcut);
    s.removeFromList->setShortcutContext(Qt::WidgetShortcut);

    connect(s.addClips, &QAction::triggered, this, &ClipsPlace::chooseClips);
    connect(s.addFolder, &QAction::triggered, this, &ClipsPlace::chooseFolder);
    connect(s.openProject, &QAction::triggered, this, &ClipsPlace::chooseProject);
    connect(s.review, &QAction::triggered, this, &ClipsPlace::openCurrent);
    connect(s.analyse, &QAction::triggered, this, [this] { m_state->list->analyse(selected()); });
    connect(s.analyseAgain, &QAction::triggered, this, [this] {
        for (const int id : selected())
            m_state->list->analyseAgain(id);
    });
    connect(s.pause, &QAction::triggered, this,
            [this] { m_state->list->queue()->setPaused(!m_state->list->queue()->isPaused()); });
    connect(s.stop, &QAction::triggered, this, &ClipsPlace::cancelJob);
    connect(s.recordedTime, &QAction::triggered, this, &ClipsPlace::askRecordedTime);
    connect(s.findClip, &QAction::triggered, this, [this] { chooseClipFor(current()); });
    connect(s.showInFolder, &QAction::triggered, this, [this] {
        const ClipEntry *entry = m_state->list->model()->find(current());
        if (entry == nullptr)
            return;
        const std::filesystem::path file = entry->clip.empty() ? entry->project : entry->clip;
        showInFileManager(file, this, [this, file] {
            emit message(tr("No file manager answers. The file is in %1").arg(base::displayPath(file.parent_path())));
        });
    });
    connect(s.removeFromList, &QAction::triggered, this, [this] { m_state->list->remove(selected()); });
    connect(s.models, &QAction::triggered, this, &ClipsPlace::showModels);
}

void ClipsPlace::makeView()
{
    State &s = *m_state;
    s.sorted = new QSortFilterProxyModel(this);
    s.sorted->setSourceModel(s.list->model());
    s.sorted->setSortRole(ClipsModel::SortRole);
    s.sorted->setSortCaseSensitivity(Qt::CaseInsensitive);

    s.table = new QTableView(this);
    s.table->setObjectName(QStringLiteral("clipTable"));
    s.table->setModel(s.sorted);
    s.table->setItemDelegate(new ClipDelegate(s.context.theme, s.table));
    s.table->setSelectionBehavior(QAbstractItemView::SelectRows);
    s.table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    s.table->setShowGrid(false);
    s.table->setTabKeyNavigation(false);
    s.table->setWordWrap(false);
    s.table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    s.table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    s.table->verticalHeader()->hide();
    s.table->verticalHeader()->setDefaultSectionSize(ClipDelegate::rowHeight);
    s.table->setContextMenuPolicy(Qt::CustomContextMenu);
    s.table->addAction(s.review);
    s.table->addAction(s.removeFromList);
    s.table->setSortingEnabled(true);
    QHeaderView *header = s.table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSortIndicatorClearable(true);
    header->setMinimumSectionSize(70);
    header->setStretchLastSection(false);
    header->setSectionsMovable(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(ClipsModel::ClipColumn, QHeaderView::Stretch);
    constexpr int widths[] = {380, 196, 80, 92, 92, 270};
    for (int column = 0; column < ClipsModel::ColumnCount; ++column)
        header->resizeSection(column, widths[column]);
    s.table->sortByColumn(-1, Qt::AscendingOrder);
    if (const QByteArray saved = s.context.settings.bytes(QLatin1String(settings::clipColumns)); !saved.isEmpty())
        header->restoreState(saved);
    connect(s.table, &QTableView::doubleClicked, this, &ClipsPlace::openCurrent);
    connect(s.table, &QTableView::customContextMenuRequested, this, &ClipsPlace::showContextMenu);
    connect(s.table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &ClipsPlace::refresh);

    s.basicNotice = new NoticeBar(NoticeBar::Tone::Warning, this);
    s.basicNotice->setObjectName(QStringLiteral("basicNotice"));
    s.basicNotice->button()->setObjectName(QStringLiteral("basicNoticeButton"));
    connect(s.basicNotice, &NoticeBar::buttonClicked, s.models, &QAction::trigger);
    s.unfinishedNotice = new NoticeBar(NoticeBar::Tone::Warning, this);
    s.unfinishedNotice->setObjectName(QStringLiteral("unfinishedNotice"));
    s.unfinishedNotice->button()->setObjectName(QStringLiteral("analyseUnfinished"));
    connect(s.unfinishedNotice, &NoticeBar::buttonClicked, this,
            [this] { m_state->list->analyse(m_state->list->unfinished()); });
    s.panel = new AnalysisPanel(s.pause, s.stop, this);

    s.heading = new QLabel(this);
    s.heading->setProperty("look", QStringLiteral("muted"));
    auto *bar = new QHBoxLayout;
    bar->setSpacing(8);
    for (QAction *action : {s.addClips, s.addFolder}) {
        auto *button = new QPushButton(this);
        button->setObjectName(action->objectName() + QStringLiteral("Button"));
        connect(button, &QPushButton::clicked, action, &QAction::trigger);
        const auto show = [button, action] {
            button->setText(action->iconText());
            button->setIcon(action->icon());
            button->setToolTip(action->toolTip());
            button->setEnabled(action->isEnabled());
        };
        connect(action, &QAction::changed, button, show);
        show();
        bar->addWidget(button);
        s.openButtons.append(button);
    }
    bar->addSpacing(8);
    bar->addWidget(s.heading);
    bar->addStretch();
    s.reviewButton = new QPushButton(this);
    s.reviewButton->setObjectName(QStringLiteral("reviewButton"));
    s.reviewButton->setProperty("look", QStringLiteral("primary"));
    connect(s.reviewButton, &QPushButton::clicked, s.review, &QAction::trigger);
    bar->addWidget(s.reviewButton);

    auto *filled = new QWidget(this);
    auto *filledLayout = new QVBoxLayout(filled);
    filledLayout->setContentsMargins(margin, 14, margin, 14);
    filledLayout->setSpacing(10);
    filledLayout->addLayout(bar);
    filledLayout->addWidget(s.table, 1);
    filledLayout->addWidget(s.panel);

    s.empty = new EmptyPage(QStringLiteral("clips"), this);
    s.empty->setObjectName(QStringLiteral("clipsEmpty"));
    connect(s.empty, &EmptyPage::buttonClicked, s.addClips, &QAction::trigger);
    s.stack = new QStackedWidget(this);
    s.stack->addWidget(s.empty);
    s.stack->addWidget(filled);

    s.notices = new QWidget(this);
    auto *noticeColumn = new QVBoxLayout(s.notices);
    noticeColumn->setContentsMargins(margin, 12, margin, 0);
    noticeColumn->setSpacing(8);
    noticeColumn->addWidget(s.basicNotice);
    noticeColumn->addWidget(s.unfinishedNotice);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(s.notices);
    layout->addWidget(s.stack, 1);

    // From what is wrong over what comes in and the list to what comes next.
    const QList<QWidget *> order = QList<QWidget *>{s.basicNotice->button(), s.unfinishedNotice->button()}
                                   + s.openButtons + QList<QWidget *>{s.table, s.reviewButton, s.panel};
    for (qsizetype index = 1; index < order.size(); ++index)
        setTabOrder(order[index - 1], order[index]);
}

void ClipsPlace::retranslate()
{
    State &s = *m_state;
    setActionTexts(*s.addClips, {tr("&Open clips…"), tr("Choose clips on this computer")});
    s.addClips->setIconText(tr("Add clips"));
    setActionTexts(*s.addFolder, {tr("Open &folder…"), tr("Take all clips of a folder")});
    s.addFolder->setIconText(tr("Add folder"));
    setActionTexts(*s.openProject, {tr("Open &project…"), tr("Go on with work that you saved before")});
    setActionTexts(*s.review, {tr("&Review"), tr("See who was found in this clip, and correct it")});
    setActionTexts(*s.analyse, {tr("&Analyse"), tr("Look for people and plates in the selected clips")});
    setActionTexts(*s.analyseAgain,
                   {tr("Analyse a&gain"), tr("Look for people and plates once more; your work in the project stays")});
    setActionTexts(*s.stop, {tr("&Stop"), tr("Stop analysing; what is finished stays")});
    setActionTexts(*s.recordedTime, {tr("Set recorded &time…"),
                                     tr("Say when the clip was recorded, or how wrong the camera's clock was")});
    setActionTexts(*s.findClip, {tr("&Find the clip…"), tr("Show where the clip of this project is now")});
    setActionTexts(*s.showInFolder, {tr("Show in &folder"), tr("Show the file in the file manager")});
    setActionTexts(*s.removeFromList,
                   {tr("Take &off the list"), tr("Take the clip off this list; no file is deleted")});
    setActionTexts(*s.models,
                   {tr("About the &detectors…"), tr("Which detectors are used, and how to get better ones")});
    s.table->setAccessibleName(tr("Clips"));
    s.reviewButton->setText(tr("Review"));
    s.reviewButton->setToolTip(s.review->toolTip());
    s.empty->setTexts(tr("Drop your clips here"),
                      tr("Or choose them. The files stay where they are and are never changed. Nothing leaves this "
                         "computer."),
                      tr("Choose clips…"));
    s.list->model()->retranslate();
    refresh();
    refreshQueue();
}

void ClipsPlace::refresh()
{
    State &s = *m_state;
    const bool hasClips = s.list->model()->rowCount() > 0;
    // Enter opens something from the start.
    if (s.sorted->rowCount() > 0 && !s.table->currentIndex().isValid())
        s.table->selectRow(0);
    s.stack->setCurrentIndex(hasClips ? 1 : 0);
    s.heading->setText(tr("%n clip(s)", nullptr, s.list->model()->rowCount()));

    const std::vector<int> ids = selected();
    const auto any = [&s, &ids](const auto &condition) {
        return std::any_of(ids.begin(), ids.end(), [&s, &condition](int id) {
            const ClipEntry *entry = s.list->model()->find(id);
            return entry != nullptr && condition(*entry);
        });
    };
    const ClipEntry *one = s.list->model()->find(current());
    s.review->setEnabled(one != nullptr && one->canReview());
    s.reviewButton->setEnabled(s.review->isEnabled());
    s.analyse->setEnabled(any([](const ClipEntry &entry) {
        return entry.state == ClipState::New || (entry.state == ClipState::Failed && !entry.hasProject());
    }));
    s.analyseAgain->setEnabled(any([](const ClipEntry &entry) { return entry.canReview(); }));
    s.recordedTime->setEnabled(s.analyseAgain->isEnabled());
    s.findClip->setEnabled(one != nullptr
                           && (one->state == ClipState::ClipMissing || one->state == ClipState::ClipChanged));
    s.showInFolder->setEnabled(one != nullptr);
    s.removeFromList->setEnabled(!ids.empty());

    if (s.list->isBasic())
        s.basicNotice->setTexts(tr("Only the basic detectors are installed. They miss small, turned and dark faces."),
                                tr("How to get the good ones"));
    else
        s.basicNotice->setTexts({}, {});
    const int unfinished = int(s.list->unfinished().size());
    if (unfinished > 0 && !s.list->queue()->isBusy())
        s.unfinishedNotice->setTexts(tr("%n clip(s) have not been looked through yet.", nullptr, unfinished),
                                     tr("Analyse now"));
    else
        s.unfinishedNotice->setTexts({}, {});
    s.notices->setVisible(!s.basicNotice->isHidden() || !s.unfinishedNotice->isHidden());
}

void ClipsPlace::refreshQueue()
{
    State &s = *m_state;
    const AnalysisQueue *queue = s.list->queue();
    const AnalysisQueue::Overview overview = queue->overview();
    const ClipEntry *running = s.list->model()->find(overview.clip);
    s.panel->show(overview, running != nullptr ? base::displayPath(running->clip.filename()) : QString());

    const bool busy = queue->isBusy();
    s.pause->setEnabled(busy);
    s.stop->setEnabled(busy);
    setActionTexts(*s.pause, queue->isPaused()
                                 ? ActionTexts{tr("&Go on"), tr("Go on analysing")}
                                 : ActionTexts{tr("&Pause"), tr("Pause analysing; go on whenever you like")});
    s.pause->setIcon(themedIcon(queue->isPaused() ? QStringLiteral("play") : QStringLiteral("pause")));
    if (busy && !queue->isPaused())
        s.awake.keep(tr("Analysing clips"));
    else
        s.awake.release();
    JobStatus job;
    if (busy)
        job = {AnalysisPanel::titleOf(overview), AnalysisPanel::detailOf(overview, false), overview.percent, true};
    emit jobChanged(job);
}

std::vector<int> ClipsPlace::selected() const
{
    std::vector<int> ids;
    const QModelIndexList rows = m_state->table->selectionModel()->selectedRows();
    for (const QModelIndex &row : rows)
        ids.push_back(row.data(ClipsModel::IdRole).toInt());
    return ids;
}

int ClipsPlace::current() const
{
    const std::vector<int> ids = selected();
    if (ids.size() == 1)
        return ids.front();
    const QModelIndex index = m_state->table->currentIndex();
    const int id = index.data(ClipsModel::IdRole).toInt();
    return std::find(ids.begin(), ids.end(), id) != ids.end() ? id : 0;
}

void ClipsPlace::showContextMenu(const QPoint &position)
{
    if (!m_state->table->indexAt(position).isValid())
        return;
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const QList<ActionMenu> all = menus();
    for (QAction *action : all.front().actions) {
        if (action == nullptr)
            menu->addSeparator();
        else if (action->isEnabled() && action != m_state->pause && action != m_state->stop)
            menu->addAction(action);
    }
    menu->popup(m_state->table->viewport()->mapToGlobal(position));
}

void ClipsPlace::openCurrent()
{
    openInReview(current());
}

void ClipsPlace::openInReview(int id)
{
    const ClipEntry *entry = m_state->list->model()->find(id);
    if (entry == nullptr || !entry->canReview())
        return;
    emit reviewWanted(entry->project);
    m_state->list->checkUnchanged(id);
}

namespace {

/// A file dialogue that does not stop the window (QFileDialog::getOpenFileNames would run an event loop of its own).
QFileDialog *openDialog(QWidget *parent, const QString &title, QFileDialog::FileMode mode, const QString &folder)
{
    auto *dialog = new QFileDialog(parent, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(mode);
    dialog->setOption(QFileDialog::ShowDirsOnly, mode == QFileDialog::Directory);
    dialog->setDirectory(folder);
    return dialog;
}

} // namespace

/// Where dialogues for clips begin: where the last one ended, or where a clip of the list is.
QString ClipsPlace::clipFolder() const
{
    if (!m_state->lastFolder.isEmpty())
        return m_state->lastFolder;
    const std::vector<ClipEntry> &entries = m_state->list->model()->entries();
    const auto known =
        std::find_if(entries.rbegin(), entries.rend(), [](const ClipEntry &entry) { return !entry.clip.empty(); });
    return known != entries.rend() ? QFile::decodeName(known->clip.parent_path().string().c_str())
                                   : QStandardPaths::writableLocation(QStandardPaths::MoviesLocation);
}

void ClipsPlace::chooseClips()
{
    QFileDialog *dialog = openDialog(this, tr("Open clips"), QFileDialog::ExistingFiles, clipFolder());
    dialog->setObjectName(QStringLiteral("openClipsDialog"));
    dialog->setNameFilter(videoFilter());
    connect(dialog, &QFileDialog::filesSelected, this, [this, dialog](const QStringList &names) {
        m_state->lastFolder = dialog->directory().absolutePath();
        std::vector<std::filesystem::path> paths;
        std::transform(names.begin(), names.end(), std::back_inserter(paths), pathOf);
        m_state->list->addPaths(paths);
    });
    dialog->open();
}

void ClipsPlace::chooseFolder()
{
    QFileDialog *dialog = openDialog(this, tr("Open a folder of clips"), QFileDialog::Directory, clipFolder());
    dialog->setObjectName(QStringLiteral("openFolderDialog"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &name) {
        m_state->lastFolder = name;
        m_state->list->addPaths({pathOf(name)});
    });
    dialog->open();
}

void ClipsPlace::chooseProject()
{
    const QString folder = QFile::decodeName(m_state->context.settings.projectFolder().string().c_str());
    QFileDialog *dialog = openDialog(this, tr("Open a project"), QFileDialog::ExistingFiles, folder);
    dialog->setObjectName(QStringLiteral("openProjectDialog"));
    dialog->setNameFilter(tr("Doorveil projects (*.doorveil)"));
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &names) {
        std::vector<std::filesystem::path> paths;
        std::transform(names.begin(), names.end(), std::back_inserter(paths), pathOf);
        m_state->list->addPaths(paths);
    });
    dialog->open();
}

void ClipsPlace::chooseClipFor(int id)
{
    const ClipEntry *entry = m_state->list->model()->find(id);
    if (entry == nullptr)
        return;
    QFileDialog *dialog = openDialog(this, tr("Where is %1 now?").arg(base::displayPath(entry->clip.filename())),
                                     QFileDialog::ExistingFile, clipFolder());
    dialog->setObjectName(QStringLiteral("findClipDialog"));
    dialog->setNameFilter(videoFilter());
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, id](const QString &name) { m_state->list->relink(id, pathOf(name)); });
    dialog->open();
}

void ClipsPlace::askRecordedTime()
{
    const ClipEntry *entry = m_state->list->model()->find(current());
    if (entry == nullptr || !entry->canReview())
        return;
    std::vector<int> others;
    for (const ClipEntry &other : m_state->list->model()->entries()) {
        if (other.id != entry->id && other.canReview() && other.clip.parent_path() == entry->clip.parent_path())
            others.push_back(other.id);
    }
    auto *dialog = new RecordedTimeDialog(
        {base::displayPath(entry->clip.filename()), entry->summary ? entry->summary->recorded : RecordedTime(),
         entry->guess ? std::optional(entry->guess->at) : std::nullopt, int(others.size())},
        this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = entry->id, others] {
        m_state->list->setRecordedTime({id}, dialog->recorded());
        if (!dialog->correctsOthers())
            return;
        for (const int other : others) {
            const ClipEntry *found = m_state->list->model()->find(other);
            if (found == nullptr || !found->summary)
                continue;
            m_state->list->setRecordedTime({other},
                                           {found->summary->recorded.at, dialog->recorded().clockOffsetMilliseconds});
        }
    });
    dialog->open();
}

void ClipsPlace::showModels()
{
    auto *dialog = new ModelsDialog(m_state->context.theme, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show(m_state->list->models());
    connect(dialog, &ModelsDialog::checkWanted, m_state->list, &ClipList::refreshModels);
    connect(m_state->list, &ClipList::modelsKnown, dialog, [this, dialog] { dialog->show(m_state->list->models()); });
    dialog->open();
}

std::optional<QString> ClipsPlace::closeObstacle() const
{
    const AnalysisQueue *queue = m_state->list->queue();
    if (!queue->isBusy())
        return std::nullopt;
    const AnalysisQueue::Overview overview = queue->overview();
    const int left = overview.count - std::max(overview.position - 1, 0);
    return tr(
        "%n clip(s) are still being analysed. If you quit now this is stopped; they stay in the list, and nothing "
        "that you did is lost.",
        nullptr, left);
}

void ClipsPlace::prepareToClose()
{
    m_state->closing = true;
    m_state->list->queue()->cancelAll();
}

bool ClipsPlace::isReadyToClose() const
{
    return !m_state->list->queue()->isBusy();
}

void ClipsPlace::cancelJob()
{
    m_state->list->queue()->cancelAll();
}

void ClipsPlace::resizeEvent(QResizeEvent *event)
{
    // A narrow window keeps the names readable.
    m_state->table->setColumnHidden(ClipsModel::SizeColumn, width() < widthForSize);
    m_state->table->setColumnHidden(ClipsModel::SoundColumn, width() < widthForSound);
    Place::resizeEvent(event);
}

void ClipsPlace::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    Place::changeEvent(event);
}

} // namespace doorveil::ui
