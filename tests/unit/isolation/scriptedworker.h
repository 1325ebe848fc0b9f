// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "isolation/protocol.h"
#include "isolation/workerclip.h"

#include <QByteArray>

#include <memory>
#include <vector>

namespace doorveil::testing {

/// A session whose worker is a list of packets, sent before the host reads the first. No process: fast enough for
/// many thousands of lies.
class ScriptedWorker
{
public:
    explicit ScriptedWorker(const std::vector<QByteArray> &packets, isolation::SessionLimits limits = {});

    [[nodiscard]] isolation::WorkerClip &clip() { return *m_clip; }
    [[nodiscard]] bool wasKilled() const { return *m_killed; }

private:
    std::shared_ptr<bool> m_killed = std::make_shared<bool>(false);
    base::FileDescriptor m_workerEnd;
    std::unique_ptr<isolation::WorkerClip> m_clip;
};

/// A small clip with sound, and the packets of an honest session up to the start of its frames.
[[nodiscard]] base::ClipInfo scriptedInfo();
[[nodiscard]] std::vector<QByteArray> honestOpening();
[[nodiscard]] isolation::FrameMessage honestFrame(std::uint32_t slot, std::int64_t pts);
[[nodiscard]] QByteArray honestAudio(std::uint32_t generation, std::int64_t pts);

} // namespace doorveil::testing
