// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/sharedraft.h"

#include "consent/requestfile.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonObject>

namespace doorveil::ui {

namespace {

// Paths are bytes, JSON is text.
QString toText(const std::filesystem::path &path)
{
    return QString::fromLatin1(QByteArray::fromStdString(path.string()).toBase64());
}

std::filesystem::path toPath(const QJsonValue &text)
{
    return QByteArray::fromBase64(text.toString().toLatin1()).toStdString();
}

} // namespace

QJsonValue toJson(const ShareDraft &draft)
{
    QJsonArray chosen;
    for (const QString &project : draft.chosen)
        chosen.append(project);
    return QJsonObject{{QStringLiteral("request"), consent::toJson(draft.request)},
                       {QStringLiteral("unreviewed"), draft.unreviewedReason},
                       {QStringLiteral("folder"), toText(draft.output)},
                       {QStringLiteral("zip"), draft.zip},
                       {QStringLiteral("seal-to"), draft.sealTo},
                       {QStringLiteral("chosen"), chosen}};
}

std::optional<ShareDraft> shareDraftFromJson(const QJsonValue &value)
{
    if (!value[QStringLiteral("request")].isObject())
        return std::nullopt;
    const auto request =
        consent::requestFromJson(value[QStringLiteral("request")].toObject(), QStringLiteral("the draft"));
    if (!request)
        return std::nullopt;
    ShareDraft draft;
    draft.request = *request;
    draft.unreviewedReason = value[QStringLiteral("unreviewed")].toString();
    draft.output = toPath(value[QStringLiteral("folder")]);
    draft.zip = value[QStringLiteral("zip")].toBool(true);
    draft.sealTo = value[QStringLiteral("seal-to")].toString();
    for (const QJsonValue &project : value[QStringLiteral("chosen")].toArray())
        draft.chosen.push_back(project.toString());
    return draft;
}

} // namespace doorveil::ui
