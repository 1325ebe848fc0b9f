// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDate>
#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <vector>

namespace doorveil::consent {

/// What somebody who wants footage sent or said. These 17 and no others (DESIGN section 7).
enum class RequestKind {
    DirectAsk,
    PublicRequest,
    IndividualInvite,
    AreaRequest,
    RegistryRequest,
    BusinessRequest,
    PreservationRequest, ///< asks to keep, not to hand over: never makes a package
    Subpoena,
    CourtOrder,
    SearchWarrant,
    EmergencyRequest,
    InsuranceClaim,
    CivilParty,
    Neighbour,
    Media,
    OwnInitiative,
    Other,
};

enum class RequestBasis { Voluntary, Compelled, Emergency, Unsolicited };

enum class RecipientKind { LawEnforcement, Insurer, Neighbour, Court, Lawyer, Media, Other };

/// How the owner checked that the one who asks is who they say.
enum class IdentityCheck { None, CallBack, InPersonId, OfficialPortal, OfficialMailDomain };

enum class DeliveryChannel { InPersonMedia, EMail, AgencyPortal, VendorApp, Other };

enum class SharerCapacity { CameraOwner, HouseholdMember, AccountHolder, Tenant, Guardian, Other };

enum class DecisionOutcome { Share, ShareInPart, Decline };

/// Who asks and will get the package.
struct Recipient
{
    QString organisation; ///< agency, company or person; required
    RecipientKind kind = RecipientKind::Other;
    QString unit;
    QString officer;
    QString badgeNumber;
    QString contact; ///< call-back number or address
    QString contactSource; ///< where the contact came from, such as the agency's own page
    QString address;
    IdentityCheck identityCheck = IdentityCheck::None;
    DeliveryChannel channel = DeliveryChannel::Other;
    QString channelHost; ///< host name of a portal; never a secret link
    bool operator==(const Recipient &) const = default;
};

/// The interval asked for, in the wall-clock time of a place.
struct RequestWindow
{
    QDateTime start; ///< with the time zone
    QDateTime end;
    QString timeZone; ///< IANA name such as "America/New_York"
    QStringList notes; ///< local times that exist twice or not at all, as sentences
    bool operator==(const RequestWindow &) const = default;
};

/// A warrant, subpoena or letter. It is described and hashed, never put into the package.
struct DocumentReference
{
    QString kind;
    QString issuer;
    QString number;
    QString date; ///< as written on it
    QString sha256; ///< of the owner's copy; empty without one
    bool operator==(const DocumentReference &) const = default;
};

struct Sharer
{
    QString name; ///< may be a pseudonym; empty: the typed name
    QString contact;
    SharerCapacity capacity = SharerCapacity::CameraOwner;
    bool ownsDevice = true;
    QString jurisdiction; ///< ISO 3166 such as "US" or "US-NY", or words
    bool operator==(const Sharer &) const = default;
};

/// What the owner asks of the recipient. One-sided: status "requested".
struct Conditions
{
    bool noFaceRecognition = true;
    bool noOnwardSharing = true;
    QStringList onwardExceptions; ///< "prosecutor", "court", "defence-disclosure", "required-by-law"
    bool noPublicRelease = true;
    bool noModelTraining = true;
    bool noReversal = true;
    bool informOnUse = false;
    std::optional<QDate> retainUntil; ///< to be deleted by the end of that day
    QString deleteAfterEvent;
    QString storageLocation;
    QDate validUntil; ///< last day on which the permission may be newly relied on
    bool operator==(const Conditions &) const = default;
};

struct Decision
{
    DecisionOutcome outcome = DecisionOutcome::Share;
    bool withheld = false; ///< there is more footage in the window
    QString withheldNote;
    QString note; ///< for the ledger at home; never leaves
    bool operator==(const Decision &) const = default;
};

/// Everything the owner states about a request and its answer.
struct Request
{
    RequestKind kind = RequestKind::DirectAsk;
    RequestBasis basis = RequestBasis::Voluntary;
    Recipient recipient;
    QString caseNumber;
    QString investigationCode;
    QDateTime receivedAt;
    QString receivedVia;
    QString incidentType;
    RequestWindow window;
    QString area;
    QString purpose;
    DocumentReference document;
    Sharer sharer;
    Conditions conditions;
    Decision decision;
    QString language = QStringLiteral("en"); ///< of statement and notice: "en" or "es"
    QString cameraLabel; ///< generic, such as "front door"; never a street address
    bool includeSourceHash = true;
    bool operator==(const Request &) const = default;
};

/// Something about a request that the owner should look at. Nothing of it stops the owner, but for `Invalid`.
struct RequestProblem
{
    enum class Level {
        Invalid, ///< the request contradicts itself: no record can be made of it
        Missing, ///< usual information is not there
        Unusual, ///< there, and out of the ordinary
        Notice, ///< what the owner should know about this kind
    };
    Level level = Level::Missing;
    QString id; ///< "no-case-number"; see docs/formats.md
    QString field; ///< key of the request file it is about
    QString text; ///< a sentence for people
};

/// In order: what is invalid first.
[[nodiscard]] std::vector<RequestProblem> problemsOf(const Request &request);
/// Usage, with all that is invalid.
[[nodiscard]] base::Result<void> checkValid(const Request &request);

/// Whether a kind may have a basis. Preservation requests and others take what the owner states.
[[nodiscard]] bool agrees(RequestKind kind, RequestBasis basis);
/// The basis a kind usually has.
[[nodiscard]] RequestBasis usualBasis(RequestKind kind);
[[nodiscard]] RecipientKind usualRecipient(RequestKind kind);

[[nodiscard]] QString toText(RequestKind kind);
[[nodiscard]] QString toText(RequestBasis basis);
[[nodiscard]] QString toText(RecipientKind kind);
[[nodiscard]] QString toText(IdentityCheck check);
[[nodiscard]] QString toText(DeliveryChannel channel);
[[nodiscard]] QString toText(SharerCapacity capacity);
[[nodiscard]] QString toText(DecisionOutcome outcome);
[[nodiscard]] std::optional<RequestKind> requestKindFromText(const QString &text);
[[nodiscard]] std::optional<RequestBasis> requestBasisFromText(const QString &text);
[[nodiscard]] std::optional<RecipientKind> recipientKindFromText(const QString &text);
[[nodiscard]] std::optional<IdentityCheck> identityCheckFromText(const QString &text);
[[nodiscard]] std::optional<DeliveryChannel> deliveryChannelFromText(const QString &text);
[[nodiscard]] std::optional<SharerCapacity> sharerCapacityFromText(const QString &text);
[[nodiscard]] std::optional<DecisionOutcome> decisionOutcomeFromText(const QString &text);

/// All words of an enumeration, in order, for lists and error messages.
[[nodiscard]] QStringList requestKindWords();
[[nodiscard]] QStringList requestBasisWords();
[[nodiscard]] QStringList recipientKindWords();
[[nodiscard]] QStringList identityCheckWords();
[[nodiscard]] QStringList deliveryChannelWords();
[[nodiscard]] QStringList sharerCapacityWords();
[[nodiscard]] QStringList decisionOutcomeWords();
[[nodiscard]] QStringList onwardExceptionWords();

} // namespace doorveil::consent
