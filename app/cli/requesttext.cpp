// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/requesttext.h"

#include "consent/requestfile.h"

#include <QJsonObject>

namespace doorveil::cli {

namespace {

QString levelText(consent::RequestProblem::Level level)
{
    switch (level) {
    case consent::RequestProblem::Level::Invalid:
        return QStringLiteral("invalid");
    case consent::RequestProblem::Level::Missing:
        return QStringLiteral("missing");
    case consent::RequestProblem::Level::Unusual:
        return QStringLiteral("unusual");
    case consent::RequestProblem::Level::Notice:
        break;
    }
    return QStringLiteral("notice");
}

} // namespace

void sayProblems(Context &context, const consent::Request &request)
{
    for (const consent::RequestProblem &problem : consent::problemsOf(request))
        say(context, QStringLiteral("%1: %2").arg(levelText(problem.level), problem.text));
    const QStringList examples = consent::exampleValues(request);
    if (!examples.isEmpty())
        say(context, QStringLiteral("WARNING: still the example values of the template: %1")
                         .arg(examples.join(QStringLiteral(", "))));
}

QJsonArray problemsJson(const consent::Request &request)
{
    QJsonArray problems;
    for (const consent::RequestProblem &problem : consent::problemsOf(request))
        problems.append(QJsonObject{{QStringLiteral("level"), levelText(problem.level)},
                                    {QStringLiteral("id"), problem.id},
                                    {QStringLiteral("field"), problem.field},
                                    {QStringLiteral("message"), problem.text}});
    for (const QString &key : consent::exampleValues(request))
        problems.append(QJsonObject{{QStringLiteral("level"), QStringLiteral("unusual")},
                                    {QStringLiteral("id"), QStringLiteral("example-value")},
                                    {QStringLiteral("field"), key},
                                    {QStringLiteral("message"), QStringLiteral("still the template's example")}});
    return problems;
}

} // namespace doorveil::cli
