// SPDX-License-Identifier: GPL-3.0-or-later
#include "signing/passphrasefields.h"

#include <QLineEdit>
#include <QPushButton>

#include <algorithm>

namespace doorveil::ui {

PassphraseFields::PassphraseFields(QPushButton &agree) : m_agree(agree)
{
    setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    setVerticalSpacing(8);
}

QLineEdit *PassphraseFields::addLine(const QString &objectName, const QString &label, bool hidden)
{
    auto *line = new QLineEdit;
    line->setObjectName(objectName);
    line->setAccessibleName(label);
    line->setMinimumWidth(260);
    if (hidden)
        line->setEchoMode(QLineEdit::Password);
    addRow(label, line);
    connect(line, &QLineEdit::textChanged, this, &PassphraseFields::update);
    return line;
}

QLineEdit *PassphraseFields::addKnown(const QString &objectName, const QString &label)
{
    m_rows.push_back({addLine(objectName, label, true), nullptr});
    update();
    return m_rows.back().line;
}

QLineEdit *PassphraseFields::addNew(const QString &objectName, const QString &label)
{
    QLineEdit *line = addLine(objectName, label, true);
    m_rows.push_back({line, addLine(objectName + QStringLiteral("Again"), tr("The same again"), true)});
    update();
    return line;
}

QLineEdit *PassphraseFields::addName(const QString &objectName, const QString &label)
{
    m_rows.push_back({addLine(objectName, label, false), nullptr});
    update();
    return m_rows.back().line;
}

void PassphraseFields::setNeeded(bool needed)
{
    m_needed = needed;
    for (const Row &row : m_rows) {
        for (QLineEdit *line : {row.line, row.again}) {
            if (line != nullptr)
                line->setEnabled(needed);
        }
    }
    update();
}

void PassphraseFields::update()
{
    m_agree.setEnabled(!m_needed || std::all_of(m_rows.begin(), m_rows.end(), [](const Row &row) {
        return !row.line->text().trimmed().isEmpty() && (row.again == nullptr || row.again->text() == row.line->text());
    }));
}

} // namespace doorveil::ui
