// SPDX-License-Identifier: GPL-3.0-or-later
#include "actions.h"

#include "theme/icons.h"

#include <QStringList>

namespace doorveil::ui {

QAction *makeAction(QObject *parent, const QString &objectName, const ActionTexts &texts,
                    const QList<QKeySequence> &keys, const QString &icon)
{
    auto *action = new QAction(parent);
    action->setObjectName(objectName);
    action->setShortcuts(keys);
    if (!icon.isEmpty())
        action->setIcon(themedIcon(icon));
    setActionTexts(*action, texts);
    return action;
}

void setActionTexts(QAction &action, const ActionTexts &texts)
{
    action.setText(texts.text);
    const QString explanation = texts.explanation.isEmpty() ? withoutMnemonic(texts.text) : texts.explanation;
    action.setToolTip(withKeys(explanation, action.shortcuts()));
    action.setWhatsThis(explanation);
}

QString withKeys(const QString &text, const QList<QKeySequence> &keys)
{
    QStringList names;
    for (const QKeySequence &key : keys)
        names += key.toString(QKeySequence::NativeText);
    return names.isEmpty() ? text : QStringLiteral("%1 (%2)").arg(text, names.join(QStringLiteral(", ")));
}

QString withoutMnemonic(const QString &text)
{
    QString plain;
    for (qsizetype index = 0; index < text.size(); ++index) {
        if (text.at(index) != QLatin1Char('&')) {
            plain += text.at(index);
        } else if (index + 1 < text.size() && text.at(index + 1) == QLatin1Char('&')) {
            plain += QLatin1Char('&');
            ++index;
        }
    }
    return plain;
}

} // namespace doorveil::ui
