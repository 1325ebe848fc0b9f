// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/ledgercommand.h"

#include "cli/jsonlines.h"
#include "cli/outputs.h"
#include "cli/secrets.h"
#include "consent/ledgertext.h"
#include "keys/keystore.h"
#include "pipeline/withdrawal.h"

#include <QJsonDocument>

namespace doorveil::cli {

namespace {

QJsonObject entryObject(const consent::LedgerEntry &entry)
{
    return {{QStringLiteral("number"), qint64(entry.number)},
            {QStringLiteral("at"), entry.at.toString(Qt::ISODateWithMs)},
            {QStringLiteral("kind"), consent::toText(entry.kind)},
            {QStringLiteral("subject"), entry.subject},
            {QStringLiteral("content"), entry.content},
            {QStringLiteral("chain"), entry.chain}};
}

QString textIn(const consent::LedgerEntry &entry, const char *key)
{
    return entry.content.value(QLatin1String(key)).toString();
}

void printEntry(Context &context, const consent::LedgerEntry &entry)
{
    QStringList parts{QStringLiteral("%1").arg(entry.number, 4), entry.at.toString(Qt::ISODate),
                      consent::toText(entry.kind).leftJustified(15), entry.subject.left(8)};
    for (const char *key : {"recipient", "kind", "caseNumber", "channel", "retainUntil", "note"}) {
        if (!textIn(entry, key).isEmpty())
            parts.append(textIn(entry, key));
    }
    print(context, parts.join(QStringLiteral("  ")));
}

class LedgerActions
{
public:
    LedgerActions(Context &context, const Arguments &arguments)
        : m_context(context), m_arguments(arguments), m_ledger(consent::ledgerFile())
    {
    }

    base::Result<int> list()
    {
        if (m_arguments.has("due"))
            return listDue();
        const auto all = m_arguments.has("search") ? m_ledger.search(m_arguments.text("search").value_or(QString()))
                                                   : m_ledger.entries();
        if (!all)
            return all.error();
        std::optional<consent::EntryKind> kind;
        if (const auto text = m_arguments.text("kind")) {
            kind = consent::entryKindFromText(*text);
            if (!kind)
                return wrongValue("--kind", *text, consent::entryKindWords().join(QStringLiteral(", ")));
        }
        for (const consent::LedgerEntry &entry : *all) {
            if (!kind || entry.kind == *kind)
                tell(entry);
        }
        if (all->empty())
            say(m_context, QStringLiteral("The ledger holds nothing of that."));
        return exitDone;
    }

    base::Result<int> show(const QString &reference)
    {
        const auto entry = m_ledger.find(reference);
        if (!entry)
            return entry.error();
        const auto all = m_ledger.entries();
        if (!all)
            return all.error();
        for (const consent::LedgerEntry &other : *all) {
            if (other.number != entry->number && (entry->subject.isEmpty() || other.subject != entry->subject))
                continue;
            if (m_arguments.has("json")) {
                printJson(m_context, entryObject(other));
                continue;
            }
            printEntry(m_context, other);
            print(m_context, QString::fromUtf8(QJsonDocument(other.content).toJson(QJsonDocument::Indented)));
        }
        return exitDone;
    }

    base::Result<int> withdraw(const QString &reference)
    {
        const auto entry = m_ledger.find(reference);
        if (!entry)
            return entry.error();
        const QString reason = m_arguments.text("reason").value_or(QString());
        pipeline::WithdrawalParameters parameters;
        parameters.identifier = entry->subject;
        parameters.reason = reason;
        parameters.signAs = m_arguments.text("sign-as").value_or(QString());
        std::optional<keys::SigningKey> key;
        if (const auto output = m_arguments.path("output")) {
            parameters.output = *output;
            keys::KeyStore store(keys::keyFolder());
            auto opened = openSigningKey(m_context, m_arguments, store, m_clock);
            if (!opened)
                return opened.error();
            key = std::move(*opened);
            parameters.signer = pipeline::signerFor(*key);
        }
        const auto withdrawn = pipeline::withdrawPackage(parameters, m_ledger, m_clock);
        if (!withdrawn)
            return withdrawn.error();
        tellNoted(*withdrawn);
        say(m_context,
            QStringLiteral("The withdrawal is noted. It affects future use: copies already used, or that must be "
                           "kept by law, may remain. Tell the recipient%1.")
                .arg(parameters.output ? QStringLiteral(" with the files in ") + base::displayPath(*parameters.output)
                                       : QStringLiteral("; -o FOLDER makes a signed record for that")));
        return exitDone;
    }

    base::Result<int> add(consent::EntryKind kind, const QString &reference)
    {
        const auto entry = m_ledger.find(reference);
        if (!entry)
            return entry.error();
        QJsonObject content;
        for (const char *option : {"channel", "to", "note"}) {
            if (const auto text = m_arguments.text(option))
                content.insert(QLatin1String(option), *text);
        }
        if (content.isEmpty())
            return usageError(QStringLiteral("--note, --channel or --to is needed: what is to be noted"));
        const auto added = m_ledger.append(kind, entry->subject, content, m_clock);
        if (!added)
            return added.error();
        tellNoted(*added);
        return exitDone;
    }

    base::Result<int> exportAll()
    {
        const auto all = m_ledger.entries();
        if (!all)
            return all.error();
        const auto output = m_arguments.path("output");
        QString format = m_arguments.text("format").value_or(
            output && (output->extension() == ".html" || output->extension() == ".htm") ? QStringLiteral("html")
                                                                                        : QStringLiteral("csv"));
        if (format != QLatin1String("csv") && format != QLatin1String("html"))
            return wrongValue("--format", format, QStringLiteral("csv or html"));
        const QByteArray text = format == QLatin1String("html") ? consent::ledgerHtml(*all) : consent::ledgerCsv(*all);
        base::DurableFile::Options options;
        options.replaceExisting = m_arguments.has("force");
        const auto isFile = writeOutput(m_context, output, text, options);
        if (!isFile)
            return isFile.error();
        if (*isFile)
            say(m_context, QStringLiteral("%1: %2 entries").arg(base::displayPath(*output)).arg(all->size()));
        return exitDone;
    }

private:
    base::Result<int> listDue()
    {
        const auto due = m_ledger.due(m_clock.now().date());
        if (!due)
            return due.error();
        for (const consent::PackageState &state : *due) {
            tell(state.package);
            if (!m_arguments.has("json"))
                say(m_context,
                    QStringLiteral("      was to be deleted by %1; ask the recipient, then `ledger acknowledge %2 "
                                   "--note …`")
                        .arg(textIn(state.package, "retainUntil"), state.package.subject.left(8)));
        }
        if (due->empty())
            say(m_context, QStringLiteral("No date of deletion has come that nobody answered."));
        return exitDone;
    }

    void tell(const consent::LedgerEntry &entry)
    {
        if (m_arguments.has("json"))
            printJson(m_context, entryObject(entry));
        else
            printEntry(m_context, entry);
    }

    void tellNoted(const consent::LedgerEntry &entry)
    {
        if (m_arguments.has("json"))
            printJson(m_context, entryObject(entry));
        say(m_context, QStringLiteral("Noted in the ledger as entry %1.").arg(entry.number));
    }

    Context &m_context;
    const Arguments &m_arguments;
    consent::Ledger m_ledger;
    base::SystemClock m_clock;
};

} // namespace

QString LedgerCommand::description() const
{
    return QStringLiteral("Requests, declines, packages, deliveries and withdrawals on this machine");
}

QString LedgerCommand::synopsis() const
{
    return QStringLiteral("list [--search TEXT] [--kind KIND] [--due] | show ENTRY | withdraw ENTRY [--reason TEXT] "
                          "[-o FOLDER --sign-as NAME] | deliver|acknowledge|note ENTRY --note TEXT | export [-o FILE]");
}

std::vector<Option> LedgerCommand::options() const
{
    return {
        {"search", QStringLiteral("TEXT"), QStringLiteral("only entries that hold this text")},
        {"kind", QStringLiteral("KIND"), QStringLiteral("only entries of this kind")},
        {"due", {}, QStringLiteral("packages whose date of deletion has come")},
        {"reason", QStringLiteral("TEXT"), QStringLiteral("why the permission is withdrawn")},
        {"sign-as", QStringLiteral("NAME"), QStringLiteral("your typed name, for a signed record of the withdrawal")},
        {"key", QStringLiteral("ID"), QStringLiteral("which key signs (default: the current one)")},
        passphraseOption(),
        {"channel", QStringLiteral("WORDS"), QStringLiteral("how it was handed over")},
        {"to", QStringLiteral("NAME"), QStringLiteral("to whom it was handed over, or who answered")},
        {"note", QStringLiteral("TEXT"), QStringLiteral("what is to be noted")},
        {"output", QStringLiteral("FILE"), QStringLiteral("where the export or the withdrawal's files go"), 'o'},
        {"format", QStringLiteral("csv|html"), QStringLiteral("of the export (default: by the name, else csv)")},
        {"force", {}, QStringLiteral("replace an existing export")},
        {"json", {}, QStringLiteral("one JSON object a line on stdout instead of text")}};
}

base::Result<int> LedgerCommand::run(Context &context, const Arguments &arguments)
{
    const auto &words = arguments.positional();
    const std::string action = words.empty() ? std::string() : words.front();
    LedgerActions actions(context, arguments);
    if (action == "list" && words.size() == 1)
        return actions.list();
    if (action == "export" && words.size() == 1)
        return actions.exportAll();
    if (words.size() == 2) {
        const QString reference = QString::fromStdString(words[1]);
        if (action == "show")
            return actions.show(reference);
        if (action == "withdraw")
            return actions.withdraw(reference);
        if (action == "deliver")
            return actions.add(consent::EntryKind::Delivery, reference);
        if (action == "acknowledge")
            return actions.add(consent::EntryKind::Acknowledgement, reference);
        if (action == "note")
            return actions.add(consent::EntryKind::Note, reference);
    }
    return usageError(QStringLiteral("it takes ") + synopsis());
}

} // namespace doorveil::cli
