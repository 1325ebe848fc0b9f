// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/requestform.h"

#include "consent/requestfile.h"
#include "consent/statement.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QDateEdit>
#include <QDateTimeEdit>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTimeZone>
#include <QVBoxLayout>

namespace doorveil::ui {

using consent::Request;

struct RequestForm::State
{
    QString language;
    QWidget *asked = nullptr;
    QWidget *conditions = nullptr;
    bool filling = false;

    QComboBox *kind = nullptr;
    QComboBox *basis = nullptr;
    QLabel *about = nullptr;
    QLineEdit *agency = nullptr;
    QComboBox *recipientKind = nullptr;
    QLineEdit *unit = nullptr;
    QLineEdit *officer = nullptr;
    QLineEdit *badge = nullptr;
    QLineEdit *contact = nullptr;
    QLineEdit *contactSource = nullptr;
    QComboBox *identity = nullptr;
    QLineEdit *caseNumber = nullptr;
    QLineEdit *code = nullptr;
    QDateTimeEdit *received = nullptr;
    QLineEdit *via = nullptr;
    QDateTimeEdit *windowStart = nullptr;
    QDateTimeEdit *windowEnd = nullptr;
    QComboBox *zone = nullptr;
    QLineEdit *area = nullptr;
    QLineEdit *purpose = nullptr;
    QWidget *document = nullptr;
    QLineEdit *documentKind = nullptr;
    QLineEdit *documentIssuer = nullptr;
    QLineEdit *documentNumber = nullptr;
    QLineEdit *documentHash = nullptr;
    QComboBox *capacity = nullptr;
    QLineEdit *jurisdiction = nullptr;
    QLineEdit *sharerContact = nullptr;

    QLabel *force = nullptr;
    std::vector<std::pair<bool consent::Conditions::*, QCheckBox *>> wishes;
    std::vector<std::pair<QString, QCheckBox *>> exceptions;
    QCheckBox *retain = nullptr;
    QDateEdit *retainUntil = nullptr;
    QLineEdit *deleteAfter = nullptr;
    QLineEdit *storage = nullptr;
    QDateEdit *validUntil = nullptr;
    QComboBox *channel = nullptr;
    QLineEdit *host = nullptr;
};

RequestForm::RequestForm(const QString &language, QObject *parent) : QObject(parent), m_state(std::make_unique<State>())
{
    m_state->language = language;
    makeAsked();
    makeConditions();
    showKind();
}

RequestForm::~RequestForm() = default;

QWidget *RequestForm::askedPanel() const
{
    return m_state->asked;
}

QWidget *RequestForm::conditionsPanel() const
{
    return m_state->conditions;
}

QLineEdit *RequestForm::addLine(QFormLayout *form, const char *name, const QString &label, const QString &hint)
{
    auto *line = new QLineEdit;
    line->setObjectName(QString::fromLatin1(name));
    line->setPlaceholderText(hint);
    line->setMaxLength(400);
    line->setAccessibleName(label);
    form->addRow(label, line);
    connect(line, &QLineEdit::textChanged, this, [this] {
        if (!m_state->filling)
            emit changed();
    });
    return line;
}

QComboBox *RequestForm::addChoice(QFormLayout *form, const char *name, const QString &label, const char *section,
                                  const QStringList &words)
{
    auto *choice = new QComboBox;
    choice->setObjectName(QString::fromLatin1(name));
    choice->setAccessibleName(label);
    choice->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    choice->setMinimumContentsLength(18);
    choice->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const QString &word : words)
        choice->addItem(consent::statementWord(m_state->language, section, word), word);
    form->addRow(label, choice);
    connect(choice, &QComboBox::currentIndexChanged, this, [this] {
        if (!m_state->filling)
            emit changed();
    });
    return choice;
}

namespace {

QDateTimeEdit *addMoment(QFormLayout *form, const char *name, const QString &label)
{
    auto *edit = new QDateTimeEdit;
    edit->setObjectName(QString::fromLatin1(name));
    edit->setCalendarPopup(true);
    edit->setDisplayFormat(QStringLiteral("dd MMM yyyy  HH:mm"));
    edit->setAccessibleName(label);
    form->addRow(label, edit);
    return edit;
}

QFormLayout *makeForm(QWidget *parent)
{
    auto *form = new QFormLayout(parent);
    form->setContentsMargins(0, 0, 0, 0);
    form->setVerticalSpacing(8);
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    return form;
}

void choose(QComboBox *box, const QString &word)
{
    box->setCurrentIndex(std::max(0, box->findData(word)));
}

QString chosen(const QComboBox *box)
{
    return box->currentData().toString();
}

} // namespace

void RequestForm::makeAsked()
{
    State &s = *m_state;
    s.asked = new QWidget;
    auto *columns = new QHBoxLayout;
    columns->setSpacing(28);
    auto *left = new QWidget;
    auto *right = new QWidget;
    columns->addWidget(left, 1);
    columns->addWidget(right, 1);
    auto *layout = new QVBoxLayout(s.asked);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addLayout(columns);

    QFormLayout *form = makeForm(left);
    s.kind = addChoice(form, "requestKind", tr("What was received"), "kind", consent::requestKindWords());
    s.basis = addChoice(form, "requestBasis", tr("Basis"), "basis", consent::requestBasisWords());
    s.agency = addLine(form, "requestAgency", tr("Who asks"), tr("Agency, company or person"));
    s.recipientKind =
        addChoice(form, "requestRecipientKind", tr("They are"), "recipient-kind", consent::recipientKindWords());
    s.unit = addLine(form, "requestUnit", tr("Unit"));
    s.officer = addLine(form, "requestOfficer", tr("Officer or person"));
    s.badge = addLine(form, "requestBadge", tr("Badge number"));
    s.contact = addLine(form, "requestContact", tr("Contact"), tr("Telephone or e-mail"));
    s.contactSource =
        addLine(form, "requestContactSource", tr("Contact from"), tr("The agency's own page, the message …"));
    s.identity =
        addChoice(form, "requestIdentity", tr("Identity checked"), "identity-check", consent::identityCheckWords());

    form = makeForm(right);
    s.caseNumber = addLine(form, "requestCase", tr("Case number"));
    s.code = addLine(form, "requestCode", tr("Investigation code"));
    s.received = addMoment(form, "requestReceived", tr("Received"));
    s.via = addLine(form, "requestVia", tr("Received how"), tr("At the door, by e-mail …"));
    s.windowStart = addMoment(form, "windowStart", tr("Time asked for, from"));
    s.windowEnd = addMoment(form, "windowEnd", tr("to"));
    s.zone = new QComboBox;
    s.zone->setObjectName(QStringLiteral("windowZone"));
    s.zone->setAccessibleName(tr("Time zone"));
    s.zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    s.zone->setMinimumContentsLength(18);
    s.zone->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    for (const QByteArray &zone : QTimeZone::availableTimeZoneIds())
        s.zone->addItem(QString::fromLatin1(zone), QString::fromLatin1(zone));
    form->addRow(tr("Time zone"), s.zone);
    s.area = addLine(form, "requestArea", tr("Area"));
    s.purpose = addLine(form, "requestPurpose", tr("Purpose"));
    s.capacity = addChoice(form, "sharerCapacity", tr("You share as"), "capacity", consent::sharerCapacityWords());
    s.jurisdiction = addLine(form, "sharerJurisdiction", tr("Country or state"), tr("US, US-NY, ES …"));
    s.sharerContact = addLine(form, "sharerContact", tr("Your contact"), tr("May stay empty"));

    s.document = new QWidget;
    s.document->setObjectName(QStringLiteral("documentPanel"));
    form = makeForm(s.document);
    s.documentKind = addLine(form, "documentKind", tr("Document"), tr("Search warrant, subpoena …"));
    s.documentIssuer = addLine(form, "documentIssuer", tr("Issued by"));
    s.documentNumber = addLine(form, "documentNumber", tr("Number"));
    auto *copy = new QHBoxLayout;
    s.documentHash = new QLineEdit;
    s.documentHash->setObjectName(QStringLiteral("documentHash"));
    s.documentHash->setReadOnly(true);
    s.documentHash->setAccessibleName(tr("SHA-256 of your copy"));
    s.documentHash->setPlaceholderText(tr("Your copy stays with you; only its SHA-256 goes into the record"));
    auto *pick = new QPushButton(tr("Choose your copy…"));
    pick->setObjectName(QStringLiteral("documentChoose"));
    copy->addWidget(s.documentHash, 1);
    copy->addWidget(pick);
    form->addRow(tr("Copy"), copy);
    layout->addWidget(s.document);
    connect(pick, &QPushButton::clicked, this, [this] {
        auto *dialog = new QFileDialog(m_state->asked, tr("Your copy of the document"));
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, &RequestForm::documentChosen);
        dialog->open();
    });

    s.about = new QLabel;
    s.about->setObjectName(QStringLiteral("aboutKind"));
    s.about->setWordWrap(true);
    s.about->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(s.about);

    connect(s.kind, &QComboBox::currentIndexChanged, this, [this] {
        if (m_state->filling)
            return;
        const auto kind = consent::requestKindFromText(chosen(m_state->kind));
        choose(m_state->basis, consent::toText(consent::usualBasis(*kind)));
        choose(m_state->recipientKind, consent::toText(consent::usualRecipient(*kind)));
        showKind();
    });
    connect(s.basis, &QComboBox::currentIndexChanged, this, &RequestForm::showKind);
    const auto momentChanged = [this] {
        if (!m_state->filling)
            emit changed();
    };
    for (QDateTimeEdit *edit : {s.received, s.windowStart, s.windowEnd})
        connect(edit, &QDateTimeEdit::dateTimeChanged, this, momentChanged);
    connect(s.zone, &QComboBox::currentIndexChanged, this, momentChanged);
}

void RequestForm::makeConditions()
{
    State &s = *m_state;
    s.conditions = new QWidget;
    auto *layout = new QVBoxLayout(s.conditions);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(10);
    s.force = new QLabel;
    s.force->setObjectName(QStringLiteral("conditionsForce"));
    s.force->setWordWrap(true);
    s.force->setProperty("look", QStringLiteral("muted"));
    layout->addWidget(s.force);

    const auto notify = [this] {
        if (!m_state->filling)
            emit changed();
    };
    const auto addWish = [&](bool consent::Conditions::*member, const char *word) {
        auto *box = new QCheckBox(consent::statementWord(s.language, "condition", QString::fromLatin1(word)));
        box->setObjectName(QString::fromLatin1(word));
        layout->addWidget(box);
        connect(box, &QCheckBox::toggled, this, notify);
        s.wishes.emplace_back(member, box);
    };
    addWish(&consent::Conditions::noFaceRecognition, "noFaceRecognition");
    addWish(&consent::Conditions::noOnwardSharing, "noOnwardSharing");
    auto *exceptions = new QHBoxLayout;
    exceptions->setContentsMargins(28, 0, 0, 0);
    exceptions->addWidget(new QLabel(tr("except to:")));
    for (const QString &word : consent::onwardExceptionWords()) {
        auto *box = new QCheckBox(consent::statementWord(s.language, "exception", word));
        box->setObjectName(QStringLiteral("exception-") + word);
        exceptions->addWidget(box);
        connect(box, &QCheckBox::toggled, this, notify);
        s.exceptions.emplace_back(word, box);
    }
    exceptions->addStretch();
    layout->addLayout(exceptions);
    addWish(&consent::Conditions::noPublicRelease, "noPublicRelease");
    addWish(&consent::Conditions::noModelTraining, "noModelTraining");
    addWish(&consent::Conditions::noReversal, "noReversal");
    addWish(&consent::Conditions::informOnUse, "informOnUse");

    auto *fields = new QWidget;
    QFormLayout *form = makeForm(fields);
    auto *until = new QHBoxLayout;
    s.retain = new QCheckBox(tr("by the end of"));
    s.retain->setObjectName(QStringLiteral("retain"));
    s.retainUntil = new QDateEdit;
    s.retainUntil->setObjectName(QStringLiteral("retainUntil"));
    s.retainUntil->setCalendarPopup(true);
    s.retainUntil->setDisplayFormat(QStringLiteral("dd MMM yyyy"));
    s.retainUntil->setAccessibleName(tr("Please delete by the end of"));
    until->addWidget(s.retain);
    until->addWidget(s.retainUntil);
    until->addStretch();
    form->addRow(tr("Please delete"), until);
    s.deleteAfter = addLine(form, "deleteAfter", tr("or after"), tr("The case is closed …"));
    s.storage = addLine(form, "storage", tr("Place of storage"));
    s.validUntil = new QDateEdit;
    s.validUntil->setObjectName(QStringLiteral("validUntil"));
    s.validUntil->setCalendarPopup(true);
    s.validUntil->setDisplayFormat(QStringLiteral("dd MMM yyyy"));
    s.validUntil->setAccessibleName(tr("May be newly relied on until"));
    form->addRow(tr("May be newly relied on until"), s.validUntil);
    s.channel = addChoice(form, "deliveryChannel", tr("Handed over by"), "channel", consent::deliveryChannelWords());
    s.host = addLine(form, "deliveryHost", tr("Portal"), tr("Host name only, never a link"));
    layout->addWidget(fields);
    connect(s.retain, &QCheckBox::toggled, s.retainUntil, &QWidget::setEnabled);
    connect(s.retain, &QCheckBox::toggled, this, notify);
    connect(s.retainUntil, &QDateEdit::dateChanged, this, notify);
    connect(s.validUntil, &QDateEdit::dateChanged, this, notify);
}

void RequestForm::showKind()
{
    State &s = *m_state;
    const auto basis = consent::requestBasisFromText(chosen(s.basis));
    const auto kind = consent::requestKindFromText(chosen(s.kind));
    const bool compelled = basis == consent::RequestBasis::Compelled;
    s.document->setVisible(compelled);
    s.basis->setEnabled(kind == consent::RequestKind::Other || kind == consent::RequestKind::PreservationRequest);
    if (kind == consent::RequestKind::PreservationRequest)
        s.about->setText(
            tr("A preservation request asks to keep footage, not to hand it over: no package is made. Keep the "
               "original; camera services delete after some weeks."));
    else if (basis == consent::RequestBasis::Emergency)
        s.about->setText(
            tr("An emergency request says that somebody is in danger of death or serious injury and that there "
               "is no time for a court. It is not a court's order: whether to share is your decision. Asking "
               "for the agency, the officer, a call-back number and the danger in writing is fine."));
    else if (compelled)
        s.about->setText(
            tr("Legal process may bind you. Doorveil records a disclosure, not a consent, and your conditions are "
               "wishes that may not apply. A lawyer can tell what the document asks."));
    else
        s.about->setText(
            tr("Sharing is up to you. You may share, share in part, ask for the request in writing, take time, or "
               "decline; a decline stays on this machine."));
    if (s.force != nullptr)
        s.force->setText(
            compelled ? tr("Wishes: they may not apply to a disclosure under legal process.")
                      : tr("What you ask of the recipient. Whether and how it binds them is for the law to say."));
    if (!s.filling)
        emit changed();
}

QWidget *RequestForm::fieldFor(const QString &key) const
{
    const State &s = *m_state;
    const std::pair<const char *, QWidget *> fields[] = {
        {"agency", s.agency},
        {"basis", s.kind},
        {"kind", s.kind},
        {"received", s.received},
        {"window", s.windowStart},
        {"window.start", s.windowStart},
        {"window.end", s.windowEnd},
        {"conditions.valid_until", s.validUntil},
        {"conditions.retain_until", s.retainUntil},
        {"document", s.documentKind},
        {"document.sha256", s.document->findChild<QPushButton *>(QStringLiteral("documentChoose"))},
        {"delivery.host", s.host},
        {"case_number", s.caseNumber},
        {"contact", s.contact},
        {"contact_source", s.contactSource},
        {"officer", s.officer},
        {"badge_number", s.badge},
        {"identity_check", s.identity},
        {"received_via", s.via},
        {"purpose", s.purpose},
        {"area", s.area},
        {"sharer.jurisdiction", s.jurisdiction},
    };
    for (const auto &[name, widget] : fields) {
        if (key == QLatin1String(name))
            return widget;
    }
    return nullptr;
}

void RequestForm::setDocumentHash(const QString &hash)
{
    m_state->documentHash->setText(hash);
    emit changed();
}

Request RequestForm::emptyRequest()
{
    Request request;
    const QDateTime now = QDateTime::currentDateTime();
    request.receivedAt = now.toOffsetFromUtc(now.offsetFromUtc());
    request.recipient.kind = consent::usualRecipient(request.kind);
    request.recipient.channel = consent::DeliveryChannel::InPersonMedia;
    QTimeZone zone = QTimeZone::systemTimeZone();
    if (!zone.isValid() || zone.id().isEmpty())
        zone = QTimeZone("UTC");
    request.window.timeZone = QString::fromLatin1(zone.id());
    const QDateTime hour(now.date().addDays(-1), QTime(20, 0), zone);
    request.window.start = hour;
    request.window.end = hour.addSecs(qint64(2) * 3600);
    request.conditions.onwardExceptions = consent::onwardExceptionWords();
    request.conditions.informOnUse = true;
    request.conditions.retainUntil = now.date().addYears(1);
    request.conditions.validUntil = now.date().addYears(1);
    return request;
}

void RequestForm::setRequest(const Request &request)
{
    State &s = *m_state;
    s.filling = true;
    choose(s.kind, consent::toText(request.kind));
    choose(s.basis, consent::toText(request.basis));
    s.agency->setText(request.recipient.organisation);
    choose(s.recipientKind, consent::toText(request.recipient.kind));
    s.unit->setText(request.recipient.unit);
    s.officer->setText(request.recipient.officer);
    s.badge->setText(request.recipient.badgeNumber);
    s.contact->setText(request.recipient.contact);
    s.contactSource->setText(request.recipient.contactSource);
    choose(s.identity, consent::toText(request.recipient.identityCheck));
    s.caseNumber->setText(request.caseNumber);
    s.code->setText(request.investigationCode);
    s.received->setDateTime(request.receivedAt.toLocalTime());
    s.via->setText(request.receivedVia);
    const QTimeZone zone(request.window.timeZone.toLatin1());
    if (s.zone->findData(request.window.timeZone) < 0) // a name that the system's list does not have
        s.zone->addItem(request.window.timeZone, request.window.timeZone);
    choose(s.zone, request.window.timeZone);
    // Wall-clock time of the zone, as the request words it.
    const auto wall = [&zone](const QDateTime &moment) {
        const QDateTime there = zone.isValid() ? moment.toTimeZone(zone) : moment;
        return QDateTime(there.date(), there.time());
    };
    s.windowStart->setDateTime(wall(request.window.start));
    s.windowEnd->setDateTime(wall(request.window.end));
    s.area->setText(request.area);
    s.purpose->setText(request.purpose);
    s.documentKind->setText(request.document.kind);
    s.documentIssuer->setText(request.document.issuer);
    s.documentNumber->setText(request.document.number);
    s.documentHash->setText(request.document.sha256);
    choose(s.capacity, consent::toText(request.sharer.capacity));
    s.jurisdiction->setText(request.sharer.jurisdiction);
    s.sharerContact->setText(request.sharer.contact);

    const consent::Conditions &conditions = request.conditions;
    for (const auto &[member, box] : s.wishes)
        box->setChecked(conditions.*member);
    for (const auto &[word, box] : s.exceptions)
        box->setChecked(conditions.onwardExceptions.contains(word));
    s.retain->setChecked(conditions.retainUntil.has_value());
    s.retainUntil->setDate(conditions.retainUntil.value_or(QDate::currentDate().addYears(1)));
    s.retainUntil->setEnabled(conditions.retainUntil.has_value());
    s.deleteAfter->setText(conditions.deleteAfterEvent);
    s.storage->setText(conditions.storageLocation);
    s.validUntil->setDate(conditions.validUntil);
    choose(s.channel, consent::toText(request.recipient.channel));
    s.host->setText(request.recipient.channelHost);
    s.filling = false;
    showKind();
}

Request RequestForm::request() const
{
    const State &s = *m_state;
    Request request;
    request.kind = *consent::requestKindFromText(chosen(s.kind));
    request.basis = *consent::requestBasisFromText(chosen(s.basis));
    consent::Recipient &who = request.recipient;
    who.organisation = s.agency->text().trimmed();
    who.kind = *consent::recipientKindFromText(chosen(s.recipientKind));
    who.unit = s.unit->text().trimmed();
    who.officer = s.officer->text().trimmed();
    who.badgeNumber = s.badge->text().trimmed();
    who.contact = s.contact->text().trimmed();
    who.contactSource = s.contactSource->text().trimmed();
    who.identityCheck = *consent::identityCheckFromText(chosen(s.identity));
    who.channel = *consent::deliveryChannelFromText(chosen(s.channel));
    who.channelHost = s.host->text().trimmed();
    request.caseNumber = s.caseNumber->text().trimmed();
    request.investigationCode = s.code->text().trimmed();
    const QDateTime received = s.received->dateTime();
    request.receivedAt = received.toOffsetFromUtc(received.offsetFromUtc());
    request.receivedVia = s.via->text().trimmed();
    request.window.timeZone = chosen(s.zone);
    const auto moment = [&request](const QDateTimeEdit *edit) {
        const auto parsed = consent::momentInZone(edit->dateTime().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")),
                                                  request.window.timeZone, request.window.notes);
        return parsed ? *parsed : QDateTime();
    };
    request.window.start = moment(s.windowStart);
    request.window.end = moment(s.windowEnd);
    request.area = s.area->text().trimmed();
    request.purpose = s.purpose->text().trimmed();
    if (request.basis == consent::RequestBasis::Compelled)
        request.document = {s.documentKind->text().trimmed(), s.documentIssuer->text().trimmed(),
                            s.documentNumber->text().trimmed(), QString(), s.documentHash->text()};
    request.sharer.capacity = *consent::sharerCapacityFromText(chosen(s.capacity));
    request.sharer.ownsDevice = request.sharer.capacity == consent::SharerCapacity::CameraOwner;
    request.sharer.jurisdiction = s.jurisdiction->text().trimmed();
    request.sharer.contact = s.sharerContact->text().trimmed();

    consent::Conditions &conditions = request.conditions;
    for (const auto &[member, box] : s.wishes)
        conditions.*member = box->isChecked();
    conditions.onwardExceptions.clear();
    for (const auto &[word, box] : s.exceptions) {
        if (box->isChecked())
            conditions.onwardExceptions.append(word);
    }
    if (s.retain->isChecked())
        conditions.retainUntil = s.retainUntil->date();
    conditions.deleteAfterEvent = s.deleteAfter->text().trimmed();
    conditions.storageLocation = s.storage->text().trimmed();
    conditions.validUntil = s.validUntil->date();
    return request;
}

} // namespace doorveil::ui
