// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/json_p.h"
#include "consent/requestfile.h"

namespace doorveil::consent {

namespace {

struct Example
{
    const char *key;
    const char *value;
    QString (*of)(const Request &);
};

constexpr Example examples[] = {
    {"agency", "Example Police Department", [](const Request &request) { return request.recipient.organisation; }},
    {"officer", "Det. A. Example", [](const Request &request) { return request.recipient.officer; }},
    {"contact", "+1 555 0100", [](const Request &request) { return request.recipient.contact; }},
    {"case_number", "EXAMPLE-0001", [](const Request &request) { return request.caseNumber; }},
};

} // namespace

QByteArray requestTemplate(const QDateTime &now)
{
    const QDate day = now.date().addDays(-1);
    const QString text = QStringLiteral(R"(# A request for footage and the owner's answer to it. Doorveil reads it with
#   doorveil-cli package PROJECT --request THIS-FILE --sign-as "YOUR NAME" -o FOLDER
# and puts what it says into the consent record, the statement and the ledger. Replace the example values.
# `doorveil-cli request check THIS-FILE` tells what is missing or unusual. This is no legal advice.

# What was received. One of:
#   direct-ask            somebody at the door, on the phone or by e-mail
#   public-request        a post to everybody (a Community Request, a public portal, social media)
#   individual-invite     a link sent to you
#   area-request          a message to everybody in an area
#   registry-request      because your camera is in a registry
#   business-request      to a business
#   preservation-request  asks to keep footage, not to hand it over: makes no package
#   subpoena, court-order, search-warrant       legal process: needs [document]
#   emergency-request     says that somebody is in danger; the decision is still yours
#   insurance-claim, civil-party, neighbour, media, own-initiative, other
kind = "direct-ask"
# voluntary, compelled, emergency or unsolicited; it has to fit the kind.
basis = "voluntary"

# Who asks and will get the package.
agency = "%1"
# law-enforcement, insurer, neighbour, court, lawyer, media or other
recipient_kind = "law-enforcement"
unit = ""
officer = "%2"
badge_number = ""
contact = "%3"
# Where the contact came from: "the agency's own page", "the message itself", …
contact_source = ""
address = ""
# How you checked who asks: none, call-back, in-person-id, official-portal or official-mail-domain
identity_check = "none"

case_number = "%4"
investigation_code = ""
# When and how it reached you. With the offset from UTC.
received = "%5"
received_via = "at the door"
incident_type = ""
area = "around the front door"
purpose = "to find out what happened in the street"

# Language of the statement and of the notice you read: en or es
language = "en"
# A general name for the camera, never a street address.
camera_label = "front door"
# Whether the record names the SHA-256 of your original clip, so that it can be matched later.
include_source_hash = true

# The time they ask for, in the time of the place.
[window]
start = "%6T20:00:00"
end = "%6T22:00:00"
timezone = "America/New_York"

# Legal process: a copy is hashed and stays with you.
[document]
kind = ""
issuer = ""
number = ""
date = ""
# file = "warrant.pdf"
sha256 = ""

# You. An empty name is filled with the name you sign as.
[sharer]
name = ""
contact = ""
# camera-owner, household-member, account-holder, tenant, guardian or other
capacity = "camera-owner"
owns_device = true
# Country or state, ISO 3166: "US", "US-NY", "ES", …
jurisdiction = "US"

# What you ask of the recipient. They are requests: whether they bind anybody is for the law to say.
[conditions]
no_face_recognition = true
no_onward_sharing = true
# prosecutor, court, defence-disclosure, required-by-law
onward_exceptions = ["prosecutor", "court", "defence-disclosure", "required-by-law"]
no_public_release = true
no_model_training = true
no_reversal = true
inform_on_use = true
# To be deleted by the end of this day; leave it out for no date.
retain_until = "%7"
delete_after_event = ""
storage_location = ""
# Last day on which the recipient may newly rely on this permission.
valid_until = "%7"

[decision]
# share, share-in-part or decline
outcome = "share"
# Whether there is more footage in the window that is not shared, if you want to say so.
withheld = false
withheld_note = ""
# For your own ledger only; never leaves.
note = ""

[delivery]
# in-person-media, e-mail, agency-portal, vendor-app or other
channel = "in-person-media"
# Host name of a portal, never a link.
host = ""
)");
    return text
        .arg(QString::fromLatin1(examples[0].value), QString::fromLatin1(examples[1].value),
             QString::fromLatin1(examples[2].value), QString::fromLatin1(examples[3].value),
             internal::timeWithOffset(now), day.toString(Qt::ISODate), now.date().addYears(1).toString(Qt::ISODate))
        .toUtf8();
}

QStringList exampleValues(const Request &request)
{
    QStringList keys;
    for (const Example &example : examples) {
        if (example.of(request) == QLatin1String(example.value))
            keys.append(QString::fromLatin1(example.key));
    }
    return keys;
}

} // namespace doorveil::consent
