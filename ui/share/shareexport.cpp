// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareexport.h"

#include <QCheckBox>
#include <QDate>
#include <QDir>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QSignalBlocker>
#include <QStandardPaths>

namespace doorveil::ui {

namespace {

/// A name for the package's folder that tells little: the day, and who gets it.
QString proposedOutput(const consent::Request &request)
{
    QString who = request.recipient.organisation.toLower();
    who.replace(QRegularExpression(QStringLiteral("[^a-z0-9]+")), QStringLiteral("-"));
    who = who.left(24);
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation) + QStringLiteral("/Doorveil");
    return folder + QStringLiteral("/share-") + QDate::currentDate().toString(Qt::ISODate)
           + (who.isEmpty() ? QString() : QLatin1Char('-') + who);
}

} // namespace

ShareExport::ShareExport(QWidget *parent)
    : QWidget(parent),
      m_signAs(new QLineEdit),
      m_passphraseLabel(new QLabel),
      m_passphrase(new QLineEdit),
      m_output(new QLineEdit),
      m_zip(new QCheckBox(tr("Also as one ZIP file"))),
      m_recipients(new QPlainTextEdit)
{
    auto *notice = new QLabel(
        tr("You speak for yourself, not for other people in the picture. Your typed name is your decision."));
    notice->setWordWrap(true);
    notice->setProperty("look", QStringLiteral("muted"));
    m_signAs->setObjectName(QStringLiteral("signAs"));
    m_signAs->setAccessibleName(tr("Your name"));
    m_signAs->setMaxLength(200);
    m_passphrase->setObjectName(QStringLiteral("keyPassphrase"));
    m_passphrase->setAccessibleName(tr("Passphrase of your key"));
    m_passphrase->setEchoMode(QLineEdit::Password);
    m_output->setObjectName(QStringLiteral("packageFolder"));
    m_output->setAccessibleName(tr("Folder of the package"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(QStringLiteral("chooseFolder"));
    m_zip->setObjectName(QStringLiteral("alsoZip"));
    m_zip->setChecked(true);
    m_recipients->setObjectName(QStringLiteral("sealTo"));
    m_recipients->setAccessibleName(tr("Seal to"));
    m_recipients->setPlaceholderText(tr("age1… or ssh-ed25519 … of the recipient, one a line; empty: not sealed"));
    m_recipients->setTabChangesFocus(true);
    m_recipients->setMaximumHeight(56);

    auto *where = new QHBoxLayout;
    where->addWidget(m_output, 1);
    where->addWidget(choose);
    auto *fields = new QFormLayout;
    fields->setVerticalSpacing(8);
    fields->addRow(tr("Your name"), m_signAs);
    fields->addRow(m_passphraseLabel, m_passphrase);
    fields->addRow(tr("Folder"), where);
    fields->addRow(QString(), m_zip);
    fields->addRow(tr("Seal to"), m_recipients);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(notice);
    layout->addLayout(fields);

    for (QLineEdit *line : {m_signAs, m_passphrase, m_output})
        connect(line, &QLineEdit::textChanged, this, &ShareExport::changed);
    connect(m_output, &QLineEdit::textEdited, this, [this] { m_outputChosen = true; });
    connect(choose, &QPushButton::clicked, this, &ShareExport::chooseOutput);
}

void ShareExport::takeOver(const ShareExport &former)
{
    m_outputChosen = former.m_outputChosen;
    m_signAs->setText(former.m_signAs->text());
    m_passphrase->setText(former.m_passphrase->text());
    m_output->setText(former.m_output->text());
    m_zip->setChecked(former.m_zip->isChecked());
    m_recipients->setPlainText(former.m_recipients->toPlainText());
}

void ShareExport::proposeOutput(const consent::Request &request)
{
    if (m_outputChosen)
        return;
    const QSignalBlocker quiet(m_output);
    m_output->setText(QDir::toNativeSeparators(proposedOutput(request)));
}

void ShareExport::showKey(const KeyState &key)
{
    m_passphraseLabel->setText(key.current ? tr("Passphrase of your key") : tr("A passphrase for your new key"));
    m_passphraseLabel->setVisible(key.needsPassphrase());
    m_passphrase->setVisible(key.needsPassphrase());
}

void ShareExport::fillIn(ShareOrder &order) const
{
    order.signAs = m_signAs->text().trimmed();
    order.output = QFile::encodeName(m_output->text().trimmed()).toStdString();
    order.zip = m_zip->isChecked();
    order.recipients = m_recipients->toPlainText();
    order.passphrase = m_passphrase->text().toUtf8();
}

void ShareExport::forgetDecision()
{
    m_outputChosen = false;
    m_signAs->clear();
}

void ShareExport::forgetPassphrase()
{
    m_passphrase->clear();
}

void ShareExport::chooseOutput()
{
    auto *dialog = new QFileDialog(this, tr("Folder of the package"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(m_output->text());
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &file) {
        m_outputChosen = true;
        m_output->setText(file);
    });
    dialog->open();
}

} // namespace doorveil::ui
