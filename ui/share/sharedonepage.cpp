// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/sharedonepage.h"

#include "base/file.h"
#include "consent/consentrecord.h"
#include "consent/statement.h"
#include "coretexts.h"
#include "desktop/filemanager.h"
#include "translation.h"
#include "window/card.h"

#include <QClipboard>
#include <QComboBox>
#include <QFontDatabase>
#include <QFormLayout>
#include <QGuiApplication>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {

/// A text that can be selected and copied.
QLabel *selectable(const QString &objectName)
{
    auto *label = new QLabel;
    label->setObjectName(objectName);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    return label;
}

} // namespace

ShareDonePage::ShareDonePage(QWidget *parent)
    : QScrollArea(parent),
      m_heading(new QLabel),
      m_text(selectable(QStringLiteral("packageDone"))),
      m_spoken(selectable(QStringLiteral("spokenFingerprint"))),
      m_fingerprint(selectable(QStringLiteral("fingerprint"))),
      m_packageCards(new QWidget),
      m_portal(new QLabel),
      m_deliveredBy(new QComboBox),
      m_deliveredTo(new QLineEdit),
      m_delivered(new QPushButton(tr("Note that it was handed over"))),
      m_another(new QPushButton(tr("Answer another request")))
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    auto *page = new QWidget;
    auto *layout = new QVBoxLayout(page);
    layout->setContentsMargins(60, 30, 60, 30);
    layout->setSpacing(14);
    m_heading->setObjectName(QStringLiteral("doneHeading"));
    m_heading->setProperty("look", QStringLiteral("title"));
    layout->addWidget(m_heading);
    m_text->setWordWrap(true);
    layout->addWidget(m_text);
    auto *cards = new QVBoxLayout(m_packageCards);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(14);
    addFingerprint(*cards);
    addDelivery(*cards);
    layout->addWidget(m_packageCards);
    addWaysOn(*layout);
    layout->addStretch();
    setWidget(page);
}

void ShareDonePage::addWaysOn(QVBoxLayout &page)
{
    auto *ledger = new QPushButton(tr("Show the ledger"));
    ledger->setObjectName(QStringLiteral("doneToLedger"));
    connect(ledger, &QPushButton::clicked, this, &ShareDonePage::ledgerWanted);
    m_another->setObjectName(QStringLiteral("anotherRequest"));
    connect(m_another, &QPushButton::clicked, this, &ShareDonePage::anotherWanted);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(ledger);
    row->addWidget(m_another);
    page.addLayout(row);
}

void ShareDonePage::addFingerprint(QVBoxLayout &page)
{
    QVBoxLayout *card = addCard(page, tr("Fingerprint of your key"), QStringLiteral("fingerprintCard"));
    QFont large = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    large.setPointSizeF(large.pointSizeF() * 1.7);
    m_spoken->setFont(large);
    m_spoken->setWordWrap(true);
    card->addWidget(m_spoken);
    m_fingerprint->setProperty("look", QStringLiteral("muted"));
    card->addWidget(m_fingerprint);
    auto *tell =
        new QLabel(tr("Read it to the recipient, in person or on a number you looked up yourself. They compare it with "
                      "what their check of the package shows; only that tells them that the package is yours."));
    tell->setWordWrap(true);
    card->addWidget(tell);
}

void ShareDonePage::addDelivery(QVBoxLayout &page)
{
    QVBoxLayout *card = addCard(page, tr("Hand it over"), QStringLiteral("deliveryCard"));
    m_portal->setObjectName(QStringLiteral("portalText"));
    m_portal->setWordWrap(true);
    card->addWidget(m_portal);
    auto *open = new QPushButton(tr("Open the folder"));
    open->setObjectName(QStringLiteral("openPackage"));
    auto *copy = new QPushButton(tr("Copy the fingerprint"));
    copy->setObjectName(QStringLiteral("copyFingerprint"));
    auto *row = new QHBoxLayout;
    row->addWidget(open);
    row->addWidget(copy);
    row->addStretch();
    card->addLayout(row);
    connect(open, &QPushButton::clicked, this, &ShareDonePage::openFolder);
    connect(copy, &QPushButton::clicked, this,
            [this] { QGuiApplication::clipboard()->setText(m_fingerprint->text()); });
    m_deliveredBy->setObjectName(QStringLiteral("deliveredBy"));
    m_deliveredBy->setAccessibleName(tr("Handed over by"));
    for (const QString &word : consent::deliveryChannelWords())
        m_deliveredBy->addItem(consent::statementWord(statementLanguage(), "channel", word), word);
    m_deliveredTo->setObjectName(QStringLiteral("deliveredTo"));
    m_deliveredTo->setAccessibleName(tr("To whom"));
    auto *fields = new QFormLayout;
    fields->addRow(tr("Handed over by"), m_deliveredBy);
    fields->addRow(tr("To whom"), m_deliveredTo);
    card->addLayout(fields);
    m_delivered->setObjectName(QStringLiteral("noteDelivery"));
    connect(m_delivered, &QPushButton::clicked, this, &ShareDonePage::giveDelivery);
    row = new QHBoxLayout;
    row->addWidget(m_delivered);
    row->addStretch();
    card->addLayout(row);
}

void ShareDonePage::showOutcome(const ShareOutcome &outcome, const consent::Recipient &recipient)
{
    const pipeline::PackageResult &made = outcome.package;
    m_heading->setText(tr("The package is ready"));
    m_packageCards->show();
    m_folder = std::filesystem::absolute(made.folder);
    QStringList places{base::displayPath(made.folder)};
    if (made.zip)
        places.append(base::displayPath(*made.zip));
    if (made.sealed)
        places.append(base::displayPath(*made.sealed));
    m_text->setText(tr("It was signed, read back, and noted in the ledger as entry %1. Nothing was sent.\n%2")
                        .arg(outcome.ledgerEntry)
                        .arg(places.join(QLatin1Char('\n'))));
    m_spoken->setText(outcome.spokenFingerprint);
    m_fingerprint->setText(outcome.fingerprint);
    m_portal->setText(made.portal.fitsAtOnce() ? tr("On a data carrier: the folder or the ZIP. On a portal "
                                                    "that takes single files: the clips, data/consent.jsonld, "
                                                    "data/consent.jsonld.sig and data/statement.html.")
                                               : tr("Many portals take 16 files and 10 GB at once: hand it "
                                                    "over in %1 parts, each with data/consent.jsonld and its "
                                                    "signature.")
                                                     .arg(made.portal.submissions.size()));
    m_deliveredBy->setCurrentIndex(std::max(0, m_deliveredBy->findData(consent::toText(recipient.channel))));
    m_deliveredTo->setText(recipient.officer);
    m_delivered->setEnabled(true);
}

void ShareDonePage::showDeclined(const consent::LedgerEntry &entry)
{
    m_heading->setText(tr("Declined"));
    m_text->setText(tr("That you share nothing is noted in the ledger as entry %1, on this computer only. Nobody was "
                       "told. If you tell them yourself, you can note that in the ledger, too.")
                        .arg(entry.number));
    m_packageCards->hide();
    m_text->setFocus(Qt::OtherFocusReason); // what is typed too late presses nothing
}

void ShareDonePage::openFolder()
{
    showInFileManager(m_folder, this, [this] {
        m_text->setText(tr("No file manager answered. The package is in %1.").arg(base::displayPath(m_folder)));
    });
}

void ShareDonePage::giveDelivery()
{
    QJsonObject content{{QStringLiteral("channel"), m_deliveredBy->currentData().toString()}};
    if (!m_deliveredTo->text().trimmed().isEmpty())
        content.insert(QStringLiteral("to"), m_deliveredTo->text().trimmed());
    m_delivered->setEnabled(false);
    emit deliveryGiven(content);
}

void ShareDonePage::showDelivery(const base::Result<consent::LedgerEntry> &entry)
{
    if (entry) {
        m_portal->setText(tr("The delivery is noted in the ledger as entry %1.").arg(entry->number));
        return;
    }
    m_delivered->setEnabled(true);
    m_text->setText(errorText(entry.error()));
}

} // namespace doorveil::ui
