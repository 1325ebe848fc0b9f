// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QFormLayout>
#include <QString>

#include <vector>

class QLineEdit;
class QPushButton;

namespace doorveil::ui {

/// Rows for passphrases in a dialog: those that are known already, and new ones, which are typed twice. The dialog's
/// button is enabled once all of them are there.
class PassphraseFields final : public QFormLayout
{
    Q_OBJECT

public:
    explicit PassphraseFields(QPushButton &agree);

    QLineEdit *addKnown(const QString &objectName, const QString &label);
    QLineEdit *addNew(const QString &objectName, const QString &label);
    /// Has to be filled in, too.
    QLineEdit *addName(const QString &objectName, const QString &label);
    /// Rows that do not count for the moment.
    void setNeeded(bool needed);

private:
    struct Row
    {
        QLineEdit *line;
        QLineEdit *again; ///< null where it is typed once
    };
    QLineEdit *addLine(const QString &objectName, const QString &label, bool hidden);
    void update();

    QPushButton &m_agree;
    std::vector<Row> m_rows;
    bool m_needed = true;
};

} // namespace doorveil::ui
