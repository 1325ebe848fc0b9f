// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/clipsound.h"

#include "base/mediatime.h"
#include "pipeline/framereader.h"
#include "pipeline/source.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

namespace doorveil::pipeline {

namespace {

/// A gap in the track longer than this is not filled with silence: the rest is left out and the sound counts as cut.
constexpr std::int64_t longestGapSeconds = 3600;

std::int16_t toSixteenBits(float sample)
{
    return std::int16_t(std::lround(std::clamp(sample, -1.0F, 1.0F) * 32767.0F));
}

std::uint8_t levelOf(const ClipSound &sound, std::int64_t beginFrame, std::int64_t endFrame)
{
    int highest = 0;
    for (std::int64_t index = beginFrame * sound.channels; index < endFrame * sound.channels; ++index)
        highest = std::max(highest, std::abs(int(sound.samples[std::size_t(index)])));
    return std::uint8_t(std::min(255, highest / 128));
}

constexpr std::int64_t peaksPerSecond = 200;

void addPeaks(ClipSound &sound)
{
    sound.peakFrames = std::max<std::int64_t>(1, sound.sampleRate / peaksPerSecond);
    for (std::int64_t begin = 0; begin < sound.frameCount(); begin += sound.peakFrames)
        sound.peaks.push_back(levelOf(sound, begin, std::min(begin + sound.peakFrames, sound.frameCount())));
}

void append(ClipSound &sound, const base::AudioBlock &block, std::int64_t skipped)
{
    for (std::int64_t frame = skipped; frame < block.frameCount(); ++frame) {
        const float *from = block.samples.data() + frame * block.channels;
        for (int channel = 0; channel < sound.channels; ++channel)
            sound.samples.push_back(toSixteenBits(from[channel]));
    }
}

} // namespace

base::Result<ClipSound> readSound(const project::SourceRecord &source, std::size_t byteBudget,
                                  const base::CancelToken &cancel)
{
    ClipSound sound;
    const base::ClipInfo &info = source.info;
    if (info.defaultAudioStream < 0 || std::size_t(info.defaultAudioStream) >= info.audioStreams.size())
        return sound;
    const base::Result<ClipFile> file = ClipFile::open(sourcePath(source));
    if (!file)
        return file.error();
    base::FrameSourceOptions options;
    options.video = false;
    options.audioStream = info.defaultAudioStream;
    const auto reader = file->reader(options);
    if (!reader)
        return reader.error();
    const std::size_t budget = byteBudget / sizeof(std::int16_t);
    while (!cancel.isCancelled()) {
        const base::Result<std::optional<base::AudioBlock>> next = (*reader)->nextAudio();
        if (!next)
            return file->named(next.error());
        if (!next->has_value()) {
            addPeaks(sound);
            return sound;
        }
        const base::AudioBlock &block = **next;
        if (block.channels <= 0 || block.sampleRate <= 0)
            continue;
        if (sound.sampleRate == 0) {
            sound.sampleRate = block.sampleRate;
            sound.channels = std::min(block.channels, 2);
            sound.firstSample = block.pts;
        }
        if (block.sampleRate != sound.sampleRate || block.channels < sound.channels)
            continue; // no track that the probe accepts changes its form
        const std::int64_t end = sound.firstSample + sound.frameCount();
        const std::int64_t gap = std::max<std::int64_t>(0, block.pts - end);
        const std::int64_t skipped = std::max<std::int64_t>(0, end - block.pts);
        const std::size_t added = std::size_t(gap + block.frameCount()) * std::size_t(sound.channels);
        if (gap > longestGapSeconds * sound.sampleRate || sound.samples.size() + added > budget) {
            sound.truncated = true;
            addPeaks(sound);
            return sound;
        }
        sound.samples.resize(sound.samples.size() + std::size_t(gap) * std::size_t(sound.channels), 0);
        append(sound, block, skipped);
    }
    return cancelledError();
}

std::vector<std::uint8_t> soundLevels(const ClipSound &sound, std::int64_t begin, std::int64_t end, std::size_t count)
{
    std::vector<std::uint8_t> levels(count, 0);
    if (sound.channels <= 0 || end <= begin || count == 0)
        return levels;
    const bool coarse = sound.peakFrames > 0 && (end - begin) / std::int64_t(count) >= 2 * sound.peakFrames;
    const auto at = [&](std::size_t number) {
        const std::int64_t sample = begin + std::int64_t(double(end - begin) * double(number) / double(count));
        return std::clamp<std::int64_t>(sample - sound.firstSample, 0, sound.frameCount());
    };
    for (std::size_t part = 0; part < count; ++part) {
        const std::int64_t first = at(part);
        const std::int64_t last = at(part + 1);
        if (!coarse) {
            levels[part] = levelOf(sound, first, last);
        } else if (first < last) {
            const auto from = sound.peaks.begin() + first / sound.peakFrames;
            levels[part] = *std::max_element(from, sound.peaks.begin() + (last - 1) / sound.peakFrames + 1);
        }
    }
    return levels;
}

std::vector<std::int16_t> audibleSamples(const ClipSound &sound, std::int64_t begin, std::int64_t frames,
                                         const std::vector<base::TimeRange> &muted, base::Rational timeBase)
{
    std::vector<std::int16_t> audible(std::size_t(std::max<std::int64_t>(frames, 0)) * std::size_t(sound.channels), 0);
    const std::int64_t first = std::max(begin, sound.firstSample);
    const std::int64_t last = std::min(begin + frames, sound.firstSample + sound.frameCount());
    if (first >= last)
        return audible;
    const auto offset = [&sound](std::int64_t count) { return std::ptrdiff_t(count * sound.channels); };
    std::copy(sound.samples.begin() + offset(first - sound.firstSample),
              sound.samples.begin() + offset(last - sound.firstSample), audible.begin() + offset(first - begin));
    for (const base::TimeRange &range : muted) {
        // One sample more at both ends, as in an export: rounding must not leave a muted one.
        const std::int64_t from = base::rescale(range.begin, timeBase, {1, sound.sampleRate}) - 1;
        const std::int64_t to = base::rescale(range.end, timeBase, {1, sound.sampleRate}) + 1;
        const std::int64_t silentFrom = std::clamp(from, begin, begin + frames);
        const std::int64_t silentTo = std::clamp(to, begin, begin + frames);
        if (silentFrom < silentTo)
            std::fill(audible.begin() + offset(silentFrom - begin), audible.begin() + offset(silentTo - begin),
                      std::int16_t(0));
    }
    return audible;
}

} // namespace doorveil::pipeline
