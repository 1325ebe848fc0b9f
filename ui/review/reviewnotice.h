// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QTimer>

#include <functional>

class QLabel;
class QPushButton;
class QToolButton;

namespace doorveil::ui {

/// A line that lies over the lower edge of its parent: what happened, and the way on as a button. Stays until it is
/// closed, replaced, or, for passing remarks, some seconds long.
class ReviewNotice final : public QFrame
{
    Q_OBJECT

public:
    enum class Kind { Remark, Offer, Warning, Problem };

    explicit ReviewNotice(QWidget *parent);

    /// `button` is empty for none; `act` is called when it is pressed, and the notice goes.
    void tell(Kind kind, const QString &text, const QString &button = {}, std::function<void()> act = {});
    /// Takes a notice away, of one kind only where given.
    void dismiss();
    [[nodiscard]] QString text() const;
    [[nodiscard]] Kind kind() const { return m_kind; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void place();

    QLabel *m_text;
    QPushButton *m_button;
    QToolButton *m_close;
    QTimer m_passing;
    std::function<void()> m_act;
    Kind m_kind = Kind::Remark;
};

} // namespace doorveil::ui
