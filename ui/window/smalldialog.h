// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

#include <utility>

class QDialogButtonBox;
class QVBoxLayout;

namespace doorveil::ui {

/// A question with a field or two: what is put into content(), and below it a button that agrees beside
/// "Cancel". Used with
/// open(); deletes itself when it is closed.
class SmallDialog : public QDialog
{
    Q_OBJECT

public:
    /// `agree`: the word on the button, and its objectName.
    SmallDialog(const QString &objectName, const QString &title, const std::pair<QString, QString> &agree,
                QWidget *parent);

    [[nodiscard]] QVBoxLayout *content() const { return m_content; }

protected:
    /// The keyboard goes through the fields first, then to the buttons: whoever types at once types into a field.
    void showEvent(QShowEvent *event) override;

private:
    QVBoxLayout *m_content;
    QDialogButtonBox *m_buttons;
};

} // namespace doorveil::ui
