// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/ledgertext.h"

#include "consent/json_p.h"

namespace doorveil::consent {

namespace {

QString csvCell(QString text)
{
    // A spreadsheet runs cells that begin like a formula.
    if (!text.isEmpty() && QStringLiteral("=+-@\t\r").contains(text.front()))
        text.prepend(QLatin1Char('\''));
    return QLatin1Char('"') + text.replace(QLatin1Char('"'), QStringLiteral("\"\"")) + QLatin1Char('"');
}

QStringList cells(const LedgerEntry &entry)
{
    const auto text = [&entry](const char *path) { return internal::textAt(entry.content, path); };
    return {QString::number(entry.number),
            internal::timeWithOffset(entry.at, Qt::ISODateWithMs),
            toText(entry.kind),
            entry.subject,
            text("recipient"),
            text("kind"),
            text("basis"),
            text("caseNumber"),
            text("outcome"),
            text("folder"),
            text("manifestSha256"),
            text("fingerprint"),
            text("retainUntil"),
            text("validUntil"),
            text("channel"),
            text("note"),
            entry.chain};
}

QStringList columns()
{
    return {QStringLiteral("number"),
            QStringLiteral("time"),
            QStringLiteral("entry"),
            QStringLiteral("record"),
            QStringLiteral("recipient"),
            QStringLiteral("kind"),
            QStringLiteral("basis"),
            QStringLiteral("case"),
            QStringLiteral("outcome"),
            QStringLiteral("folder"),
            QStringLiteral("manifest_sha256"),
            QStringLiteral("key"),
            QStringLiteral("retain_until"),
            QStringLiteral("valid_until"),
            QStringLiteral("channel"),
            QStringLiteral("note"),
            QStringLiteral("chain")};
}

} // namespace

QByteArray ledgerCsv(const std::vector<LedgerEntry> &entries)
{
    const auto row = [](const QStringList &texts) {
        QStringList quoted;
        for (const QString &text : texts)
            quoted.append(csvCell(text));
        return quoted.join(QLatin1Char(',')).toUtf8() + "\r\n";
    };
    QByteArray csv = row(columns());
    for (const LedgerEntry &entry : entries)
        csv += row(cells(entry));
    return csv;
}

QByteArray ledgerHtml(const std::vector<LedgerEntry> &entries)
{
    const auto row = [](const QStringList &texts, const QString &tag) {
        QString html = QStringLiteral("<tr>");
        for (const QString &text : texts)
            html += QLatin1Char('<') + tag + QLatin1Char('>') + text.toHtmlEscaped() + QStringLiteral("</") + tag
                    + QLatin1Char('>');
        return html + QStringLiteral("</tr>\n");
    };
    QString html =
        QStringLiteral("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<title>Doorveil ledger</title>\n<style>body{font-family:sans-serif}"
                       "table{border-collapse:collapse}td,th{border:1px solid #999;padding:.2em .4em;"
                       "vertical-align:top;overflow-wrap:anywhere;text-align:left}</style>\n</head>\n<body>\n"
                       "<h1>Ledger</h1>\n<table>\n");
    html += row(columns(), QStringLiteral("th"));
    for (const LedgerEntry &entry : entries)
        html += row(cells(entry), QStringLiteral("td"));
    return (html + QStringLiteral("</table>\n</body>\n</html>\n")).toUtf8();
}

} // namespace doorveil::consent
