// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"
#include "base/result.h"
#include "base/videoframe.h"

#include <QStringList>

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::encode {

inline constexpr int highestCrf = 51; ///< the worst; 0 is the best
/// Solid covers that move stay well within the deviation that DESIGN section 6 (a) allows up to here (half of it).
inline constexpr int coarsestEvenCrf = 24;
/// The presets of x264, the fastest first.
[[nodiscard]] const QStringList &presetNames();

struct AudioSettings
{
    int sampleRate = 0;
    int channels = 0;
    int bitRate = 128'000; ///< a second; raised to 128 kb/s and to 64 kb/s a channel
};

/// How an export is encoded. Colour, orientation, aspect and field order are the source's; libx264 runs with six
/// threads always, so that the same input gives the same file on every machine of a kind.
///
/// A time base of n/d becomes the track's time scale d, with n ticks for one; it has to fit into 31 bits. MP4 and
/// FFmpeg's writer hold 1.6e9 ticks from one frame to the next (five hours at 90 kHz, 1.6 s in nanoseconds); a longer
/// pause is an error of writeVideo().
struct EncodeSettings
{
    base::Size storedSize;
    base::Orientation orientation;
    base::Rational sampleAspect = {1, 1};
    base::Rational timeBase; ///< of the video track; written as the track's own time scale
    base::Rational frameRate = {0, 1}; ///< average, for x264's choice of a level only; 30 where unknown
    base::ColourInfo colour;
    base::FieldOrder fieldOrder = base::FieldOrder::Progressive;
    int crf = 20; ///< 0 to highestCrf
    QString preset = QStringLiteral("medium"); ///< one of presetNames()
    std::optional<AudioSettings> audio;
};

struct EncodeSummary
{
    std::int64_t frames = 0;
    std::int64_t bytes = 0;
    bool padded = false; ///< an odd width or height was padded by repeating the last column or row
    base::Size encodedSize;
};

/// Writes H.264 High yuv420p (and AAC) into an MP4 with fast start, from nothing: no metadata of any kind.
/// Not thread-safe. The descriptor is borrowed, must be seekable and empty, and is not closed.
class ClipWriter
{
public:
    ClipWriter() = default;
    virtual ~ClipWriter() = default;
    ClipWriter(const ClipWriter &) = delete;
    ClipWriter &operator=(const ClipWriter &) = delete;

    /// `frame.pts` in settings.timeBase; the first frame must have pts 0 and pts must strictly increase.
    /// `frame.duration` counts for the last frame only. Frames of any PixelLayout.
    /// `evenAreas`, in the stored orientation: solid covers, which are not to ring at their edges. They are encoded as
    /// at coarsestEvenCrf where the settings are coarser, but for interlaced frames, whose areas x264 takes no wish
    /// for.
    [[nodiscard]] virtual base::Result<void> writeVideo(const base::VideoFrame &frame,
                                                        const std::vector<base::Rectangle> &evenAreas) = 0;
    [[nodiscard]] base::Result<void> writeVideo(const base::VideoFrame &frame) { return writeVideo(frame, {}); }
    /// Blocks in order; pts in 1 / sampleRate from the export's start (negative parts are cut off, gaps are filled with
    /// zeros).
    [[nodiscard]] virtual base::Result<void> writeAudio(const base::AudioBlock &block) = 0;
    /// Flushes encoders, writes the index, moves it to the front.
    [[nodiscard]] virtual base::Result<EncodeSummary> finish() = 0;
};

[[nodiscard]] base::Result<std::unique_ptr<ClipWriter>> createClipWriter(int descriptor,
                                                                         const EncodeSettings &settings);

} // namespace doorveil::encode
