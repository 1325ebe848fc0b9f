// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstddef>
#include <list>

namespace doorveil::vision {

/// Places of tensors in one block of memory, planned before there is any; what is no longer read gives its place to
/// later ones.
class Arena
{
public:
    static constexpr std::size_t alignment = 64; ///< bytes, of a cache line and of the widest vector

    struct Place
    {
        std::size_t offset = 0;
        std::size_t bytes = 0;
    };

    Place take(std::size_t bytes);
    void give(const Place &place);
    [[nodiscard]] std::size_t bytes() const { return m_end; }

private:
    std::list<Place> m_free; ///< by offset, no two touching
    std::size_t m_end = 0;
};

} // namespace doorveil::vision
