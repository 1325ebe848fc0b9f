// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/cliplist.h"

#include "base/file.h"
#include "coretexts.h"
#include "jobthread.h"
#include "settings/projectmarks.h"
#include "settings/settings.h"

#include <QJsonArray>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

namespace doorveil::ui {

namespace {

using Path = std::filesystem::path;

Path normal(const Path &path)
{
    std::error_code failed;
    const Path absolute = std::filesystem::absolute(path, failed);
    return failed ? path : absolute.lexically_normal();
}

QString nameOf(const Path &path)
{
    return base::displayPath(path.filename());
}

} // namespace

struct ClipList::State
{
    explicit State(Settings &lent) : settings(lent) { }

    Settings &settings;
    ClipsModel *model = nullptr;
    AnalysisQueue *queue = nullptr;
    Path openProject;
    std::map<int, Path> again; ///< clips that are analysed again, into their projects
    std::vector<std::pair<Path, std::function<void()>>> waiting; ///< for a project to be closed in review
    int openWhenRead = 0; ///< the project that was opened by name
    ProjectMarks marks{settings};
    std::set<QString> removed; ///< marks of projects that are not to come back by themselves
    std::vector<pipeline::ModelStatus> models;
    bool modelsRead = false;
    std::unique_ptr<JobThread> reader; ///< ends before everything it answers to
};

ClipList::ClipList(Settings &settings, QObject *parent) : QObject(parent), m_state(std::make_unique<State>(settings))
{
    m_state->model = new ClipsModel(this);
    m_state->queue = new AnalysisQueue([this](int id) { return requestFor(id); }, this);
    m_state->reader = std::make_unique<JobThread>(QStringLiteral("clip-reader"));
    AnalysisQueue *queue = m_state->queue;
    connect(queue, &AnalysisQueue::started, this, [this](int id) {
        m_state->model->update(id, [](ClipEntry &entry) {
            entry.state = ClipState::Analysing;
            entry.percent = -1;
        });
    });
    connect(queue, &AnalysisQueue::changed, this, [this, queue] {
        const AnalysisQueue::Overview overview = queue->overview();
        const ClipEntry *entry = m_state->model->find(overview.clip);
        if (entry != nullptr && entry->state == ClipState::Analysing && entry->percent != overview.percent)
            m_state->model->update(overview.clip,
                                   [&overview](ClipEntry &changing) { changing.percent = overview.percent; });
        emit changed();
    });
    connect(queue, &AnalysisQueue::finished, this, &ClipList::takeOutcome);
    connect(queue, &AnalysisQueue::failed, this,
            [this](int id, const base::Error &error) { fail(id, ClipState::Failed, error); });
    connect(queue, &AnalysisQueue::cancelled, this, [this](int id) {
        const ClipEntry *entry = m_state->model->find(id);
        m_state->again.erase(id);
        if (entry == nullptr)
            return;
        if (entry->hasProject())
            reload(id); // it was analysed again: what it had stays
        else
            setState(id, ClipState::New);
    });
}

ClipList::~ClipList()
{
    m_state->reader.reset();
}

ClipsModel *ClipList::model() const
{
    return m_state->model;
}

AnalysisQueue *ClipList::queue() const
{
    return m_state->queue;
}

void ClipList::restore()
{
    const QJsonArray removed = m_state->settings.value(QLatin1String(settings::removedProjects)).toArray();
    for (const QJsonValue &value : removed)
        m_state->removed.insert(value.toString());
    m_state->reader->run(
        this, [folder = m_state->settings.projectFolder()] { return projectsIn(folder); },
        [this](const std::vector<Path> &projects) {
            std::set<QString> stillRemoved; // a project that is gone need not be marked any longer
            for (const Path &project : projects) {
                const QString mark = m_state->marks.of(project);
                if (m_state->removed.contains(mark))
                    stillRemoved.insert(mark);
                else
                    addProject(project, {});
            }
            m_state->removed = std::move(stillRemoved);
            saveRemoved();
        });
    refreshModels();
}

void ClipList::addPaths(const std::vector<std::filesystem::path> &paths)
{
    std::vector<Path> whole;
    std::transform(paths.begin(), paths.end(), std::back_inserter(whole), normal);
    m_state->reader->run(
        this,
        [whole, ending = m_state->reader->ending()] {
            FolderContent all;
            for (const Path &path : whole) {
                std::error_code unknown;
                if (!std::filesystem::is_directory(path, unknown)) {
                    // What it is shows when it is opened, and its row says so. A project has one row, whatever leads to
                    // it.
                    const bool leadsOn = isProjectName(path) && std::filesystem::is_symlink(path, unknown);
                    all.files.push_back(leadsOn ? std::filesystem::weakly_canonical(path, unknown) : path);
                    continue;
                }
                FolderContent content = scanFolder(path, ending);
                all.files.insert(all.files.end(), content.files.begin(), content.files.end());
                all.cut = all.cut || content.cut;
            }
            return all;
        },
        [this](const FolderContent &content) { takeFiles(content); });
}

void ClipList::takeFiles(const FolderContent &content)
{
    if (content.files.empty())
        emit message(tr("There are no clips in this folder."));
    else if (content.cut)
        emit message(tr("Only the first %1 files of the folder were taken.").arg(folderLimit));
    int first = 0;
    std::vector<int> clips;
    for (const Path &file : content.files) {
        int id = 0;
        if (isProjectName(file)) {
            m_state->removed.erase(m_state->marks.of(file));
            id = addProject(file, {});
            if (!comesBackByItself(file))
                remember(file);
        } else {
            id = addClip(file);
            clips.push_back(id);
        }
        if (first == 0)
            first = id;
    }
    saveRemoved();
    begin(clips);
    for (const int id : clips) {
        const ClipEntry *entry = m_state->model->find(id);
        if (entry->state == ClipState::Reading && !entry->hasProject())
            readClipOf(id, true);
        else
            analyse({id});
    }
    if (first == 0)
        return;
    emit selectWanted(first);
    if (content.files.size() != 1 || !isProjectName(content.files.front()))
        return;
    if (m_state->model->find(first)->canReview())
        emit reviewReady(first);
    else
        m_state->openWhenRead = first;
}

/// A row for the clip, to be read and analysed; the one that it has already.
int ClipList::addClip(const std::filesystem::path &clip)
{
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.clip == clip)
            return entry.id;
    }
    ClipEntry entry;
    entry.clip = clip;
    return m_state->model->add(std::move(entry));
}

/// Makes the projects in which these clips wait, before anything else is done with them.
void ClipList::begin(const std::vector<int> &ids)
{
    std::vector<int> rows;
    std::vector<Path> clips;
    for (const int id : ids) {
        const ClipEntry *entry = m_state->model->find(id);
        if (entry == nullptr || entry->hasProject() || !entry->begun.empty())
            continue;
        rows.push_back(id);
        clips.push_back(entry->clip);
    }
    if (clips.empty())
        return;
    m_state->reader->run(
        this, [folder = m_state->settings.projectFolder(), clips] { return beginProjects(folder, clips); },
        [this, rows](const std::vector<base::Result<Path>> &projects) {
            for (std::size_t index = 0; index < projects.size(); ++index)
                takeBegun(rows[index], projects[index]);
        });
}

void ClipList::takeBegun(int id, const base::Result<std::filesystem::path> &project)
{
    if (!project) {
        emit message(errorText(project.error())); // it is analysed all the same
        return;
    }
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr || entry->hasProject()) // taken off the list or analysed meanwhile
        m_state->reader->post([project = *project] { dropBegun(project); });
    else
        m_state->model->update(id, [&project](ClipEntry &changing) { changing.begun = *project; });
}

/// The row of a project turns out to be one of a clip that waits in it.
void ClipList::takeWaiting(int id, const ProjectFacts &facts)
{
    const Path clip = facts.summary.clip;
    for (const ClipEntry &other : m_state->model->entries()) {
        if (other.id == id || other.clip != clip)
            continue;
        // It has a row already: beginProjects() gave it this very project, or will.
        if (other.hasProject() || (!other.begun.empty() && other.begun != facts.project))
            m_state->reader->post([project = facts.project] { dropBegun(project); });
        m_state->model->remove(id);
        emit changed();
        return;
    }
    m_state->model->update(id, [&facts, &clip](ClipEntry &entry) {
        entry.begun = facts.project;
        entry.project.clear();
        entry.clip = clip;
        entry.state = ClipState::Reading;
    });
    readClipOf(id, false);
    emit changed();
}

int ClipList::addProject(const std::filesystem::path &project, const std::filesystem::path &clip)
{
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.project == project)
            return entry.id;
    }
    ClipEntry entry;
    entry.project = project;
    entry.clip = clip;
    const int id = m_state->model->add(std::move(entry));
    readProjectOf(id);
    return id;
}

void ClipList::readClipOf(int id, bool analyseIt)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr)
        return;
    m_state->reader->run(
        this, [clip = entry->clip, ending = m_state->reader->ending()] { return readClip(clip, ending); },
        [this, id, analyseIt](const base::Result<ClipFacts> &facts) {
            const ClipEntry *found = m_state->model->find(id);
            if (found == nullptr)
                return;
            const bool isNew = !found->hasProject();
            if (!facts) {
                if (isNew)
                    fail(id, ClipState::Failed, facts.error());
                return; // a project's row says already what is wrong with its clip
            }
            m_state->model->update(id, [&facts, isNew](ClipEntry &changing) {
                changing.thumbnail = QPixmap::fromImage(facts->thumbnail);
                changing.guess = facts->recorded;
                changing.hasSound = facts->hasSound;
                changing.frameCountEstimate = facts->frameCountEstimate;
                if (!isNew)
                    return;
                changing.bytes = facts->bytes;
                changing.durationMilliseconds = facts->durationMilliseconds;
                changing.state = ClipState::New;
            });
            if (isNew && analyseIt)
                analyse({id});
            emit changed();
        });
}

void ClipList::reload(int id)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr)
        return;
    if (entry->hasProject())
        readProjectOf(id);
    else
        readClipOf(id, false);
}

void ClipList::retryBlocked()
{
    std::vector<int> blocked;
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.state == ClipState::InUse || entry.state == ClipState::ClipMissing)
            blocked.push_back(entry.id);
    }
    for (const int id : blocked)
        reload(id);
}

void ClipList::readProjectOf(int id)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr || entry->project == m_state->openProject)
        return;
    setState(id, ClipState::Reading);
    m_state->reader->run(
        this, [project = entry->project] { return readProject(project); },
        [this, id](const base::Result<ProjectFacts> &facts) { takeFacts(id, facts); });
}

void ClipList::takeFacts(int id, const base::Result<ProjectFacts> &facts)
{
    if (m_state->model->find(id) == nullptr)
        return;
    if (!facts) {
        fail(id, isInUse(facts.error()) ? ClipState::InUse : ClipState::ProjectUnreadable, facts.error());
        return;
    }
    if (m_state->openWhenRead == id && facts->waits)
        m_state->openWhenRead = 0;
    if (facts->waits) {
        takeWaiting(id, *facts);
        return;
    }
    const Path begun = m_state->model->find(id)->begun;
    if (!begun.empty() && begun != facts->project)
        m_state->reader->post([begun] { dropBegun(begun); });
    m_state->model->update(id, [&facts](ClipEntry &entry) {
        entry.project = facts->project;
        entry.begun.clear();
        entry.clip = facts->summary.clip;
        entry.summary = facts->summary;
        entry.bytes = facts->summary.bytes;
        entry.durationMilliseconds = facts->summary.durationMilliseconds;
        entry.hasSound = facts->summary.hasSound;
        entry.state = ClipEntry::stateOf(*facts);
        entry.error.clear();
    });
    if (m_state->openWhenRead == id) {
        m_state->openWhenRead = 0;
        if (m_state->model->find(id)->canReview())
            emit reviewReady(id);
    }
    if (facts->problem != ClipProblem::Missing && m_state->model->find(id)->thumbnail.isNull())
        readClipOf(id, false);
    emit changed();
}

void ClipList::analyse(const std::vector<int> &ids)
{
    for (const int id : ids) {
        const ClipEntry *entry = m_state->model->find(id);
        if (entry == nullptr || entry->hasProject() || m_state->queue->holds(id) || entry->state == ClipState::Reading)
            continue;
        const std::int64_t frames = entry->frameCountEstimate;
        setState(id, ClipState::Waiting);
        m_state->queue->add({id, frames});
    }
}

void ClipList::analyseAgain(int id)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr || !entry->canReview())
        return;
    whenFree(entry->project, [this, id] {
        const ClipEntry *free = m_state->model->find(id);
        if (free == nullptr || m_state->queue->holds(id))
            return;
        const std::int64_t frames = free->frameCountEstimate;
        m_state->again[id] = free->project;
        setState(id, ClipState::Waiting);
        m_state->queue->add({id, frames});
    });
}

AnalysisRequest ClipList::requestFor(int id) const
{
    AnalysisRequest request;
    if (const ClipEntry *entry = m_state->model->find(id)) {
        request.clip = entry->clip;
        request.begun = entry->begun;
    }
    if (const auto again = m_state->again.find(id); again != m_state->again.end())
        request.project = again->second;
    request.projectFolder = m_state->settings.projectFolder();
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.summary)
            request.known.emplace_back(entry.summary->sha256, entry.project);
    }
    return request;
}

void ClipList::takeOutcome(int id, const AnalysisOutcome &outcome)
{
    m_state->again.erase(id);
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr)
        return; // removed meanwhile; its project is there when it is wanted
    for (const ClipEntry &other : m_state->model->entries()) {
        if (other.id == id || other.project != outcome.facts.project)
            continue;
        const int otherId = other.id;
        emit message(tr("%1 is the same clip as %2, which is in the list already.")
                         .arg(nameOf(entry->clip), nameOf(other.clip)));
        m_state->model->remove(id);
        emit selectWanted(otherId);
        return;
    }
    if (outcome.existed)
        emit message(tr("%1 was analysed before; its project was opened again.").arg(nameOf(entry->clip)));
    m_state->removed.erase(m_state->marks.of(outcome.facts.project));
    saveRemoved();
    takeFacts(id, outcome.facts);
}

void ClipList::remove(const std::vector<int> &ids)
{
    int count = 0;
    for (const int id : ids) {
        const ClipEntry *entry = m_state->model->find(id);
        if (entry == nullptr)
            continue;
        const Path project = entry->project;
        if (comesBackByItself(project))
            m_state->removed.insert(m_state->marks.of(project));
        else if (entry->hasProject())
            m_state->reader->post(
                [folder = m_state->settings.projectFolder(), project] { unlinkProject(folder, project); });
        else if (!entry->begun.empty())
            m_state->reader->post([begun = entry->begun] { dropBegun(begun); });
        if (project == m_state->openProject && !project.empty())
            emit releaseWanted(project);
        m_state->model->remove(id);
        m_state->queue->cancel(id);
        ++count;
    }
    if (count == 0)
        return;
    saveRemoved();
    emit message(tr("%n taken off the list. No file was deleted.", nullptr, count));
    emit changed();
}

void ClipList::relink(int id, const std::filesystem::path &clip)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr || !entry->hasProject())
        return;
    whenFree(entry->project, [this, id, clip, project = entry->project] {
        const ClipEntry *free = m_state->model->find(id);
        const ClipState before = free != nullptr ? free->state : ClipState::ClipMissing;
        setState(id, ClipState::Reading);
        m_state->reader->run(
            this,
            [project, clip = normal(clip), ending = m_state->reader->ending()] {
                return relinkClip(project, clip, ending);
            },
            [this, id, before](const base::Result<ProjectFacts> &facts) {
                if (!facts && facts.error().kind == base::ErrorKind::Usage) {
                    setState(id, before);
                    emit message(errorText(facts.error()));
                    return;
                }
                takeFacts(id, facts);
            });
    });
}

void ClipList::setRecordedTime(const std::vector<int> &ids, const RecordedTime &recorded)
{
    for (const int id : ids) {
        const ClipEntry *entry = m_state->model->find(id);
        if (entry == nullptr || !entry->canReview())
            continue;
        whenFree(entry->project, [this, id, recorded, project = entry->project] {
            setState(id, ClipState::Reading);
            m_state->reader->run(
                this, [project, recorded] { return ui::setRecordedTime(project, recorded); },
                [this, id](const base::Result<ProjectFacts> &facts) { takeFacts(id, facts); });
        });
    }
}

void ClipList::checkUnchanged(int id)
{
    const ClipEntry *entry = m_state->model->find(id);
    if (entry == nullptr || !entry->summary)
        return;
    m_state->reader->run(
        this, [summary = *entry->summary, ending = m_state->reader->ending()] { return isUnchanged(summary, ending); },
        [this, id](const base::Result<bool> &unchanged) {
            const ClipEntry *found = m_state->model->find(id);
            if (found == nullptr || (unchanged && *unchanged)
                || (!unchanged && unchanged.error().kind == base::ErrorKind::Cancelled))
                return;
            const QString name = nameOf(found->clip);
            setState(id, unchanged ? ClipState::ClipChanged : ClipState::ClipMissing);
            emit message(unchanged ? tr("%1 is not the file that was analysed: its content has changed.").arg(name)
                                   : errorText(unchanged.error()));
        });
}

void ClipList::setOpenProject(const std::filesystem::path &project)
{
    const Path before = std::exchange(m_state->openProject, project);
    if (before.empty() || before == project)
        return;
    std::vector<std::function<void()>> ready;
    std::erase_if(m_state->waiting, [&before, &ready](auto &item) {
        if (item.first != before)
            return false;
        ready.push_back(std::move(item.second));
        return true;
    });
    for (const std::function<void()> &work : ready)
        work();
}

void ClipList::whenFree(const std::filesystem::path &project, std::function<void()> work)
{
    if (project != m_state->openProject) {
        work();
        return;
    }
    m_state->waiting.emplace_back(project, std::move(work));
    emit releaseWanted(project);
}

void ClipList::takeSummary(const std::filesystem::path &project, const ProjectSummary &summary)
{
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.project != project)
            continue;
        m_state->model->update(entry.id, [&summary](ClipEntry &changing) {
            changing.summary = summary;
            changing.clip = summary.clip;
            if (changing.state != ClipState::ClipChanged && changing.state != ClipState::ClipMissing)
                changing.state = ClipEntry::stateOf({{}, summary, ClipProblem::None});
        });
        emit changed();
        return;
    }
}

void ClipList::takeOpenFailure(const std::filesystem::path &project, const base::Error &error)
{
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.project == project) {
            takeFacts(entry.id, error);
            return;
        }
    }
}

void ClipList::refreshModels()
{
    m_state->reader->run(
        this, [] { return pipeline::modelStatus(); },
        [this](const base::Result<std::vector<pipeline::ModelStatus>> &models) {
            if (!models) {
                emit message(errorText(models.error()));
                return;
            }
            m_state->models = *models;
            m_state->modelsRead = true;
            emit modelsKnown();
        });
}

const std::vector<pipeline::ModelStatus> &ClipList::models() const
{
    return m_state->models;
}

bool ClipList::isBasic() const
{
    return m_state->modelsRead && pipeline::isBasic(m_state->models);
}

std::vector<int> ClipList::unfinished() const
{
    std::vector<int> ids;
    for (const ClipEntry &entry : m_state->model->entries()) {
        if (entry.state == ClipState::New && !m_state->queue->holds(entry.id))
            ids.push_back(entry.id);
    }
    return ids;
}

void ClipList::setState(int id, ClipState state)
{
    m_state->model->update(id, [state](ClipEntry &entry) {
        entry.state = state;
        entry.percent = -1;
        if (state != ClipState::Failed && state != ClipState::ProjectUnreadable)
            entry.error.clear();
    });
    emit changed();
}

void ClipList::fail(int id, ClipState state, const base::Error &error)
{
    const ClipEntry *entry = m_state->model->find(id);
    m_state->again.erase(id);
    if (entry == nullptr)
        return;
    // The row says which file it is.
    base::Error shown = error;
    for (const Path &path : {entry->clip, entry->project}) {
        const QString name = base::displayPath(path) + QStringLiteral(": ");
        if (!path.empty() && shown.message.startsWith(name))
            shown.message = shown.message.mid(name.size());
    }
    QString text = errorText(shown);
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    std::error_code unknown;
    const bool unreadable =
        error.kind == base::ErrorKind::InputNotOpenable && std::filesystem::is_regular_file(entry->clip, unknown);
    m_state->model->update(id, [state, &text, unreadable](ClipEntry &changing) {
        changing.state = state;
        changing.error = text;
        changing.isUnreadable = unreadable;
    });
    if (state == ClipState::Failed && entry->hasProject()) {
        // It was analysed again in vain: the project is as it was.
        emit message(errorText(error));
        reload(id);
    }
    emit changed();
}

/// Whether restore() finds it in the folder for projects.
bool ClipList::comesBackByItself(const std::filesystem::path &project) const
{
    return !project.empty()
           && normal(project).parent_path() == normal(m_state->settings.projectFolder() / "any").parent_path();
}

/// So that restore() finds it, too.
void ClipList::remember(const std::filesystem::path &project)
{
    m_state->reader->run(
        this, [folder = m_state->settings.projectFolder(), project] { return linkProject(folder, project); },
        [this](const base::Result<void> &linked) {
            if (!linked)
                emit message(errorText(linked.error()));
        });
}

void ClipList::saveRemoved()
{
    QJsonArray removed;
    for (const QString &mark : m_state->removed)
        removed.append(mark);
    m_state->settings.setValue(QLatin1String(settings::removedProjects), removed.isEmpty() ? QJsonValue() : removed);
}

} // namespace doorveil::ui
