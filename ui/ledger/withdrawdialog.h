// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "consent/ledger.h"
#include "window/smalldialog.h"

#include <QByteArray>
#include <QString>

#include <filesystem>
#include <optional>

class QCheckBox;
class QLineEdit;

namespace doorveil::ui {

struct KeyState;
class PassphraseFields;

/// What the owner says of a withdrawal.
struct WithdrawalOrder
{
    QString record; ///< identifier of the package's record
    QString reason;
    std::optional<std::filesystem::path> output; ///< of the signed record; nothing: it is noted only
    QString signAs;
    QByteArray passphrase;
};

/// Notes it, and makes the signed record where wanted. Blocks: for a JobThread.
[[nodiscard]] base::Result<consent::LedgerEntry> withdraw(WithdrawalOrder order);

/// Asks for the reason of a withdrawal and whether a signed record is made of it for the recipient.
class WithdrawDialog final : public SmallDialog
{
    Q_OBJECT

public:
    WithdrawDialog(const QString &recipient, const KeyState &key, QWidget *parent);
    [[nodiscard]] WithdrawalOrder order() const;

private:
    QLineEdit *m_reason;
    QCheckBox *m_signed;
    PassphraseFields *m_fields;
    QLineEdit *m_signAs;
    QLineEdit *m_passphrase = nullptr; ///< null where the keychain opens the key
    QLineEdit *m_folder;
};

} // namespace doorveil::ui
