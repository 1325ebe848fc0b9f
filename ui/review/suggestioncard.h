// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QPixmap>

class QAction;
class QLabel;

namespace doorveil::ui {

/// One question about two people who look alike, with their pictures and an answer each way. Hidden without one.
class SuggestionCard final : public QFrame
{
    Q_OBJECT

public:
    SuggestionCard(QAction *yes, QAction *no, QWidget *parent = nullptr);

    /// `second` is null where the other one is in another clip. `more` further questions wait.
    void ask(const QString &question, const QPixmap &first, const QPixmap &second, int more);
    void clear();

protected:
    void changeEvent(QEvent *event) override;

private:
    void updateTexts();

    QLabel *m_first;
    QLabel *m_second;
    QLabel *m_question;
    QString m_asked;
    int m_more = 0;
};

} // namespace doorveil::ui
