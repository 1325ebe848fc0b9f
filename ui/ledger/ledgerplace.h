// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/ledger.h"
#include "place.h"
#include "windowcontext.h"

#include <memory>
#include <vector>

class QSplitter;

namespace doorveil::ui {

/// The owner's book: requests, declines, packages, deliveries and withdrawals on this machine, with a search, what each
/// entry says, retention dates that have come, and an export for a spreadsheet.
class LedgerPlace final : public Place
{
    Q_OBJECT

public:
    explicit LedgerPlace(const WindowContext &context, QWidget *parent = nullptr);
    ~LedgerPlace() override;
    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<ActionMenu> menus() const override;
    [[nodiscard]] QWidget *firstFocus() override;

public slots:
    /// Reads the ledger again.
    void reload();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    struct Book
    {
        std::vector<consent::LedgerEntry> entries;
        std::vector<consent::PackageState> due;
    };

    void retranslate();
    void take(const base::Result<Book> &book);
    void showRows();
    void showEntry();
    [[nodiscard]] const consent::LedgerEntry *current() const;
    void exportAll();
    void withdraw();
    void addNote();
    void append(consent::EntryKind kind, const QJsonObject &content);
    void takeWithdrawal(const base::Result<consent::LedgerEntry> &entry);
    void showKeys();
    void buildPage();
    void buildDetail(QSplitter *splitter);
    void connectPage();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
