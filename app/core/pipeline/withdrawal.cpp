// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/withdrawal.h"

#include "base/durablefolder.h"
#include "consent/statement.h"

namespace doorveil::pipeline {

using base::Error;
using base::ErrorKind;
using base::Result;

namespace {

Error usage(const char *failureClass, const QString &sentence)
{
    return {ErrorKind::Usage, sentence, QString::fromLatin1(failureClass)};
}

Result<void> writeRecord(const QJsonObject &record, const WithdrawalParameters &parameters)
{
    const Result<consent::Statement> statement = consent::makeStatement(record);
    if (!statement)
        return statement.error();
    if (Result<void> valid = consent::validateRecord(record); !valid)
        return valid;
    const QByteArray bytes = consent::recordBytes(record);
    const Result<QByteArray> signature = parameters.signer.sign(bytes);
    if (!signature)
        return signature.error();
    auto folder = base::DurableFolder::create(*parameters.output);
    if (!folder)
        return folder.error();
    const std::pair<const char *, QByteArray> files[] = {
        {"withdrawal.jsonld", bytes},
        {"withdrawal.jsonld.sig", *signature},
        {"withdrawal.txt", consent::statementText(*statement).toUtf8()},
        {"withdrawal.html", consent::statementHtml(*statement).toUtf8()},
    };
    for (const auto &[name, content] : files) {
        if (Result<void> added = (*folder)->add(name, content); !added)
            return added;
    }
    return (*folder)->commit();
}

} // namespace

Result<consent::LedgerEntry> withdrawPackage(const WithdrawalParameters &parameters, consent::Ledger &ledger,
                                             const base::Clock &clock)
{
    const auto known = ledger.package(parameters.identifier);
    if (!known)
        return known.error();
    if (!known->has_value())
        return usage("no-such-package",
                     QStringLiteral("the ledger knows no package of the record %1").arg(parameters.identifier));
    if ((*known)->withdrawn())
        return usage("withdrawn",
                     QStringLiteral("the permission of %1 was withdrawn already").arg(parameters.identifier));
    const QJsonObject original = (*known)->package.content.value(QStringLiteral("record")).toObject();
    if (consent::isDisclosure(original))
        return usage("not-a-consent",
                     QStringLiteral("%1 records a disclosure under legal process: there is no permission "
                                    "to withdraw")
                         .arg(parameters.identifier));
    QJsonObject content{{QStringLiteral("note"), parameters.reason},
                        {QStringLiteral("recipient"), (*known)->package.content.value(QStringLiteral("recipient"))}};
    if (parameters.output) {
        const QString name = parameters.signAs.trimmed();
        if (name.isEmpty())
            return usage("no-name", QStringLiteral("a signed record needs the owner's typed name"));
        const QJsonObject signing{{QStringLiteral("publicKey"), parameters.signer.publicKey.openSsh()},
                                  {QStringLiteral("fingerprint"), parameters.signer.publicKey.fingerprint()},
                                  {QStringLiteral("signatureFormat"), QStringLiteral("SSHSIG, namespace file")}};
        QJsonObject record =
            consent::buildWithdrawal(original, name, parameters.reason, clock.now(), consent::newIdentifier());
        record.insert(QStringLiteral("vs:signingKey"), signing); // the key may have been changed since
        if (Result<void> written = writeRecord(record, parameters); !written)
            return written.error();
        content.insert(QStringLiteral("signedRecord"), consent::recordIdentifier(record));
        content.insert(QStringLiteral("folder"), base::displayPath(std::filesystem::absolute(*parameters.output)));
    }
    return ledger.append(consent::EntryKind::Withdrawal, parameters.identifier, content, clock);
}

} // namespace doorveil::pipeline
