// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/request.h"

#include "base/words.h"

#include <QRegularExpression>

#include <algorithm>

namespace doorveil::consent {

using base::Words;

namespace {

constexpr Words<RequestKind, 17> kinds{{{RequestKind::DirectAsk, "direct-ask"},
                                        {RequestKind::PublicRequest, "public-request"},
                                        {RequestKind::IndividualInvite, "individual-invite"},
                                        {RequestKind::AreaRequest, "area-request"},
                                        {RequestKind::RegistryRequest, "registry-request"},
                                        {RequestKind::BusinessRequest, "business-request"},
                                        {RequestKind::PreservationRequest, "preservation-request"},
                                        {RequestKind::Subpoena, "subpoena"},
                                        {RequestKind::CourtOrder, "court-order"},
                                        {RequestKind::SearchWarrant, "search-warrant"},
                                        {RequestKind::EmergencyRequest, "emergency-request"},
                                        {RequestKind::InsuranceClaim, "insurance-claim"},
                                        {RequestKind::CivilParty, "civil-party"},
                                        {RequestKind::Neighbour, "neighbour"},
                                        {RequestKind::Media, "media"},
                                        {RequestKind::OwnInitiative, "own-initiative"},
                                        {RequestKind::Other, "other"}}};
constexpr Words<RequestBasis, 4> bases{{{RequestBasis::Voluntary, "voluntary"},
                                        {RequestBasis::Compelled, "compelled"},
                                        {RequestBasis::Emergency, "emergency"},
                                        {RequestBasis::Unsolicited, "unsolicited"}}};
constexpr Words<RecipientKind, 7> recipients{{{RecipientKind::LawEnforcement, "law-enforcement"},
                                              {RecipientKind::Insurer, "insurer"},
                                              {RecipientKind::Neighbour, "neighbour"},
                                              {RecipientKind::Court, "court"},
                                              {RecipientKind::Lawyer, "lawyer"},
                                              {RecipientKind::Media, "media"},
                                              {RecipientKind::Other, "other"}}};
constexpr Words<IdentityCheck, 5> identityChecks{{{IdentityCheck::None, "none"},
                                                  {IdentityCheck::CallBack, "call-back"},
                                                  {IdentityCheck::InPersonId, "in-person-id"},
                                                  {IdentityCheck::OfficialPortal, "official-portal"},
                                                  {IdentityCheck::OfficialMailDomain, "official-mail-domain"}}};
constexpr Words<DeliveryChannel, 5> channels{{{DeliveryChannel::InPersonMedia, "in-person-media"},
                                              {DeliveryChannel::EMail, "e-mail"},
                                              {DeliveryChannel::AgencyPortal, "agency-portal"},
                                              {DeliveryChannel::VendorApp, "vendor-app"},
                                              {DeliveryChannel::Other, "other"}}};
constexpr Words<SharerCapacity, 6> capacities{{{SharerCapacity::CameraOwner, "camera-owner"},
                                               {SharerCapacity::HouseholdMember, "household-member"},
                                               {SharerCapacity::AccountHolder, "account-holder"},
                                               {SharerCapacity::Tenant, "tenant"},
                                               {SharerCapacity::Guardian, "guardian"},
                                               {SharerCapacity::Other, "other"}}};
constexpr Words<DecisionOutcome, 3> outcomes{{{DecisionOutcome::Share, "share"},
                                              {DecisionOutcome::ShareInPart, "share-in-part"},
                                              {DecisionOutcome::Decline, "decline"}}};

bool isLegalProcess(RequestKind kind)
{
    return kind == RequestKind::Subpoena || kind == RequestKind::CourtOrder || kind == RequestKind::SearchWarrant;
}

/// From the rules of the public request services: a longer one asks for more than an incident.
constexpr qint64 longestUsualWindow = qint64(12) * 3600;

class Problems
{
public:
    explicit Problems(const Request &request) : m_request(request) { }

    std::vector<RequestProblem> run()
    {
        invalid();
        missing();
        unusual();
        notices();
        std::stable_sort(m_found.begin(), m_found.end(),
                         [](const RequestProblem &a, const RequestProblem &b) { return a.level < b.level; });
        return m_found;
    }

private:
    using Level = RequestProblem::Level;

    void add(Level level, const char *id, const char *field, const QString &text)
    {
        m_found.push_back({level, QString::fromLatin1(id), QString::fromLatin1(field), text});
    }

    void invalid()
    {
        if (m_request.recipient.organisation.trimmed().isEmpty())
            add(Level::Invalid, "no-recipient", "agency", QStringLiteral("nobody is named who asks or receives"));
        if (!agrees(m_request.kind, m_request.basis))
            add(Level::Invalid, "basis-contradicts-kind", "basis",
                QStringLiteral("a request of kind %1 cannot have the basis %2; its usual basis is %3")
                    .arg(toText(m_request.kind), toText(m_request.basis), toText(usualBasis(m_request.kind))));
        if (!m_request.receivedAt.isValid())
            add(Level::Invalid, "no-time-received", "received",
                QStringLiteral("the time at which the request was received is missing"));
        const RequestWindow &window = m_request.window;
        if (!window.start.isValid() || !window.end.isValid())
            add(Level::Invalid, "no-window", "window", QStringLiteral("the time window asked for is missing"));
        else if (window.end <= window.start)
            add(Level::Invalid, "window-backwards", "window.end",
                QStringLiteral("the time window ends before it starts"));
        if (!m_request.conditions.validUntil.isValid())
            add(Level::Invalid, "no-validity", "conditions.valid_until",
                QStringLiteral("the last day on which the permission may be relied on is missing"));
        else if (m_request.receivedAt.isValid() && m_request.conditions.validUntil < m_request.receivedAt.date())
            add(Level::Invalid, "validity-over", "conditions.valid_until",
                QStringLiteral("the permission would end before the request was received"));
        if (m_request.language != QLatin1String("en") && m_request.language != QLatin1String("es"))
            add(Level::Invalid, "unknown-language", "language",
                QStringLiteral("the statement can be written in `en` or `es`"));
        const DocumentReference &document = m_request.document;
        if (m_request.basis == RequestBasis::Compelled
            && (document.kind.isEmpty() || document.issuer.isEmpty() || document.number.isEmpty()))
            add(Level::Invalid, "no-document", "document",
                QStringLiteral("a compelled request rests on a document: its kind, issuer and number are needed"));
        static const QRegularExpression link(QStringLiteral("[/?#@\\s]"));
        if (m_request.recipient.channelHost.contains(link))
            add(Level::Invalid, "link-as-host", "delivery.host",
                QStringLiteral("the portal is named by its host only: a link may be secret, and this leaves with the "
                               "package"));
        static const QRegularExpression hash(QStringLiteral("\\A[0-9a-f]{64}\\z"));
        if (!document.sha256.isEmpty() && !hash.match(document.sha256).hasMatch())
            add(Level::Invalid, "bad-document-hash", "document.sha256",
                QStringLiteral("the document's SHA-256 is not 64 hexadecimal digits"));
        const QStringList known = onwardExceptionWords();
        for (const QString &exception : m_request.conditions.onwardExceptions) {
            if (!known.contains(exception))
                add(Level::Invalid, "unknown-exception", "conditions.onward_exceptions",
                    QStringLiteral("`%1` is no exception from onward sharing; known are %2")
                        .arg(exception, known.join(QStringLiteral(", "))));
        }
    }

    void missing()
    {
        const Recipient &recipient = m_request.recipient;
        if (m_request.kind != RequestKind::OwnInitiative && m_request.kind != RequestKind::Neighbour
            && m_request.caseNumber.isEmpty() && m_request.investigationCode.isEmpty())
            add(Level::Missing, "no-case-number", "case_number",
                QStringLiteral("no case number and no investigation code were given"));
        if (recipient.contact.isEmpty())
            add(Level::Missing, "no-contact", "contact", QStringLiteral("no contact for questions was given"));
        else if (recipient.contactSource.isEmpty())
            add(Level::Missing, "no-contact-source", "contact_source",
                QStringLiteral("it is not said where the contact came from; a number from the agency's own page is "
                               "safer than one from the message"));
        if (recipient.kind == RecipientKind::LawEnforcement) {
            if (recipient.officer.isEmpty())
                add(Level::Missing, "no-officer", "officer", QStringLiteral("no officer is named"));
            else if (recipient.badgeNumber.isEmpty())
                add(Level::Missing, "no-badge-number", "badge_number",
                    QStringLiteral("no badge number of the officer is given"));
        }
        if (recipient.identityCheck == IdentityCheck::None && m_request.kind != RequestKind::OwnInitiative)
            add(Level::Missing, "identity-not-checked", "identity_check",
                QStringLiteral("who asks was not checked; calling back on a published number would"));
        if (m_request.receivedVia.isEmpty())
            add(Level::Missing, "no-way-received", "received_via",
                QStringLiteral("it is not said how the request was received"));
        if (m_request.purpose.isEmpty())
            add(Level::Missing, "no-purpose", "purpose", QStringLiteral("no purpose was given"));
        if (m_request.area.isEmpty())
            add(Level::Missing, "no-area", "area", QStringLiteral("no place or area was given"));
        if (m_request.sharer.jurisdiction.isEmpty())
            add(Level::Missing, "no-jurisdiction", "sharer.jurisdiction",
                QStringLiteral("the country or state where the camera stands is not given"));
        if (m_request.basis == RequestBasis::Compelled && m_request.document.sha256.isEmpty())
            add(Level::Missing, "document-not-kept", "document.sha256",
                QStringLiteral("no copy of the document is on record; keep one and name it"));
    }

    void unusual()
    {
        const RequestWindow &window = m_request.window;
        if (window.start.isValid() && window.end.isValid() && window.start.secsTo(window.end) > longestUsualWindow)
            add(Level::Unusual, "long-window", "window",
                QStringLiteral("the time window is longer than 12 hours (%1 h): asking for a narrower one is usual")
                    .arg((window.start.secsTo(window.end) + 3599) / 3600));
        for (const QString &note : window.notes)
            add(Level::Unusual, "local-time", "window", note);
        if (window.start.isValid() && m_request.receivedAt.isValid() && window.start > m_request.receivedAt)
            add(Level::Unusual, "window-ahead", "window.start",
                QStringLiteral("the time window begins after the request was received"));
        if (m_request.basis == RequestBasis::Voluntary && readsAsCompelled())
            add(Level::Unusual, "reads-as-compelled", "basis",
                QStringLiteral("the request is called voluntary and reads as if it were compelled (it speaks of a "
                               "warrant, subpoena, order or duty); ask for the document and look at it"));
        if (m_request.conditions.retainUntil && *m_request.conditions.retainUntil < m_request.receivedAt.date())
            add(Level::Unusual, "retention-over", "conditions.retain_until",
                QStringLiteral("the footage would have to be deleted before the request was received"));
    }

    void notices()
    {
        switch (m_request.basis) {
        case RequestBasis::Emergency:
            add(Level::Notice, "about-emergency", "kind",
                QStringLiteral("An emergency request says that somebody is in danger of death or serious injury and "
                               "that there is no time for a court. It is not a court's order: whether to share is "
                               "your decision, and asking for the agency, the officer, a call-back number and the "
                               "danger in writing is fine. If life is in danger, call the emergency number."));
            break;
        case RequestBasis::Compelled:
            add(Level::Notice, "about-compelled", "kind",
                QStringLiteral("Legal process may bind you. Doorveil records a disclosure, not a consent, and your "
                               "conditions are wishes that may not apply. A lawyer can tell what the document asks."));
            break;
        case RequestBasis::Voluntary:
            add(Level::Notice, "about-voluntary", "kind",
                QStringLiteral("Sharing is up to you. You may share, share in part, ask for the request in writing, "
                               "take time, or decline; a decline stays on this machine."));
            break;
        case RequestBasis::Unsolicited:
            break;
        }
        if (m_request.kind == RequestKind::PreservationRequest)
            add(Level::Notice, "about-preservation", "kind",
                QStringLiteral("A preservation request asks to keep footage, not to hand it over: no package is made. "
                               "Keep the original, and mind that camera services delete after some weeks."));
    }

    [[nodiscard]] bool readsAsCompelled() const
    {
        static const QRegularExpression words(
            QStringLiteral("\\b(warrants?|subpoenas?|court[ -]orders?|orden judicial|citaci[oó]n judicial|"
                           "compelled|compulsory|mandatory|required by law|must (hand|give|provide|turn|surrender)|"
                           "obligat(ory|orio|oria)|legally required)\\b"),
            QRegularExpression::CaseInsensitiveOption | QRegularExpression::UseUnicodePropertiesOption);
        const QStringList said{m_request.purpose, m_request.receivedVia, m_request.incidentType,
                               m_request.document.kind};
        return std::any_of(said.begin(), said.end(), [](const QString &text) { return words.match(text).hasMatch(); });
    }

    const Request &m_request;
    std::vector<RequestProblem> m_found;
};

} // namespace

std::vector<RequestProblem> problemsOf(const Request &request)
{
    return Problems(request).run();
}

base::Result<void> checkValid(const Request &request)
{
    QStringList sentences;
    for (const RequestProblem &problem : problemsOf(request)) {
        if (problem.level == RequestProblem::Level::Invalid)
            sentences.append(QStringLiteral("%1: %2").arg(problem.field, problem.text));
    }
    if (sentences.isEmpty())
        return {};
    return base::Error{base::ErrorKind::Usage,
                       QStringLiteral("the request is not valid: ") + sentences.join(QStringLiteral("; ")),
                       QStringLiteral("invalid-request")};
}

bool agrees(RequestKind kind, RequestBasis basis)
{
    if (kind == RequestKind::Other)
        return true;
    if (kind == RequestKind::PreservationRequest)
        return basis != RequestBasis::Unsolicited;
    return basis == usualBasis(kind);
}

RequestBasis usualBasis(RequestKind kind)
{
    if (isLegalProcess(kind))
        return RequestBasis::Compelled;
    if (kind == RequestKind::EmergencyRequest)
        return RequestBasis::Emergency;
    if (kind == RequestKind::OwnInitiative)
        return RequestBasis::Unsolicited;
    return RequestBasis::Voluntary;
}

RecipientKind usualRecipient(RequestKind kind)
{
    switch (kind) {
    case RequestKind::InsuranceClaim:
        return RecipientKind::Insurer;
    case RequestKind::CivilParty:
        return RecipientKind::Lawyer;
    case RequestKind::Neighbour:
        return RecipientKind::Neighbour;
    case RequestKind::Media:
        return RecipientKind::Media;
    case RequestKind::OwnInitiative:
    case RequestKind::Other:
        return RecipientKind::Other;
    default:
        return RecipientKind::LawEnforcement;
    }
}

QString toText(RequestKind kind)
{
    return base::wordFor(kinds, kind);
}
QString toText(RequestBasis basis)
{
    return base::wordFor(bases, basis);
}
QString toText(RecipientKind kind)
{
    return base::wordFor(recipients, kind);
}
QString toText(IdentityCheck check)
{
    return base::wordFor(identityChecks, check);
}
QString toText(DeliveryChannel channel)
{
    return base::wordFor(channels, channel);
}
QString toText(SharerCapacity capacity)
{
    return base::wordFor(capacities, capacity);
}
QString toText(DecisionOutcome outcome)
{
    return base::wordFor(outcomes, outcome);
}

std::optional<RequestKind> requestKindFromText(const QString &text)
{
    return base::valueFor(kinds, text);
}
std::optional<RequestBasis> requestBasisFromText(const QString &text)
{
    return base::valueFor(bases, text);
}
std::optional<RecipientKind> recipientKindFromText(const QString &text)
{
    return base::valueFor(recipients, text);
}
std::optional<IdentityCheck> identityCheckFromText(const QString &text)
{
    return base::valueFor(identityChecks, text);
}
std::optional<DeliveryChannel> deliveryChannelFromText(const QString &text)
{
    return base::valueFor(channels, text);
}
std::optional<SharerCapacity> sharerCapacityFromText(const QString &text)
{
    return base::valueFor(capacities, text);
}
std::optional<DecisionOutcome> decisionOutcomeFromText(const QString &text)
{
    return base::valueFor(outcomes, text);
}

QStringList requestKindWords()
{
    return base::listOf(kinds);
}
QStringList requestBasisWords()
{
    return base::listOf(bases);
}
QStringList recipientKindWords()
{
    return base::listOf(recipients);
}
QStringList identityCheckWords()
{
    return base::listOf(identityChecks);
}
QStringList deliveryChannelWords()
{
    return base::listOf(channels);
}
QStringList sharerCapacityWords()
{
    return base::listOf(capacities);
}
QStringList decisionOutcomeWords()
{
    return base::listOf(outcomes);
}
QStringList onwardExceptionWords()
{
    return {QStringLiteral("prosecutor"), QStringLiteral("court"), QStringLiteral("defence-disclosure"),
            QStringLiteral("required-by-law")};
}

} // namespace doorveil::consent
