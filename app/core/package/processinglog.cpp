// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/processinglog.h"

#include <QCryptographicHash>
#include <QJsonDocument>

namespace doorveil::package {

namespace {

const QString firstChain = QStringLiteral("doorveil-processing-log-1");

QString nextChain(const QString &before, const QJsonObject &line)
{
    return QString::fromLatin1(
        QCryptographicHash::hash(before.toLatin1() + '\n' + QJsonDocument(line).toJson(QJsonDocument::Compact),
                                 QCryptographicHash::Sha256)
            .toHex());
}

base::Error broken(int line, const QString &reason)
{
    return {base::ErrorKind::CheckFailed, QStringLiteral("line %1 of the processing log %2").arg(line).arg(reason),
            QStringLiteral("broken-log")};
}

} // namespace

void ProcessingLog::add(const QDateTime &at, const QString &action, const QJsonObject &parameters)
{
    QJsonObject line{{QStringLiteral("number"), ++m_lines},
                     {QStringLiteral("at"), at.toOffsetFromUtc(at.offsetFromUtc()).toString(Qt::ISODate)},
                     {QStringLiteral("action"), action},
                     {QStringLiteral("parameters"), parameters}};
    m_chain = nextChain(m_chain.isEmpty() ? firstChain : m_chain, line);
    line.insert(QStringLiteral("chain"), m_chain);
    m_bytes += QJsonDocument(line).toJson(QJsonDocument::Compact) + '\n';
}

base::Result<std::vector<LogLine>> readProcessingLog(const QByteArray &bytes)
{
    if (bytes.isEmpty() || !bytes.endsWith('\n'))
        return broken(1, QStringLiteral("is missing or cut off"));
    std::vector<LogLine> lines;
    QString chain = firstChain;
    const QList<QByteArray> texts = bytes.chopped(1).split('\n');
    for (const QByteArray &text : texts) {
        const int number = int(lines.size()) + 1;
        QJsonObject line = QJsonDocument::fromJson(text).object();
        const QString stated = line.take(QStringLiteral("chain")).toString();
        if (line.value(QStringLiteral("number")).toInt() != number)
            return broken(number, QStringLiteral("is missing or out of order"));
        chain = nextChain(chain, line);
        if (stated != chain)
            return broken(number, QStringLiteral("was changed: its chain does not hold"));
        lines.push_back({QDateTime::fromString(line.value(QStringLiteral("at")).toString(), Qt::ISODate),
                         line.value(QStringLiteral("action")).toString(),
                         line.value(QStringLiteral("parameters")).toObject()});
    }
    return lines;
}

} // namespace doorveil::package
