// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"
#include "pipeline/clipsound.h"

#include <QObject>

#include <cstdint>
#include <memory>
#include <vector>

namespace doorveil::ui {

/// The clip's sound to the loudspeaker, from samples in memory; muted stretches are silent. Lives on the window's
/// thread.
class SoundOutput final : public QObject
{
    Q_OBJECT

public:
    explicit SoundOutput(QObject *parent = nullptr);
    ~SoundOutput() override;

    void setSound(std::shared_ptr<const pipeline::ClipSound> sound, base::Rational timeBase);
    /// Takes effect at once: a stretch that was muted while playing is not heard to its end.
    void setMuted(const std::vector<base::TimeRange> &muted);
    /// Plays from a time on, ticks of the time base given.
    void start(std::int64_t ticks);
    void stop();
    [[nodiscard]] bool isPlaying() const;
    /// Why nothing can be heard; empty where it can.
    [[nodiscard]] const QString &problem() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
