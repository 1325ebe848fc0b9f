// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QKeySequence>
#include <QList>
#include <QString>

namespace doorveil::ui {

/// How an action looks to people. Its keys stand in the tooltip and in the key sheet.
struct ActionTexts
{
    QString text; ///< as in a menu, with its mnemonic
    QString explanation; ///< one short sentence; empty: the text
};

/// An action with a name for tests, its keys, and a tooltip that tells both. `icon` is a name of resources/icons, empty
/// for none. Owned by `parent`.
QAction *makeAction(QObject *parent, const QString &objectName, const ActionTexts &texts,
                    const QList<QKeySequence> &keys = {}, const QString &icon = {});

/// New words for an action (another state, another language); its keys stay.
void setActionTexts(QAction &action, const ActionTexts &texts);

/// "Open clips (Ctrl+O)". For buttons that are no actions, too.
[[nodiscard]] QString withKeys(const QString &text, const QList<QKeySequence> &keys);

/// A menu's text without its mnemonic.
[[nodiscard]] QString withoutMnemonic(const QString &text);

} // namespace doorveil::ui
