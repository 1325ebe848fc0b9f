// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/canceltoken.h"
#include "base/durablefolder.h"
#include "base/result.h"

#include <QByteArray>
#include <QString>

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <utility>
#include <vector>

/// BagIt 1.0 folders (RFC 8493) with SHA-256 manifests, written and read strictly: names of [a-z0-9._-] only, no
/// fetch.txt, no links, every file listed.
namespace doorveil::package {

/// One file of a bag. Paths use '/', relative to the bag's folder.
struct BagFile
{
    QString path;
    std::int64_t bytes = 0;
    QString sha256;
    bool operator==(const BagFile &) const = default;
};

using BagInformation = std::vector<std::pair<QString, QString>>; ///< label and value of bag-info.txt, in order

/// Builds a bag. finish() writes the manifests, lets the caller sign, reads everything back, and gives the folder its
/// name.
class BagWriter
{
public:
    [[nodiscard]] static base::Result<std::unique_ptr<BagWriter>> create(const std::filesystem::path &target);

    /// `name` below data/.
    [[nodiscard]] base::Result<void> addPayload(const QString &name, const QByteArray &content);
    [[nodiscard]] base::Result<void> addPayload(const QString &name, int source);

    /// Gives the detached signature of manifest-sha256.txt for exactly these bytes.
    using Sign = std::function<base::Result<QByteArray>(const QByteArray &manifest)>;
    [[nodiscard]] base::Result<void> finish(const BagInformation &information, const Sign &sign,
                                            const base::CancelToken &cancel = {});

    /// The two halves of finish(), for whoever checks more in between: everything is in temporaryPath() after
    /// prepare(), and has its name after commit(). Payload can be read back by its path before either.
    [[nodiscard]] base::Result<void> prepare(const BagInformation &information, const Sign &sign,
                                             const base::CancelToken &cancel = {});
    [[nodiscard]] base::Result<void> commit();
    [[nodiscard]] const std::filesystem::path &temporaryPath() const { return m_folder->temporaryPath(); }
    /// What was added so far, with the hashes of what lies on the disk.
    [[nodiscard]] const std::vector<BagFile> &payload() const { return m_payload; }

private:
    BagWriter() = default;
    [[nodiscard]] base::Result<void> addTagFile(const QString &name, const QByteArray &content);
    [[nodiscard]] base::Result<void> remember(const QString &path);

    std::unique_ptr<base::DurableFolder> m_folder;
    std::vector<BagFile> m_payload;
    std::vector<BagFile> m_tagFiles;
};

/// What a bag says and what is there, after every hash was checked.
struct Bag
{
    std::vector<BagFile> payload; ///< sorted by path
    std::vector<BagFile> tagFiles; ///< sorted by path
    BagInformation information;
    QByteArray manifest; ///< the exact bytes that are signed
    QByteArray signature; ///< manifest-sha256.txt.sig; empty where there is none
};

/// Limits on what is read from a stranger's folder.
struct BagLimits
{
    int files = 256;
    std::int64_t tagFileBytes = 1 << 20;
    std::int64_t totalBytes = std::int64_t(64) << 30;
};

/// Reads and checks a bag's folder. Nothing outside it is opened, links are refused, names are checked before use.
/// CheckFailed classes: "bag-structure", "bag-unsafe-name", "bag-link", "bag-too-large", "missing-file", "extra-file",
/// "hash-mismatch", "manifest-malformed", "oxum-mismatch".
[[nodiscard]] base::Result<Bag> readBag(const std::filesystem::path &folder, const BagLimits &limits = {},
                                        const base::CancelToken &cancel = {});

/// Whether a name may be used in a package: components of [a-z0-9._-], none empty or beginning with a dot; and
/// data/VERIFY.txt.
[[nodiscard]] bool isSafePackagePath(const QString &path);

} // namespace doorveil::package
