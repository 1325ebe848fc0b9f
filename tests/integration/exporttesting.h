// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "pipeline/jobs.h"

#include <QString>

#include <cstdint>
#include <filesystem>
#include <vector>

/// What the tests of whole exports share.
namespace doorveil::testsupport {

/// A document of a clip as the decoder gives it, in which nothing was looked for.
[[nodiscard]] base::Result<project::ReviewDocument> documentOf(const std::filesystem::path &clip);

/// A track that covers `box` in all frames.
[[nodiscard]] base::Track trackOver(const project::ReviewDocument &document, const base::Rectangle &box);

struct ReadFrame
{
    std::int64_t counter = -1; ///< burnt in; -1 where it cannot be read
    std::int64_t pts = 0;
    std::int64_t duration = 0;
    bool operator==(const ReadFrame &) const = default;
};

struct ReadClip
{
    base::ClipInfo info;
    std::vector<ReadFrame> frames;
    std::vector<base::Loss> losses;
};

/// Every frame of a clip through a worker of its own.
[[nodiscard]] base::Result<ReadClip> readClip(const std::filesystem::path &clip);

/// Whether two times in two time bases are the same, exactly.
[[nodiscard]] bool sameTime(std::int64_t ticksA, base::Rational a, std::int64_t ticksB, base::Rational b);

} // namespace doorveil::testsupport
