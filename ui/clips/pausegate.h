// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <condition_variable>
#include <mutex>

namespace doorveil::ui {

/// Holds a working thread while the owner paused it. Thread-safe.
class PauseGate
{
public:
    void setPaused(bool paused)
    {
        const std::lock_guard lock(m_mutex);
        m_paused = paused;
        m_changed.notify_all();
    }
    void waitWhilePaused()
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [this] { return !m_paused; });
    }

private:
    std::mutex m_mutex;
    std::condition_variable m_changed;
    bool m_paused = false;
};

} // namespace doorveil::ui
