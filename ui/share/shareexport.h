// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "share/sharedraft.h"
#include "share/sharejobs.h"

#include <QWidget>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPlainTextEdit;

namespace doorveil::ui {

/// "Your name, and where it goes": who signs, with which key, and the package's folder, ZIP and seal.
class ShareExport final : public QWidget
{
    Q_OBJECT

public:
    explicit ShareExport(QWidget *parent = nullptr);

    /// What is no part of a draft, name and passphrase, for a new form in another language.
    void takeOver(const ShareExport &former);
    /// A folder named for the request, unless the owner chose one.
    void proposeOutput(const consent::Request &request);
    /// Asks for a passphrase where the key needs one.
    void showKey(const KeyState &key);
    void fillIn(ShareOrder &order) const;
    /// What a draft keeps of it, and back.
    void fillIn(ShareDraft &draft) const;
    void setDraft(const ShareDraft &draft);
    /// A field that has to be filled in, and what for.
    struct Gap
    {
        QWidget *field;
        QString what;
    };
    [[nodiscard]] std::vector<Gap> gaps() const;
    /// For the next request: another name is typed, another folder proposed.
    void forgetDecision();
    void forgetPassphrase();

signals:
    void changed();

private:
    void chooseOutput();

    bool m_outputChosen = false;
    bool m_keyIsNew = false;
    QLineEdit *m_signAs;
    QLabel *m_passphraseLabel;
    QLineEdit *m_passphrase;
    QLabel *m_againLabel;
    QLineEdit *m_again;
    QLabel *m_aboutKey;
    QLineEdit *m_output;
    QCheckBox *m_zip;
    QPlainTextEdit *m_recipients;
};

} // namespace doorveil::ui
