// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>
#include <QStringList>

namespace doorveil::testsupport {

/// What is wrong with a bag by RFC 8493, as sentences with the section; empty for a complete and valid bag. Written
/// from the RFC and from nothing of the program: it shares no code with the writer, and takes any legal bag.
[[nodiscard]] QStringList bagitProblems(const QString &folder);

} // namespace doorveil::testsupport
