// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "consent/request.h"

#include <QByteArray>
#include <QDateTime>
#include <QJsonObject>

#include <filesystem>

namespace doorveil::consent {

/// Requests as files: TOML for people, JSON (the same keys) for programs and for the drafts of a project. Keys are in
/// docs/formats.md. Unknown keys, wrong types and unknown words are Usage errors that name file, line and key; whether
/// the whole makes sense, problemsOf() says.
[[nodiscard]] base::Result<Request> requestFromToml(const QByteArray &text, const QString &name,
                                                    const std::filesystem::path &folder = {});
[[nodiscard]] base::Result<Request> requestFromJson(const QJsonObject &json, const QString &name,
                                                    const std::filesystem::path &folder = {});
/// By its ending: `.json`, anything else is TOML. A document named by `file` is looked for beside the request and
/// hashed; InputNotOpenable where it is not there.
[[nodiscard]] base::Result<Request> readRequestFile(const std::filesystem::path &path);

/// requestFromJson() gives the same request back.
[[nodiscard]] QJsonObject toJson(const Request &request);

/// A commented request file that is valid as it stands, with example values, dated around `now`.
[[nodiscard]] QByteArray requestTemplate(const QDateTime &now);
/// Keys whose values are still the template's examples: nobody should sign those by mistake.
[[nodiscard]] QStringList exampleValues(const Request &request);

/// A local time of a zone: `2026-03-04T21:00:00`. What falls into the hour that exists twice or not at all is noted.
/// A text with an offset of its own is taken as that moment, shown in the zone.
[[nodiscard]] base::Result<QDateTime> momentInZone(const QString &text, const QString &timeZone, QStringList &notes);

} // namespace doorveil::consent
