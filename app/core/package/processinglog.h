// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>
#include <QString>

#include <vector>

namespace doorveil::package {

/// `data/processing-log.jsonl`: what was done to the clips, one JSON object a line, each chained to the one before.
/// The chain of a line is SHA-256, in hex, over the chain before, a line feed, and the line without its `chain`; the
/// first line follows the text "doorveil-processing-log-1".
class ProcessingLog
{
public:
    void add(const QDateTime &at, const QString &action, const QJsonObject &parameters);
    [[nodiscard]] const QByteArray &bytes() const { return m_bytes; }
    [[nodiscard]] int lines() const { return m_lines; }

private:
    QByteArray m_bytes;
    QString m_chain;
    int m_lines = 0;
};

struct LogLine
{
    QDateTime at;
    QString action;
    QJsonObject parameters;
};

/// Checks the chain. CheckFailed, class "broken-log".
[[nodiscard]] base::Result<std::vector<LogLine>> readProcessingLog(const QByteArray &bytes);

} // namespace doorveil::package
