// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/recordedtimedialog.h"

#include "base/file.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {
enum Direction { Right, Behind, Ahead };
}

RecordedTimeDialog::RecordedTimeDialog(const ClipEntry &entry, int others, QWidget *parent)
    : QDialog(parent),
      m_known(new QCheckBox(tr("I know when it was recorded"), this)),
      m_time(new QDateTimeEdit(this)),
      m_zone(new QComboBox(this)),
      m_direction(new QComboBox(this)),
      m_offset(new QTimeEdit(this)),
      m_others(new QCheckBox(tr("The same clock error in the %n other clip(s) of this folder", nullptr, others), this)),
      m_result(new QLabel(this))
{
    setObjectName(QStringLiteral("recordedTimeDialog"));
    setWindowTitle(tr("Recorded time of %1").arg(base::displayPath(entry.clip.filename())));
    if (entry.guess)
        m_guess = entry.guess->at;
    const std::optional<QDateTime> set = entry.summary ? entry.summary->recordedAt : std::nullopt;
    const std::int64_t error = entry.summary ? entry.summary->clockOffsetMilliseconds : 0;

    m_known->setObjectName(QStringLiteral("recordedKnown"));
    m_known->setChecked(set.has_value());
    m_time->setObjectName(QStringLiteral("recordedTime"));
    m_time->setCalendarPopup(true);
    m_time->setDisplayFormat(QStringLiteral("dd MMM yyyy  HH:mm:ss"));
    m_time->setDateTime(set.value_or(m_guess.value_or(QDateTime::currentDateTime())).toLocalTime());
    m_zone->setObjectName(QStringLiteral("recordedZone"));
    m_zone->addItem(tr("This computer's time zone"), QByteArray());
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone), zone);
    m_zone->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_zone->setMinimumContentsLength(24);
    m_direction->setObjectName(QStringLiteral("clockDirection"));
    m_direction->addItem(tr("was right"), Right);
    m_direction->addItem(tr("was behind by"), Behind);
    m_direction->addItem(tr("was ahead by"), Ahead);
    m_direction->setCurrentIndex(error == 0 ? Right : (error > 0 ? Behind : Ahead));
    m_offset->setObjectName(QStringLiteral("clockError"));
    m_offset->setDisplayFormat(QStringLiteral("HH:mm:ss"));
    m_offset->setTime(QTime(0, 0).addMSecs(int(std::abs(error))));
    m_offset->setAccessibleName(tr("Hours, minutes and seconds"));
    m_others->setObjectName(QStringLiteral("clockOthers"));
    m_others->setVisible(others > 0);
    m_result->setObjectName(QStringLiteral("recordedResult"));
    m_result->setProperty("look", QStringLiteral("muted"));
    m_result->setWordWrap(true);

    auto *form = new QFormLayout;
    form->setVerticalSpacing(10);
    form->addRow(m_known);
    form->addRow(tr("Recorded at"), m_time);
    form->addRow(tr("Time zone"), m_zone);
    auto *clock = new QHBoxLayout;
    clock->addWidget(m_direction);
    clock->addWidget(m_offset);
    clock->addStretch();
    form->addRow(tr("The camera's clock"), clock);
    form->addRow(m_others);
    auto *buttons = new QDialogButtonBox(this);
    auto *save = new QPushButton(tr("Save"), buttons);
    save->setObjectName(QStringLiteral("recordedSave"));
    save->setProperty("look", QStringLiteral("primary"));
    save->setDefault(true);
    buttons->addButton(save, QDialogButtonBox::AcceptRole);
    buttons->addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(14);
    layout->addLayout(form);
    layout->addWidget(m_result);
    layout->addWidget(buttons);

    connect(m_known, &QCheckBox::toggled, this, &RecordedTimeDialog::showResult);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &RecordedTimeDialog::showResult);
    connect(m_zone, &QComboBox::currentIndexChanged, this, &RecordedTimeDialog::showResult);
    connect(m_direction, &QComboBox::currentIndexChanged, this, &RecordedTimeDialog::showResult);
    connect(m_offset, &QTimeEdit::timeChanged, this, &RecordedTimeDialog::showResult);
    showResult();
}

std::optional<QDateTime> RecordedTimeDialog::chosen() const
{
    if (!m_known->isChecked())
        return std::nullopt;
    const QByteArray zone = m_zone->currentData().toByteArray();
    const QDateTime entered(m_time->date(), m_time->time(),
                            zone.isEmpty() ? QTimeZone::systemTimeZone() : QTimeZone(zone));
    // What is stored means the same moment wherever the project is opened.
    return entered.toOffsetFromUtc(entered.offsetFromUtc());
}

RecordedTimeChange RecordedTimeDialog::change() const
{
    RecordedTimeChange change;
    change.recordedAt = chosen();
    const int error = QTime(0, 0).msecsTo(m_offset->time());
    const int direction = m_direction->currentData().toInt();
    change.clockOffsetMilliseconds = direction == Right ? 0 : (direction == Behind ? error : -error);
    return change;
}

bool RecordedTimeDialog::correctsOthers() const
{
    return m_others->isChecked() && !m_others->isHidden();
}

void RecordedTimeDialog::showResult()
{
    m_time->setEnabled(m_known->isChecked());
    m_zone->setEnabled(m_known->isChecked());
    m_offset->setEnabled(m_direction->currentData().toInt() != Right);
    const std::optional<QDateTime> at = chosen();
    const std::optional<QDateTime> shown = at ? at : m_guess;
    if (!shown) {
        m_result->setText(tr("Nothing is known of when this clip was recorded."));
        return;
    }
    const QDateTime corrected = shown->addMSecs(change().clockOffsetMilliseconds);
    const QString moment = QLocale().toString(corrected.toLocalTime(), QLocale::ShortFormat);
    m_result->setText(at ? tr("The clip will count as recorded on %1.").arg(moment)
                         : tr("The clip will count as recorded on %1, as a guess.").arg(moment));
}

} // namespace doorveil::ui
