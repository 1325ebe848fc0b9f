// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"
#include "review/subjects.h"

#include <QAbstractListModel>

#include <memory>
#include <vector>

namespace doorveil::ui {

/// Something to check, in words: the document's own, and covers that lie over somebody who is shown.
struct CheckEntry
{
    std::int64_t check = 0; ///< id in the document; 0 for a cover over somebody shown, which no one settles
    std::int64_t track = 0;
    std::int64_t pts = 0;
    base::Rectangle box;
    bool settled = false;
    QString title; ///< "Gap bridged"
    QString subject; ///< "Person 2"; empty where it is about nobody
    QString time; ///< "0:07"
    QString why; ///< one or two sentences: what happened, and what to look for

    bool operator==(const CheckEntry &) const = default;
};

/// Things to check, open ones first in order of risk, settled ones after them.
[[nodiscard]] std::vector<CheckEntry> checkEntries(const project::ReviewDocument &document,
                                                   const std::vector<Subject> &subjects);

class CheckModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { SettledRole = Qt::UserRole + 1, TitleRole, SubjectRole, TimeRole, WhyRole };

    using QAbstractListModel::QAbstractListModel;

    void setEntries(std::vector<CheckEntry> entries);
    [[nodiscard]] const std::vector<CheckEntry> &entries() const { return m_entries; }
    [[nodiscard]] const CheckEntry *entry(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(std::int64_t check) const;
    [[nodiscard]] int openCount() const;
    /// The next (or previous) open one after a row, around the end; invalid where none is open. -1: from outside.
    [[nodiscard]] QModelIndex nextOpen(int row, bool forwards) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<CheckEntry> m_entries;
};

} // namespace doorveil::ui
