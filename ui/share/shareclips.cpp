// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareclips.h"

#include "base/file.h"
#include "base/mediatime.h"
#include "consent/statement.h"
#include "translation.h"

#include <QCheckBox>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {

enum ClipColumn { NameColumn, ReviewColumn, WindowColumn, PeopleColumn, SoundColumn, ClipColumns };

constexpr int mostRows = 7; ///< before the table scrolls in itself

/// Whether trimming would keep a part of it.
bool isPartlyAskedFor(const ShareEntry &entry, const consent::RequestWindow &window)
{
    if (!entry.clip || entry.clip->clip.document.settings.trim)
        return false;
    const project::ReviewDocument &document = entry.clip->clip.document;
    return consent::matchWindow(window, document.source, document.settings).relation == consent::WindowRelation::Partly;
}

} // namespace

ShareClips::ShareClips(std::vector<ShareEntry> &entries, QWidget *parent)
    : QWidget(parent),
      m_entries(entries),
      m_table(new QTableWidget(0, ClipColumns)),
      m_askedFor(new QPushButton(tr("Choose what lies in the time asked for"))),
      m_trim(new QPushButton(tr("Keep to the time asked for"))),
      m_unreviewedLabel(new QLabel(tr("Why it was not reviewed"))),
      m_unreviewedReason(new QLineEdit),
      m_withheld(new QCheckBox(tr("There is more footage in that time that I do not share"))),
      m_withheldNote(new QLineEdit)
{
    m_table->setObjectName(QStringLiteral("shareClips"));
    m_table->setAccessibleName(tr("Clips to share"));
    m_table->setHorizontalHeaderLabels(
        {tr("Clip"), tr("Review"), tr("Time asked for"), tr("People who stay visible"), tr("Sound")});
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(PeopleColumn, QHeaderView::Stretch);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false); // Tab leads on; arrows and the space bar choose
    m_table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    connect(m_table, &QTableWidget::itemChanged, this, [this](const QTableWidgetItem *item) {
        if (m_filling || item->column() != NameColumn)
            return;
        m_entries[std::size_t(item->row())].chosen = item->checkState() == Qt::Checked;
        emit changed();
    });
    m_trim->setObjectName(QStringLiteral("trimToWindow"));
    m_trim->setToolTip(tr("Trims the selected clip; review can take it back"));
    connect(m_trim, &QPushButton::clicked, this, &ShareClips::trimWanted);
    m_askedFor->setObjectName(QStringLiteral("chooseAskedFor"));
    connect(m_askedFor, &QPushButton::clicked, this, &ShareClips::askedForWanted);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_askedFor);
    buttons->addWidget(m_trim);
    buttons->addStretch();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(12);
    layout->addWidget(m_table);
    layout->addLayout(buttons);
    addFields();
}

void ShareClips::addFields()
{
    m_unreviewedReason->setObjectName(QStringLiteral("unreviewedReason"));
    m_unreviewedReason->setAccessibleName(m_unreviewedLabel->text());
    m_unreviewedReason->setPlaceholderText(tr("The recipient reads this. Reviewing first is better."));
    m_withheld->setObjectName(QStringLiteral("withheld"));
    m_withheldNote->setObjectName(QStringLiteral("withheldNote"));
    m_withheldNote->setAccessibleName(tr("About what is held back"));
    m_withheldNote->setPlaceholderText(tr("About what is held back; may stay empty"));
    auto *fields = new QFormLayout;
    fields->setVerticalSpacing(8);
    fields->addRow(m_unreviewedLabel, m_unreviewedReason);
    fields->addRow(m_withheld);
    fields->addRow(m_withheldNote);
    static_cast<QVBoxLayout *>(layout())->addLayout(fields);
    connect(m_unreviewedReason, &QLineEdit::textChanged, this, &ShareClips::changed);
    connect(m_withheld, &QCheckBox::toggled, this, &ShareClips::changed);
    connect(m_withheldNote, &QLineEdit::textChanged, this, &ShareClips::changed);
}

QTableWidgetItem *ShareClips::setText(int row, int column, const QString &text)
{
    auto *item = new QTableWidgetItem(text);
    item->setToolTip(text);
    m_table->setItem(row, column, item);
    return item;
}

void ShareClips::showEntries(const consent::RequestWindow &window)
{
    m_filling = true;
    const int selected = m_table->currentRow();
    m_table->setRowCount(int(m_entries.size()));
    for (int row = 0; row < m_table->rowCount(); ++row)
        showEntry(row, window);
    for (const int column : {NameColumn, ReviewColumn, WindowColumn, SoundColumn})
        m_table->resizeColumnToContents(column);
    m_table->resizeRowsToContents();
    int height = m_table->horizontalHeader()->sizeHint().height() + 4;
    for (int row = 0; row < std::min(m_table->rowCount(), mostRows); ++row)
        height += m_table->rowHeight(row);
    m_table->setFixedHeight(height);
    if (selected >= 0 && selected < m_table->rowCount())
        m_table->selectRow(selected);
    m_filling = false;
}

void ShareClips::showEntry(int row, const consent::RequestWindow &window)
{
    const ShareEntry &entry = m_entries[std::size_t(row)];
    const std::filesystem::path path =
        entry.clip ? std::filesystem::path(entry.clip->clip.document.source.path.toStdString()) : entry.project;
    auto *name = setText(row, NameColumn, base::displayPath(path.filename()));
    name->setFlags(entry.clip ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable : Qt::NoItemFlags);
    name->setCheckState(entry.chosen ? Qt::Checked : Qt::Unchecked);
    if (!entry.clip) {
        setText(row, ReviewColumn, entry.error.isEmpty() ? tr("reading…") : entry.error);
        for (int column = WindowColumn; column < ClipColumns; ++column)
            setText(row, column, {});
        return;
    }
    const project::ReviewDocument &document = entry.clip->clip.document;
    setText(row, ReviewColumn, document.reviewed ? tr("reviewed") : tr("NOT reviewed"));
    const consent::WindowMatch match = consent::matchWindow(window, document.source, document.settings);
    showRelation(row, match, document.settings.trim.has_value());
    const QString language = statementLanguage();
    QStringList visible;
    int covered = 0;
    for (const consent::DepictedPerson &person : entry.clip->people) {
        if (person.treatment == consent::Treatment::Redacted)
            ++covered;
        else
            visible.append(tr("%1 (consent: %2)")
                               .arg(consent::statementWord(language, "reason", person.reason),
                                    consent::statementWord(language, "consent", person.consent)));
    }
    setText(row, PeopleColumn,
            (visible.isEmpty() ? tr("nobody") : visible.join(QStringLiteral("; "))) + QLatin1Char(' ')
                + tr("— covered: %n", nullptr, covered));
    const bool hasSound = document.source.info.defaultAudioStream >= 0;
    setText(row, SoundColumn, !hasSound ? tr("none") : document.settings.keepAudio ? tr("kept") : tr("left out"));
}

void ShareClips::showRelation(int row, const consent::WindowMatch &match, bool trimmed)
{
    QString relation;
    switch (match.relation) {
    case consent::WindowRelation::Inside:
        relation = tr("lies in it");
        break;
    case consent::WindowRelation::Outside:
        relation = tr("lies outside");
        break;
    case consent::WindowRelation::Partly:
        relation = trimmed ? tr("trimmed")
                           : tr("%1 to %2 of it")
                                 .arg(base::formatMilliseconds(match.beginMilliseconds),
                                      base::formatMilliseconds(match.endMilliseconds));
        break;
    case consent::WindowRelation::Unknown:
        setText(row, WindowColumn, tr("recorded when?"))
            ->setToolTip(tr("When it was recorded can be said in the list of clips."));
        return;
    }
    const QString recorded = QLocale().toString(match.clipStart, QLocale::ShortFormat);
    setText(row, WindowColumn, match.guessed ? tr("%1 (a guess)").arg(relation) : relation)
        ->setToolTip(match.guessed
                         ? tr("Recorded at %1, as the file's name or tags let guess. The list of clips can set it.")
                               .arg(recorded)
                         : tr("Recorded at %1").arg(recorded));
}

void ShareClips::showFields(const consent::RequestWindow &window)
{
    const bool unreviewed = choosesUnreviewed();
    m_unreviewedLabel->setVisible(unreviewed);
    m_unreviewedReason->setVisible(unreviewed);
    m_withheldNote->setVisible(m_withheld->isChecked());
    m_trim->setVisible(std::any_of(m_entries.begin(), m_entries.end(),
                                   [&window](const ShareEntry &entry) { return isPartlyAskedFor(entry, window); }));
}

bool ShareClips::choosesUnreviewed() const
{
    return std::any_of(m_entries.begin(), m_entries.end(), [](const ShareEntry &entry) {
        return entry.chosen && entry.clip && !entry.clip->clip.document.reviewed;
    });
}

void ShareClips::chooseAskedFor(const consent::RequestWindow &window)
{
    for (ShareEntry &entry : m_entries) {
        if (!entry.clip)
            continue;
        const project::ReviewDocument &document = entry.clip->clip.document;
        const auto relation = consent::matchWindow(window, document.source, document.settings).relation;
        entry.chosen =
            entry.chosen || relation == consent::WindowRelation::Inside || relation == consent::WindowRelation::Partly;
    }
    showEntries(window);
    emit changed();
}

bool ShareClips::needsReason() const
{
    return choosesUnreviewed() && m_unreviewedReason->text().trimmed().isEmpty();
}

QWidget *ShareClips::table() const
{
    return m_table;
}

QWidget *ShareClips::reasonField() const
{
    return m_unreviewedReason;
}

std::vector<std::filesystem::path> ShareClips::partlyAskedFor(const consent::RequestWindow &window) const
{
    std::vector<std::filesystem::path> projects;
    for (int row = 0; row < int(m_entries.size()); ++row) {
        const ShareEntry &entry = m_entries[std::size_t(row)];
        if ((row == m_table->currentRow() || entry.chosen) && isPartlyAskedFor(entry, window))
            projects.push_back(entry.project);
    }
    return projects;
}

QString ShareClips::unreviewedReason() const
{
    return m_unreviewedReason->text();
}

void ShareClips::setUnreviewedReason(const QString &reason)
{
    m_unreviewedReason->setText(reason);
}

void ShareClips::fillIn(consent::Decision &decision) const
{
    decision.withheld = m_withheld->isChecked();
    decision.withheldNote = decision.withheld ? m_withheldNote->text().trimmed() : QString();
    decision.outcome = decision.withheld ? consent::DecisionOutcome::ShareInPart : consent::DecisionOutcome::Share;
}

void ShareClips::setDecision(const consent::Decision &decision)
{
    m_withheld->setChecked(decision.withheld);
    m_withheldNote->setText(decision.withheldNote);
}

} // namespace doorveil::ui
