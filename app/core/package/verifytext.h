// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

namespace doorveil::package {

/// `data/VERIFY.txt`: how a recipient checks the package with the tools of Linux, macOS and Windows, and the loose
/// files where a portal takes no folder. `clips` are names below data/.
[[nodiscard]] QByteArray verifyText(const QString &fingerprint, const QString &publicKey, const QStringList &clips);

} // namespace doorveil::package
