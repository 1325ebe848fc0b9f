// SPDX-License-Identifier: GPL-3.0-or-later
#include "cli/jsonlines.h"

#include <QJsonDocument>

#include <ostream>

namespace doorveil::cli {

namespace {

QString className(const base::Error &error)
{
    if (!error.failureClass.isEmpty())
        return error.failureClass;
    switch (error.kind) {
    case base::ErrorKind::Failure:
        return QStringLiteral("failure");
    case base::ErrorKind::Usage:
        return QStringLiteral("usage");
    case base::ErrorKind::InputNotOpenable:
        return QStringLiteral("input-not-openable");
    case base::ErrorKind::CheckFailed:
        return QStringLiteral("check-failed");
    case base::ErrorKind::ReviewMissing:
        return QStringLiteral("review-missing");
    case base::ErrorKind::Cancelled:
        return QStringLiteral("cancelled");
    }
    return QStringLiteral("failure");
}

} // namespace

void printJson(Context &context, const QJsonObject &object)
{
    context.out << QJsonDocument(object).toJson(QJsonDocument::Compact).toStdString() << '\n' << std::flush;
}

QJsonObject errorObject(const base::Error &error, int exit)
{
    return {{QStringLiteral("event"), QStringLiteral("error")},
            {QStringLiteral("exit"), exit},
            {QStringLiteral("class"), className(error)},
            {QStringLiteral("message"), error.message}};
}

} // namespace doorveil::cli
