// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/packagejob.h"

#include "base/durablefile.h"
#include "base/durablefolder.h"
#include "consent/ledger.h"
#include "consent/requestfile.h"
#include "consent/statement.h"
#include "keys/sshsignature.h"
#include "package/bag.h"
#include "package/processinglog.h"
#include "package/verifytext.h"
#include "package/ziparchive.h"
#include "pipeline/framereader.h"
#include "pipeline/packagefacts.h"
#include "pipeline/source.h"
#include "pipeline/verifypackage.h"
#include "pipeline/verifypass.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QSet>

#include <algorithm>

namespace doorveil::pipeline {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

constexpr qsizetype longestName = 200;

const QString recordName = QStringLiteral("consent.jsonld");
const QString recordSignatureName = QStringLiteral("consent.jsonld.sig");
const QString logName = QStringLiteral("processing-log.jsonl");
const QString statementTextName = QStringLiteral("statement.txt");
const QString statementHtmlName = QStringLiteral("statement.html");

QString numbered(std::size_t index, const char *ending)
{
    return QStringLiteral("clip-%1.%2").arg(index + 1, 3, 10, QLatin1Char('0')).arg(QLatin1String(ending));
}

QString clipName(std::size_t index)
{
    return numbered(index, "redacted.mp4");
}

QString reportName(std::size_t index)
{
    return numbered(index, "report.json");
}

QString sha256(const QByteArray &bytes)
{
    return QString::fromLatin1(QCryptographicHash::hash(bytes, QCryptographicHash::Sha256).toHex());
}

Error usage(const char *failureClass, const QString &sentence)
{
    return {ErrorKind::Usage, sentence, QString::fromLatin1(failureClass)};
}

/// An export that was decoded again and verified in this run. There is no other way to get one, and nothing is signed
/// without one for every clip.
class VerifiedExport
{
public:
    static Result<VerifiedExport> from(ExportResult result, const std::filesystem::path &path)
    {
        if (!result.inPlace) {
            if (result.verification.passed())
                return Error{ErrorKind::CheckFailed, QStringLiteral("a clip was not verified"),
                             QStringLiteral("verification-failed")};
            // Not the export's own message, which names a file that is gone.
            return Error{ErrorKind::CheckFailed,
                         QStringLiteral("%1: a check of the finished clip failed, and no package was made: %2")
                             .arg(result.document.source.path, failureText(result.document, result.verification)),
                         QStringLiteral("verification-failed")};
        }
        if (!result.verification.complete() || result.outputSha256.isEmpty())
            return Error{ErrorKind::CheckFailed, QStringLiteral("a check of a finished clip was left out"),
                         QStringLiteral("verification-incomplete")};
        Result<ClipFile> file = ClipFile::open(path);
        if (!file)
            return file.error();
        // The very bytes: what lies there now is what was verified.
        const Result<QString> hash = file->sha256({});
        if (!hash)
            return hash.error();
        if (*hash != result.outputSha256)
            return Error{ErrorKind::CheckFailed, QStringLiteral("a clip was changed after it was verified"),
                         QStringLiteral("clip-changed")};
        return VerifiedExport(std::move(result), std::move(*file));
    }

    [[nodiscard]] const ExportResult &result() const { return m_result; }
    [[nodiscard]] const ClipFile &file() const { return m_file; }

private:
    VerifiedExport(ExportResult result, ClipFile file) : m_result(std::move(result)), m_file(std::move(file)) { }

    ExportResult m_result;
    ClipFile m_file;
};

class PackageJob
{
public:
    PackageJob(const PackageParameters &parameters, const base::Clock &clock, const base::ProgressCallback &progress,
               const base::CancelToken &cancel)
        : m_parameters(parameters), m_clock(clock), m_progress(progress), m_cancel(cancel)
    {
    }

    Result<PackageResult> run()
    {
        if (Result<void> open = checkGate(m_parameters); !open)
            return open.error();
        if (Result<void> begun = begin(); !begun)
            return begun.error();
        for (std::size_t index = 0; index < m_parameters.clips.size(); ++index) {
            if (Result<void> added = addClip(index); !added)
                return added.error();
        }
        if (Result<void> added = addRecord(); !added)
            return added.error();
        if (Result<void> prepared = prepareBag(); !prepared)
            return prepared.error();
        if (Result<void> checked = readBack(); !checked)
            return checked.error();
        if (Result<void> packed = packFiles(); !packed)
            return packed.error();
        if (m_cancel.isCancelled())
            return cancelledError();
        if (Result<void> placed = placeAll(); !placed)
            return placed.error();
        step("done", 0);
        return finished();
    }

private:
    void step(const char *name, std::size_t clip) const
    {
        if (m_parameters.onStep)
            m_parameters.onStep(QString::fromLatin1(name), clip);
    }

    [[nodiscard]] std::filesystem::path beside(const char *ending) const
    {
        std::filesystem::path path = target();
        path += ending;
        return path;
    }

    /// "bag/" and "bag" are the same name.
    [[nodiscard]] std::filesystem::path target() const
    {
        return m_parameters.output.has_filename() ? m_parameters.output : m_parameters.output.parent_path();
    }

    Result<void> begin()
    {
        Result<std::unique_ptr<package::BagWriter>> bag = package::BagWriter::create(target());
        if (!bag)
            return bag.error();
        m_bag = std::move(*bag);
        Result<std::unique_ptr<base::DurableFolder>> staging = base::DurableFolder::create(beside(".staging"));
        if (!staging)
            return staging.error();
        m_staging = std::move(*staging);
        const bool sealed = !m_parameters.recipients.empty();
        if (m_parameters.zip || sealed) {
            if (Result<void> made =
                    makeFile(m_parameters.zip ? beside(".zip") : m_staging->temporaryPath() / "bag.zip", m_zip);
                !made)
                return made;
        }
        if (sealed) {
            if (Result<void> made = makeFile(beside(".zip.age"), m_sealed); !made)
                return made;
        }
        m_created = m_clock.now();
        m_facts.identifier = consent::newIdentifier();
        m_facts.request = m_parameters.request;
        m_facts.signer = {m_parameters.signAs.trimmed(), m_parameters.signer.publicKey.openSsh(),
                          m_parameters.signer.publicKey.fingerprint()};
        m_facts.tool = toolFacts();
        m_facts.unreviewedReason = m_parameters.unreviewedReason.trimmed();
        m_facts.decidedAt = m_created;
        m_facts.replaces = m_parameters.replaces;
        m_log.add(m_created, QStringLiteral("package-begun"),
                  {{QStringLiteral("record"), m_facts.identifier},
                   {QStringLiteral("program"), m_facts.tool.name + QLatin1Char(' ') + m_facts.tool.version}});
        return {};
    }

    static Result<void> makeFile(const std::filesystem::path &path, std::unique_ptr<base::DurableFile> &file)
    {
        base::DurableFile::Options options;
        options.mode = 0644;
        auto made = base::DurableFile::create(path, options);
        if (!made)
            return made.error();
        file = std::move(*made);
        return {};
    }

    Result<void> addClip(std::size_t index)
    {
        const PackageClip &clip = m_parameters.clips[index];
        const QString name = clipName(index);
        step("export", index);

        ExportParameters exportParameters;
        exportParameters.output = m_staging->temporaryPath() / name.toStdString();
        exportParameters.crf = m_parameters.crf;
        exportParameters.preset = m_parameters.preset;
        exportParameters.secondPass = m_parameters.secondPass;
        exportParameters.coverFinds = false; // in a project the owner decides about each
        const ExportFunction &exporter = m_parameters.exportClip;
        Result<ExportResult> exported = exporter ? exporter(clip.document, exportParameters, m_progress, m_cancel)
                                                 : exportClip(clip.document, exportParameters, m_progress, m_cancel);
        if (!exported)
            return exported.error();
        if (!exported->verification.finds.empty() && m_parameters.onFinds)
            m_parameters.onFinds(index, exported->verification.finds);
        Result<VerifiedExport> verified = VerifiedExport::from(std::move(*exported), exportParameters.output);
        if (!verified)
            return verified.error();
        step("verified", index);

        Result<consent::ClipFacts> facts = factsOf(clip);
        if (!facts)
            return facts.error();
        const bool withSource = m_parameters.request.includeSourceHash;
        if (Result<void> added = addExportFacts(*facts, verified->result(), verified->file(), withSource); !added)
            return added;
        facts->file = name;
        facts->report = reportName(index);
        const Result<QByteArray> report = packageReport(verified->result(), name, withSource);
        if (!report)
            return report.error();
        facts->reportSha256 = sha256(*report);
        if (Result<void> added = m_bag->addPayload(name, verified->file().descriptor()); !added)
            return added;
        if (Result<void> added = m_bag->addPayload(facts->report, *report); !added)
            return added;
        logClip(m_log, m_clock.now(), clip, verified->result(), *facts, withSource);
        m_facts.clips.push_back(std::move(*facts));
        m_verified.push_back(std::move(*verified));
        return {};
    }

    Result<void> addRecord()
    {
        step("record", 0);
        m_facts.createdAt = m_clock.now();
        m_facts.log = {logName, sha256(m_log.bytes())};
        const QJsonObject core = consent::buildRecord(m_facts);
        const Result<consent::Statement> statement = consent::makeStatement(core);
        if (!statement)
            return statement.error();
        const QByteArray text = consent::statementText(*statement).toUtf8();
        const QByteArray html = consent::statementHtml(*statement).toUtf8();
        m_record = consent::withStatement(core, {statementTextName, sha256(text)}, {statementHtmlName, sha256(html)});
        if (Result<void> valid = consent::validateRecord(m_record); !valid)
            return valid;
        const QByteArray bytes = consent::recordBytes(m_record);
        QStringList clips;
        for (const consent::ClipFacts &clip : m_facts.clips)
            clips.append(clip.file);
        const std::pair<QString, QByteArray> files[] = {
            {logName, m_log.bytes()},
            {statementTextName, text},
            {statementHtmlName, html},
            {QStringLiteral("VERIFY.txt"),
             package::verifyText(m_facts.signer.fingerprint, m_facts.signer.publicKey, clips)},
            {recordName, bytes},
        };
        for (const auto &[name, content] : files) {
            if (Result<void> added = m_bag->addPayload(name, content); !added)
                return added;
        }
        const Result<QByteArray> signature = sign(bytes);
        if (!signature)
            return signature.error();
        return m_bag->addPayload(recordSignatureName, *signature);
    }

    /// The one place where something is signed: every clip in the bag has to be, byte for byte, one that was verified.
    Result<QByteArray> sign(const QByteArray &content) const
    {
        if (m_cancel.isCancelled())
            return cancelledError();
        std::size_t clips = 0;
        for (const package::BagFile &file : m_bag->payload()) {
            if (!file.path.endsWith(QStringLiteral(".mp4")))
                continue;
            ++clips;
            const bool verified =
                std::any_of(m_verified.begin(), m_verified.end(),
                            [&file](const VerifiedExport &clip) { return clip.result().outputSha256 == file.sha256; });
            if (!verified)
                return Error{ErrorKind::CheckFailed,
                             QStringLiteral("%1 in the package is not the clip that was verified").arg(file.path),
                             QStringLiteral("clip-changed")};
        }
        if (clips != m_parameters.clips.size())
            return Error{ErrorKind::CheckFailed, QStringLiteral("a clip is missing from the package"),
                         QStringLiteral("missing-file")};
        return m_parameters.signer.sign(content);
    }

    Result<void> prepareBag()
    {
        const package::BagInformation information{
            {QStringLiteral("Bag-Software-Agent"), m_facts.tool.name + QLatin1Char(' ') + m_facts.tool.version},
            {QStringLiteral("Bagging-Date"), m_created.date().toString(Qt::ISODate)},
            {QStringLiteral("External-Identifier"), m_facts.identifier}};
        return m_bag->prepare(
            information, [this](const QByteArray &manifest) { return sign(manifest); }, m_cancel);
    }

    Result<void> readBack()
    {
        step("signed", 0);
        package::PackageOptions options;
        options.now = m_created;
        options.expectedFingerprint = m_facts.signer.fingerprint;
        const Result<package::PackageFindings> findings = verifyPackage(m_bag->temporaryPath(), options, m_cancel);
        if (!findings)
            return findings.error();
        if (const package::PackageCheck *failure = findings->firstFailure())
            return Error{ErrorKind::CheckFailed,
                         QStringLiteral("the package does not read back as it should: %1").arg(failure->sentence),
                         failure->failureClass};
        m_manifestSha256 = sha256(findings->bag.manifest);
        m_payload = findings->bag.payload;
        step("read-back", 0);
        return {};
    }

    Result<void> packFiles()
    {
        if (!m_zip)
            return {};
        const QString root = QString::fromStdString("doorveil-" + m_facts.identifier.left(8).toStdString());
        if (Result<void> written = package::writeZip(m_bag->temporaryPath(), root, m_zip->descriptor()); !written)
            return written;
        // Read back as the recipient will.
        const std::filesystem::path check = m_staging->temporaryPath() / "unpacked";
        std::error_code failed;
        std::filesystem::create_directory(check, failed);
        if (failed)
            return Error{ErrorKind::Failure, QString::fromStdString(failed.message())};
        const Result<std::filesystem::path> unpacked = package::extractZip(m_zip->descriptor(), check, {}, m_cancel);
        if (!unpacked)
            return unpacked.error();
        const Result<package::Bag> again = package::readBag(*unpacked, {}, m_cancel);
        if (!again)
            return again.error();
        if (again->payload != m_payload || sha256(again->manifest) != m_manifestSha256)
            return Error{ErrorKind::CheckFailed, QStringLiteral("the ZIP file does not read back as the package"),
                         QStringLiteral("hash-mismatch")};
        std::filesystem::remove_all(check, failed);
        if (!m_sealed)
            return {};
        return package::ageEncrypt(m_zip->descriptor(), m_sealed->descriptor(), m_parameters.recipients, m_cancel);
    }

    /// All or nothing: what has its name already loses it where a later one fails.
    Result<void> placeAll()
    {
        if (Result<void> placed = m_bag->commit(); !placed)
            return placed;
        std::vector<std::filesystem::path> names{target()};
        const auto takeBack = [&names] {
            std::error_code ignored;
            for (const std::filesystem::path &name : names)
                std::filesystem::remove_all(name, ignored);
        };
        if (m_parameters.zip) {
            if (Result<void> placed = m_zip->commit(); !placed) {
                takeBack();
                return placed;
            }
            names.push_back(m_zip->targetPath());
        }
        if (m_sealed) {
            if (Result<void> placed = m_sealed->commit(); !placed) {
                takeBack();
                return placed;
            }
        }
        return {};
    }

    PackageResult finished()
    {
        PackageResult result;
        result.identifier = m_facts.identifier;
        result.folder = target();
        if (m_parameters.zip)
            result.zip = beside(".zip");
        if (m_sealed)
            result.sealed = beside(".zip.age");
        result.manifestSha256 = m_manifestSha256;
        result.record = m_record;
        result.portal = package::planForPortal(m_payload);
        result.ledgerContent = ledgerContent();
        m_zip.reset();
        m_staging.reset();
        return result;
    }

    [[nodiscard]] QJsonObject ledgerContent() const
    {
        const consent::Request &request = m_parameters.request;
        QJsonArray clips;
        for (const consent::ClipFacts &clip : m_facts.clips)
            clips.append(QJsonObject{{QStringLiteral("file"), clip.file},
                                     {QStringLiteral("sha256"), clip.sha256},
                                     {QStringLiteral("source_sha256"), clip.sourceSha256},
                                     {QStringLiteral("reviewed"), clip.reviewed}});
        QJsonObject content = consent::requestSummary(request);
        content.insert(QStringLiteral("folder"), base::displayPath(std::filesystem::absolute(target())));
        content.insert(QStringLiteral("manifestSha256"), m_manifestSha256);
        content.insert(QStringLiteral("recordSha256"), sha256(consent::recordBytes(m_record)));
        content.insert(QStringLiteral("fingerprint"), m_facts.signer.fingerprint);
        content.insert(QStringLiteral("signedAs"), m_facts.signer.typedName);
        content.insert(QStringLiteral("validUntil"), request.conditions.validUntil.toString(Qt::ISODate));
        content.insert(QStringLiteral("sealed"), m_sealed != nullptr);
        content.insert(QStringLiteral("clips"), clips);
        content.insert(QStringLiteral("record"), m_record);
        if (request.conditions.retainUntil)
            content.insert(QStringLiteral("retainUntil"), request.conditions.retainUntil->toString(Qt::ISODate));
        return content;
    }

    const PackageParameters &m_parameters;
    const base::Clock &m_clock;
    const base::ProgressCallback &m_progress;
    const base::CancelToken &m_cancel;
    std::unique_ptr<base::DurableFolder> m_staging; ///< never committed: exports on their way into the bag
    std::unique_ptr<package::BagWriter> m_bag;
    std::unique_ptr<base::DurableFile> m_zip;
    std::unique_ptr<base::DurableFile> m_sealed;
    std::vector<VerifiedExport> m_verified;
    package::ProcessingLog m_log;
    consent::RecordFacts m_facts;
    QJsonObject m_record;
    QDateTime m_created;
    QString m_manifestSha256;
    std::vector<package::BagFile> m_payload;
};

bool isPrintableName(const QString &name)
{
    return !name.isEmpty() && name.size() <= longestName
           && std::all_of(name.begin(), name.end(), [](QChar character) { return character.isPrint(); });
}

bool isManual(const QString &editName)
{
    static const QSet<QString> notByHand{QStringLiteral("SetAnalysis"), QStringLiteral("SetWatched"),
                                         QStringLiteral("SetReviewed"), QStringLiteral("AddCheck"),
                                         QStringLiteral("SettleCheck"), QStringLiteral("AddFinds"),
                                         QStringLiteral("RelinkSource")};
    return !notByHand.contains(editName);
}

} // namespace

Result<PackageClip> readPackageClip(const project::ProjectStore &store)
{
    const Result<std::vector<project::LogEntry>> log = store.log();
    if (!log)
        return log.error();
    PackageClip clip;
    clip.document = store.document();
    clip.projectFile = store.path();
    for (const project::LogEntry &entry : *log) {
        if (isManual(entry.name))
            ++clip.history.manualEdits;
        if (entry.name == QLatin1String("SetReviewed") && entry.edit.value(QStringLiteral("reviewed")).toBool())
            clip.history.reviewedAt = entry.at;
    }
    if (!clip.document.reviewed)
        clip.history.reviewedAt.reset();
    return clip;
}

Signer signerFor(const keys::SigningKey &key)
{
    return {key.publicKey(),
            [&key](const QByteArray &content) -> Result<QByteArray> { return keys::makeSshSignature(key, content); }};
}

Result<void> checkGate(const PackageParameters &parameters)
{
    if (!isPrintableName(parameters.signAs.trimmed()))
        return usage("no-name", QStringLiteral("nothing leaves without the owner's typed name"));
    if (parameters.clips.empty())
        return usage("no-clips", QStringLiteral("no project is given"));
    if (parameters.request.kind == consent::RequestKind::PreservationRequest)
        return usage("preservation-request",
                     QStringLiteral("a preservation request asks to keep footage, not to hand it over: no package is "
                                    "made of it; keep the original clips and note the request in the ledger"));
    if (parameters.request.decision.outcome == consent::DecisionOutcome::Decline)
        return usage("declined", QStringLiteral("the request file says that the owner declines: no package is made; "
                                                "note it with `request decline`"));
    if (Result<void> valid = consent::checkValid(parameters.request); !valid)
        return valid;
    for (const PackageClip &clip : parameters.clips) {
        const project::ReviewDocument &document = clip.document;
        const bool open =
            std::any_of(document.checks.begin(), document.checks.end(), [](const project::CheckItem &item) {
                return item.kind == QLatin1String("verification-find") && !item.settled;
            });
        if (open)
            return Error{ErrorKind::ReviewMissing,
                         QStringLiteral("%1: the check of an earlier export found somebody uncovered who has not been "
                                        "decided on; cover, show or dismiss each first")
                             .arg(document.source.path),
                         QStringLiteral("unsettled-finds")};
        if (!document.reviewed && parameters.unreviewedReason.trimmed().isEmpty())
            return Error{
                ErrorKind::ReviewMissing,
                QStringLiteral("%1 has not been reviewed; review it, or state why not with --unreviewed REASON, "
                               "which the recipient will read")
                    .arg(document.source.path),
                QStringLiteral("not-reviewed")};
    }
    return {};
}

Result<PackageResult> makePackage(const PackageParameters &parameters, const base::Clock &clock,
                                  const base::ProgressCallback &progress, const base::CancelToken &cancel)
{
    return PackageJob(parameters, clock, progress, cancel).run();
}

Result<QJsonObject> previewRecord(const PackageParameters &parameters, const base::Clock &clock)
{
    consent::RecordFacts facts;
    facts.request = parameters.request;
    facts.signer = {parameters.signAs.trimmed(),
                    parameters.signer.publicKey.bytes().isEmpty() ? QString() : parameters.signer.publicKey.openSsh(),
                    parameters.signer.publicKey.bytes().isEmpty() ? QStringLiteral("–")
                                                                  : parameters.signer.publicKey.fingerprint()};
    facts.tool = toolFacts();
    facts.unreviewedReason = parameters.unreviewedReason.trimmed();
    facts.createdAt = clock.now();
    facts.decidedAt = facts.createdAt;
    facts.identifier = QStringLiteral("–");
    facts.log = {logName, QStringLiteral("–")};
    for (std::size_t index = 0; index < parameters.clips.size(); ++index) {
        Result<consent::ClipFacts> clip = factsOf(parameters.clips[index]);
        if (!clip)
            return clip.error();
        clip->file = clipName(index);
        clip->report = reportName(index);
        clip->sha256 = clip->reportSha256 = QStringLiteral("–");
        facts.clips.push_back(std::move(*clip));
    }
    return consent::buildRecord(facts);
}

} // namespace doorveil::pipeline
