// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/runbatch.h"

#include "pipeline/batch/clipwork.h"
#include "pipeline/batch/memorybudget_p.h"
#include "pipeline/source.h"
#include "pipeline/workgroup.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <system_error>
#include <thread>

namespace doorveil::pipeline::batch {

namespace {

using Moment = std::chrono::steady_clock::time_point;

base::Error cancelledError()
{
    return {base::ErrorKind::Cancelled, QStringLiteral("cancelled; go on with --resume")};
}

/// Files that keep size and time and that nobody writes to.
class SettledFiles
{
public:
    explicit SettledFiles(std::chrono::milliseconds settle) : m_settle(settle) { }

    [[nodiscard]] std::vector<FoundClip> settled(const std::vector<FoundClip> &clips)
    {
        const Moment now = std::chrono::steady_clock::now();
        std::map<std::filesystem::path, Seen> seen;
        std::vector<FoundClip> ready;
        for (const FoundClip &clip : clips) {
            const base::Result<FileStamp> stamp = stampOf(clip.path);
            if (!stamp)
                continue; // empty still, or gone again
            const auto before = m_seen.find(clip.path);
            const bool same = before != m_seen.end() && before->second.stamp == *stamp;
            const Seen entry{*stamp, same ? before->second.since : now};
            seen.emplace(clip.path, entry);
            if (same && now - entry.since >= m_settle && isClosed(clip.path))
                ready.push_back(clip);
        }
        m_seen = std::move(seen);
        return ready;
    }

private:
    struct Seen
    {
        FileStamp stamp;
        Moment since;
    };
    std::chrono::milliseconds m_settle;
    std::map<std::filesystem::path, Seen> m_seen;
};

class Runner
{
public:
    Runner(const BatchParameters &parameters, BatchListener &listener, const base::CancelToken &cancel)
        : m_parameters(parameters),
          m_listener(listener),
          m_cancel(cancel),
          m_budget(parameters.policy.memoryMegabytes ? *parameters.policy.memoryMegabytes << 20
                                                     : defaultMemoryBudget()),
          m_settled(std::chrono::milliseconds(parameters.policy.settleMilliseconds))
    {
    }

    base::Result<std::vector<PlannedClip>> plan(const std::vector<ClipRecord> &records)
    {
        const auto notice = [this](const QString &text) { tell(text); };
        base::Result<std::vector<FoundClip>> found =
            findClips(m_parameters.inputs, m_parameters.policy, m_parameters.output, notice);
        if (!found)
            return found.error();
        return planFound(*found, records);
    }

    base::Result<BatchTotals> run()
    {
        // Before the folder is made: a wrong input leaves nothing behind.
        for (const std::filesystem::path &input : m_parameters.inputs) {
            std::error_code failed;
            if (!std::filesystem::exists(input, failed))
                return base::Error{base::ErrorKind::InputNotOpenable,
                                   QStringLiteral("%1 cannot be opened: there is no such file or folder")
                                       .arg(base::displayPath(input))};
        }
        auto folder = BatchFolder::open(m_parameters.output, m_parameters.resume);
        if (!folder)
            return folder.error();
        m_folder = std::move(*folder);
        base::Result<WorkIdentity> identity = currentWorkIdentity();
        if (!identity)
            return identity.error();
        m_identity = *identity;
        if (const base::Result<void> divided = rememberShard(); !divided)
            return divided.error();

        const base::Result<void> worked = m_parameters.watch ? watch() : once();
        // What was done so far is told in any case; pictures are left out where somebody is in a hurry.
        const base::Result<void> reported = writeBatchReport(*m_folder, m_parameters.report, m_cancel);
        if (!worked)
            return worked.error();
        if (!reported)
            return reported.error();
        return totals();
    }

private:
    void tell(const QString &text)
    {
        const std::lock_guard lock(m_listening);
        if (m_told.insert(text).second)
            m_listener.notice(text);
    }

    base::Result<void> rememberShard()
    {
        std::vector<Shard> shards;
        if (m_parameters.shard) {
            shards = m_folder->shards();
            shards.push_back(*m_parameters.shard);
        }
        return m_folder->setShards(shards);
    }

    base::Result<std::vector<PlannedClip>> planFound(const std::vector<FoundClip> &found,
                                                     const std::vector<ClipRecord> &records)
    {
        if (m_identity.program.isEmpty()) {
            base::Result<WorkIdentity> identity = currentWorkIdentity();
            if (!identity)
                return identity.error();
            m_identity = *identity;
        }
        const auto hashing = [this](std::size_t done, std::size_t total) {
            const std::lock_guard lock(m_listening);
            m_listener.hashing(done, total);
        };
        base::Result<std::vector<HashedClip>> hashed = m_hashes.hash(found, hashing, m_cancel);
        if (!hashed)
            return hashed.error();
        for (const HashedClip &clip : *hashed) {
            if (clip.stamp.bytes >= 0)
                m_originals.push_back(clip.stamp.identity);
        }
        return makeBatchPlan(*hashed, m_parameters.policy, m_identity, m_parameters.shard, m_parameters.output, records,
                             m_cancel);
    }

    base::Result<void> once()
    {
        const base::Result<std::vector<PlannedClip>> clips = plan(m_folder->records());
        if (!clips)
            return clips.error();
        return work(*clips);
    }

    base::Result<void> watch()
    {
        bool isWaiting = false;
        while (!m_cancel.isCancelled()) {
            const auto notice = [this](const QString &text) { tell(text); };
            const base::Result<std::vector<FoundClip>> found =
                findClips(m_parameters.inputs, m_parameters.policy, m_parameters.output, notice);
            if (!found)
                tell(found.error().message); // a disk that is not there may come back
            std::vector<FoundClip> fresh;
            for (const FoundClip &clip : found ? m_settled.settled(*found) : std::vector<FoundClip>()) {
                const base::Result<FileStamp> stamp = stampOf(clip.path);
                const auto handled = m_handled.find(clip.path);
                if (!stamp || (handled != m_handled.end() && handled->second == *stamp))
                    continue;
                m_handled[clip.path] = *stamp;
                fresh.push_back(clip);
            }
            if (!fresh.empty()) {
                isWaiting = false;
                const base::Result<std::vector<PlannedClip>> clips = planFound(fresh, m_folder->records());
                if (!clips)
                    return clips.error();
                if (const base::Result<void> worked = work(*clips); !worked)
                    return worked;
                if (const auto reported = writeBatchReport(*m_folder, m_parameters.report, m_cancel); !reported)
                    return reported;
            } else if (!isWaiting) {
                isWaiting = true;
                const std::lock_guard lock(m_listening);
                m_listener.waiting();
            }
            pause();
        }
        return cancelledError();
    }

    void pause() const
    {
        constexpr std::chrono::milliseconds step(100);
        for (auto left = m_parameters.pollInterval; left.count() > 0 && !m_cancel.isCancelled(); left -= step)
            std::this_thread::sleep_for(std::min(step, left));
    }

    [[nodiscard]] int jobCount(std::size_t clips) const
    {
        const int half = std::max(1, int(std::thread::hardware_concurrency()) / 2);
        const int wanted = m_parameters.jobs.value_or(m_parameters.policy.jobs.value_or(half));
        return int(std::min<std::size_t>(std::size_t(std::max(1, wanted)), clips));
    }

    base::Result<void> work(const std::vector<PlannedClip> &clips)
    {
        std::vector<const PlannedClip *> pending;
        {
            const std::lock_guard lock(m_listening);
            m_listener.planned(clips);
        }
        for (const PlannedClip &clip : clips) {
            m_names.insert(clip.name);
            if (clip.hasWork() || clip.state == PlannedState::Unreadable)
                pending.push_back(&clip);
            else if (const base::Result<void> noted = noteCopies(clip); !noted)
                return noted;
        }
        std::atomic<std::size_t> next = 0;
        WorkGroup group;
        // A batch whose state cannot be written ends, after what runs beside it.
        std::atomic<bool> stopped = false;
        group.onStop([&stopped] { stopped = true; });
        for (int job = 0; job < jobCount(pending.size()); ++job) {
            group.run([&]() -> base::Result<void> {
                for (std::size_t index = next++; index < pending.size(); index = next++) {
                    if (m_cancel.isCancelled() || stopped)
                        return cancelledError();
                    if (const base::Result<void> done = workOn(*pending[index]); !done)
                        return done;
                }
                return {};
            });
        }
        const base::Result<void> done = group.join();
        return !done && m_cancel.isCancelled() ? base::Result<void>(cancelledError()) : done;
    }

    /// A new copy of a clip that is done needs no work, but is told of.
    base::Result<void> noteCopies(const PlannedClip &clip)
    {
        std::optional<ClipRecord> record = m_folder->find(clip.name);
        if (!record || record->copies == clip.copies)
            return {};
        record->copies = clip.copies;
        return m_folder->store(*record);
    }

    base::Result<void> workOn(const PlannedClip &clip)
    {
        const MemoryBudget::Share share(m_budget, estimateFor(clip));
        if (m_cancel.isCancelled())
            return cancelledError();
        {
            const std::lock_guard lock(m_listening);
            m_listener.started(clip);
        }
        ClipWorkSettings settings;
        settings.originals = m_originals;
        if (m_parameters.policyFile) {
            const base::Result<FileStamp> policy = stampOf(*m_parameters.policyFile);
            if (policy)
                settings.originals.push_back(policy->identity);
        }
        settings.detectors = m_parameters.detectors;
        settings.secondPass = m_parameters.secondPass;
        settings.notice = [this](const QString &text) { tell(text); };
        const auto progress = [this, &clip](const base::Progress &now) {
            const std::lock_guard lock(m_listening);
            m_listener.progressed(clip, now);
        };
        const base::Result<ClipRecord> record = workOnClip(clip, *m_folder, settings, progress, m_cancel);
        if (!record)
            return record.error();
        const std::lock_guard lock(m_listening);
        m_listener.finished(clip, *record);
        return {};
    }

    /// A clip that does not even open needs little; what is wrong with it, its work will tell.
    [[nodiscard]] std::int64_t estimateFor(const PlannedClip &clip) const
    {
        const base::Result<ClipFile> file = ClipFile::open(clip.clip.path);
        if (!file)
            return 0;
        const auto reader = file->reader();
        return reader ? memoryEstimate((*reader)->info().storedSize) : 0;
    }

    [[nodiscard]] BatchTotals totals() const
    {
        std::vector<ClipRecord> mine;
        for (ClipRecord &record : m_folder->records()) {
            if (m_names.contains(record.name))
                mine.push_back(std::move(record));
        }
        return totalsOf(mine);
    }

    const BatchParameters &m_parameters;
    BatchListener &m_listener;
    const base::CancelToken &m_cancel;
    std::unique_ptr<BatchFolder> m_folder;
    WorkIdentity m_identity;
    ClipHashes m_hashes;
    MemoryBudget m_budget;
    SettledFiles m_settled;
    std::map<std::filesystem::path, FileStamp> m_handled; ///< while watching: what this run has dealt with
    std::vector<base::FileIdentity> m_originals;
    std::set<QString> m_names;
    std::set<QString> m_told;
    std::mutex m_listening;
};

} // namespace

base::Result<BatchTotals> runBatch(const BatchParameters &parameters, BatchListener &listener,
                                   const base::CancelToken &cancel)
{
    return Runner(parameters, listener, cancel).run();
}

base::Result<std::vector<PlannedClip>> planBatch(const BatchParameters &parameters, BatchListener &listener,
                                                 const base::CancelToken &cancel)
{
    const base::Result<std::vector<ClipRecord>> records = BatchFolder::readRecords(parameters.output);
    if (!records)
        return records.error();
    return Runner(parameters, listener, cancel).plan(*records);
}

} // namespace doorveil::pipeline::batch
