// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/request.h"

#include <QWidget>

#include <memory>

class QComboBox;
class QFormLayout;
class QLineEdit;

namespace doorveil::ui {

/// The widgets of a request: who asked, and the conditions. Two cards of the Share place show the two halves. Texts
/// that name choices are those of the statement, so that the owner reads what the recipient will.
class RequestForm final : public QObject
{
    Q_OBJECT

public:
    /// `language` of the program's texts: "en" or "es".
    RequestForm(const QString &language, QObject *parent);
    ~RequestForm() override;

    /// Owned by whoever puts them into a layout.
    [[nodiscard]] QWidget *askedPanel() const;
    [[nodiscard]] QWidget *conditionsPanel() const;

    void setRequest(const consent::Request &request);
    /// As the widgets say. `decision` and the statement's language are the place's own.
    [[nodiscard]] consent::Request request() const;

    /// The widget for a key of the request file (consent::RequestProblem::field); null where there is none.
    [[nodiscard]] QWidget *fieldFor(const QString &key) const;

    /// A request as it is before anybody typed: today, the system's time zone, the usual conditions.
    [[nodiscard]] static consent::Request emptyRequest();

signals:
    void changed();
    void documentChosen(const QString &file); ///< to be hashed; setDocumentHash() answers

public:
    void setDocumentHash(const QString &hash);

private:
    void makeAsked();
    void makeConditions();
    void showKind();
    QLineEdit *addLine(QFormLayout *form, const char *name, const QString &label, const QString &hint = {});
    QComboBox *addChoice(QFormLayout *form, const char *name, const QString &label, const char *section,
                         const QStringList &words);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
