// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "clips/clipentry.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace doorveil::ui {

/// The list of clips as a table. DisplayRole holds everything a cell says, for screen readers too; the delegate draws
/// the first and second line apart.
class ClipsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ClipColumn, RecordedColumn, LengthColumn, SizeColumn, SoundColumn, StateColumn, ColumnCount };
    enum Role {
        FirstLineRole = Qt::UserRole, ///< QString
        SecondLineRole, ///< QString, may be empty
        PercentRole, ///< int: a progress bar where it is 0 or more, busy at -1; no bar where invalid
        ToneRole, ///< int of Tone
        IconRole, ///< QString: a name of resources/icons
        ThumbnailRole, ///< QPixmap
        SortRole, ///< what the column sorts by
        IdRole, ///< int
    };
    enum class Tone { Plain, Muted, Accent, Warning, Danger, Success };

    using QAbstractTableModel::QAbstractTableModel;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Gives the new row its id.
    int add(ClipEntry entry);
    void remove(int id);
    /// Changes an entry through `change`; does nothing where it is gone.
    void update(int id, const std::function<void(ClipEntry &)> &change);
    /// Null where it is gone. Valid until the next change.
    [[nodiscard]] const ClipEntry *find(int id) const;
    [[nodiscard]] const std::vector<ClipEntry> &entries() const { return m_entries; }
    [[nodiscard]] int rowOf(int id) const; ///< -1 where it is gone
    /// All texts again: another language.
    void retranslate();

private:
    std::vector<ClipEntry> m_entries;
    int m_lastId = 0;
};

} // namespace doorveil::ui
