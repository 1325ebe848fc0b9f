// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "project/reviewdocument.h"
#include "tracking/appearance.h"

#include <cstdint>
#include <map>
#include <memory>
#include <vector>

/// Who looks alike, so that the owner may be asked whether two entries of a list are one person. Only asked: nothing is
/// decided by it, and nothing of it is ever stored.
namespace doorveil::pipeline {

/// By track. What is empty cannot be compared.
using Appearances = std::map<std::int64_t, std::shared_ptr<const tracking::Appearance>>;

/// Of faces, heads and whole people among the tracks, from a few views each. Decodes in a worker of its own and runs on
/// the calling thread.
[[nodiscard]] base::Result<Appearances> readAppearances(const project::ReviewDocument &document,
                                                        const std::vector<std::int64_t> &tracks,
                                                        const base::CancelToken &cancel);

struct AlikePair
{
    std::int64_t first = 0;
    std::int64_t second = 0;
    double likeness = 0.0;
};

/// The pairs of one of `some` and one of `others` that may be one person, the most alike first. Each pair once, and
/// nobody with themselves, also where both are the same. Compares all with all: not for a window's thread.
[[nodiscard]] std::vector<AlikePair> alikePairs(const Appearances &some, const Appearances &others);

} // namespace doorveil::pipeline
