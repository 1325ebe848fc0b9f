// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QVBoxLayout;

namespace doorveil::ui {

/// Adds a card with a heading at the end of a page; what it holds is put below the heading.
QVBoxLayout *addCard(QVBoxLayout &page, const QString &heading, const QString &objectName);

} // namespace doorveil::ui
