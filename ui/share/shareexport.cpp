// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareexport.h"

#include "share/proposedfolder.h"

#include <QCheckBox>
#include <QFile>
#include <QFileDialog>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>

namespace doorveil::ui {

ShareExport::ShareExport(QWidget *parent)
    : QWidget(parent),
      m_signAs(new QLineEdit),
      m_passphraseLabel(new QLabel),
      m_passphrase(new QLineEdit),
      m_againLabel(new QLabel(tr("The same again"))),
      m_again(new QLineEdit),
      m_aboutKey(new QLabel(tr("Packages are signed with a key of yours, which is made now. Each package needs its "
                               "passphrase; nobody can give you another one."))),
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
    m_again->setObjectName(QStringLiteral("keyPassphraseAgain"));
    m_again->setAccessibleName(m_againLabel->text());
    m_again->setEchoMode(QLineEdit::Password);
    m_aboutKey->setWordWrap(true);
    m_aboutKey->setProperty("look", QStringLiteral("muted"));
    m_output->setObjectName(QStringLiteral("packageFolder"));
    m_output->setAccessibleName(tr("Folder of the package"));
    auto *choose = new QPushButton(tr("Choose…"));
    choose->setObjectName(QStringLiteral("chooseFolder"));
    m_zip->setObjectName(QStringLiteral("alsoZip"));
    m_zip->setChecked(true);
    m_recipients->setObjectName(QStringLiteral("sealTo"));
    m_recipients->setAccessibleName(tr("Encrypt for"));
    m_recipients->setPlaceholderText(tr("May stay empty. Keys of the recipient, one a line: age1… or ssh-ed25519 …"));
    m_recipients->setTabChangesFocus(true);
    m_recipients->setMaximumHeight(56);

    auto *where = new QHBoxLayout;
    where->addWidget(m_output, 1);
    where->addWidget(choose);
    auto *fields = new QFormLayout;
    fields->setVerticalSpacing(8);
    fields->addRow(tr("Your name"), m_signAs);
    fields->addRow(QString(), m_aboutKey);
    fields->addRow(m_passphraseLabel, m_passphrase);
    fields->addRow(m_againLabel, m_again);
    fields->addRow(tr("Folder"), where);
    fields->addRow(QString(), m_zip);
    fields->addRow(tr("Encrypt for"), m_recipients);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(notice);
    layout->addLayout(fields);

    for (QLineEdit *line : {m_signAs, m_passphrase, m_again, m_output})
        connect(line, &QLineEdit::textChanged, this, &ShareExport::changed);
    connect(m_zip, &QCheckBox::toggled, this, &ShareExport::changed);
    connect(m_recipients, &QPlainTextEdit::textChanged, this, &ShareExport::changed);
    connect(m_output, &QLineEdit::textEdited, this, [this] { m_outputChosen = true; });
    connect(choose, &QPushButton::clicked, this, &ShareExport::chooseOutput);
}

void ShareExport::takeOver(const ShareExport &former)
{
    m_signAs->setText(former.m_signAs->text());
    m_passphrase->setText(former.m_passphrase->text());
    m_again->setText(former.m_again->text());
}

void ShareExport::proposeOutput(const consent::Request &request)
{
    if (m_outputChosen)
        return;
    const QSignalBlocker quiet(m_output);
    m_output->setText(proposedFolder(QStringLiteral("share"), request.recipient.organisation));
}

void ShareExport::showKey(const KeyState &key)
{
    m_keyIsNew = !key.current && key.needsPassphrase();
    m_passphraseLabel->setText(key.current ? tr("Passphrase of your key") : tr("A passphrase for your new key"));
    for (QWidget *widget : {static_cast<QWidget *>(m_passphraseLabel), static_cast<QWidget *>(m_passphrase)})
        widget->setVisible(key.needsPassphrase());
    for (QWidget *widget :
         {static_cast<QWidget *>(m_aboutKey), static_cast<QWidget *>(m_againLabel), static_cast<QWidget *>(m_again)})
        widget->setVisible(m_keyIsNew);
}

void ShareExport::fillIn(ShareOrder &order) const
{
    order.signAs = m_signAs->text().trimmed();
    order.output = QFile::encodeName(m_output->text().trimmed()).toStdString();
    order.zip = m_zip->isChecked();
    order.recipients = m_recipients->toPlainText();
    order.passphrase = m_passphrase->text().toUtf8();
}

void ShareExport::fillIn(ShareDraft &draft) const
{
    if (m_outputChosen)
        draft.output = QFile::encodeName(m_output->text().trimmed()).toStdString();
    draft.zip = m_zip->isChecked();
    draft.sealTo = m_recipients->toPlainText();
}

void ShareExport::setDraft(const ShareDraft &draft)
{
    m_outputChosen = !draft.output.empty();
    if (m_outputChosen)
        m_output->setText(QFile::decodeName(QByteArray::fromStdString(draft.output.string())));
    m_zip->setChecked(draft.zip);
    m_recipients->setPlainText(draft.sealTo);
}

std::vector<ShareExport::Gap> ShareExport::gaps() const
{
    std::vector<Gap> gaps;
    if (m_signAs->text().trimmed().isEmpty())
        gaps.push_back({m_signAs, tr("type your name")});
    if (!m_passphrase->isHidden() && m_passphrase->text().isEmpty())
        gaps.push_back({m_passphrase,
                        m_keyIsNew ? tr("choose a passphrase for your key") : tr("type the passphrase of your key")});
    else if (m_keyIsNew && m_again->text() != m_passphrase->text())
        gaps.push_back({m_again, tr("type the same passphrase again")});
    return gaps;
}

void ShareExport::forgetDecision()
{
    m_signAs->clear();
    forgetPassphrase();
    setDraft({});
}

void ShareExport::forgetPassphrase()
{
    m_passphrase->clear();
    m_again->clear();
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
