// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/packageverifier.h"

#include "base/file.h"
#include "consent/consentrecord.h"
#include "encode/containerscan.h"
#include "keys/sshsignature.h"
#include "package/processinglog.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace doorveil::package {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr std::int64_t largestRecord = 4 << 20;
constexpr std::int64_t largestReport = std::int64_t(256) << 20;
constexpr std::int64_t largestLog = 16 << 20;

const QString recordPath = QStringLiteral("data/consent.jsonld");
const QString recordSignaturePath = QStringLiteral("data/consent.jsonld.sig");

Error failed(const char *failureClass, const QString &sentence)
{
    return {ErrorKind::CheckFailed, sentence, QString::fromLatin1(failureClass)};
}

bool isPlainFile(const std::filesystem::path &path)
{
    struct stat status = {};
    return ::lstat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

class Verifier
{
public:
    Verifier(const std::filesystem::path &folder, const PackageOptions &options, const base::CancelToken &cancel)
        : m_folder(folder), m_options(options), m_cancel(cancel)
    {
    }

    Result<PackageFindings> run()
    {
        if (Result<void> read = readStructure(); !read)
            return read.error();
        if (!m_found.passed()) {
            for (const char *name : {"signature", "record", "key", "statement", "log", "reports", "clips", "container",
                                     "dates", "withdrawal"})
                m_found.skip(QString::fromLatin1(name), QStringLiteral("the files are not what the manifest says"));
            return m_found;
        }
        checkSignatures();
        checkRecord();
        if (m_found.record.isEmpty()) {
            for (const char *name : {"key", "statement", "log", "reports", "clips", "container", "dates", "withdrawal"})
                m_found.skip(QString::fromLatin1(name), QStringLiteral("there is no valid record"));
            return m_found;
        }
        checkKey();
        checkReferences();
        checkLog();
        checkClips();
        checkReports();
        if (Result<void> scanned = checkContainers(); !scanned)
            return scanned.error();
        checkDates();
        if (Result<void> looked = checkWithdrawal(); !looked)
            return looked.error();
        return m_found;
    }

private:
    [[nodiscard]] const BagFile *payload(const QString &path) const
    {
        const auto &files = m_found.bag.payload;
        const auto found =
            std::find_if(files.begin(), files.end(), [&path](const BagFile &file) { return file.path == path; });
        return found == files.end() ? nullptr : &*found;
    }

    /// The content of a payload file, which has to be the one that was hashed.
    [[nodiscard]] Result<QByteArray> contentOf(const QString &path, std::int64_t limit) const
    {
        const BagFile *file = payload(path);
        if (file == nullptr)
            return failed("missing-file", QStringLiteral("%1 is missing").arg(path));
        return base::readSmallFile(m_folder / path.toStdString(), limit);
    }

    Result<void> readStructure()
    {
        const QString name = QStringLiteral("structure");
        // A manifest without its signature is told as that, whatever the other lists say about it.
        if (isPlainFile(m_folder / "manifest-sha256.txt") && !isPlainFile(m_folder / "manifest-sha256.txt.sig")) {
            struct stat status = {};
            if (::lstat((m_folder / "manifest-sha256.txt.sig").c_str(), &status) != 0) {
                m_found.add(name, failed("unsigned", QStringLiteral("the package is not signed")), {});
                return {};
            }
        }
        Result<Bag> bag = readBag(m_folder, m_options.limits, m_cancel);
        if (!bag) {
            if (bag.error().kind != ErrorKind::CheckFailed)
                return bag.error();
            m_found.add(name, bag.error(), {});
            return {};
        }
        m_found.bag = std::move(*bag);
        m_found.add(name, {}, QStringLiteral("every file is there and has the hash that the manifest names"));
        return {};
    }

    void checkSignatures()
    {
        const QString name = QStringLiteral("signature");
        if (m_found.bag.signature.isEmpty()) {
            m_found.add(name, failed("unsigned", QStringLiteral("the package is not signed")), {});
            return;
        }
        const auto signer = keys::verifySshSignature(m_found.bag.signature, m_found.bag.manifest);
        if (!signer) {
            m_found.add(name, signer.error().prefixed(QStringLiteral("manifest-sha256.txt")), {});
            return;
        }
        m_found.signer = *signer;
        m_found.add(name, {}, QStringLiteral("manifest-sha256.txt is signed by %1").arg(signer->fingerprint()));
    }

    void checkRecord()
    {
        const QString name = QStringLiteral("record");
        const Result<QByteArray> content = contentOf(recordPath, largestRecord);
        if (!content) {
            m_found.add(name, failed("missing-record", QStringLiteral("%1 is missing or too large").arg(recordPath)),
                        {});
            return;
        }
        if (payload(recordSignaturePath) == nullptr) {
            m_found.add(name, failed("unsigned", QStringLiteral("%1 is not signed").arg(recordPath)), {});
            return;
        }
        const Result<QByteArray> signature = contentOf(recordSignaturePath, m_options.limits.tagFileBytes);
        const auto signer = signature ? keys::verifySshSignature(*signature, *content)
                                      : Result<keys::PublicKey>(failed("malformed-signature", recordSignaturePath));
        if (!signer) {
            m_found.add(name, signer.error().prefixed(recordPath), {});
            return;
        }
        if (m_found.signer && *m_found.signer != *signer) {
            m_found.add(name,
                        failed("wrong-key", QStringLiteral("the record is signed by another key (%1) than the package")
                                                .arg(signer->fingerprint())),
                        {});
            return;
        }
        QJsonParseError parsed;
        const QJsonDocument document = QJsonDocument::fromJson(*content, &parsed);
        if (parsed.error != QJsonParseError::NoError || !document.isObject()) {
            m_found.add(name, failed("invalid-record", QStringLiteral("the record is no JSON object")), {});
            return;
        }
        if (Result<void> valid = consent::validateRecord(document.object()); !valid) {
            m_found.add(name, valid, {});
            return;
        }
        m_found.record = document.object();
        m_found.add(name, {}, QStringLiteral("the record is signed and fits its schema"));
    }

    [[nodiscard]] QString text(const char *outer, const char *inner) const
    {
        return m_found.record.value(QLatin1String(outer)).toObject().value(QLatin1String(inner)).toString();
    }

    void checkKey()
    {
        const QString name = QStringLiteral("key");
        if (!m_found.signer) {
            m_found.skip(name, QStringLiteral("the package has no good signature"));
            return;
        }
        const QString fingerprint = m_found.signer->fingerprint();
        if (text("vs:signingKey", "fingerprint") != fingerprint
            || text("vs:signingKey", "publicKey") != m_found.signer->openSsh()) {
            m_found.add(
                name, failed("wrong-key", QStringLiteral("the record names another key than the one that signed")), {});
            return;
        }
        if (!m_options.expectedFingerprint.isEmpty() && m_options.expectedFingerprint != fingerprint) {
            m_found.add(name,
                        failed("wrong-key", QStringLiteral("the package was signed by %1, not by the key %2")
                                                .arg(fingerprint, m_options.expectedFingerprint)),
                        {});
            return;
        }
        m_found.add(name, {},
                    m_options.expectedFingerprint.isEmpty()
                        ? QStringLiteral("the key is %1; compare it with what the owner tells you").arg(fingerprint)
                        : QStringLiteral("the key is the expected one: %1").arg(fingerprint));
    }

    [[nodiscard]] Result<void> sameFile(const QJsonObject &reference, const char *failureClass) const
    {
        const QString path = reference.value(QStringLiteral("file")).toString();
        const BagFile *file = payload(path);
        if (file == nullptr)
            return failed("missing-file", QStringLiteral("%1, which the record names, is missing").arg(path));
        if (file->sha256 != reference.value(QStringLiteral("sha256")).toString())
            return failed(failureClass, QStringLiteral("%1 is not the file that the record names").arg(path));
        return {};
    }

    void checkReferences()
    {
        Result<void> outcome;
        for (const QJsonValue &reference : m_found.record.value(QStringLiteral("vs:humanReadable")).toArray()) {
            if (outcome)
                outcome = sameFile(reference.toObject(), "statement-mismatch");
        }
        m_found.add(QStringLiteral("statement"), outcome,
                    QStringLiteral("the statement is the one that the record names"));
    }

    void checkLog()
    {
        const QString name = QStringLiteral("log");
        const QJsonObject reference = m_found.record.value(QStringLiteral("vs:log")).toObject();
        if (Result<void> same = sameFile(reference, "log-mismatch"); !same) {
            m_found.add(name, same, {});
            return;
        }
        const Result<QByteArray> content = contentOf(reference.value(QStringLiteral("file")).toString(), largestLog);
        const auto lines = content ? readProcessingLog(*content)
                                   : Result<std::vector<LogLine>>(failed("broken-log", content.error().message));
        m_found.add(name, lines ? Result<void>() : Result<void>(lines.error()),
                    lines ? QStringLiteral("the processing log's chain holds (%1 lines)").arg(lines->size())
                          : QString());
    }

    void checkClips()
    {
        const QString name = QStringLiteral("clips");
        QSet<QString> listed;
        for (const QJsonValue &value : m_found.record.value(QStringLiteral("vs:items")).toArray()) {
            const QJsonObject item = value.toObject();
            const QString path = item.value(QStringLiteral("file")).toString();
            if (listed.contains(path)) {
                m_found.add(name, failed("record-mismatch", QStringLiteral("the record lists %1 twice").arg(path)), {});
                return;
            }
            listed.insert(path);
            if (Result<void> same = sameFile(item, "record-mismatch"); !same) {
                m_found.add(name, same, {});
                return;
            }
            if (payload(path)->bytes != item.value(QStringLiteral("bytes")).toInteger()) {
                m_found.add(
                    name,
                    failed("record-mismatch", QStringLiteral("%1 has another size than the record says").arg(path)),
                    {});
                return;
            }
            m_found.clips.push_back({path, item, 0});
        }
        for (const BagFile &file : m_found.bag.payload) {
            if (file.path.endsWith(QStringLiteral(".mp4")) && !listed.contains(file.path)) {
                m_found.add(name,
                            failed("unlisted-clip",
                                   QStringLiteral("%1 is a clip that the record does not know").arg(file.path)),
                            {});
                return;
            }
        }
        m_found.add(name, {}, QStringLiteral("%1 clip(s), as the record says").arg(m_found.clips.size()));
    }

    [[nodiscard]] Result<void> checkReport(const QJsonObject &item) const
    {
        const QJsonObject reference = item.value(QStringLiteral("report")).toObject();
        if (Result<void> same = sameFile(reference, "report-mismatch"); !same)
            return same;
        const QString path = reference.value(QStringLiteral("file")).toString();
        const Result<QByteArray> content = contentOf(path, largestReport);
        const QJsonObject report = content ? QJsonDocument::fromJson(*content).object() : QJsonObject();
        if (report.isEmpty())
            return failed("report-mismatch", QStringLiteral("%1 cannot be read").arg(path));
        if (report.value(QStringLiteral("output_sha256")).toString() != item.value(QStringLiteral("sha256")).toString())
            return failed("stale-report",
                          QStringLiteral("%1 is about another export than the clip in the package").arg(path));
        if (!report.value(QStringLiteral("passed")).toBool())
            return failed("verification-failed", QStringLiteral("%1 says that a check failed").arg(path));
        return {};
    }

    [[nodiscard]] Result<void> checkVerification() const
    {
        const QJsonObject redaction = m_found.record.value(QStringLiteral("vs:redaction")).toObject();
        QHash<QString, QString> verified;
        for (const QJsonValue &value : redaction.value(QStringLiteral("qa")).toArray())
            verified.insert(value.toObject().value(QStringLiteral("file")).toString(),
                            value.toObject().value(QStringLiteral("verifiedSha256")).toString());
        for (const PackagedClip &clip : m_found.clips) {
            if (verified.value(clip.path) != clip.item.value(QStringLiteral("sha256")).toString())
                return failed("stale-report",
                              QStringLiteral("the record's verification is not about %1 as it is").arg(clip.path));
        }
        return {};
    }

    void checkReports()
    {
        Result<void> outcome = checkVerification();
        for (const PackagedClip &clip : m_found.clips) {
            if (outcome)
                outcome = checkReport(clip.item);
        }
        m_found.add(QStringLiteral("reports"), outcome,
                    QStringLiteral("the reports are about these clips and say that all checks held"));
    }

    Result<void> checkContainers()
    {
        const QString name = QStringLiteral("container");
        for (PackagedClip &clip : m_found.clips) {
            if (m_cancel.isCancelled())
                return Error{ErrorKind::Cancelled, QStringLiteral("cancelled")};
            const base::FileDescriptor file(
                ::open((m_folder / clip.path.toStdString()).c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
            const auto scan = encode::scanContainer(file.get());
            QString wrong;
            if (!scan)
                wrong = scan.error().message;
            else if (!scan->isClean())
                wrong = scan->findings.first();
            else if (scan->videoTracks != 1 || scan->audioTracks > 1)
                wrong = QStringLiteral("it has other tracks than one picture and at most one sound");
            if (!wrong.isEmpty()) {
                m_found.add(name, failed("container", QStringLiteral("%1: %2").arg(clip.path, wrong)), {});
                return {};
            }
            clip.videoSamples = scan->videoSamples;
            const bool sound = clip.item.value(QStringLiteral("hasAudio")).toBool();
            if (scan->videoSamples != clip.item.value(QStringLiteral("frames")).toInteger()
                || (scan->audioTracks == 1) != sound) {
                m_found.add(name,
                            failed("clip-mismatch",
                                   QStringLiteral("%1 has %2 frames and %3 sound; the record says %4 and %5")
                                       .arg(clip.path)
                                       .arg(scan->videoSamples)
                                       .arg(scan->audioTracks == 1 ? QStringLiteral("a") : QStringLiteral("no"))
                                       .arg(clip.item.value(QStringLiteral("frames")).toInteger())
                                       .arg(sound ? QStringLiteral("with sound") : QStringLiteral("without"))),
                            {});
                return {};
            }
        }
        m_found.add(name, {}, QStringLiteral("nothing but picture and sound is in the clips"));
        return {};
    }

    void checkDates()
    {
        const QDate last =
            QDate::fromString(m_found.record.value(QStringLiteral("vs:validUntil")).toString(), Qt::ISODate);
        const QString name = QStringLiteral("dates");
        if (!last.isValid() || m_options.now.date() > last)
            m_found.add(name,
                        failed("expired", QStringLiteral("the permission could be newly relied on until %1 only")
                                              .arg(last.toString(Qt::ISODate))),
                        {});
        else
            m_found.add(name, {},
                        QStringLiteral("the permission may be relied on until %1").arg(last.toString(Qt::ISODate)));
    }

    Result<void> checkWithdrawal()
    {
        const QString name = QStringLiteral("withdrawal");
        if (!m_options.withdrawal) {
            m_found.skip(name, QStringLiteral("only the owner's ledger knows about withdrawals"));
            return {};
        }
        const auto known = m_options.withdrawal(consent::recordIdentifier(m_found.record));
        if (!known)
            return known.error();
        if (known->has_value())
            m_found.add(name, failed("withdrawn", **known), {});
        else
            m_found.add(name, {}, QStringLiteral("the ledger of this machine knows of no withdrawal"));
        return {};
    }

    const std::filesystem::path &m_folder;
    const PackageOptions &m_options;
    const base::CancelToken &m_cancel;
    PackageFindings m_found;
};

} // namespace

bool PackageFindings::passed() const
{
    return firstFailure() == nullptr;
}

const PackageCheck *PackageFindings::firstFailure() const
{
    const auto found = std::find_if(checks.begin(), checks.end(), [](const PackageCheck &check) {
        return check.state == PackageCheck::State::Failed;
    });
    return found == checks.end() ? nullptr : &*found;
}

void PackageFindings::add(const QString &name, const Result<void> &outcome, const QString &sentence)
{
    if (outcome)
        checks.push_back({name, PackageCheck::State::Holds, {}, sentence});
    else
        checks.push_back(
            {name, PackageCheck::State::Failed,
             outcome.error().failureClass.isEmpty() ? QStringLiteral("check-failed") : outcome.error().failureClass,
             outcome.error().message});
}

void PackageFindings::skip(const QString &name, const QString &reason)
{
    checks.push_back({name, PackageCheck::State::NotChecked, {}, reason});
}

Result<PackageFindings> verifyPackageFolder(const std::filesystem::path &folder, const PackageOptions &options,
                                            const base::CancelToken &cancel)
{
    return Verifier(folder, options, cancel).run();
}

} // namespace doorveil::package
