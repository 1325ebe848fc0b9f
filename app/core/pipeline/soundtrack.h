// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/framesource.h"
#include "base/result.h"
#include "base/track.h"
#include "encode/clipwriter.h"
#include "pipeline/exportplan.h"
#include "pipeline/source.h"

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::pipeline {

/// Whether an export of the document has an audio stream.
[[nodiscard]] bool keepsSound(const project::ReviewDocument &document);

/// The kept sound of an export: decoded in a worker of its own, cut to the planned time, muted ranges zeroed.
/// Not thread-safe.
class Soundtrack
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<Soundtrack>> open(const project::ReviewDocument &document,
                                                                        const ExportPlan &plan, const ClipFile &source);

    /// Writes the sound before `pts` (video ticks of the source) that has not been written.
    [[nodiscard]] base::Result<void> writeUntil(std::int64_t pts, encode::ClipWriter &writer);

private:
    Soundtrack() = default;
    [[nodiscard]] base::Result<void> readBlock();
    [[nodiscard]] base::Result<void> writeBlock(encode::ClipWriter &writer);

    std::unique_ptr<base::FrameSource> m_reader;
    base::Rational m_videoTimeBase;
    int m_sampleRate = 0;
    std::int64_t m_begin = 0; ///< samples of the clip's own clock
    std::int64_t m_end = 0;
    std::vector<base::TimeRange> m_muted; ///< samples of the clip's own clock
    std::optional<base::AudioBlock> m_waiting;
    bool m_ended = false;
};

} // namespace doorveil::pipeline
