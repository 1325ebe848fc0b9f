// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "cli/context.h"
#include "pipeline/batch/runbatch.h"

#include <chrono>
#include <map>

namespace doorveil::cli {

/// Tells of a batch: on a terminal one line for the whole and one for each clip under way, redrawn in place, with the
/// remaining time; JSON lines where asked for; and in any case a line for each clip that ends.
class BatchDisplay final : public pipeline::batch::BatchListener
{
public:
    BatchDisplay(Context &context, bool jsonLines);
    ~BatchDisplay() override;

    void notice(const QString &text) override;
    void hashing(std::size_t done, std::size_t total) override;
    void planned(const std::vector<pipeline::batch::PlannedClip> &clips) override;
    void started(const pipeline::batch::PlannedClip &clip) override;
    void progressed(const pipeline::batch::PlannedClip &clip, const base::Progress &progress) override;
    void finished(const pipeline::batch::PlannedClip &clip, const pipeline::batch::ClipRecord &record) override;
    void waiting() override;

    /// Takes the lines in place away; what is said next starts on a line of its own.
    void clear();

private:
    using Clock = std::chrono::steady_clock;
    struct Running
    {
        std::int64_t bytes = 0;
        double share = 0.0; ///< of the whole work on the clip, estimated
        QString stage;
        std::int64_t done = 0;
        std::int64_t total = 0;
        Clock::time_point lastJson;
    };

    void tell(const QString &line);
    void draw(bool force);
    [[nodiscard]] QString overallLine() const;

    Context &m_context;
    bool m_jsonLines;
    int m_linesDrawn = 0;
    Clock::time_point m_lastDrawn;
    Clock::time_point m_start;
    std::size_t m_clips = 0; ///< with work
    std::size_t m_ended = 0;
    std::int64_t m_bytes = 0;
    std::int64_t m_bytesEnded = 0;
    std::map<QString, Running> m_running;
    std::size_t m_hashed = 0;
    std::size_t m_toHash = 0;
};

} // namespace doorveil::cli
