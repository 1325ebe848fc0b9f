// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/result.h"
#include "package/age.h"
#include "package/bag.h"

#include <QTemporaryDir>

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::package {

/// A package made readable: a folder as it is, a ZIP or sealed file unpacked into a temporary folder that goes with
/// this object.
class OpenedPackage
{
public:
    /// By content, not by name. CheckFailed classes of extractZip() and ageDecrypt(); Usage, class "sealed", where an
    /// identity is needed and none is given; InputNotOpenable where it is no package of any kind.
    [[nodiscard]] static base::Result<OpenedPackage> open(const std::filesystem::path &path,
                                                          const std::vector<AgeIdentity> &identities,
                                                          const BagLimits &limits = {},
                                                          const base::CancelToken &cancel = {});
    [[nodiscard]] const std::filesystem::path &folder() const { return m_folder; }

private:
    OpenedPackage() = default;
    [[nodiscard]] base::Result<void> unpack(int zip, const BagLimits &limits, const base::CancelToken &cancel);

    std::unique_ptr<QTemporaryDir> m_temporary;
    std::filesystem::path m_folder;
};

/// Whether a file or folder looks like a package (a folder with bagit.txt, a ZIP, an age file).
[[nodiscard]] bool looksLikePackage(const std::filesystem::path &path);

} // namespace doorveil::package
