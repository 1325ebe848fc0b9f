// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/batchplan.h"

#include "pipeline/framereader.h"

#include <algorithm>
#include <set>
#include <system_error>

namespace doorveil::pipeline::batch {

namespace {

constexpr int attemptsBeforeLast = 2; ///< a clip that took the program down that often waits for the others

QString displayName(const FoundClip &clip)
{
    return base::displayPath(std::filesystem::path(clip.relativePath));
}

NameParts partsOf(const FoundClip &clip, const QString &sha256, const QString &camera)
{
    const std::filesystem::path relative(clip.relativePath);
    NameParts parts;
    parts.folder = relative.parent_path().generic_string();
    parts.stem = relative.stem().string();
    parts.sha256 = sha256;
    parts.camera = camera;
    if (const std::optional<RecordedName> recorded = recordedName(relative.filename().string())) {
        parts.recordedAt = recorded->recordedAt;
        if (parts.camera.isEmpty())
            parts.camera = recorded->camera;
    }
    return parts;
}

/// Names are told apart as the least careful file system does.
QString folded(const QString &name)
{
    return name.toCaseFolded();
}

/// Hash of a file; nothing where there is none.
base::Result<std::optional<QString>> hashIfThere(const std::filesystem::path &path, const base::CancelToken &cancel)
{
    std::error_code failed;
    if (!std::filesystem::exists(path, failed))
        return std::optional<QString>();
    const base::Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return std::optional(QString()); // something is there, and it is not what was written
    const base::Result<QString> hash = base::sha256Of(file->get(), cancel);
    if (!hash)
        return hash.error();
    return std::optional(*hash);
}

base::Result<PlannedState> stateOf(const PlannedClip &clip, const ClipRecord &record,
                                   const std::filesystem::path &output, const base::CancelToken &cancel)
{
    if (record.state == ClipState::Started)
        return PlannedState::Interrupted;
    if (record.state == ClipState::Failed)
        return PlannedState::Retry;
    const OutputPaths paths = BatchFolder::outputsIn(output, clip.name);
    const auto exported = hashIfThere(paths.clip, cancel);
    if (!exported)
        return exported.error();
    if (*exported && **exported != record.outputSha256)
        return PlannedState::OutputChanged;
    if (record.key != clip.key)
        return PlannedState::Changed;
    if (!*exported)
        return PlannedState::OutputMissing;
    const auto report = hashIfThere(paths.report, cancel);
    if (!report)
        return report.error();
    std::error_code failed;
    // A project may have been edited since: that is what it is for.
    const bool hasProject = std::filesystem::exists(paths.project, failed);
    return *report && **report == record.reportSha256 && hasProject ? PlannedState::Done : PlannedState::OutputMissing;
}

/// Gives names; see makeBatchPlan().
class Naming
{
public:
    Naming(const std::vector<PlannedClip> &clips, const std::vector<ClipRecord> &records)
    {
        for (const ClipRecord &record : records) {
            if (!record.key.source.isEmpty()) // what could not be read yet owns nothing
                m_owners.emplace(folded(record.name), record.key.source);
        }
        for (const PlannedClip &clip : clips)
            ++m_wanted[folded(wantedName(clip))];
    }

    [[nodiscard]] QString nameOf(const PlannedClip &clip)
    {
        const QString wanted = wantedName(clip);
        const auto owner = m_owners.find(folded(wanted));
        const bool isOwners =
            owner != m_owners.end() && owner->second == clip.sha256 && !m_given.contains(folded(wanted));
        const bool isFree = owner == m_owners.end() && m_wanted[folded(wanted)] == 1;
        QString name = wanted;
        // The rules' hash tells the same content under two cameras' rules apart.
        if (!isOwners && !isFree)
            name = QStringLiteral("%1-%2").arg(wanted, clip.sha256.left(8));
        if (m_given.contains(folded(name)))
            name = QStringLiteral("%1-%2").arg(name, clip.key.rules.left(8));
        m_given.insert(folded(name));
        return name;
    }

private:
    static QString wantedName(const PlannedClip &clip)
    {
        return clip.rules.name.expand(partsOf(clip.clip, clip.sha256, clip.rules.camera));
    }

    std::map<QString, QString> m_owners; ///< folded name to the source's hash
    std::map<QString, int> m_wanted;
    std::set<QString> m_given;
};

} // namespace

QString toText(PlannedState state)
{
    switch (state) {
    case PlannedState::New:
        return QStringLiteral("new");
    case PlannedState::Changed:
        return QStringLiteral("changed");
    case PlannedState::OutputMissing:
        return QStringLiteral("output-missing");
    case PlannedState::Interrupted:
        return QStringLiteral("interrupted");
    case PlannedState::Retry:
        return QStringLiteral("retry");
    case PlannedState::Done:
        return QStringLiteral("done");
    case PlannedState::OutputChanged:
        return QStringLiteral("output-changed");
    case PlannedState::Unreadable:
        return QStringLiteral("unreadable");
    }
    return {};
}

base::Result<std::vector<HashedClip>> ClipHashes::hash(const std::vector<FoundClip> &clips, const Report &report,
                                                       const base::CancelToken &cancel)
{
    std::vector<HashedClip> hashed;
    for (const FoundClip &clip : clips) {
        if (cancel.isCancelled())
            return cancelledError();
        if (report)
            report(hashed.size(), clips.size());
        HashedClip result;
        result.clip = clip;
        const base::Result<FileStamp> stamp = stampOf(clip.path);
        if (!stamp) {
            result.failure = stamp.error();
            hashed.push_back(std::move(result));
            continue;
        }
        result.stamp = *stamp;
        const auto known = m_known.find(clip.path);
        if (known != m_known.end() && known->second.stamp == *stamp) {
            result.sha256 = known->second.sha256;
            hashed.push_back(std::move(result));
            continue;
        }
        const base::Result<base::FileDescriptor> file = base::openInput(clip.path);
        const base::Result<QString> sha256 =
            file ? base::sha256Of(file->get(), cancel) : base::Result<QString>(file.error());
        if (sha256) {
            result.sha256 = *sha256;
            m_known[clip.path] = {*stamp, *sha256};
        } else if (sha256.error().kind == base::ErrorKind::Cancelled) {
            return sha256.error();
        } else {
            result.failure = file ? sha256.error().prefixed(base::displayPath(clip.path)) : sha256.error();
        }
        hashed.push_back(std::move(result));
    }
    return hashed;
}

base::Result<std::vector<PlannedClip>> makeBatchPlan(const std::vector<HashedClip> &clips, const Policy &policy,
                                                     const WorkIdentity &identity, const std::optional<Shard> &shard,
                                                     const std::filesystem::path &output,
                                                     const std::vector<ClipRecord> &records,
                                                     const base::CancelToken &cancel)
{
    std::vector<PlannedClip> planned;
    std::vector<PlannedClip> unreadable;
    std::map<std::pair<QString, QString>, std::size_t> firstOf; ///< content and rules to the place in `planned`
    for (const HashedClip &hashed : clips) {
        PlannedClip clip;
        clip.clip = hashed.clip;
        clip.sha256 = hashed.sha256;
        clip.bytes = std::max<std::int64_t>(hashed.stamp.bytes, 0);
        const std::string fileName = std::filesystem::path(hashed.clip.relativePath).filename().string();
        clip.rules = policy.rulesFor(hashed.clip.relativePath, fileName);
        clip.key = {hashed.sha256, rulesHash(clip.rules), identity.program, identity.models};
        if (hashed.sha256.isEmpty()) {
            clip.state = PlannedState::Unreadable;
            clip.failure = hashed.failure;
            unreadable.push_back(std::move(clip));
            continue;
        }
        const auto [first, isFirst] = firstOf.emplace(std::pair(clip.sha256, clip.key.rules), planned.size());
        if (isFirst)
            planned.push_back(std::move(clip));
        else
            planned[first->second].copies.append(displayName(clip.clip));
    }

    Naming naming(planned, records);
    std::map<QString, const ClipRecord *> recordOf;
    for (const ClipRecord &record : records)
        recordOf.emplace(record.name, &record);
    std::vector<PlannedClip> mine;
    std::vector<std::pair<QString, int>> attempts;
    for (PlannedClip &clip : planned) {
        clip.name = naming.nameOf(clip);
        if (shard && !shard->takes(clip.sha256))
            continue;
        if (const auto record = recordOf.find(clip.name); record != recordOf.end()) {
            const base::Result<PlannedState> state = stateOf(clip, *record->second, output, cancel);
            if (!state)
                return state.error();
            clip.state = *state;
            if (record->second->state == ClipState::Started && record->second->attempts >= attemptsBeforeLast)
                attempts.emplace_back(clip.name, record->second->attempts);
        }
        mine.push_back(std::move(clip));
    }
    const auto attemptsOf = [&attempts](const PlannedClip &clip) {
        const auto found = std::find_if(attempts.begin(), attempts.end(),
                                        [&clip](const auto &entry) { return entry.first == clip.name; });
        return found == attempts.end() ? 0 : found->second;
    };
    std::stable_sort(mine.begin(), mine.end(), [&attemptsOf](const PlannedClip &a, const PlannedClip &b) {
        const int attemptsA = attemptsOf(a);
        const int attemptsB = attemptsOf(b);
        return attemptsA != attemptsB ? attemptsA < attemptsB : a.name < b.name;
    });
    // What cannot be read has no hash and so no shard: the first one tells of it.
    if (!shard || shard->index == 1) {
        for (PlannedClip &clip : unreadable) {
            clip.name = naming.nameOf(clip);
            mine.push_back(std::move(clip));
        }
    }
    return mine;
}

} // namespace doorveil::pipeline::batch
