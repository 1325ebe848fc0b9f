// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/verifypackage.h"

#include "consent/consentrecord.h"
#include "pipeline/framereader.h"
#include "pipeline/source.h"

#include <QJsonArray>

#include <cstdlib>

namespace doorveil::pipeline {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::int64_t durationTolerance = 50; ///< milliseconds: versions of the probe round differently

} // namespace

Result<package::PackageFindings> verifyPackage(const std::filesystem::path &folder,
                                               const package::PackageOptions &options, const base::CancelToken &cancel)
{
    Result<package::PackageFindings> findings = package::verifyPackageFolder(folder, options, cancel);
    if (!findings)
        return findings;
    const QString name = QStringLiteral("picture");
    if (findings->clips.empty() || !findings->passed()) {
        findings->skip(name, QStringLiteral("the clips are not what the record says"));
        return findings;
    }
    for (const package::PackagedClip &clip : findings->clips) {
        if (cancel.isCancelled())
            return cancelledError();
        const Result<ClipFile> file = ClipFile::open(folder / clip.path.toStdString());
        const auto reader = file ? file->reader() : Result<std::unique_ptr<base::FrameSource>>(file.error());
        QString wrong;
        if (!reader) {
            wrong = reader.error().message;
        } else {
            const base::ClipInfo &info = (*reader)->info();
            const std::int64_t stated = clip.item.value(QStringLiteral("durationMs")).toInteger();
            if (std::abs(info.durationMilliseconds - stated) > durationTolerance)
                wrong = QStringLiteral("it lasts %1 ms and the record says %2 ms")
                            .arg(info.durationMilliseconds)
                            .arg(stated);
            else if (info.displayedSize().width != clip.item.value(QStringLiteral("width")).toInt()
                     || info.displayedSize().height != clip.item.value(QStringLiteral("height")).toInt())
                wrong = QStringLiteral("its picture has another size than the record says");
        }
        if (!wrong.isEmpty()) {
            findings->add(name,
                          Error{ErrorKind::CheckFailed, QStringLiteral("%1: %2").arg(clip.path, wrong),
                                QStringLiteral("clip-mismatch")},
                          {});
            return findings;
        }
    }
    findings->add(name, {}, QStringLiteral("duration and size of the clips are as the record says"));
    return findings;
}

QJsonObject toJson(const package::PackageFindings &findings)
{
    QJsonArray checks;
    for (const package::PackageCheck &check : findings.checks) {
        const char *state = check.state == package::PackageCheck::State::Holds    ? "holds"
                            : check.state == package::PackageCheck::State::Failed ? "failed"
                                                                                  : "not checked";
        checks.append(QJsonObject{{QStringLiteral("name"), check.name},
                                  {QStringLiteral("state"), QString::fromLatin1(state)},
                                  {QStringLiteral("class"), check.failureClass},
                                  {QStringLiteral("message"), check.sentence}});
    }
    const package::PackageCheck *failure = findings.firstFailure();
    return {{QStringLiteral("passed"), failure == nullptr},
            {QStringLiteral("class"), failure == nullptr ? QString() : failure->failureClass},
            {QStringLiteral("message"), failure == nullptr ? QString() : failure->sentence},
            {QStringLiteral("record"), consent::recordIdentifier(findings.record)},
            {QStringLiteral("fingerprint"), findings.signer ? findings.signer->fingerprint() : QString()},
            {QStringLiteral("checks"), checks}};
}

} // namespace doorveil::pipeline
