// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipjobs.h"

#include "base/durablefolder.h"
#include "base/file.h"
#include "base/log.h"
#include "coretexts.h"
#include "pipeline/batch/batchreport.h"
#include "pipeline/jobs.h"
#include "pipeline/preview.h"
#include "project/analysismerge.h"
#include "project/projectstore.h"
#include "session/guithread.h"

#include <QCoreApplication>
#include <QFile>

#include <algorithm>
#include <chrono>
#include <system_error>
#include <thread>
#include <type_traits>

namespace doorveil::ui {

namespace {

constexpr int sharpest = 2; ///< device pixels a logical pixel that thumbnails are made for
constexpr int mostNames = 1000; ///< "porch (999).doorveil"
constexpr std::chrono::milliseconds patience{3000}; ///< far longer than anybody here has a project open between edits
constexpr std::chrono::milliseconds pauseBetweenTries{20};

struct ClipJobs
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::ClipJobs)
};

QImage thumbnailOf(const pipeline::ClipPreview &preview)
{
    const base::Picture &picture = preview.picture;
    if (picture.isNull())
        return {};
    const QImage whole(picture.bgr.data(), picture.size.width, picture.size.height, qsizetype(picture.size.width) * 3,
                       QImage::Format_BGR888);
    // Pixels need not be square; their shape is told for the stored orientation.
    base::Rational aspect = preview.info.sampleAspect;
    if (preview.info.orientation.swapsAxes())
        std::swap(aspect.numerator, aspect.denominator);
    QSizeF shown(picture.size.width, picture.size.height);
    if (aspect.isPositive())
        shown.setWidth(shown.width() * aspect.toDouble());
    const QSize fitted = shown.scaled(QSizeF(thumbnailSize) * sharpest, Qt::KeepAspectRatio).toSize();
    // scaled() copies, so that the image does not point into the picture.
    return whole.scaled(fitted.expandedTo({1, 1}), Qt::IgnoreAspectRatio, Qt::SmoothTransformation)
        .convertToFormat(QImage::Format_RGB32);
}

std::filesystem::path projectName(const std::filesystem::path &folder, const std::filesystem::path &clip, int number)
{
    std::filesystem::path name = clip.stem();
    if (number > 1)
        name += " (" + std::to_string(number) + ")";
    name += ".doorveil";
    return folder / name;
}

ClipProblem problemOf(const ProjectSummary &summary)
{
    std::error_code failed;
    const std::uintmax_t bytes = std::filesystem::file_size(summary.clip, failed);
    if (failed)
        return ClipProblem::Missing;
    return std::int64_t(bytes) == summary.bytes ? ClipProblem::None : ClipProblem::Changed;
}

/// The list, the analysis and a choice of the owner's look into the same projects on threads of their own; whoever
/// comes second waits for the first instead of taking it for another program.
template<typename Work> auto whenFree(const Work &work)
{
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        auto result = work();
        if (result || !isInUse(result.error()) || std::chrono::steady_clock::now() >= end)
            return result;
        std::this_thread::sleep_for(pauseBetweenTries);
    }
}

base::Result<std::unique_ptr<project::ProjectStore>> openWhenFree(const std::filesystem::path &path)
{
    return whenFree([&path] { return project::ProjectStore::open(path); });
}

base::Result<std::optional<std::filesystem::path>> waitingClipOf(const std::filesystem::path &path)
{
    return whenFree([&path] { return project::ProjectStore::waitingClip(path); });
}

ProjectFacts factsOf(const project::ProjectStore &store)
{
    ProjectFacts facts;
    facts.project = store.path();
    facts.summary = ProjectSummary::of(store.document());
    facts.problem = problemOf(facts.summary);
    return facts;
}

/// The project that this very clip has already, in the list or under its name. A project that another program holds is
/// an error: it may be this clip's, and a second one beside it would not know what the owner did in the first.
base::Result<std::optional<ProjectFacts>> existingProject(const AnalysisRequest &request, const QString &sha256)
{
    for (const auto &[hash, project] : request.known) {
        if (hash != sha256)
            continue;
        ProjectFacts facts;
        facts.project = project; // its own row knows the rest; it may be open in review and must not be touched
        facts.summary.sha256 = hash;
        return std::optional(facts);
    }
    std::error_code failed;
    for (int number = 1; number < mostNames; ++number) {
        const std::filesystem::path candidate = projectName(request.projectFolder, request.clip, number);
        // One that waited in between may be gone. What a link leads to has a row, and a name, of its own.
        if (std::filesystem::symlink_status(candidate, failed).type() != std::filesystem::file_type::regular)
            continue;
        const auto isKnown = [&candidate](const auto &known) { return known.second == candidate; };
        if (std::any_of(request.known.begin(), request.known.end(), isKnown))
            continue; // of another clip, as its hash says
        const base::Result<ProjectFacts> facts = readProject(candidate);
        if (!facts && isInUse(facts.error()))
            return facts.error();
        if (facts && !facts->waits && facts->summary.sha256 == sha256)
            return std::optional(*facts);
    }
    return std::optional<ProjectFacts>();
}

/// What `use` makes of the first name for a project of this clip of which it gives something.
template<typename Use>
auto firstName(const std::filesystem::path &folder, const std::filesystem::path &clip, const Use &use)
    -> base::Result<typename std::invoke_result_t<Use, const std::filesystem::path &>::value_type>
{
    for (int number = 1; number < mostNames; ++number) {
        if (auto used = use(projectName(folder, clip, number)))
            return *used;
    }
    return base::Error{base::ErrorKind::Failure,
                       ClipJobs::tr("There are too many projects of this name in %1. Move some of them away.")
                           .arg(base::displayPath(folder)),
                       QLatin1String(ownWords)};
}

base::Result<void> makeProjectFolder(const std::filesystem::path &folder)
{
    const base::Result<void> made = base::makeFolders(folder);
    if (made)
        return made;
    return base::Error{base::ErrorKind::Failure,
                       ClipJobs::tr("The folder for projects, %1, cannot be made: %2")
                           .arg(base::displayPath(folder), made.error().message),
                       QLatin1String(ownWords)};
}

bool isTaken(const std::filesystem::path &path)
{
    std::error_code failed;
    return std::filesystem::exists(std::filesystem::symlink_status(path, failed));
}

bool isSame(const base::Result<std::optional<std::filesystem::path>> &waiting, const std::filesystem::path &clip)
{
    return waiting && *waiting && **waiting == clip;
}

base::Result<std::filesystem::path> beginProject(const std::filesystem::path &folder, const std::filesystem::path &clip)
{
    using Begun = base::Result<std::filesystem::path>;
    const base::Result<Begun> begun =
        firstName(folder, clip, [&clip](const std::filesystem::path &path) -> std::optional<Begun> {
            if (isTaken(path))
                // Without patience: one that is in use is another clip's.
                return isSame(project::ProjectStore::waitingClip(path), clip) ? std::optional<Begun>(path)
                                                                              : std::nullopt;
            if (const auto made = project::ProjectStore::createWaiting(path, clip); !made)
                return Begun(made.error());
            return Begun(path);
        });
    return begun ? *begun : Begun(begun.error());
}

base::Result<ProjectFacts> storeNew(const AnalysisRequest &request, const project::ReviewDocument &document)
{
    using Facts = base::Result<ProjectFacts>;
    const auto create = [&document](const std::filesystem::path &path, bool replace) -> Facts {
        const auto store = project::ProjectStore::create(path, document, replace);
        if (!store)
            return store.error();
        return factsOf(**store);
    };
    if (isSame(waitingClipOf(request.begun), request.clip))
        return create(request.begun, true);
    const base::Result<Facts> stored =
        firstName(request.projectFolder, request.clip, [&create](const std::filesystem::path &path) {
            return isTaken(path) ? std::nullopt : std::optional<Facts>(create(path, false));
        });
    return stored ? *stored : Facts(stored.error());
}

base::Result<ProjectFacts> storeAgain(const AnalysisRequest &request, const project::ReviewDocument &document)
{
    const auto store = openWhenFree(request.project);
    if (!store)
        return store.error();
    const auto merged = project::mergeAnalysis((*store)->document(), document);
    if (!merged)
        return merged.error();
    if (const auto applied = (*store)->apply(*merged); !applied)
        return applied.error();
    return factsOf(**store);
}

} // namespace

bool isInUse(const base::Error &error)
{
    return error.failureClass == QLatin1String("project-in-use");
}

base::Result<ClipFacts> readClip(const std::filesystem::path &clip, const base::CancelToken &cancel)
{
    assertNotGuiThread();
    const base::Result<pipeline::ClipPreview> preview = pipeline::previewClip(clip, cancel);
    if (!preview)
        return preview.error();
    ClipFacts facts;
    facts.thumbnail = thumbnailOf(*preview);
    facts.bytes = preview->bytes;
    facts.durationMilliseconds = preview->info.durationMilliseconds;
    facts.frameCountEstimate = preview->info.frameCountEstimate;
    facts.hasSound = preview->info.defaultAudioStream >= 0;
    facts.recorded = base::guessRecordedTime(preview->info, QFile::decodeName(clip.filename().string().c_str()),
                                             QDateTime::currentDateTime());
    return facts;
}

base::Result<ProjectFacts> readProject(const std::filesystem::path &project)
{
    assertNotGuiThread();
    const auto store = openWhenFree(project);
    if (store)
        return factsOf(**store);
    if (store.error().failureClass != QLatin1String("not-analysed"))
        return store.error();
    const auto clip = waitingClipOf(project);
    if (!clip)
        return clip.error();
    if (!*clip) // analysed in this moment
        return readProject(project);
    ProjectFacts facts;
    facts.project = project;
    facts.summary.clip = **clip;
    facts.waits = true;
    return facts;
}

base::Result<bool> isUnchanged(const ProjectSummary &summary, const base::CancelToken &cancel)
{
    assertNotGuiThread();
    const base::Result<QString> sha256 = pipeline::hashClip(summary.clip, cancel);
    if (!sha256)
        return sha256.error();
    return *sha256 == summary.sha256;
}

base::Result<ProjectFacts> relinkClip(const std::filesystem::path &project, const std::filesystem::path &clip,
                                      const base::CancelToken &cancel)
{
    assertNotGuiThread();
    const base::Result<QString> sha256 = pipeline::hashClip(clip, cancel);
    if (!sha256)
        return sha256.error();
    const auto store = openWhenFree(project);
    if (!store)
        return store.error();
    if ((*store)->document().source.sha256 != *sha256)
        return base::Error{
            base::ErrorKind::Usage,
            ClipJobs::tr("%1 is not the clip of this project: its content differs. Choose the very same file.")
                .arg(base::displayPath(clip.filename())),
            QLatin1String(ownWords)};
    std::error_code failed;
    std::filesystem::path absolute = std::filesystem::absolute(clip, failed);
    if (failed)
        absolute = clip;
    const project::RelinkSource edit{base::displayPath(absolute), QByteArray::fromStdString(absolute.string()),
                                     *sha256};
    if (const auto applied = (*store)->apply(edit); !applied)
        return applied.error();
    return factsOf(**store);
}

base::Result<ProjectFacts> setRecordedTime(const std::filesystem::path &project, const RecordedTime &recorded)
{
    assertNotGuiThread();
    const auto store = openWhenFree(project);
    if (!store)
        return store.error();
    project::SetClipSettings edit{(*store)->document().settings};
    edit.settings.recordedAt = recorded.at;
    edit.settings.clockOffsetMilliseconds = recorded.clockOffsetMilliseconds;
    if (const auto applied = (*store)->apply(edit); !applied)
        return applied.error();
    return factsOf(**store);
}

const std::vector<std::string> &clipEndings()
{
    static const std::vector<std::string> endings{".mp4", ".m4v",  ".mov", ".mkv",  ".webm", ".avi",
                                                  ".ts",  ".m2ts", ".mts", ".h264", ".264",  ".3gp"};
    return endings;
}

bool isProjectName(const std::filesystem::path &path)
{
    return path.extension() == ".doorveil";
}

FolderContent scanFolder(const std::filesystem::path &folder, const base::CancelToken &cancel)
{
    assertNotGuiThread();
    FolderContent content;
    // The output folder of a batch is a queue: what somebody has to look at, and not the covered clips beside it.
    if (pipeline::batch::BatchFolder::hasState(folder)) {
        content.files = pipeline::batch::reviewQueue(folder);
        return content;
    }
    std::error_code failed;
    std::filesystem::recursive_directory_iterator entries(
        folder, std::filesystem::directory_options::skip_permission_denied, failed);
    const std::filesystem::recursive_directory_iterator end;
    while (!failed && entries != end && !cancel.isCancelled()) {
        const std::filesystem::path &path = entries->path();
        const bool isHidden = path.filename().string().starts_with('.');
        std::error_code unknown;
        if (entries->is_directory(unknown)) {
            if (isHidden)
                entries.disable_recursion_pending();
        } else if (!isHidden && entries->is_regular_file(unknown)) {
            std::string ending = path.extension().string();
            std::transform(ending.begin(), ending.end(), ending.begin(),
                           [](unsigned char letter) { return char(std::tolower(letter)); });
            if (isProjectName(path)
                || std::find(clipEndings().begin(), clipEndings().end(), ending) != clipEndings().end()) {
                if (content.files.size() == folderLimit) {
                    content.cut = true;
                    break;
                }
                content.files.push_back(path);
            }
        }
        entries.increment(failed);
    }
    std::sort(content.files.begin(), content.files.end());
    return content;
}

std::vector<std::filesystem::path> projectsIn(const std::filesystem::path &folder)
{
    assertNotGuiThread();
    std::vector<std::filesystem::path> projects;
    std::error_code failed;
    for (std::filesystem::directory_iterator entries(folder, failed), end; !failed && entries != end;
         entries.increment(failed)) {
        std::error_code unknown;
        if (!isProjectName(entries->path()) || projects.size() >= folderLimit)
            continue;
        if (entries->is_symlink(unknown)) // linkProject(); also where it leads nowhere just now
            projects.push_back((folder / std::filesystem::read_symlink(entries->path(), unknown)).lexically_normal());
        else if (entries->is_regular_file(unknown))
            projects.push_back(entries->path());
    }
    std::sort(projects.begin(), projects.end());
    return projects;
}

std::vector<base::Result<std::filesystem::path>> beginProjects(const std::filesystem::path &folder,
                                                               const std::vector<std::filesystem::path> &clips)
{
    assertNotGuiThread();
    const base::Result<void> made = makeProjectFolder(folder);
    std::vector<base::Result<std::filesystem::path>> begun;
    begun.reserve(clips.size());
    for (const std::filesystem::path &clip : clips)
        begun.push_back(made ? beginProject(folder, clip) : base::Result<std::filesystem::path>(made.error()));
    return begun;
}

void dropBegun(const std::filesystem::path &project)
{
    assertNotGuiThread();
    const auto removed = whenFree([&project] { return project::ProjectStore::removeWaiting(project); });
    if (!removed)
        qCInfo(base::logProject) << "a project that was begun is left where it is";
}

base::Result<void> linkProject(const std::filesystem::path &folder, const std::filesystem::path &project)
{
    assertNotGuiThread();
    if (const base::Result<void> made = makeProjectFolder(folder); !made)
        return made;
    using Linked = base::Result<void>;
    const base::Result<Linked> linked =
        firstName(folder, project, [&project](const std::filesystem::path &path) -> std::optional<Linked> {
            std::error_code failed;
            if (isTaken(path)) {
                const bool leadsThere = std::filesystem::read_symlink(path, failed) == project;
                return leadsThere ? std::optional(Linked()) : std::nullopt;
            }
            std::filesystem::create_symlink(project, path, failed);
            if (failed)
                return Linked(
                    base::Error{base::ErrorKind::Failure,
                                QStringLiteral("%1 cannot be made: %2")
                                    .arg(base::displayPath(path), QString::fromLocal8Bit(failed.message().c_str()))});
            return Linked();
        });
    return linked ? *linked : Linked(linked.error());
}

void unlinkProject(const std::filesystem::path &folder, const std::filesystem::path &project)
{
    assertNotGuiThread();
    std::error_code failed;
    for (std::filesystem::directory_iterator entries(folder, failed), end; !failed && entries != end;
         entries.increment(failed)) {
        std::error_code unknown;
        if (isProjectName(entries->path()) && entries->is_symlink(unknown)
            && std::filesystem::read_symlink(entries->path(), unknown) == project)
            std::filesystem::remove(entries->path(), unknown);
    }
}

base::Result<AnalysisOutcome> analyseClip(const AnalysisRequest &request, const base::ProgressCallback &progress,
                                          const std::function<void()> &betweenFrames, const base::CancelToken &cancel)
{
    assertNotGuiThread();
    if (request.project.empty()) {
        const base::Result<QString> sha256 = pipeline::hashClip(request.clip, cancel);
        if (!sha256)
            return sha256.error();
        const base::Result<std::optional<ProjectFacts>> existing = existingProject(request, *sha256);
        if (!existing)
            return existing.error();
        if (*existing) {
            if (!request.begun.empty())
                dropBegun(request.begun);
            return AnalysisOutcome{**existing, true};
        }
        // Said before the work, not after it.
        if (const base::Result<void> made = makeProjectFolder(request.projectFolder); !made)
            return made.error();
    }
    pipeline::AnalyzeParameters parameters;
    parameters.clip = request.clip;
    parameters.betweenFrames = betweenFrames;
    const base::Result<project::ReviewDocument> document = pipeline::analyze(parameters, progress, cancel);
    if (!document)
        return document.error();
    const base::Result<ProjectFacts> facts =
        request.project.empty() ? storeNew(request, *document) : storeAgain(request, *document);
    if (!facts)
        return facts.error();
    return AnalysisOutcome{*facts, false};
}

} // namespace doorveil::ui
