// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/reviewplace.h"

#include "base/file.h"
#include "session/reviewsession.h"
#include "window/emptypage.h"

#include <QVBoxLayout>

namespace doorveil::ui {

struct ReviewPlace::State
{
    std::unique_ptr<ReviewSession> session;
    EmptyPage *page = nullptr;
};

ReviewPlace::ReviewPlace(const WindowContext &, QWidget *parent)
    : ReviewPlaceBase(parent), m_state(std::make_unique<State>())
{
    setObjectName(QStringLiteral("reviewPlace"));
    m_state->page = new EmptyPage(QStringLiteral("review"), this);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(m_state->page);
    connect(m_state->page, &EmptyPage::buttonClicked, this, &ReviewPlaceBase::clipsWanted);
    showEmpty();
}

ReviewPlace::~ReviewPlace() = default;

QString ReviewPlace::title() const
{
    return tr("Review");
}

void ReviewPlace::showEmpty()
{
    m_state->page->setTexts(tr("No clip is open"), tr("Choose a clip in the list of clips to see who is in it."),
                            tr("Show the clips"));
}

void ReviewPlace::openProject(const std::filesystem::path &project)
{
    closeProject();
    m_state->session = std::make_unique<ReviewSession>();
    ReviewSession *session = m_state->session.get();
    connect(session, &ReviewSession::opened, this, [this, project] {
        const ProjectSummary summary = ProjectSummary::of(m_state->session->document());
        m_state->page->setTexts(base::displayPath(summary.clip.filename()),
                                tr("%n subject(s) found. All of them are covered.", nullptr,
                                   int(m_state->session->document().tracks.size())),
                                tr("Show the clips"));
        emit projectOpened(project);
        emit summaryChanged(project, summary);
    });
    connect(session, &ReviewSession::openFailed, this, [this, project](const base::Error &error) {
        m_state->session.release()->deleteLater();
        showEmpty();
        emit openFailed(project, error);
    });
    session->open(project);
}

void ReviewPlace::closeProject()
{
    if (!m_state->session)
        return;
    const std::filesystem::path project = m_state->session->projectFile();
    m_state->session.reset();
    showEmpty();
    emit projectClosed(project);
}

std::filesystem::path ReviewPlace::currentProject() const
{
    return m_state->session ? m_state->session->projectFile() : std::filesystem::path();
}

} // namespace doorveil::ui
