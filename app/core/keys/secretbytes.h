// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>

#include <cstddef>
#include <memory>
#include <span>

namespace doorveil::keys {

/// Bytes that must not be swapped out, copied by accident or left behind: guarded, locked memory (libsodium's
/// sodium_malloc), wiped when it goes. Moves, does not copy.
class SecretBytes
{
public:
    SecretBytes() = default;
    explicit SecretBytes(std::size_t size);
    /// Copies and wipes the source.
    [[nodiscard]] static SecretBytes take(QByteArray &source);

    [[nodiscard]] bool isEmpty() const { return m_size == 0; }
    [[nodiscard]] std::size_t size() const { return m_size; }
    [[nodiscard]] unsigned char *data() { return m_memory.get(); }
    [[nodiscard]] const unsigned char *data() const { return m_memory.get(); }

private:
    struct Wipe
    {
        void operator()(unsigned char *memory) const;
    };
    std::unique_ptr<unsigned char, Wipe> m_memory;
    std::size_t m_size = 0;
};

} // namespace doorveil::keys
