// SPDX-License-Identifier: GPL-3.0-or-later
#include "isolation/framering.h"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

namespace doorveil::isolation {

namespace {
base::Error noMemory(int code)
{
    return {
        base::ErrorKind::Failure,
        QStringLiteral("there is no memory for decoded frames: %1").arg(QString::fromLocal8Bit(std::strerror(code)))};
}
} // namespace

FrameRing::~FrameRing()
{
    if (m_mapping != nullptr)
        ::munmap(const_cast<std::byte *>(m_mapping), m_slotCount * m_slotBytes);
}

FrameRing::FrameRing(FrameRing &&other) noexcept
    : m_memory(std::move(other.m_memory)),
      m_mapping(std::exchange(other.m_mapping, nullptr)),
      m_slotCount(std::exchange(other.m_slotCount, 0)),
      m_slotBytes(std::exchange(other.m_slotBytes, 0))
{
}

FrameRing &FrameRing::operator=(FrameRing &&other) noexcept
{
    std::swap(m_memory, other.m_memory);
    std::swap(m_mapping, other.m_mapping);
    std::swap(m_slotCount, other.m_slotCount);
    std::swap(m_slotBytes, other.m_slotBytes);
    return *this;
}

base::Result<FrameRing> FrameRing::create()
{
    FrameRing ring;
    ring.m_memory = base::FileDescriptor(::memfd_create("doorveil-frames", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!ring.m_memory.isValid())
        return noMemory(errno);
    return ring;
}

base::Result<void> FrameRing::allocate(std::uint32_t slotCount, std::size_t slotBytes)
{
    const std::size_t bytes = slotCount * slotBytes;
    constexpr int seals = F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL;
    if (::ftruncate(m_memory.get(), off_t(bytes)) != 0 || ::fcntl(m_memory.get(), F_ADD_SEALS, seals) != 0)
        return noMemory(errno);
    // Between the two calls a worker could still have changed the size.
    struct stat status = {};
    if (::fstat(m_memory.get(), &status) != 0 || status.st_size != off_t(bytes)
        || (::fcntl(m_memory.get(), F_GET_SEALS) & seals) != seals)
        return noMemory(EBUSY);
    void *mapping = ::mmap(nullptr, bytes, PROT_READ, MAP_SHARED, m_memory.get(), 0);
    if (mapping == MAP_FAILED)
        return noMemory(errno);
    m_mapping = static_cast<const std::byte *>(mapping);
    m_slotCount = slotCount;
    m_slotBytes = slotBytes;
    return {};
}

std::span<const std::byte> FrameRing::slot(std::uint32_t index) const
{
    return {m_mapping + index * m_slotBytes, m_slotBytes};
}

} // namespace doorveil::isolation
