// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/mediatime.h"
#include "base/videoframe.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

namespace doorveil::base {

/// A tag found in a container or stream, for `inspect`: things that may identify the owner or the place.
struct Tag
{
    QString place; ///< "container", "stream 1", "chapter 2"
    QString key;
    QString value;
    bool operator==(const Tag &) const = default;
};

struct AudioStreamInfo
{
    int streamIndex = -1; ///< index in the container
    QString codec; ///< FFmpeg's codec name, such as "aac"
    int sampleRate = 0;
    int channels = 0;
    QString language; ///< ISO 639 code as stored; empty where there is none
    bool isDefault = false; ///< the track a player would choose
    bool operator==(const AudioStreamInfo &) const = default;
};

/// A stream that Doorveil does not carry into an export (second video, subtitles, data, attached picture).
struct OtherStreamInfo
{
    int streamIndex = -1;
    QString kind; ///< "video", "subtitle", "data", "attachment", "picture"
    QString codec;
    bool operator==(const OtherStreamInfo &) const = default;
};

/// What a probe tells about a clip. Value type; everything in it came from an untrusted file.
struct ClipInfo
{
    QString container; ///< FFmpeg's demuxer name, such as "mov,mp4,m4a,3gp,3g2,mj2"

    // The one video stream that is decoded, shown and exported.
    int videoStreamIndex = -1;
    QString videoCodec;
    Size storedSize;
    Orientation orientation;
    Rational sampleAspect = {1, 1}; ///< width : height of a stored pixel
    Rational timeBase = {1, 1000};
    Rational averageFrameRate = {0, 1}; ///< for display and estimates; 0 where unknown
    PixelLayout layout; ///< as delivered by FrameSource
    ColourInfo colour;
    FieldOrder fieldOrder = FieldOrder::Progressive;
    std::int64_t durationMilliseconds =
        0; ///< an estimate from the container; 0 where unknown. Never size a loop on it.
    std::int64_t frameCountEstimate = 0; ///< an estimate for progress only; 0 where unknown

    std::vector<AudioStreamInfo> audioStreams;
    int defaultAudioStream = -1; ///< index into audioStreams; -1 without sound
    std::vector<OtherStreamInfo> otherStreams;
    std::vector<Tag> tags;
    QStringList assumptions; ///< what the probe had to assume, as sentences ("no timing in the file: 25 fps assumed")

    [[nodiscard]] Size displayedSize() const { return orientedSize(storedSize, orientation); }
    bool operator==(const ClipInfo &) const = default;
};

/// A stretch that the decoder could not give.
struct Loss
{
    std::int64_t pts = 0; ///< of the packet or frame that was lost, in the video stream's time base; the nearest known
                          ///< where it had none
    QString reason;
    bool operator==(const Loss &) const = default;
};

} // namespace doorveil::base
