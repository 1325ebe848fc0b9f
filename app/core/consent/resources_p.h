// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace doorveil::consent::internal {

/// A file of resources/consent.qrc; empty where there is none of that name.
[[nodiscard]] QByteArray resource(const QString &name);

} // namespace doorveil::consent::internal
