// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <cstdint>

/// What decode accepts: everything not named here is refused. Each container, codec and number is attack surface or
/// memory, so the lists hold what cameras, phones and usual tools write.
namespace doorveil::decode {

/// FFmpeg's demuxer names.
inline constexpr const char *allowedContainers = "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,h264";

/// FFmpeg's decoder names. Decoders in hardware are absent on purpose: they open devices.
inline constexpr const char *allowedVideoDecoders = "h264,hevc,vp8,vp9,libdav1d,mpeg4,mpeg2video,mjpeg";
inline constexpr const char *allowedAudioDecoders =
    "aac,mp3float,mp3,mp2float,mp2,ac3,opus,libopus,vorbis,flac,alac,"
    "pcm_s8,pcm_u8,pcm_s16le,pcm_s16be,pcm_u16le,pcm_u16be,pcm_s24le,pcm_s24be,pcm_s32le,pcm_s32be,"
    "pcm_f32le,pcm_f32be,pcm_f64le,pcm_f64be,pcm_alaw,pcm_mulaw";

inline constexpr int maximumSide = 8192;
inline constexpr std::int64_t maximumPixels = 40'000'000; ///< an 8K frame is 33 million
inline constexpr int maximumStreams = 64;
inline constexpr int maximumStreamsRead = 256; ///< where FFmpeg itself stops; above maximumStreams for a clear refusal
inline constexpr std::int64_t probeBytes = 10'000'000;
inline constexpr std::int64_t probeMicroseconds = 10'000'000; ///< of the clip's time, not of the clock
inline constexpr std::size_t maximumAllocation = std::size_t(1) << 30; ///< one block of FFmpeg's memory
inline constexpr int maximumThreads = 16;
inline constexpr int maximumChannels = 8;
inline constexpr int maximumSampleRate = 192'000;
inline constexpr int maximumTags = 500;
inline constexpr int maximumTagKey = 100; ///< characters
inline constexpr int maximumTagValue = 1000; ///< characters
inline constexpr int maximumChapters = 100; ///< whose tags are listed
inline constexpr std::size_t maximumLosses = 10'000;

} // namespace doorveil::decode
