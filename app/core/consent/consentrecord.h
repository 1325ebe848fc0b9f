// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/mediatime.h"
#include "base/result.h"
#include "consent/request.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include <cstdint>
#include <optional>
#include <vector>

/// The consent record `data/consent.jsonld`: JSON-LD 1.1 with an inline context, in terms of W3C DPV 2.3, ODRL 2.2 and
/// Dublin Core, with every mandatory field of ISO/IEC TS 27560:2023 (the table is in docs/formats.md). A compelled
/// request gives a disclosure record of the same shape, in which nobody consents. What it says about the clips comes
/// from the project and the verification; nothing of that is typed.
namespace doorveil::consent {

/// What the recipient sees of somebody or something.
enum class Treatment { Redacted, Unredacted, Partly, NotPresent, NotAssessed };
[[nodiscard]] QString toText(Treatment treatment);

/// One subject that was followed in a clip. Nothing in it describes a person.
struct DepictedPerson
{
    Treatment treatment = Treatment::Redacted;
    QString reason; ///< base::ShowReason's word; empty where redacted
    QString consent; ///< base::ConsentStatus' word; empty where redacted
    std::int64_t subjects = 1; ///< tracks that were taken for one person
};

/// One kind of cover in one clip.
struct RedactionOperation
{
    QString subject; ///< face, head, person, plate, region, zone, audio, time
    QString method; ///< blur-membrane, solid-fill, cosmetic-mosaic, mute, silence, trim
    std::int64_t tracks = 0;
    std::int64_t framesAffected = 0;
    bool irreversible = true;
};

struct DetectorFact
{
    QString id;
    QString version;
    QString sha256; ///< of its file; empty for embedded ones
    QString role;
    QString threshold; ///< decimal text: records hold no fractions
    QString aloneThreshold; ///< the same: of what is found once only
    QString licence;
};

struct CheckFact
{
    QString key; ///< "a" to "e"
    bool passed = false;
    QJsonObject figures; ///< numbers as the report has them; fractions become texts
};

/// One exported clip, from its project, its export and the verification of the very file.
struct ClipFacts
{
    QString file; ///< "clip-001.redacted.mp4"
    std::int64_t bytes = 0;
    QString sha256;
    std::int64_t durationMilliseconds = 0;
    int width = 0; ///< as displayed
    int height = 0;
    base::Rational frameRate;
    std::int64_t frames = 0;
    bool hasAudio = false;
    QString report; ///< "clip-001.report.json"
    QString reportSha256;

    QString sourceSha256;
    std::int64_t sourceBytes = 0;
    QString sourceCodec;
    std::int64_t sourceFrames = 0;
    std::int64_t lostFrames = 0;
    std::int64_t damagedFrames = 0;
    std::int64_t trimBeginMilliseconds = 0;
    std::int64_t trimEndMilliseconds = 0;
    std::int64_t firstFramePts = 0;
    std::int64_t lastFramePts = 0;
    bool wholeClip = true;
    std::optional<QDateTime> recordedAt;
    std::int64_t clockOffsetMilliseconds = 0;

    std::vector<DepictedPerson> people;
    Treatment plates = Treatment::NotPresent;
    std::int64_t plateTracks = 0;
    Treatment sound = Treatment::NotPresent;
    std::int64_t zones = 0;
    std::vector<RedactionOperation> operations;
    QStringList metadataRemoved; ///< kinds only, never values
    QStringList streamsRemoved;

    bool reviewed = false;
    std::optional<QDateTime> reviewedAt;
    std::int64_t framesWatched = 0; ///< of the exported ones, in covered view
    std::int64_t manualEdits = 0;
    std::int64_t openChecks = 0;
    std::vector<CheckFact> checks;
    QStringList secondPassDetectors;
    bool basicDetectors = false;
    std::vector<DetectorFact> detectors;
    QString decoderStatement; ///< how the decoder was confined
    bool decoderIsolated = true;
};

struct ToolFacts
{
    QString name = QStringLiteral("Doorveil");
    QString version;
    QString build; ///< commit or build id; empty where unknown
    QString system;
    QStringList libraries; ///< "FFmpeg 5.1.9", …
};

struct SignerFacts
{
    QString typedName;
    QString publicKey; ///< `ssh-ed25519 AAAA…`
    QString fingerprint; ///< `SHA256:…`
};

/// A file of the package that the record refers to.
struct FileReference
{
    QString file;
    QString sha256;
};

struct RecordFacts
{
    Request request;
    std::vector<ClipFacts> clips;
    SignerFacts signer;
    ToolFacts tool;
    QString unreviewedReason; ///< the owner's words, where a clip is not reviewed
    FileReference log; ///< processing-log.jsonl
    QDateTime createdAt; ///< of the record: when it is signed
    QDateTime decidedAt; ///< when the owner gave the word
    QString identifier; ///< UUID, lower case, without braces
    QString replaces; ///< identifier of an earlier record; empty for none
};

/// The record without `vs:humanReadable`, from which the statement is made.
[[nodiscard]] QJsonObject buildRecord(const RecordFacts &facts);

/// The record with the statement's files and their hashes: what is validated and signed.
[[nodiscard]] QJsonObject withStatement(const QJsonObject &record, const FileReference &text,
                                        const FileReference &html);

/// Whether a record is one of a compelled disclosure.
[[nodiscard]] bool isDisclosure(const QJsonObject &record);
[[nodiscard]] bool isWithdrawal(const QJsonObject &record);
/// The UUID of a record, empty where it has none.
[[nodiscard]] QString recordIdentifier(const QJsonObject &record);

/// The record that takes an earlier one back: same shape, state dpv:ConsentWithdrawn, dct:replaces. It says what a
/// withdrawal does (future use) and nothing of what it cannot do.
[[nodiscard]] QJsonObject buildWithdrawal(const QJsonObject &original, const QString &typedName, const QString &reason,
                                          const QDateTime &at, const QString &identifier);

/// The exact bytes that are written and signed: indented, keys in order, a line feed at the end. The same record gives
/// the same bytes.
[[nodiscard]] QByteArray recordBytes(const QJsonObject &record);

/// Against the JSON Schema in resources/schemas/consent-record.schema.json, compiled in. CheckFailed, class
/// "invalid-record", with the first places that do not fit.
[[nodiscard]] base::Result<void> validateRecord(const QJsonObject &record);
[[nodiscard]] QByteArray recordSchema();

/// The notice that the owner reads before deciding, in the record's language; its hash is in the record.
[[nodiscard]] QString noticeText(const QString &language);
[[nodiscard]] QString noticeVersion();

/// A random version 4 UUID in the form of `identifier`.
[[nodiscard]] QString newIdentifier();

/// Prefix of our own terms.
inline constexpr const char *shareNamespace = "urn:x-doorveil:share:1#";
inline constexpr const char *profileIri = "urn:x-doorveil:share:1#consent-record";

} // namespace doorveil::consent
