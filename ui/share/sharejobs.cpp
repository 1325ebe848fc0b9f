// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/sharejobs.h"

#include "base/file.h"
#include "consent/requestfile.h"
#include "consent/statement.h"
#include "consent/window.h"
#include "project/projectstore.h"

#include <QJsonArray>

namespace doorveil::ui {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

/// What the record would say of a clip's people, from the preview of a record of its own.
Result<ShareClip> describe(const std::filesystem::path &project, pipeline::PackageClip clip)
{
    ShareClip share;
    share.project = project;
    pipeline::PackageParameters parameters;
    parameters.clips = {clip};
    parameters.request.language = QStringLiteral("en");
    const Result<QJsonObject> record = pipeline::previewRecord(parameters, base::SystemClock());
    if (!record)
        return record.error();
    for (const QJsonValue &value : record->value(QStringLiteral("vs:personsDepicted")).toArray()) {
        const QJsonObject person = value.toObject();
        consent::DepictedPerson depicted;
        const QString treatment = person.value(QStringLiteral("treatment")).toString();
        depicted.treatment = treatment == QLatin1String("redacted")     ? consent::Treatment::Redacted
                             : treatment == QLatin1String("unredacted") ? consent::Treatment::Unredacted
                                                                        : consent::Treatment::Partly;
        depicted.reason = person.value(QStringLiteral("reasonUnredacted")).toString();
        depicted.consent = person.value(QStringLiteral("consent")).toString();
        share.people.push_back(depicted);
    }
    share.clip = std::move(clip);
    return share;
}

pipeline::PackageParameters parametersOf(const ShareOrder &order)
{
    pipeline::PackageParameters parameters;
    for (const ShareClip &clip : order.clips)
        parameters.clips.push_back(clip.clip);
    parameters.request = order.request;
    parameters.signAs = order.signAs;
    parameters.unreviewedReason = order.unreviewedReason;
    parameters.output = order.output;
    parameters.zip = order.zip;
    return parameters;
}

} // namespace

Result<ShareClip> readShareClip(const std::filesystem::path &project)
{
    const auto store = project::ProjectStore::open(project);
    if (!store)
        return store.error();
    Result<pipeline::PackageClip> clip = pipeline::readPackageClip(**store);
    if (!clip)
        return clip.error();
    return describe(project, std::move(*clip));
}

Result<ShareClip> trimToWindow(const std::filesystem::path &project, const consent::RequestWindow &window)
{
    {
        const auto store = project::ProjectStore::open(project);
        if (!store)
            return store.error();
        const project::ReviewDocument &document = (*store)->document();
        const auto match = consent::matchWindow(window, document.source, document.settings);
        const auto trim =
            pipeline::trimFromMilliseconds(document.source, match.beginMilliseconds, match.endMilliseconds);
        if (!trim)
            return trim.error();
        if (const auto done = (*store)->apply(project::SetTrim{*trim}); !done)
            return done.error();
    }
    return readShareClip(project);
}

Result<void> checkOrder(const ShareOrder &order)
{
    return pipeline::checkGate(parametersOf(order));
}

Result<QString> previewStatement(const ShareOrder &order)
{
    const Result<QJsonObject> record = pipeline::previewRecord(parametersOf(order), base::SystemClock());
    if (!record)
        return record.error();
    const Result<consent::Statement> statement = consent::makeStatement(*record);
    if (!statement)
        return statement.error();
    return consent::statementHtml(*statement);
}

Result<ShareOutcome> makeShare(ShareOrder order, const base::ProgressCallback &progress,
                               const std::function<void(const QString &, std::size_t)> &step,
                               const base::CancelToken &cancel)
{
    // Read again, and kept open: nobody edits them meanwhile.
    std::vector<std::unique_ptr<project::ProjectStore>> stores;
    for (ShareClip &clip : order.clips) {
        auto store = project::ProjectStore::open(clip.project);
        if (!store)
            return store.error();
        Result<pipeline::PackageClip> fresh = pipeline::readPackageClip(**store);
        if (!fresh)
            return fresh.error();
        clip.clip = std::move(*fresh);
        stores.push_back(std::move(*store));
    }
    pipeline::PackageParameters parameters = parametersOf(order);
    for (const QString &line : order.recipients.split(QLatin1Char('\n'), Qt::SkipEmptyParts)) {
        if (line.trimmed().isEmpty())
            continue;
        Result<package::AgeRecipient> recipient = package::parseAgeRecipient(line);
        if (!recipient)
            return recipient.error();
        parameters.recipients.push_back(std::move(*recipient));
    }
    if (const Result<void> open = pipeline::checkGate(parameters); !open)
        return open.error();
    consent::Ledger ledger(consent::ledgerFile());
    if (const auto readable = ledger.entries(); !readable)
        return readable.error();
    const Result<keys::SigningKey> key = openSigningKey(order.passphrase, true);
    if (!key)
        return key.error();
    parameters.signer = pipeline::signerFor(*key);
    parameters.onStep = step;
    parameters.onFinds = [&stores](std::size_t clip, const std::vector<base::Track> &finds) {
        // They are things to check from now on; where that cannot be written the package is not made anyway.
        (void)stores[clip]->apply(pipeline::editForFinds(stores[clip]->document(), finds));
    };
    const base::SystemClock clock;
    Result<pipeline::PackageResult> made = pipeline::makePackage(parameters, clock, progress, cancel);
    if (!made)
        return made.error();
    const auto noted = ledger.append(consent::EntryKind::Package, made->identifier, made->ledgerContent, clock);
    if (!noted)
        return noted.error().prefixed(QStringLiteral("the package is in place, but the ledger does not know of it"));
    ShareOutcome outcome;
    outcome.package = std::move(*made);
    outcome.fingerprint = key->publicKey().fingerprint();
    outcome.spokenFingerprint = key->publicKey().spokenFingerprint();
    outcome.ledgerEntry = noted->number;
    return outcome;
}

Result<consent::LedgerEntry> noteDecline(const consent::Request &request, const QString &note)
{
    consent::Request declined = request;
    declined.decision.outcome = consent::DecisionOutcome::Decline;
    declined.decision.note = note;
    return consent::Ledger(consent::ledgerFile())
        .append(consent::EntryKind::Decline, consent::newIdentifier(), consent::requestContent(declined),
                base::SystemClock());
}

Result<consent::LedgerEntry> noteLater(consent::EntryKind kind, const QString &record, const QJsonObject &content)
{
    return consent::Ledger(consent::ledgerFile()).append(kind, record, content, base::SystemClock());
}

Result<QString> hashDocument(const std::filesystem::path &file, const base::CancelToken &cancel)
{
    const auto opened = base::openInput(file);
    if (!opened)
        return opened.error();
    return base::sha256Of(opened->get(), cancel);
}

} // namespace doorveil::ui
