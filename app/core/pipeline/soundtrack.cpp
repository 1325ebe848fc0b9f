// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/soundtrack.h"

#include "base/mediatime.h"
#include "redaction/redactor.h"

#include <algorithm>

namespace doorveil::pipeline {

bool keepsSound(const project::ReviewDocument &document)
{
    return document.settings.keepAudio && document.source.info.defaultAudioStream >= 0;
}

base::Result<std::unique_ptr<Soundtrack>> Soundtrack::open(const project::ReviewDocument &document,
                                                           const ExportPlan &plan, const ClipFile &source)
{
    const base::ClipInfo &info = document.source.info;
    base::FrameSourceOptions options;
    options.video = false;
    options.audioStream = info.defaultAudioStream;
    auto reader = source.reader(options);
    if (!reader)
        return reader.error();

    std::unique_ptr<Soundtrack> sound(new Soundtrack);
    sound->m_reader = std::move(*reader);
    sound->m_videoTimeBase = info.timeBase;
    sound->m_sampleRate = info.audioStreams[std::size_t(info.defaultAudioStream)].sampleRate;
    const base::Rational sampleClock{1, sound->m_sampleRate};
    sound->m_begin = base::rescale(plan.begin(), info.timeBase, sampleClock);
    sound->m_end = base::rescale(plan.end(), info.timeBase, sampleClock);
    for (const base::TimeRange &range : document.settings.mutedRanges) {
        // One sample more at both ends: rounding must not leave a muted one.
        sound->m_muted.push_back({base::rescale(range.begin, info.timeBase, sampleClock) - 1,
                                  base::rescale(range.end, info.timeBase, sampleClock) + 1});
    }
    return sound;
}

base::Result<void> Soundtrack::readBlock()
{
    base::Result<std::optional<base::AudioBlock>> block = m_reader->nextAudio();
    if (!block)
        return block.error();
    m_waiting = std::move(*block);
    m_ended = !m_waiting.has_value();
    return {};
}

base::Result<void> Soundtrack::writeBlock(encode::ClipWriter &writer)
{
    base::AudioBlock block = std::move(*m_waiting);
    m_waiting.reset();
    const std::int64_t kept = std::min(block.frameCount(), m_end - block.pts);
    if (kept <= 0 || block.pts + block.frameCount() <= m_begin)
        return {};
    block.samples.resize(std::size_t(kept) * std::size_t(block.channels));
    redaction::mute(block, m_muted);
    block.pts -= m_begin; // the writer cuts what lies before the start
    return writer.writeAudio(block);
}

base::Result<void> Soundtrack::writeUntil(std::int64_t pts, encode::ClipWriter &writer)
{
    const std::int64_t until = base::rescale(pts, m_videoTimeBase, {1, m_sampleRate});
    while (!m_ended) {
        if (!m_waiting) {
            if (const base::Result<void> read = readBlock(); !read)
                return read;
            continue;
        }
        if (m_waiting->pts >= until)
            return {};
        if (const base::Result<void> written = writeBlock(writer); !written)
            return written;
    }
    return {};
}

} // namespace doorveil::pipeline
