// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/portal.h"

#include <array>

namespace doorveil::package {

namespace {

constexpr std::array always{"data/consent.jsonld", "data/consent.jsonld.sig", "data/statement.html"};

bool isAlways(const QString &path)
{
    for (const char *name : always) {
        if (path == QLatin1String(name))
            return true;
    }
    return false;
}

} // namespace

PortalPlan planForPortal(const std::vector<BagFile> &payload, const PortalLimits &limits)
{
    PortalPlan plan;
    QStringList common;
    std::int64_t commonBytes = 0;
    for (const BagFile &file : payload) {
        if (isAlways(file.path)) {
            common.append(file.path);
            commonBytes += file.bytes;
        }
    }
    std::int64_t bytes = 0;
    for (const BagFile &file : payload) {
        if (!file.path.endsWith(QStringLiteral(".mp4")))
            continue;
        if (file.bytes > limits.fileBytes || file.bytes + commonBytes > limits.totalBytes) {
            plan.tooLarge.append(file.path);
            continue;
        }
        const bool full = plan.submissions.empty() || plan.submissions.back().size() >= limits.files
                          || bytes + file.bytes > limits.totalBytes;
        if (full) {
            plan.submissions.push_back(common);
            bytes = commonBytes;
        }
        plan.submissions.back().append(file.path);
        bytes += file.bytes;
    }
    return plan;
}

} // namespace doorveil::package
