// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/memorybudget_p.h"

#include <QByteArray>
#include <QFile>

#include <algorithm>

#ifdef Q_OS_WIN
#include <windows.h>
#else
#include <unistd.h>
#endif

namespace doorveil::pipeline::batch {

namespace {

constexpr std::int64_t mebibyte = 1 << 20;
/// Programs, models, their working memory, and the plans that networks keep, of which there is a limit.
constexpr std::int64_t fixedBytes = 500 * mebibyte;
/// Pictures of 1.5 bytes a pixel that are held at once: decoder, ring, queues, look-ahead of the encoder, comparison.
constexpr std::int64_t picturesHeld = 240;
constexpr std::int64_t fallbackMemory = 4096 * mebibyte;

std::int64_t physicalMemory()
{
#ifdef Q_OS_WIN
    MEMORYSTATUSEX status = {};
    status.dwLength = sizeof(status);
    return ::GlobalMemoryStatusEx(&status) != 0 ? std::int64_t(status.ullTotalPhys) : fallbackMemory;
#else
    const long pages = ::sysconf(_SC_PHYS_PAGES);
    const long pageSize = ::sysconf(_SC_PAGESIZE);
    return pages > 0 && pageSize > 0 ? std::int64_t(pages) * pageSize : fallbackMemory;
#endif
}

/// The limit of a container; 0 for none.
std::int64_t controlGroupLimit()
{
#ifdef Q_OS_LINUX
    QFile file(QStringLiteral("/sys/fs/cgroup/memory.max"));
    if (file.open(QIODevice::ReadOnly)) {
        bool isNumber = false;
        const qint64 limit = file.read(32).trimmed().toLongLong(&isNumber);
        if (isNumber)
            return limit;
    }
#endif
    return 0;
}

} // namespace

std::int64_t memoryEstimate(base::Size picture)
{
    return fixedBytes + std::int64_t(picture.width) * picture.height * 3 / 2 * picturesHeld;
}

std::int64_t defaultMemoryBudget()
{
    const std::int64_t limit = controlGroupLimit();
    const std::int64_t memory = limit > 0 ? std::min(limit, physicalMemory()) : physicalMemory();
    return memory / 2;
}

void MemoryBudget::take(std::int64_t bytes)
{
    std::unique_lock lock(m_mutex);
    const std::uint64_t ticket = m_nextTicket++;
    m_changed.wait(lock, [&] { return ticket == m_serving && (bytes <= m_free || m_holders == 0); });
    ++m_serving;
    ++m_holders;
    m_free -= bytes;
    m_changed.notify_all();
}

void MemoryBudget::giveBack(std::int64_t bytes)
{
    const std::lock_guard lock(m_mutex);
    m_free += bytes;
    --m_holders;
    m_changed.notify_all();
}

} // namespace doorveil::pipeline::batch
