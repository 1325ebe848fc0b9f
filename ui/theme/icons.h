// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QColor>
#include <QIcon>
#include <QPalette>
#include <QPixmap>
#include <QString>

namespace doorveil::ui {

/// An icon of resources/icons by its file name without ending ("play"), drawn at any size in the colour of the
/// application's palette at the time it is painted: it follows light and dark by itself. Where the SVG is black
/// (#000000) it takes the palette's colour; other colours stay. A name that does not exist gives a null icon.
[[nodiscard]] QIcon themedIcon(const QString &name, QPalette::ColorRole role = QPalette::ButtonText);

/// The same as a picture in any colour. `size` in logical pixels.
[[nodiscard]] QPixmap tintedIcon(const QString &name, const QColor &colour, const QSize &size, qreal devicePixelRatio);

} // namespace doorveil::ui
