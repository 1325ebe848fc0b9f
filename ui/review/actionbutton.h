// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

class QAction;
class QPushButton;
class QToolButton;
class QWidget;

namespace doorveil::ui {

/// A push button that is an action: its words, key, icon and state. Named after the action, with "Button" behind it.
/// `look` as in the theme's style sheet; empty for the plain one.
QPushButton *makeActionButton(QAction *action, QWidget *parent, const QString &look = {});

/// A flat button with the action's icon only, or with text where `withText`.
QToolButton *makeActionTool(QAction *action, QWidget *parent, bool withText = false);

} // namespace doorveil::ui
