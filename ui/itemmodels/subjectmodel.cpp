// SPDX-License-Identifier: GPL-3.0-or-later
#include "itemmodels/subjectmodel.h"

#include <algorithm>

namespace doorveil::ui {

void SubjectModel::clear()
{
    beginResetModel();
    m_subjects.clear();
    m_times.clear();
    m_thumbnails.clear();
    endResetModel();
}

void SubjectModel::setSubjects(const project::SourceRecord &source, std::vector<Subject> subjects)
{
    const auto holds = [](const std::vector<Subject> &list, std::int64_t id) {
        return std::any_of(list.begin(), list.end(), [id](const Subject &one) { return one.id == id; });
    };
    for (int row = int(m_subjects.size()) - 1; row >= 0; --row) {
        const std::int64_t id = m_subjects[std::size_t(row)].id;
        if (holds(subjects, id))
            continue;
        beginRemoveRows({}, row, row);
        m_subjects.erase(m_subjects.begin() + row);
        m_times.erase(m_times.begin() + row);
        m_thumbnails.remove(id);
        endRemoveRows();
    }
    for (int row = 0; row < int(subjects.size()); ++row) {
        Subject &wanted = subjects[std::size_t(row)];
        const QString text = timeRangeText(source, wanted.range);
        const auto present = std::find_if(m_subjects.begin() + row, m_subjects.end(),
                                          [&wanted](const Subject &one) { return one.id == wanted.id; });
        if (present == m_subjects.end()) {
            beginInsertRows({}, row, row);
            m_subjects.insert(m_subjects.begin() + row, std::move(wanted));
            m_times.insert(m_times.begin() + row, text);
            endInsertRows();
            continue;
        }
        const int from = int(present - m_subjects.begin());
        if (from != row) {
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_subjects.begin() + row, m_subjects.begin() + from, m_subjects.begin() + from + 1);
            std::rotate(m_times.begin() + row, m_times.begin() + from, m_times.begin() + from + 1);
            endMoveRows();
        }
        Subject &current = m_subjects[std::size_t(row)];
        if (current != wanted || m_times[std::size_t(row)] != text) {
            current = std::move(wanted);
            m_times[std::size_t(row)] = text;
            emit dataChanged(index(row), index(row));
        }
    }
}

void SubjectModel::setThumbnail(std::int64_t subject, const QPixmap &picture)
{
    const QModelIndex row = indexOf(subject);
    if (!row.isValid())
        return;
    m_thumbnails.insert(subject, picture);
    emit dataChanged(row, row, {Qt::DecorationRole});
}

const Subject *SubjectModel::subject(const QModelIndex &index) const
{
    return index.isValid() && index.row() < int(m_subjects.size()) ? &m_subjects[std::size_t(index.row())] : nullptr;
}

QModelIndex SubjectModel::indexOf(std::int64_t subject) const
{
    const auto found =
        std::find_if(m_subjects.begin(), m_subjects.end(), [subject](const Subject &one) { return one.id == subject; });
    return found != m_subjects.end() ? index(int(found - m_subjects.begin())) : QModelIndex();
}

int SubjectModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_subjects.size());
}

QVariant SubjectModel::data(const QModelIndex &index, int role) const
{
    const Subject *one = subject(index);
    if (one == nullptr)
        return {};
    const QString state = decisionText(one->decision);
    const QString time = m_times[std::size_t(index.row())];
    switch (role) {
    case Qt::DisplayRole:
    case NameRole:
        return one->name;
    case Qt::DecorationRole:
        return m_thumbnails.value(one->id);
    case Qt::ToolTipRole:
        return one->drawn ? tr("%1, drawn by you. %2. %3").arg(one->name, time, state)
                          : tr("%1 (%2), %3. Best score %4 %. %5")
                                .arg(one->name, kindText(one->kind), time)
                                .arg(int(one->confidence * 100.0F))
                                .arg(state);
    case Qt::AccessibleTextRole:
        return one->openChecks > 0 ? tr("%1, %2, %3, %4 to check").arg(one->name, state, time).arg(one->openChecks)
                                   : tr("%1, %2, %3").arg(one->name, state, time);
    case IdRole:
        return QVariant::fromValue(one->id);
    case TimesRole:
        return time;
    case StateRole:
        return state;
    case ShownRole:
        return one->decision.kind == base::DecisionKind::Show;
    case DismissedRole:
        return one->decision.kind == base::DecisionKind::Dismissed;
    case OpenChecksRole:
        return int(one->openChecks);
    default:
        return {};
    }
}

Qt::ItemFlags SubjectModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

} // namespace doorveil::ui
