// SPDX-License-Identifier: GPL-3.0-or-later
#include "mainwindow.h"

#include "actions.h"
#include "clips/clipsplace.h"
#include "ledger/ledgerplace.h"
#include "place.h"
#include "review/reviewplace.h"
#include "settings/settings.h"
#include "share/shareplace.h"
#include "theme/icons.h"
#include "theme/theme.h"
#include "window/pathheader.h"
#include "window/statusstrip.h"

#include <QActionGroup>
#include <QApplication>
#include <QCloseEvent>
#include <QGuiApplication>
#include <QMenuBar>
#include <QMessageBox>
#include <QPushButton>
#include <QScreen>
#include <QStackedWidget>
#include <QVBoxLayout>

#include <array>

namespace doorveil::ui {

namespace {
constexpr std::size_t placeCount = 4;
constexpr QSize smallestWindow(900, 600);
constexpr QSize firstWindow(1180, 760);

std::size_t indexOf(MainWindow::PlaceId id)
{
    return std::size_t(id);
}
} // namespace

struct MainWindow::State
{
    explicit State(const WindowContext &lent) : context(lent) { }

    WindowContext context;
    std::array<Place *, placeCount> places{};
    std::array<JobStatus, placeCount> jobs;
    ClipsPlace *clips = nullptr;
    ReviewPlaceBase *review = nullptr;
    PathHeader *header = nullptr;
    QStackedWidget *stack = nullptr;
    StatusStrip *status = nullptr;

    std::array<QAction *, placeCount> goActions{};
    QAction *quit = nullptr;
    std::array<QAction *, 3> themeActions{};
    bool closing = false;
};

MainWindow::MainWindow(const WindowContext &context, const Options &options, QWidget *parent)
    : QMainWindow(parent), m_state(std::make_unique<State>(context))
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
    addPlace(PlaceId::Share, new SharePlace(context, m_state->stack), QStringLiteral("shareStep"), false);
    addPlace(PlaceId::Ledger, new LedgerPlace(context, m_state->stack), QStringLiteral("ledgerStep"), true);
    connectPlaces();
    makeActions();
    retranslate();
    restoreLayout();
    show(PlaceId::Clips);
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
    connect(m_state->header, &PathHeader::chosen, this, [this](int index) { show(PlaceId(index)); });
    connect(m_state->status, &StatusStrip::cancelClicked, this, [this] {
        for (std::size_t index = 0; index < placeCount; ++index) {
            if (!m_state->jobs[index].title.isEmpty()) {
                m_state->places[index]->cancelJob();
                return;
            }
        }
    });
    connect(m_state->clips, &ClipsPlace::reviewWanted, this, [this](const std::filesystem::path &project) {
        if (m_state->review->currentProject() != project)
            m_state->review->openProject(project);
        show(PlaceId::Review);
    });
    connect(m_state->review, &ReviewPlaceBase::clipsWanted, this, [this] { show(PlaceId::Clips); });
    connect(m_state->review, &ReviewPlaceBase::openFailed, this,
            [this](const std::filesystem::path &, const base::Error &error) {
                m_state->status->showMessage(error.message);
                show(PlaceId::Clips);
            });
}

void MainWindow::makeActions()
{
    static constexpr std::array<const char *, placeCount> names{"goClips", "goReview", "goShare", "goLedger"};
    for (std::size_t index = 0; index < placeCount; ++index) {
        m_state->goActions[index] = makeAction(this, QString::fromLatin1(names[index]), {},
                                               {QKeySequence(Qt::CTRL | Qt::Key(Qt::Key_1 + int(index)))});
        connect(m_state->goActions[index], &QAction::triggered, this, [this, index] { show(PlaceId(int(index))); });
    }
    m_state->quit = makeAction(this, QStringLiteral("quit"), {}, {QKeySequence(Qt::CTRL | Qt::Key_Q)});
    m_state->quit->setMenuRole(QAction::QuitRole);
    connect(m_state->quit, &QAction::triggered, this, &QWidget::close);

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
    setActionTexts(*m_state->quit, {tr("&Quit"), {}});
    setActionTexts(*m_state->themeActions[0], {tr("As the &system"), {}});
    setActionTexts(*m_state->themeActions[1], {tr("&Light"), {}});
    setActionTexts(*m_state->themeActions[2], {tr("&Dark"), {}});
    rebuildMenus();
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
    const QList<ActionMenu> placeMenus = m_state->places[indexOf(currentPlace())]->menus();
    addMenu({QStringLiteral("fileMenu"), tr("&File"), {m_state->quit}});
    for (const ActionMenu &menu : placeMenus)
        addMenu(menu);
    QMenu *view = addMenu(
        {QStringLiteral("viewMenu"),
         tr("&View"),
         {m_state->goActions[0], m_state->goActions[1], m_state->goActions[2], m_state->goActions[3], nullptr}});
    QMenu *appearance = view->addMenu(tr("&Appearance"));
    for (QAction *action : m_state->themeActions)
        appearance->addAction(action);
}

void MainWindow::show(PlaceId id)
{
    Place *shown = m_state->places[indexOf(id)];
    m_state->stack->setCurrentWidget(shown);
    m_state->header->setCurrent(int(id));
    rebuildMenus();
    if (QWidget *focus = shown->firstFocus(); focus != nullptr)
        focus->setFocus(Qt::OtherFocusReason);
}

MainWindow::PlaceId MainWindow::currentPlace() const
{
    return PlaceId(std::max(0, m_state->stack->currentIndex()));
}

Place *MainWindow::place(PlaceId id) const
{
    return m_state->places[indexOf(id)];
}

void MainWindow::openPaths(const std::vector<std::filesystem::path> &paths)
{
    m_state->clips->addPaths(paths);
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
    QMainWindow::changeEvent(event);
}

} // namespace doorveil::ui
