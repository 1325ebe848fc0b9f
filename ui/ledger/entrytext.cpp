// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/entrytext.h"

#include "consent/statement.h"
#include "translation.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QLocale>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::EntryText)
};

QString line(const QString &name, const QString &text)
{
    return QStringLiteral("<p><b>%1</b><br>%2</p>").arg(name.toHtmlEscaped(), text.toHtmlEscaped());
}

} // namespace

QString entryHtml(const consent::LedgerEntry &entry)
{
    const QString language = statementLanguage();
    const QJsonObject record = entry.content.value(QStringLiteral("record")).toObject();
    if (!record.isEmpty()) {
        if (const auto statement = consent::makeStatement(record, language))
            return consent::statementHtml(*statement);
    }
    struct Field
    {
        const char *key;
        QString name;
        const char *section; ///< whose words the value is one of; null: it is the owner's text
    };
    const Field fields[] = {
        {"recipient", Words::tr("Who asked or received"), nullptr},
        {"kind", Words::tr("What was received"), "kind"},
        {"basis", Words::tr("Basis"), "basis"},
        {"caseNumber", Words::tr("Case number"), nullptr},
        {"outcome", Words::tr("Decision"), "outcome"},
        {"channel", Words::tr("Handed over by"), "channel"},
        {"to", Words::tr("To whom"), nullptr},
        {"note", Words::tr("Note"), nullptr},
        {"folder", Words::tr("Folder"), nullptr},
        {"signedRecord", Words::tr("Signed record"), nullptr},
    };
    QString html;
    for (const Field &field : fields) {
        const QString text = entry.content.value(QLatin1String(field.key)).toString();
        if (!text.isEmpty())
            html += line(field.name,
                         field.section != nullptr ? consent::statementWord(language, field.section, text) : text);
    }
    const QJsonObject request = entry.content.value(QStringLiteral("request")).toObject();
    const QDateTime received = QDateTime::fromString(request.value(QStringLiteral("received")).toString(), Qt::ISODate);
    if (received.isValid())
        html += line(Words::tr("Received"), QLocale().toString(received.toLocalTime(), QLocale::ShortFormat));
    const std::pair<const char *, QString> asked[] = {
        {"officer", Words::tr("Officer or person")},
        {"contact", Words::tr("Contact")},
        {"received_via", Words::tr("Received how")},
        {"purpose", Words::tr("Purpose")},
        {"area", Words::tr("Area")},
    };
    for (const auto &[key, name] : asked) {
        const QString text = request.value(QLatin1String(key)).toString();
        if (!text.isEmpty())
            html += line(name, text);
    }
    return html;
}

} // namespace doorveil::ui
