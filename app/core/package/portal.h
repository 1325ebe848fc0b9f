// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "package/bag.h"

#include <QStringList>

#include <cstdint>
#include <vector>

namespace doorveil::package {

/// What a portal of an agency takes in one submission: the older limits that its help pages name. They differ between
/// pages and change, so they are a proposal, not a rule.
struct PortalLimits
{
    int files = 16;
    std::int64_t fileBytes = std::int64_t(2) << 30;
    std::int64_t totalBytes = std::int64_t(10) << 30;
};

/// How the loose files of a package fit. Every submission carries the record with its signature and the statement, so
/// that each can be checked alone.
struct PortalPlan
{
    std::vector<QStringList> submissions; ///< paths inside the package
    QStringList tooLarge; ///< clips that no submission takes
    [[nodiscard]] bool fitsAtOnce() const { return submissions.size() <= 1 && tooLarge.isEmpty(); }
};

[[nodiscard]] PortalPlan planForPortal(const std::vector<BagFile> &payload, const PortalLimits &limits = {});

} // namespace doorveil::package
