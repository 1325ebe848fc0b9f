// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/file.h"
#include "base/result.h"

#include <cstddef>
#include <cstdint>
#include <span>

namespace doorveil::isolation {

/// Memory shared with one worker, cut into equal slots of one frame each. The worker writes, the host only reads:
/// its mapping is read-only, and the size is sealed, so that a worker can neither grow it nor pull pages from under
/// the host. What lies in a slot may change at any moment: copy it, then use the copy.
class FrameRing
{
public:
    FrameRing() = default;
    ~FrameRing();
    FrameRing(FrameRing &&other) noexcept;
    FrameRing &operator=(FrameRing &&other) noexcept;
    FrameRing(const FrameRing &) = delete;
    FrameRing &operator=(const FrameRing &) = delete;

    /// Without memory yet: a worker gets the descriptor before the frame size is known.
    [[nodiscard]] static base::Result<FrameRing> create();
    /// Sets the size, once, seals it and maps it.
    [[nodiscard]] base::Result<void> allocate(std::uint32_t slotCount, std::size_t slotBytes);

    [[nodiscard]] int descriptor() const { return m_memory.get(); }
    [[nodiscard]] std::uint32_t slotCount() const { return m_slotCount; }
    [[nodiscard]] std::size_t slotBytes() const { return m_slotBytes; }
    /// `index` is below slotCount(): the caller has checked.
    [[nodiscard]] std::span<const std::byte> slot(std::uint32_t index) const;

private:
    base::FileDescriptor m_memory;
    const std::byte *m_mapping = nullptr;
    std::uint32_t m_slotCount = 0;
    std::size_t m_slotBytes = 0;
};

} // namespace doorveil::isolation
