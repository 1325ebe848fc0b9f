// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clipinfo.h"

#include <QDateTime>
#include <QString>

#include <optional>

namespace doorveil::base {

/// When a clip was probably recorded. A guess, and to be shown as one: names get changed, cameras have wrong clocks,
/// and some write local time where the format asks for UTC.
struct RecordedTimeGuess
{
    enum class Source { FileName, Tag };
    QDateTime at; ///< in local time
    Source source = Source::FileName;
    bool operator==(const RecordedTimeGuess &) const = default;
};

/// From the patterns in which cameras' makers and their apps put date and time into file names: "20240131_074502"
/// (Ring, Tapo, Synology, phones), "20240131074502" (Reolink, eufy), "2024-01-31T07-45-02+00-00" (Blink), "2024-01-31
/// 07.45.02", "1-31-2024, 7.45.02 GMT-5" (UniFi Protect), 1706687102000 (Arlo: milliseconds since 1970). A time without
/// a zone is local time. Nothing where there is no full and valid date with a time, from 2000 to a day ahead of `now`.
[[nodiscard]] std::optional<QDateTime> recordedTimeFromName(const QString &fileName, const QDateTime &now);

/// From the name, else from the container's own tags (creation_time, com.apple.quicktime.creationdate, date). The name
/// goes first: apps that re-wrap a clip for download stamp the tag with the time of the download.
[[nodiscard]] std::optional<RecordedTimeGuess> guessRecordedTime(const ClipInfo &info, const QString &fileName,
                                                                 const QDateTime &now);

} // namespace doorveil::base
