// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "share/sharejobs.h"

#include <QScrollArea>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QVBoxLayout;

namespace doorveil::ui {

/// The finished package: where it is, the key's fingerprint to read out, and how it is handed over.
class ShareDonePage final : public QScrollArea
{
    Q_OBJECT

public:
    explicit ShareDonePage(QWidget *parent = nullptr);

    void showOutcome(const ShareOutcome &outcome, const consent::Recipient &recipient);
    /// The end of a request that got nothing.
    void showDeclined(const consent::LedgerEntry &entry);
    /// The answer to deliveryGiven().
    void showDelivery(const base::Result<consent::LedgerEntry> &entry);

signals:
    /// To be noted in the ledger, with these words.
    void deliveryGiven(const QJsonObject &content);
    void anotherWanted();
    void ledgerWanted();

private:
    void addFingerprint(QVBoxLayout &page);
    void addDelivery(QVBoxLayout &page);
    void addWaysOn(QVBoxLayout &page);
    void openFolder();
    void giveDelivery();

    std::filesystem::path m_folder;
    QLabel *m_heading;
    QLabel *m_text;
    QLabel *m_spoken;
    QLabel *m_fingerprint;
    QWidget *m_packageCards; ///< what a package is followed by
    QLabel *m_portal;
    QComboBox *m_deliveredBy;
    QLineEdit *m_deliveredTo;
    QPushButton *m_delivered;
    QPushButton *m_another;
};

} // namespace doorveil::ui
