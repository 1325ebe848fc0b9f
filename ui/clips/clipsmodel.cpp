// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipsmodel.h"

#include "base/file.h"

#include <QLocale>

#include <algorithm>

namespace doorveil::ui {

namespace {

/// What a cell says.
struct Cell
{
    QString first;
    QString second;
    ClipsModel::Tone tone = ClipsModel::Tone::Plain;
    QString icon;
};

QString nothingKnown()
{
    return QStringLiteral("–");
}

Cell clipCell(const ClipEntry &entry)
{
    const std::filesystem::path &shown = entry.clip.empty() ? entry.project : entry.clip;
    return {base::displayPath(shown.filename()), base::displayPath(shown.parent_path()), {}, {}};
}

Cell recordedCell(const ClipEntry &entry)
{
    const std::optional<QDateTime> at = entry.recordedAt();
    if (!at)
        return {nothingKnown(), {}, ClipsModel::Tone::Muted, {}};
    const QLocale locale;
    QString second;
    if (entry.summary && entry.summary->recorded.at)
        second = ClipsModel::tr("set by you");
    else if (entry.summary && entry.summary->recorded.clockOffsetMilliseconds != 0)
        second = ClipsModel::tr("guess, clock put right by you");
    else if (entry.guess->source == base::RecordedTimeGuess::Source::FileName)
        second = ClipsModel::tr("guess, from the file's name");
    else
        second = ClipsModel::tr("guess, from the camera's stamp");
    return {QStringLiteral("%1, %2").arg(locale.toString(at->date(), QStringLiteral("d MMM yyyy")),
                                         locale.toString(at->time(), QStringLiteral("HH:mm:ss"))),
            second,
            {},
            {}};
}

Cell soundCell(const ClipEntry &entry)
{
    if (!entry.hasSound)
        return {nothingKnown(), {}, ClipsModel::Tone::Muted, {}};
    return *entry.hasSound
               ? Cell{ClipsModel::tr("Yes", "sound"), {}, {}, QStringLiteral("sound")}
               : Cell{ClipsModel::tr("No", "sound"), {}, ClipsModel::Tone::Muted, QStringLiteral("sound-off")};
}

Cell stateCell(const ClipEntry &entry)
{
    using Tone = ClipsModel::Tone;
    const QString basic = entry.summary && entry.summary->basicDetectors
                              ? ClipsModel::tr("Basic detectors: look at every frame")
                              : QString();
    switch (entry.state) {
    case ClipState::Reading:
        return {ClipsModel::tr("Opening…"), {}, Tone::Muted, QStringLiteral("waiting")};
    case ClipState::New:
        return {ClipsModel::tr("New"), ClipsModel::tr("Not looked through yet"), Tone::Muted, QStringLiteral("film")};
    case ClipState::Waiting:
        return {ClipsModel::tr("Waiting"), ClipsModel::tr("Will be looked through next"), Tone::Muted,
                QStringLiteral("waiting")};
    case ClipState::Analysing:
        return {entry.percent < 0 ? ClipsModel::tr("Analysing") : ClipsModel::tr("Analysing %1 %").arg(entry.percent),
                {},
                Tone::Accent,
                QStringLiteral("analyse")};
    case ClipState::Failed:
        return {ClipsModel::tr("Could not be analysed"),
                entry.isUnreadable ? ClipsModel::tr("No video, or a damaged one. Fetch it from the camera again.")
                                   : entry.error,
                Tone::Danger, QStringLiteral("error")};
    case ClipState::ToCheck:
        return {ClipsModel::tr("%n to check", nullptr, entry.summary ? entry.summary->openChecks : 0), basic,
                Tone::Warning, QStringLiteral("eye-check")};
    case ClipState::Ready:
        return {ClipsModel::tr("Ready to review"), basic, Tone::Accent, QStringLiteral("review")};
    case ClipState::Reviewed:
        return {ClipsModel::tr("Reviewed"), {}, Tone::Success, QStringLiteral("done")};
    case ClipState::ClipMissing:
        return {ClipsModel::tr("The clip is missing"), ClipsModel::tr("It is no longer in its folder"), Tone::Danger,
                QStringLiteral("error")};
    case ClipState::ClipChanged:
        return {ClipsModel::tr("The clip has changed"), ClipsModel::tr("It is not the file that was analysed"),
                Tone::Danger, QStringLiteral("error")};
    case ClipState::InUse:
        return {ClipsModel::tr("Open in another window"), ClipsModel::tr("Close it there to go on here"), Tone::Warning,
                QStringLiteral("warning")};
    case ClipState::ProjectUnreadable:
        return {ClipsModel::tr("The project cannot be opened"), entry.error, Tone::Danger, QStringLiteral("error")};
    }
    return {};
}

Cell cellOf(const ClipEntry &entry, int column)
{
    using Tone = ClipsModel::Tone;
    switch (column) {
    case ClipsModel::ClipColumn:
        return clipCell(entry);
    case ClipsModel::RecordedColumn:
        return recordedCell(entry);
    case ClipsModel::LengthColumn:
        return entry.durationMilliseconds > 0 ? Cell{durationText(entry.durationMilliseconds), {}, {}, {}}
                                              : Cell{nothingKnown(), {}, Tone::Muted, {}};
    case ClipsModel::SizeColumn:
        return entry.bytes >= 0
                   ? Cell{QLocale().formattedDataSize(entry.bytes, 1, QLocale::DataSizeSIFormat), {}, {}, {}}
                   : Cell{nothingKnown(), {}, Tone::Muted, {}};
    case ClipsModel::SoundColumn:
        return soundCell(entry);
    default:
        return stateCell(entry);
    }
}

QVariant sortValue(const ClipEntry &entry, int column)
{
    switch (column) {
    case ClipsModel::RecordedColumn:
        return entry.recordedAt() ? entry.recordedAt()->toMSecsSinceEpoch() : 0;
    case ClipsModel::LengthColumn:
        return qint64(entry.durationMilliseconds);
    case ClipsModel::SizeColumn:
        return qint64(entry.bytes);
    case ClipsModel::StateColumn:
        return int(entry.state);
    default:
        return cellOf(entry, column).first;
    }
}

} // namespace

int ClipsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_entries.size());
}

int ClipsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant ClipsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const ClipEntry &entry = m_entries[std::size_t(index.row())];
    switch (role) {
    case IdRole:
        return entry.id;
    case ThumbnailRole:
        return index.column() == ClipColumn ? QVariant(entry.thumbnail) : QVariant();
    case PercentRole:
        return index.column() == StateColumn && entry.state == ClipState::Analysing ? QVariant(entry.percent)
                                                                                    : QVariant();
    case SortRole:
        return sortValue(entry, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == LengthColumn || index.column() == SizeColumn
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    default:
        break;
    }
    const Cell cell = cellOf(entry, index.column());
    switch (role) {
    case Qt::ToolTipRole:
        // The whole reason, too, for whoever wants to know.
        if (index.column() == StateColumn && !entry.error.isEmpty() && entry.error != cell.second)
            return QStringLiteral("%1\n%2\n%3").arg(cell.first, cell.second, entry.error);
        [[fallthrough]];
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return cell.second.isEmpty() ? cell.first : QStringLiteral("%1\n%2").arg(cell.first, cell.second);
    case FirstLineRole:
        return cell.first;
    case SecondLineRole:
        return cell.second;
    case ToneRole:
        return int(cell.tone);
    case IconRole:
        return cell.icon;
    default:
        return {};
    }
}

QVariant ClipsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section == LengthColumn || section == SizeColumn
                   ? QVariant::fromValue(Qt::Alignment(Qt::AlignRight | Qt::AlignVCenter))
                   : QVariant::fromValue(Qt::Alignment(Qt::AlignLeft | Qt::AlignVCenter));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ClipColumn:
        return tr("Clip");
    case RecordedColumn:
        return tr("Recorded");
    case LengthColumn:
        return tr("Length");
    case SizeColumn:
        return tr("Size");
    case SoundColumn:
        return tr("Sound");
    case StateColumn:
        return tr("State");
    default:
        return {};
    }
}

int ClipsModel::add(ClipEntry entry)
{
    entry.id = ++m_lastId;
    const int row = int(m_entries.size());
    beginInsertRows({}, row, row);
    m_entries.push_back(std::move(entry));
    endInsertRows();
    return m_lastId;
}

void ClipsModel::remove(int id)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    beginRemoveRows({}, row, row);
    m_entries.erase(m_entries.begin() + row);
    endRemoveRows();
}

void ClipsModel::update(int id, const std::function<void(ClipEntry &)> &change)
{
    const int row = rowOf(id);
    if (row < 0)
        return;
    change(m_entries[std::size_t(row)]);
    emit dataChanged(index(row, 0), index(row, ColumnCount - 1));
}

const ClipEntry *ClipsModel::find(int id) const
{
    const int row = rowOf(id);
    return row < 0 ? nullptr : &m_entries[std::size_t(row)];
}

int ClipsModel::rowOf(int id) const
{
    const auto found =
        std::find_if(m_entries.begin(), m_entries.end(), [id](const ClipEntry &entry) { return entry.id == id; });
    return found == m_entries.end() ? -1 : int(found - m_entries.begin());
}

void ClipsModel::retranslate()
{
    if (!m_entries.empty())
        emit dataChanged(index(0, 0), index(int(m_entries.size()) - 1, ColumnCount - 1));
    emit headerDataChanged(Qt::Horizontal, 0, ColumnCount - 1);
}

} // namespace doorveil::ui
