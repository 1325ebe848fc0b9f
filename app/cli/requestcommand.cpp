// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requestcommand.h"

#include "base/mediatime.h"
#include "cli/jsonlines.h"
#include "cli/requesttext.h"
#include "consent/consentrecord.h"
#include "consent/ledger.h"
#include "consent/requestfile.h"
#include "consent/window.h"
#include "project/projectstore.h"

#include <ostream>

namespace doorveil::cli {

namespace {

QString relationText(consent::WindowRelation relation)
{
    switch (relation) {
    case consent::WindowRelation::Inside:
        return QStringLiteral("inside");
    case consent::WindowRelation::Outside:
        return QStringLiteral("outside");
    case consent::WindowRelation::Partly:
        return QStringLiteral("partly");
    case consent::WindowRelation::Unknown:
        break;
    }
    return QStringLiteral("unknown");
}

/// How a project's clip lies to the window asked for, and the trim that would keep to it.
base::Result<void> tellClip(Context &context, const consent::Request &request, const std::string &project, bool json)
{
    const auto store = project::ProjectStore::open(project);
    if (!store)
        return store.error();
    const project::ReviewDocument &document = (*store)->document();
    const consent::WindowMatch match = consent::matchWindow(request.window, document.source, document.settings);
    const QString begin = base::formatMilliseconds(match.beginMilliseconds);
    const QString end = base::formatMilliseconds(match.endMilliseconds);
    if (json) {
        QJsonObject object{{QStringLiteral("event"), QStringLiteral("clip")},
                           {QStringLiteral("project"), readable(project)},
                           {QStringLiteral("relation"), relationText(match.relation)}};
        if (match.relation != consent::WindowRelation::Unknown)
            object.insert(QStringLiteral("guessed"), match.guessed);
        if (match.relation == consent::WindowRelation::Partly)
            object.insert(QStringLiteral("trim"),
                          QJsonObject{{QStringLiteral("from"), begin}, {QStringLiteral("to"), end}});
        printJson(context, object);
        return {};
    }
    switch (match.relation) {
    case consent::WindowRelation::Inside:
        print(context, QStringLiteral("%1: lies in the time asked for").arg(readable(project)));
        break;
    case consent::WindowRelation::Outside:
        print(context, QStringLiteral("%1: lies OUTSIDE the time asked for").arg(readable(project)));
        break;
    case consent::WindowRelation::Partly:
        print(context, QStringLiteral("%1: from %2 to %3 of it lies in the time asked for; "
                                      "`doorveil-cli edit %1 SetTrim from=%2 to=%3` would keep to that")
                           .arg(readable(project), begin, end));
        break;
    case consent::WindowRelation::Unknown:
        print(context, QStringLiteral("%1: it is not stated when it was recorded (`edit … SetClipSettings`)")
                           .arg(readable(project)));
        break;
    }
    if (match.guessed)
        print(context, QStringLiteral("    as its name or tags let guess; `edit … SetClipSettings` states when it was "
                                      "recorded"));
    return {};
}

base::Result<int> note(Context &context, const Arguments &arguments, const consent::Request &request, bool declined)
{
    consent::Request noted = request;
    if (declined)
        noted.decision.outcome = consent::DecisionOutcome::Decline;
    if (const auto text = arguments.text("note"))
        noted.decision.note = *text;
    const base::SystemClock clock;
    consent::Ledger ledger(consent::ledgerFile());
    const QString subject = consent::newIdentifier();
    const auto entry = ledger.append(declined ? consent::EntryKind::Decline : consent::EntryKind::Request, subject,
                                     consent::requestContent(noted), clock);
    if (!entry)
        return entry.error();
    if (arguments.has("json"))
        printJson(context, {{QStringLiteral("event"), QStringLiteral("noted")},
                            {QStringLiteral("entry"), qint64(entry->number)},
                            {QStringLiteral("kind"), consent::toText(entry->kind)},
                            {QStringLiteral("subject"), subject}});
    say(context,
        declined ? QStringLiteral("Declined; noted in the ledger as entry %1. Nothing was sent, and nobody was told.")
                       .arg(entry->number)
                 : QStringLiteral("Noted in the ledger as entry %1.").arg(entry->number));
    return exitDone;
}

} // namespace

QString RequestCommand::description() const
{
    return QStringLiteral("Request files: a template, a check, and answers that stay at home");
}

QString RequestCommand::synopsis() const
{
    return QStringLiteral("init | check FILE [PROJECT…] | record FILE | decline FILE [--note TEXT]");
}

std::vector<Option> RequestCommand::options() const
{
    return {{"note", QStringLiteral("TEXT"), QStringLiteral("a note for the ledger")},
            {"json", {}, QStringLiteral("one JSON object a line on stdout instead of text")}};
}

base::Result<int> RequestCommand::run(Context &context, const Arguments &arguments)
{
    const auto &words = arguments.positional();
    const std::string action = words.empty() ? std::string() : words.front();
    if (action == "init" && words.size() == 1) {
        context.out << consent::requestTemplate(base::SystemClock().now()).toStdString() << std::flush;
        return exitDone;
    }
    if ((action != "check" && action != "record" && action != "decline") || words.size() < 2
        || (action != "check" && words.size() != 2))
        return usageError(QStringLiteral("it takes ") + synopsis());
    const auto request = consent::readRequestFile(words[1]);
    if (!request)
        return request.error();
    sayProblems(context, *request);
    if (action == "decline" || action == "record") {
        // A decline needs no full record, only somebody who asked.
        if (request->recipient.organisation.isEmpty())
            return usageError(QStringLiteral("%1: nobody is named who asked").arg(readable(words[1])));
        return note(context, arguments, *request, action == "decline");
    }
    const base::Result<void> valid = consent::checkValid(*request);
    if (arguments.has("json"))
        printJson(context, {{QStringLiteral("event"), QStringLiteral("request")},
                            {QStringLiteral("valid"), valid.hasValue()},
                            {QStringLiteral("kind"), consent::toText(request->kind)},
                            {QStringLiteral("basis"), consent::toText(request->basis)},
                            {QStringLiteral("problems"), problemsJson(*request)}});
    if (!valid)
        return valid.error();
    for (std::size_t index = 2; index < words.size(); ++index) {
        if (const auto told = tellClip(context, *request, words[index], arguments.has("json")); !told)
            return told.error();
    }
    return exitDone;
}

} // namespace doorveil::cli
