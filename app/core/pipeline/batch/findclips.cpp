// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/findclips.h"

#include <algorithm>
#include <set>
#include <system_error>

#ifdef Q_OS_LINUX
#include <cerrno>
#include <fcntl.h>
#endif

namespace doorveil::pipeline::batch {

namespace {

namespace fs = std::filesystem;

class Finder
{
public:
    Finder(const Policy &policy, const fs::path &leaveOut, const std::function<void(const QString &)> &notice)
        : m_policy(policy), m_leaveOut(leaveOut), m_notice(notice)
    {
    }

    base::Result<void> add(const fs::path &input)
    {
        std::error_code failed;
        const fs::file_status status = fs::status(input, failed);
        if (fs::is_directory(status)) {
            addFolder(input, {});
            return {};
        }
        // Opened and closed for its errors: missing, no permission, a device.
        const base::Result<base::FileDescriptor> file = base::openInput(input);
        if (!file && file.error().kind == base::ErrorKind::InputNotOpenable && !fs::is_regular_file(status))
            return file.error();
        addFile(input, input.filename().string());
        return {};
    }

    std::vector<FoundClip> take()
    {
        std::sort(m_clips.begin(), m_clips.end(), [](const FoundClip &a, const FoundClip &b) {
            return a.relativePath != b.relativePath ? a.relativePath < b.relativePath : a.path < b.path;
        });
        return std::move(m_clips);
    }

private:
    void addFile(const fs::path &path, const std::string &relative)
    {
        std::error_code failed;
        fs::path unique = fs::canonical(path, failed);
        if (failed)
            unique = path;
        if (m_seen.insert(unique).second)
            m_clips.push_back({path, relative});
    }

    void addFolder(const fs::path &folder, const std::string &relative)
    {
        std::error_code failed;
        if (!m_leaveOut.empty() && fs::equivalent(folder, m_leaveOut, failed))
            return;
        fs::directory_iterator entries(folder, failed);
        if (failed) {
            if (m_notice)
                m_notice(QStringLiteral("%1 cannot be read (%2); what is in it is left out")
                             .arg(base::displayPath(folder), QString::fromStdString(failed.message())));
            return;
        }
        std::vector<fs::directory_entry> sorted;
        for (; entries != fs::directory_iterator(); entries.increment(failed)) {
            if (failed)
                break;
            sorted.push_back(*entries);
        }
        std::sort(sorted.begin(), sorted.end());
        for (const fs::directory_entry &entry : sorted) {
            const std::string name = entry.path().filename().string();
            if (name.starts_with('.'))
                continue;
            const std::string below = (fs::path(relative) / name).generic_string();
            if (entry.is_directory(failed)) {
                if (!entry.is_symlink(failed)) // a link to a folder may lead round in a circle
                    addFolder(entry.path(), below);
            } else if (entry.is_regular_file(failed) && m_policy.takes(below)) {
                addFile(entry.path(), below);
            }
        }
    }

    const Policy &m_policy;
    fs::path m_leaveOut;
    const std::function<void(const QString &)> &m_notice;
    std::set<fs::path> m_seen;
    std::vector<FoundClip> m_clips;
};

} // namespace

base::Result<std::vector<FoundClip>> findClips(const std::vector<std::filesystem::path> &inputs, const Policy &policy,
                                               const std::filesystem::path &leaveOut,
                                               const std::function<void(const QString &)> &notice)
{
    Finder finder(policy, leaveOut, notice);
    for (const std::filesystem::path &input : inputs) {
        if (const base::Result<void> added = finder.add(input); !added)
            return added.error();
    }
    return finder.take();
}

base::Result<FileStamp> stampOf(const std::filesystem::path &path)
{
    const base::Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return file.error();
    const base::Result<base::FileIdentity> identity = base::identityOf(file->get());
    if (!identity)
        return identity.error().prefixed(base::displayPath(path));
    const base::Result<std::int64_t> bytes = base::sizeOf(file->get());
    if (!bytes)
        return bytes.error().prefixed(base::displayPath(path));
    std::error_code failed;
    const auto modified = std::filesystem::last_write_time(path, failed);
    return FileStamp{*identity, *bytes, failed ? 0 : std::int64_t(modified.time_since_epoch().count())};
}

bool isClosed(const std::filesystem::path &path)
{
#ifdef Q_OS_LINUX
    const base::Result<base::FileDescriptor> file = base::openInput(path);
    if (!file)
        return false;
    // fcntl(2): a read lease is given only while nobody has the file open for writing. It needs the file's owner and a
    // local file system; elsewhere a file that no longer changes has to do.
    if (::fcntl(file->get(), F_SETLEASE, F_RDLCK) == 0) {
        ::fcntl(file->get(), F_SETLEASE, F_UNLCK);
        return true;
    }
    return errno != EAGAIN && errno != EWOULDBLOCK;
#else
    Q_UNUSED(path)
    return true;
#endif
}

} // namespace doorveil::pipeline::batch
