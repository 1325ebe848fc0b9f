// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/subjects.h"

#include <QAbstractListModel>
#include <QHash>
#include <QPixmap>

#include <memory>
#include <optional>
#include <vector>

namespace doorveil::ui {

/// The subjects of the open project, one a row. Thumbnails are pictures in memory and nowhere else: they go when the
/// model is cleared.
class SubjectModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        NameRole,
        TimesRole, ///< "0:03–0:09"
        StateRole, ///< "Covered", "Shown: member of my household"
        ShownRole, ///< bool
        DismissedRole, ///< bool
        OpenChecksRole, ///< int
    };

    using QAbstractListModel::QAbstractListModel;

    void clear();
    /// Rows that stay keep their place in selections: they are moved, not replaced.
    void setSubjects(const project::SourceRecord &source, std::vector<Subject> subjects);
    void setThumbnail(std::int64_t subject, const QPixmap &picture);

    [[nodiscard]] const std::vector<Subject> &subjects() const { return m_subjects; }
    [[nodiscard]] const Subject *subject(const QModelIndex &index) const;
    [[nodiscard]] QModelIndex indexOf(std::int64_t subject) const;

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    std::vector<Subject> m_subjects;
    std::vector<QString> m_times; ///< by row
    QHash<std::int64_t, QPixmap> m_thumbnails; ///< by subject
};

} // namespace doorveil::ui
