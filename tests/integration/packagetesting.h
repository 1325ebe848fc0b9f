// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "keys/signingkey.h"
#include "pipeline/packagejob.h"

#include <QJsonObject>
#include <QString>

#include <functional>
#include <memory>

namespace doorveil::testsupport {

class FixedClock final : public base::Clock
{
public:
    QDateTime moment{QDate(2026, 3, 6), QTime(9, 0), Qt::OffsetFromUTC, -5 * 3600};
    [[nodiscard]] QDateTime now() const override { return moment; }
};

/// A made clip, reviewed, with somebody covered and somebody shown; one real export of it, which further packages copy.
class PackageBench
{
public:
    /// Makes and exports the clip in `folder`; a sentence where that fails.
    [[nodiscard]] QString prepare(const QString &folder);

    /// Parameters that make a package at `output`. Signatures are counted.
    [[nodiscard]] pipeline::PackageParameters parameters(const QString &output);
    [[nodiscard]] base::Result<pipeline::PackageResult> make(const pipeline::PackageParameters &parameters,
                                                             const base::CancelToken &cancel = {}) const;
    /// What exportClip() gave, with its file copied to where the parameters want it.
    [[nodiscard]] base::Result<pipeline::ExportResult> copiedExport(const pipeline::ExportParameters &wanted) const;

    int signatures = 0;
    FixedClock clock;
    keys::SigningKey key = keys::SigningKey::generate();
    keys::SigningKey otherKey = keys::SigningKey::generate();
    project::ReviewDocument document;
    pipeline::ExportResult exported;
    QString exportedFile;
};

[[nodiscard]] consent::Request testRequest();

/// Recomputes manifest, tag manifest and Oxum of a bag, and signs the manifest where a key is given.
void rehash(const QString &bag, const keys::SigningKey *signWith);
/// Changes the record, signs it again, and rehashes the bag with the same key.
void changeRecord(const QString &bag, const keys::SigningKey &key, const std::function<void(QJsonObject &)> &change);
[[nodiscard]] QJsonObject recordOf(const QString &bag);
[[nodiscard]] QByteArray contentOf(const QString &path);
void writeContent(const QString &path, const QByteArray &content);
[[nodiscard]] QString hashOf(const QByteArray &content);
void copyFolder(const QString &from, const QString &to);

} // namespace doorveil::testsupport
