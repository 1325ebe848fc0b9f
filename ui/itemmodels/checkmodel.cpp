// SPDX-License-Identifier: GPL-3.0-or-later
#include "itemmodels/checkmodel.h"

#include "project/checks.h"
#include "review/reviewedits.h"

#include <QCoreApplication>

#include <algorithm>

namespace doorveil::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(doorveil::ui::CheckModel)
};

struct Text
{
    QString title;
    QString why;
};

Text textOf(const QString &kind)
{
    if (kind == QLatin1String("verification-find"))
        return {Words::tr("Seen in the finished clip"),
                Words::tr("A second search of the finished clip found a face or plate that nothing covered. Cover it, "
                          "show it, or say that it is none.")};
    if (kind == QLatin1String("damaged-frames"))
        return {Words::tr("Damaged picture"),
                Words::tr("The clip is damaged here, and somebody may have been missed. Look at these frames.")};
    if (kind == QLatin1String("bridged-gap"))
        return {Words::tr("Gap bridged"),
                Words::tr("For a moment nothing was found, and the cover was carried across. Does it stay on the "
                          "person or plate?")};
    if (kind == QLatin1String("weak-score"))
        return {Words::tr("Not sure what this is"),
                Words::tr("It was barely recognised. It is covered. If it is no person or plate, you can say so.")};
    if (kind == QLatin1String("new-track"))
        return {Words::tr("Found when looking again"), Words::tr("The new analysis found this. It is covered.")};
    if (kind == QLatin1String("track-ends-inside"))
        return {Words::tr("Appears or vanishes"),
                Words::tr("The cover begins or ends in the middle of the picture. Is anybody visible just before or "
                          "after?")};
    if (kind == QLatin1String("motion-uncovered"))
        return {Words::tr("Moving, and not covered"),
                Words::tr("Something moves here that was not recognised. Cover it if it is a person or a plate.")};
    if (kind == QLatin1String("person-without-face"))
        return {Words::tr("A person without a face"),
                Words::tr("A body was found but never a face. The head is covered. Is it in the right place?")};
    return {Words::tr("Have a look"), Words::tr("Please look at this moment.")};
}

} // namespace

std::vector<CheckEntry> checkEntries(const project::ReviewDocument &document, const std::vector<Subject> &subjects)
{
    std::vector<CheckEntry> entries;
    const auto nameOf = [&subjects](std::int64_t track) {
        const Subject *subject = subjectOfTrack(subjects, track);
        return subject != nullptr ? subject->name : QString();
    };
    for (const project::CheckItem &item : project::inOrderOfRisk(document)) {
        const Text text = textOf(item.kind);
        entries.push_back({item.id, item.track, item.pts, item.box, item.settled, text.title, nameOf(item.track),
                           shortTime(document.source, item.pts), text.why});
    }
    for (const CoverOverShown &one : coversOverShown(document)) {
        const Subject *cover = subjectOfTrack(subjects, one.cover);
        if (cover != nullptr && cover == subjectOfTrack(subjects, one.shown))
            continue;
        entries.push_back(
            {0,
             one.cover,
             one.pts,
             {},
             false,
             Words::tr("Shown, but covered"),
             nameOf(one.shown),
             shortTime(document.source, one.pts),
             Words::tr("The cover of %1 lies over %2, and the cover wins. You can shorten or move it frame "
                       "by frame.")
                 .arg(nameOf(one.cover), nameOf(one.shown))});
    }
    std::stable_partition(entries.begin(), entries.end(), [](const CheckEntry &entry) { return !entry.settled; });
    return entries;
}

void CheckModel::setEntries(std::vector<CheckEntry> entries)
{
    if (entries == m_entries)
        return;
    const auto sameKey = [](const CheckEntry &a, const CheckEntry &b) {
        return a.check == b.check && a.track == b.track && a.pts == b.pts;
    };
    if (std::equal(entries.begin(), entries.end(), m_entries.begin(), m_entries.end(), sameKey)) {
        m_entries = std::move(entries);
        emit dataChanged(index(0), index(int(m_entries.size()) - 1));
        return;
    }
    beginResetModel();
    m_entries = std::move(entries);
    endResetModel();
}

const CheckEntry *CheckModel::entry(const QModelIndex &index) const
{
    return index.isValid() && index.row() < int(m_entries.size()) ? &m_entries[std::size_t(index.row())] : nullptr;
}

QModelIndex CheckModel::indexOf(std::int64_t check) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [check](const CheckEntry &one) { return one.check == check; });
    return check != 0 && found != m_entries.end() ? index(int(found - m_entries.begin())) : QModelIndex();
}

int CheckModel::openCount() const
{
    return int(std::count_if(m_entries.begin(), m_entries.end(),
                             [](const CheckEntry &one) { return !one.settled && one.check != 0; }));
}

QModelIndex CheckModel::nextOpen(int row, bool forwards) const
{
    const int count = int(m_entries.size());
    int at = row < 0 ? (forwards ? -1 : count) : row;
    for (int step = 0; step < count; ++step) {
        at = (at + (forwards ? 1 : -1) + count) % count;
        if (!m_entries[std::size_t(at)].settled)
            return index(at);
    }
    return {};
}

int CheckModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

QVariant CheckModel::data(const QModelIndex &index, int role) const
{
    const CheckEntry *one = entry(index);
    if (one == nullptr)
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case TitleRole:
        return one->title;
    case Qt::ToolTipRole:
    case WhyRole:
        return one->why;
    case Qt::AccessibleTextRole:
        return one->settled ? tr("Settled: %1, %2, %3").arg(one->title, one->subject, one->time)
                            : tr("To check: %1, %2, %3").arg(one->title, one->subject, one->time);
    case SettledRole:
        return one->settled;
    case SubjectRole:
        return one->subject;
    case TimeRole:
        return one->time;
    default:
        return {};
    }
}

Qt::ItemFlags CheckModel::flags(const QModelIndex &index) const
{
    return index.isValid() ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren : Qt::NoItemFlags;
}

} // namespace doorveil::ui
