// SPDX-License-Identifier: GPL-3.0-or-later
#include "ledger/withdrawdialog.h"

#include "pipeline/withdrawal.h"
#include "share/proposedfolder.h"
#include "signing/keyjobs.h"
#include "signing/passphrasefields.h"

#include <QCheckBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

base::Result<consent::LedgerEntry> withdraw(WithdrawalOrder order)
{
    consent::Ledger ledger(consent::ledgerFile());
    pipeline::WithdrawalParameters parameters;
    parameters.identifier = order.record;
    parameters.reason = order.reason;
    parameters.output = order.output;
    parameters.signAs = order.signAs;
    std::optional<keys::SigningKey> key;
    if (order.output) {
        auto opened = openSigningKey(order.passphrase, false);
        if (!opened)
            return opened.error();
        key = std::move(*opened);
        parameters.signer = pipeline::signerFor(*key);
        std::error_code ignored; // the folder for what is handed over may be new
        std::filesystem::create_directories(order.output->parent_path(), ignored);
    }
    return pipeline::withdrawPackage(parameters, ledger, base::SystemClock());
}

WithdrawDialog::WithdrawDialog(const QString &recipient, const KeyState &key, QWidget *parent)
    : SmallDialog(QStringLiteral("withdrawDialog"), tr("Withdraw the permission"),
                  {tr("Withdraw"), QStringLiteral("withdrawConfirm")}, parent),
      m_reason(new QLineEdit),
      m_signed(new QCheckBox(tr("Make a signed record of it for the recipient"))),
      m_fields(new PassphraseFields(*findChild<QPushButton *>(QStringLiteral("withdrawConfirm"))))
{
    auto *text = new QLabel(tr("A withdrawal affects future use. Copies already used, or that must be kept by law, may "
                               "remain. Nobody is told: tell the recipient yourself."));
    text->setWordWrap(true);
    text->setMinimumWidth(460);
    content()->addWidget(text);
    m_reason->setObjectName(QStringLiteral("withdrawReason"));
    m_reason->setAccessibleName(tr("Reason"));
    m_reason->setPlaceholderText(tr("Reason; may stay empty"));
    content()->addWidget(m_reason);
    m_signed->setObjectName(QStringLiteral("withdrawSigned"));
    content()->addWidget(m_signed);
    m_signAs = m_fields->addName(QStringLiteral("withdrawSignAs"), tr("Your name"));
    if (key.needsPassphrase())
        m_passphrase = m_fields->addKnown(QStringLiteral("withdrawPassphrase"), tr("Passphrase of your key"));
    m_folder = m_fields->addName(QStringLiteral("withdrawFolder"), tr("Folder"));
    m_folder->setText(proposedFolder(QStringLiteral("withdrawal"), recipient));
    content()->addLayout(m_fields);
    // Without a key there is nothing to sign with; the first package made one.
    m_signed->setEnabled(key.current.has_value());
    m_signed->setChecked(key.current.has_value());
    m_fields->setNeeded(m_signed->isChecked());
    connect(m_signed, &QCheckBox::toggled, m_fields, &PassphraseFields::setNeeded);
}

WithdrawalOrder WithdrawDialog::order() const
{
    WithdrawalOrder order;
    order.reason = m_reason->text().trimmed();
    if (!m_signed->isChecked())
        return order;
    order.output = QFile::encodeName(m_folder->text().trimmed()).toStdString();
    order.signAs = m_signAs->text().trimmed();
    if (m_passphrase != nullptr)
        order.passphrase = m_passphrase->text().toUtf8();
    return order;
}

} // namespace doorveil::ui
