// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/request.h"

#include <QJsonValue>
#include <QString>

#include <filesystem>
#include <optional>
#include <vector>

namespace doorveil::ui {

/// What the owner has typed on the Share page and not made a package of: it outlives the program. Neither the typed
/// name, which is the decision itself, nor a passphrase is part of it.
struct ShareDraft
{
    consent::Request request; ///< with its decision and the statement's language
    QString unreviewedReason;
    std::filesystem::path output; ///< empty: as proposed
    bool zip = true;
    QString sealTo;
    std::vector<QString> chosen; ///< marks of projects (ProjectMarks)
    bool operator==(const ShareDraft &) const = default;
};

[[nodiscard]] QJsonValue toJson(const ShareDraft &draft);
/// Nothing where the value is no draft, such as one of another version: then the page begins empty.
[[nodiscard]] std::optional<ShareDraft> shareDraftFromJson(const QJsonValue &value);

} // namespace doorveil::ui
