// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QDateTime>
#include <QString>
#include <QStringList>

#include <optional>
#include <string>

/// What file names tell, and the names that a batch gives.
namespace doorveil::pipeline::batch {

/// What a maker's file name says. Local time of the camera, without an offset: the names have none.
struct RecordedName
{
    QString maker; ///< "reolink", "eufy", "arlo", "blink"
    QString camera; ///< empty where the name has none
    QDateTime recordedAt; ///< invalid where the name has none
};

/// Names as the makers' own downloads and the known clients write them:
/// - reolink: `RecM02_DST20240827_090302_090334_….mp4` (M or S stream, start and end time)
/// - eufy: `20221230205117.dat`, `20221230205117_c01.…`
/// - arlo: milliseconds since 1970 (UTC), `1700000000000.mp4`
/// - blink: `CAMERA-2024-08-27T09-03-02….mp4` and the same with colons, as blinkpy writes it
/// Nothing for any other name.
[[nodiscard]] std::optional<RecordedName> recordedName(const std::string &fileName);

/// The words that `maker` takes in a policy.
[[nodiscard]] QStringList knownMakers();

/// What a name template may use.
struct NameParts
{
    std::string folder; ///< below the input, `/` between its parts; empty for none
    std::string stem; ///< file name without its ending
    QString camera; ///< of the policy's rule, else of the file name; empty for none
    QDateTime recordedAt; ///< of the file name; invalid for none
    QString sha256; ///< of the clip
};

/// `{folder}/{stem}.redacted` and the like: {folder}, {stem}, {camera}, {date} (2024-08-27), {time} (09-03-02), {hash}
/// (8 digits of the clip's SHA-256). What a clip does not have becomes "unknown" (an empty folder is left out).
class NameTemplate
{
public:
    NameTemplate() = default;
    /// Usage where a word is unknown, a brace is left open, or the name could leave the output folder, be hidden, or be
    /// one of the batch's own.
    [[nodiscard]] static base::Result<NameTemplate> parse(const QString &text);

    /// A relative path without an ending, of plain parts. Characters that some file system refuses, and bytes that are
    /// not UTF-8, become `_`.
    [[nodiscard]] QString expand(const NameParts &parts) const;
    [[nodiscard]] const QString &text() const { return m_text; }

private:
    QString m_text = QStringLiteral("{folder}/{stem}.redacted");
};

} // namespace doorveil::pipeline::batch
