// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "actions.h"
#include "base/file.h"
#include "clips/cliplist.h"
#include "clips/clipsplace.h"
#include "coretexts.h"
#include "ledger/ledgerplace.h"
#include "place.h"
#include "review/reviewplace.h"
#include "settings/settings.h"
#include "share/shareplace.h"
#include "theme/icons.h"
#include "theme/theme.h"
#include "translation.h"
#include "window/aboutdialog.h"
#include "window/dropoverlay.h"
#include "window/keysheet.h"
#include "window/pathheader.h"
#include "window/statusstrip.h"
#include "window/welcomepage.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QDragEnterEvent>
#include <QDropEvent>
#include <QFile>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QToolButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>
#include <vector>

namespace doorveil::ui {

namespace {
constexpr std::size_t placeCount = 4;
constexpr QSize smallestWindow(900, 600);
constexpr QSize firstWindow(1240, 800);
constexpr QSize roomyScreen(1440, 900);

std::size_t indexOf(MainWindow::PlaceId id)
{
    return std::size_t(id);
}
} // namespace

struct MainWindow::State
{
    State(const WindowContext &lent, const Options &given) : context(lent), options(given) { }

    WindowContext context;
    Options options;
    std::array<Place *, placeCount> places{};
    std::array<JobStatus, placeCount> jobs;
    ClipsPlace *clips = nullptr;
    ReviewPlaceBase *review = nullptr;
    SharePlace *share = nullptr;
    LedgerPlace *ledger = nullptr;
    PathHeader *header = nullptr;
    QStackedWidget *stack = nullptr;
    StatusStrip *status = nullptr;
    WelcomePage *welcome = nullptr;
    DropOverlay *dropOverlay = nullptr;
    QToolButton *helpButton = nullptr;

    std::array<QAction *, placeCount> goActions{};
    QAction *quit = nullptr;
    QAction *keys = nullptr;
    QAction *about = nullptr;
    QAction *showWelcome = nullptr;
    QAction *fullScreen = nullptr;
    std::array<QAction *, 3> themeActions{};
    std::vector<QAction *> languageActions; ///< the first: as the system
    bool closing = false;
};

MainWindow::MainWindow(const WindowContext &context, const Options &options, QWidget *parent)
    : QMainWindow(parent), m_state(std::make_unique<State>(context, options))
{
    setObjectName(QStringLiteral("mainWindow"));
    setMinimumSize(smallestWindow);
    auto *central = new QWidget(this);
    auto *layout = new QVBoxLayout(central);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_state->header = new PathHeader(context.theme, central);
    m_state->header->setObjectName(QStringLiteral("pathHeader"));
    m_state->stack = new QStackedWidget(central);
    m_state->stack->setObjectName(QStringLiteral("places"));
    m_state->status = new StatusStrip(central);
    m_state->status->setNetworkStatement(options.networkRefused);
    layout->addWidget(m_state->header);
    layout->addWidget(m_state->stack, 1);
    layout->addWidget(m_state->status);
    setCentralWidget(central);

    m_state->clips = new ClipsPlace(context, m_state->stack);
    m_state->review = new ReviewPlace(context, m_state->stack);
    addPlace(PlaceId::Clips, m_state->clips, QStringLiteral("clipsStep"), false);
    addPlace(PlaceId::Review, m_state->review, QStringLiteral("reviewStep"), false);
    m_state->share = new SharePlace(context, m_state->stack);
    m_state->ledger = new LedgerPlace(context, m_state->stack);
    addPlace(PlaceId::Share, m_state->share, QStringLiteral("shareStep"), false);
    addPlace(PlaceId::Ledger, m_state->ledger, QStringLiteral("ledgerStep"), true);
    connectPlaces();
    connectReview();
    connectShare();
    makeActions();
    makeChoices();
    makeWelcome();
    retranslate();
    restoreLayout();
    setAcceptDrops(true);
    m_state->dropOverlay = new DropOverlay(context.theme, central);
    showPlace(PlaceId::Clips);
    m_state->ledger->reload(); // what is due shows from the start
    if (!context.settings.value(QLatin1String(settings::welcomeSeen)).toBool())
        showWelcome();
    if (!context.settings.problem().isEmpty())
        m_state->status->showMessage(context.settings.problem());
    connect(&context.settings, &Settings::saveFailed, this,
            [this](const base::Error &error) { m_state->status->showMessage(errorText(error)); });
}

MainWindow::~MainWindow() = default;

void MainWindow::addPlace(PlaceId id, Place *place, const QString &stepName, bool apart)
{
    const std::size_t index = indexOf(id);
    m_state->places[index] = place;
    m_state->stack->addWidget(place);
    const int step = m_state->header->addStep(stepName, apart);
    connect(place, &Place::badgeChanged, this,
            [this, step](const QString &badge) { m_state->header->step(step)->setBadge(badge); });
    connect(place, &Place::jobChanged, this, [this, index](const JobStatus &job) {
        m_state->jobs[index] = job;
        showJobs();
    });
    connect(place, &Place::actionsChanged, this, &MainWindow::rebuildMenus);
    connect(place, &Place::readyToClose, this, &MainWindow::finishClosing);
}

void MainWindow::connectPlaces()
{
    connect(m_state->header, &PathHeader::chosen, this, [this](int index) { showPlace(PlaceId(index)); });
    connect(m_state->status, &StatusStrip::cancelClicked, this, [this] {
        for (std::size_t index = 0; index < placeCount; ++index) {
            if (!m_state->jobs[index].title.isEmpty()) {
                m_state->places[index]->cancelJob();
                return;
            }
        }
    });
    connect(m_state->clips, &ClipsPlace::message, m_state->status, &StatusStrip::showMessage);
}

void MainWindow::connectReview()
{
    ClipList *list = m_state->clips->list();
    ReviewPlaceBase *review = m_state->review;
    connect(m_state->clips, &ClipsPlace::reviewWanted, this, [this, list](const std::filesystem::path &project) {
        if (m_state->review->currentProject() != project)
            m_state->review->openProject(project);
        list->setOpenProject(m_state->review->currentProject());
        showPlace(PlaceId::Review);
    });
    connect(list, &ClipList::releaseWanted, review, [review] { review->closeProject(); });
    connect(review, &ReviewPlaceBase::projectClosed, list, [review, list] {
        // Another one may be on its way already.
        list->setOpenProject(review->currentProject());
    });
    connect(review, &ReviewPlaceBase::summaryChanged, list, &ClipList::takeSummary);
    connect(review, &ReviewPlaceBase::clipsWanted, this, [this] { showPlace(PlaceId::Clips); });
    connect(review, &ReviewPlaceBase::openFailed, this,
            [this, review, list](const std::filesystem::path &project, const base::Error &error) {
                list->setOpenProject(review->currentProject());
                list->takeOpenFailure(project, error);
                showPlace(PlaceId::Clips);
                m_state->status->showMessage(errorText(error));
            });
}

void MainWindow::connectShare()
{
    ClipList *list = m_state->clips->list();
    SharePlace *share = m_state->share;
    ReviewPlaceBase *review = m_state->review;
    const auto tellProjects = [list, share] {
        std::vector<std::filesystem::path> projects;
        for (const ClipEntry &entry : list->model()->entries()) {
            if (entry.canReview())
                projects.push_back(entry.project);
        }
        share->setProjects(projects);
    };
    connect(list, &ClipList::changed, share, tellProjects);
    connect(share, &SharePlace::clipsWanted, this, [this] { showPlace(PlaceId::Clips); });
    connect(share, &SharePlace::ledgerWanted, this, [this] { showPlace(PlaceId::Ledger); });
    // A project is open in one place at a time.
    connect(share, &SharePlace::releaseWanted, review, [review] { review->closeProject(); });
    connect(review, &ReviewPlaceBase::projectOpened, share,
            [review, share] { share->setOpenProject(review->currentProject()); });
    connect(review, &ReviewPlaceBase::projectClosed, share,
            [review, share] { share->setOpenProject(review->currentProject()); });
    connect(share, &SharePlace::projectChanged, list, [list](const std::filesystem::path &project) {
        for (const ClipEntry &entry : list->model()->entries()) {
            if (entry.project == project) {
                list->reload(entry.id);
                return;
            }
        }
    });
    connect(share, &SharePlace::ledgerChanged, m_state->ledger, &LedgerPlace::reload);
}

void MainWindow::makeActions()
{
    static constexpr std::array<const char *, placeCount> names{"goClips", "goReview", "goShare", "goLedger"};
    for (std::size_t index = 0; index < placeCount; ++index) {
        m_state->goActions[index] = makeAction(this, QString::fromLatin1(names[index]), {},
                                               {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(index)))});
        connect(m_state->goActions[index], &QAction::triggered, this,
                [this, index] { showPlace(PlaceId(int(index))); });
    }
    m_state->quit = makeAction(this, QStringLiteral("quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    m_state->quit->setMenuRole(QAction::QuitRole);
    connect(m_state->quit, &QAction::triggered, this, &QWidget::close);
    m_state->keys =
        makeAction(this, QStringLiteral("showKeys"), {}, {QKeySequence(Qt::Key_F1)}, QStringLiteral("help"));
    connect(m_state->keys, &QAction::triggered, this, &MainWindow::showKeys);
    m_state->about = makeAction(this, QStringLiteral("showAbout"), {}, {}, QStringLiteral("info"));
    m_state->about->setMenuRole(QAction::AboutRole);
    connect(m_state->about, &QAction::triggered, this, &MainWindow::showAbout);
    m_state->showWelcome = makeAction(this, QStringLiteral("showWelcome"), {}, {}, QStringLiteral("home"));
    connect(m_state->showWelcome, &QAction::triggered, this, &MainWindow::showWelcome);
    m_state->fullScreen = makeAction(this, QStringLiteral("fullScreen"), {}, {QKeySequence(Qt::Key_F11)});
    connect(m_state->fullScreen, &QAction::triggered, this,
            [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
    m_state->helpButton = new QToolButton(this);
    m_state->helpButton->setObjectName(QStringLiteral("helpButton"));
    m_state->helpButton->setDefaultAction(m_state->keys);
    m_state->helpButton->setProperty("look", QStringLiteral("flat"));
    m_state->header->addCornerWidget(m_state->helpButton);
}

void MainWindow::makeChoices()
{
    auto *themes = new QActionGroup(this);
    static constexpr std::array<const char *, 3> themeNames{"themeSystem", "themeLight", "themeDark"};
    for (std::size_t index = 0; index < themeNames.size(); ++index) {
        QAction *action = makeAction(this, QString::fromLatin1(themeNames[index]), {});
        action->setCheckable(true);
        themes->addAction(action);
        const auto preference = Theme::Preference(int(index));
        action->setChecked(m_state->context.theme.preference() == preference);
        connect(action, &QAction::triggered, this, [this, preference] {
            m_state->context.theme.setPreference(preference);
            m_state->context.settings.setValue(QLatin1String(settings::theme), Theme::toText(preference));
        });
        m_state->themeActions[index] = action;
    }

    auto *languages = new QActionGroup(this);
    const QString chosen = m_state->context.settings.value(QLatin1String(settings::language)).toString();
    for (const QString &code : QStringList(QString()) + Translation::languages()) {
        QAction *action = makeAction(
            this, QStringLiteral("language") + (code.isEmpty() ? QStringLiteral("System") : code.toUpper()), {});
        action->setCheckable(true);
        action->setChecked(code == chosen);
        if (!code.isEmpty())
            setActionTexts(*action, {Translation::nameOf(code), {}});
        languages->addAction(action);
        connect(action, &QAction::triggered, this, [this, code] {
            m_state->context.settings.setValue(QLatin1String(settings::language), code);
            if (m_state->options.translation != nullptr)
                m_state->options.translation->setLanguage(code);
        });
        m_state->languageActions.push_back(action);
    }
}

void MainWindow::makeWelcome()
{
    m_state->welcome =
        new WelcomePage(m_state->options.networkRefused, base::displayPath(m_state->context.settings.projectFolder()),
                        base::displayPath(Settings::standardFile().parent_path()), m_state->stack);
    m_state->stack->addWidget(m_state->welcome);
    connect(m_state->welcome, &WelcomePage::startClicked, this, [this] {
        m_state->context.settings.setValue(QLatin1String(settings::welcomeSeen), true);
        showPlace(PlaceId::Clips);
    });
}

void MainWindow::showWelcome()
{
    m_state->stack->setCurrentWidget(m_state->welcome);
    m_state->header->setCurrent(-1);
    m_state->welcome->button()->setFocus(Qt::OtherFocusReason);
}

void MainWindow::retranslate()
{
    setWindowTitle(QStringLiteral("Doorveil"));
    static constexpr std::array<const char *, placeCount> tips{
        QT_TR_NOOP("Your clips: open them and let Doorveil look for people and plates"),
        QT_TR_NOOP("Look at what is covered, and correct it"), QT_TR_NOOP("Make a package to hand over, or not"),
        QT_TR_NOOP("What was asked for and what you handed over")};
    for (std::size_t index = 0; index < placeCount; ++index) {
        const QString title = m_state->places[index]->title();
        setActionTexts(*m_state->goActions[index], {title, tr(tips[index])});
        m_state->header->step(int(index))
            ->setTexts(title, withKeys(tr(tips[index]), m_state->goActions[index]->shortcuts()));
    }
    setActionTexts(*m_state->quit, {tr("&Quit"), tr("Close Doorveil")});
    setActionTexts(*m_state->keys, {tr("All &keys"), tr("Every key of this program")});
    setActionTexts(*m_state->about, {tr("&About Doorveil"), tr("Versions and licences")});
    setActionTexts(*m_state->showWelcome, {tr("&What stays on this computer"), {}});
    setActionTexts(*m_state->fullScreen, {tr("&Full screen"), {}});
    setActionTexts(*m_state->themeActions[0], {tr("As the &system"), {}});
    setActionTexts(*m_state->themeActions[1], {tr("&Light"), {}});
    setActionTexts(*m_state->themeActions[2], {tr("&Dark"), {}});
    setActionTexts(*m_state->languageActions[0], {tr("As the &system"), {}});
    m_state->helpButton->setAccessibleName(tr("All keys"));
    rebuildMenus();
}

QList<ActionMenu> MainWindow::windowMenus() const
{
    QList<QAction *> file = m_state->clips->openActions();
    file << nullptr << m_state->quit;
    QList<QAction *> view(m_state->goActions.begin(), m_state->goActions.end());
    view << nullptr << m_state->fullScreen;
    const QList<QAction *> help{m_state->keys, m_state->showWelcome, m_state->clips->modelsAction(), nullptr,
                                m_state->about};
    return {{QStringLiteral("fileMenu"), tr("&File"), file},
            {QStringLiteral("viewMenu"), tr("&View"), view},
            {QStringLiteral("helpMenu"), tr("&Help"), help}};
}

void MainWindow::rebuildMenus()
{
    QMenuBar *bar = menuBar();
    bar->clear();
    const auto addMenu = [bar](const ActionMenu &menu) {
        QMenu *made = bar->addMenu(menu.title);
        made->setObjectName(menu.objectName);
        for (QAction *action : menu.actions) {
            if (action == nullptr)
                made->addSeparator();
            else
                made->addAction(action);
        }
        return made;
    };
    const QList<ActionMenu> fixed = windowMenus();
    addMenu(fixed[0]);
    for (const ActionMenu &menu : m_state->places[indexOf(currentPlace())]->menus())
        addMenu(menu);
    QMenu *view = addMenu(fixed[1]);
    view->addSeparator();
    QMenu *appearance = view->addMenu(tr("&Appearance"));
    appearance->setObjectName(QStringLiteral("appearanceMenu"));
    for (QAction *action : m_state->themeActions)
        appearance->addAction(action);
    QMenu *language = view->addMenu(tr("&Language"));
    language->setObjectName(QStringLiteral("languageMenu"));
    for (QAction *action : m_state->languageActions)
        language->addAction(action);
    addMenu(fixed[2]);
}

void MainWindow::showKeys()
{
    QList<ActionMenu> menus = windowMenus();
    QList<ActionMenu> all{menus.takeFirst()};
    for (const Place *place : m_state->places)
        all += place->menus();
    auto *sheet = new KeySheet(all + menus, this);
    sheet->setAttribute(Qt::WA_DeleteOnClose);
    sheet->open();
}

void MainWindow::showAbout()
{
    auto *about = new AboutDialog(m_state->options.networkRefused, m_state->clips->list()->models(), this);
    about->setAttribute(Qt::WA_DeleteOnClose);
    about->open();
}

void MainWindow::showPlace(PlaceId id)
{
    Place *shown = m_state->places[indexOf(id)];
    if (m_state->stack->currentWidget() != shown)
        m_state->status->showMessage({}); // it was about what is left behind
    m_state->stack->setCurrentWidget(shown);
    m_state->header->setCurrent(int(id));
    rebuildMenus();
    if (QWidget *focus = shown->firstFocus(); focus != nullptr)
        focus->setFocus(Qt::OtherFocusReason);
}

MainWindow::PlaceId MainWindow::currentPlace() const
{
    // The welcome page is none of the places; the clips come after it.
    const int index = m_state->stack->currentIndex();
    return index >= 0 && index < int(placeCount) ? PlaceId(index) : PlaceId::Clips;
}

Place *MainWindow::place(PlaceId id) const
{
    return m_state->places[indexOf(id)];
}

void MainWindow::openPaths(const std::vector<std::filesystem::path> &paths)
{
    if (paths.empty())
        return;
    m_state->clips->list()->addPaths(paths);
    showPlace(PlaceId::Clips);
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    if (std::any_of(urls.begin(), urls.end(), [](const QUrl &url) { return url.isLocalFile(); })) {
        event->acceptProposedAction();
        m_state->dropOverlay->setGeometry(centralWidget()->rect());
        m_state->dropOverlay->raise();
        m_state->dropOverlay->show();
    }
}

void MainWindow::dragLeaveEvent(QDragLeaveEvent *event)
{
    m_state->dropOverlay->hide();
    QMainWindow::dragLeaveEvent(event);
}

void MainWindow::dropEvent(QDropEvent *event)
{
    m_state->dropOverlay->hide();
    std::vector<std::filesystem::path> paths;
    const QList<QUrl> urls = event->mimeData()->urls();
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            paths.emplace_back(QFile::encodeName(url.toLocalFile()).toStdString());
    }
    event->acceptProposedAction();
    openPaths(paths);
}

void MainWindow::showJobs()
{
    for (const JobStatus &job : m_state->jobs) {
        if (!job.title.isEmpty()) {
            m_state->status->showJob(job);
            return;
        }
    }
    m_state->status->showJob({});
}

void MainWindow::restoreLayout()
{
    const Settings &settings = m_state->context.settings;
    if (!restoreGeometry(settings.bytes(QLatin1String(settings::windowGeometry)))) {
        const QSize available = QGuiApplication::primaryScreen()->availableSize();
        resize(firstWindow.boundedTo(available));
        // A small screen is for the program alone.
        if (available.width() < roomyScreen.width() || available.height() < roomyScreen.height())
            setWindowState(Qt::WindowMaximized);
    }
}

void MainWindow::saveLayout()
{
    m_state->context.settings.setBytes(QLatin1String(settings::windowGeometry), saveGeometry());
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    if (m_state->closing) {
        event->accept();
        return;
    }
    event->ignore();
    QStringList obstacles;
    for (const Place *place : m_state->places) {
        if (const std::optional<QString> obstacle = place->closeObstacle())
            obstacles += *obstacle;
    }
    if (obstacles.isEmpty())
        beginClosing();
    else
        askToClose(obstacles);
}

void MainWindow::askToClose(const QStringList &obstacles)
{
    auto *box = new QMessageBox(QMessageBox::Question, tr("Quit Doorveil?"), obstacles.join(QStringLiteral("\n\n")),
                                QMessageBox::NoButton, this);
    box->setObjectName(QStringLiteral("quitQuestion"));
    box->setAttribute(Qt::WA_DeleteOnClose);
    QPushButton *stop = box->addButton(tr("Stop and quit"), QMessageBox::AcceptRole);
    stop->setObjectName(QStringLiteral("quitAnyway"));
    QPushButton *stay = box->addButton(tr("Keep working"), QMessageBox::RejectRole);
    stay->setObjectName(QStringLiteral("quitNot"));
    box->setDefaultButton(stay);
    box->setEscapeButton(stay);
    connect(stop, &QPushButton::clicked, this, &MainWindow::beginClosing);
    box->open();
}

void MainWindow::beginClosing()
{
    m_state->closing = true;
    saveLayout();
    hide(); // what is left to stop may take a moment
    for (Place *place : m_state->places)
        place->prepareToClose();
    finishClosing();
}

void MainWindow::finishClosing()
{
    if (!m_state->closing)
        return;
    for (const Place *place : m_state->places) {
        if (!place->isReadyToClose())
            return;
    }
    close();
    QApplication::quit();
}

void MainWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    // Somebody may have closed a project elsewhere, or put a clip back in its place.
    if (event->type() == QEvent::ActivationChange && isActiveWindow())
        m_state->clips->list()->retryBlocked();
    QMainWindow::changeEvent(event);
}

} // namespace doorveil::ui
