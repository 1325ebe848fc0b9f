// SPDX-License-Identifier: GPL-3.0-or-later
#include "recordedtimedialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTimeEdit>
#include <QTimeZone>
#include <QVBoxLayout>

#include <algorithm>

namespace doorveil::ui {

namespace {
enum Direction { Right, Behind, Ahead };
constexpr std::int64_t day = std::int64_t(24) * 3600 * 1000; // milliseconds
constexpr int mostDays = 100 * 366; // a camera without a battery begins at 1970
} // namespace

RecordedTimeDialog::RecordedTimeDialog(const Clip &clip, QWidget *parent)
    : QDialog(parent),
      m_guess(clip.guess),
      m_known(new QCheckBox(tr("I know when it was recorded"), this)),
      m_time(new QDateTimeEdit(this)),
      m_zone(new QComboBox(this)),
      m_direction(new QComboBox(this)),
      m_days(new QSpinBox(this)),
      m_offset(new QTimeEdit(this)),
      m_others(
          new QCheckBox(tr("The same clock error in the %n other clip(s) of this folder", nullptr, clip.others), this)),
      m_result(new QLabel(this))
{
    setObjectName(QStringLiteral("recordedTimeDialog"));
    setWindowTitle(tr("Recorded time of %1").arg(clip.name));
    const std::optional<QDateTime> &set = clip.recorded.at;
    const std::int64_t error = clip.recorded.clockOffsetMilliseconds;

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
    if (set && set->offsetFromUtc() != set->toLocalTime().offsetFromUtc()) { // it was set in another zone
        const QByteArray zone = QTimeZone(set->offsetFromUtc()).id();
        if (m_zone->findData(zone) < 0)
            m_zone->addItem(QString::fromLatin1(zone), zone);
        m_zone->setCurrentIndex(m_zone->findData(zone));
        m_time->setDateTime(QDateTime(set->date(), set->time()));
    }
    m_direction->setObjectName(QStringLiteral("clockDirection"));
    m_direction->addItem(tr("was right"), Right);
    m_direction->addItem(tr("was behind by"), Behind);
    m_direction->addItem(tr("was ahead by"), Ahead);
    m_direction->setCurrentIndex(error == 0 ? Right : (error > 0 ? Behind : Ahead));
    m_days->setObjectName(QStringLiteral("clockErrorDays"));
    m_days->setRange(0, mostDays);
    m_days->setSuffix(tr(" d", "days"));
    m_days->setValue(int(std::min<std::int64_t>(std::abs(error) / day, mostDays)));
    m_days->setAccessibleName(tr("Days"));
    m_offset->setObjectName(QStringLiteral("clockError"));
    m_offset->setDisplayFormat(QStringLiteral("HH:mm:ss"));
    m_offset->setTime(QTime(0, 0).addMSecs(int(std::abs(error) % day)));
    m_offset->setAccessibleName(tr("Hours, minutes and seconds"));
    m_others->setObjectName(QStringLiteral("clockOthers"));
    m_others->setVisible(clip.others > 0);
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
    clock->addWidget(m_days);
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
    connect(m_days, &QSpinBox::valueChanged, this, &RecordedTimeDialog::showResult);
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

RecordedTime RecordedTimeDialog::recorded() const
{
    const std::int64_t error = m_days->value() * day + QTime(0, 0).msecsTo(m_offset->time());
    const int direction = m_direction->currentData().toInt();
    return {chosen(), direction == Right ? 0 : (direction == Behind ? error : -error)};
}

bool RecordedTimeDialog::correctsOthers() const
{
    return m_others->isChecked() && !m_others->isHidden();
}

void RecordedTimeDialog::showResult()
{
    m_time->setEnabled(m_known->isChecked());
    m_zone->setEnabled(m_known->isChecked());
    m_days->setEnabled(m_direction->currentData().toInt() != Right);
    m_offset->setEnabled(m_days->isEnabled());
    const RecordedTime result = recorded();
    const std::optional<QDateTime> shown = result.at ? result.at : m_guess;
    QString moment;
    if (shown)
        moment =
            QLocale().toString(shown->addMSecs(result.clockOffsetMilliseconds).toLocalTime(), QLocale::ShortFormat);
    if (result.at) {
        m_result->setText(tr("The clip will count as recorded on %1.").arg(moment));
        return;
    }
    m_result->setText((shown ? tr("The clip will count as recorded on %1, as a guess.").arg(moment)
                             : tr("Nothing is known of when this clip was recorded."))
                      + QLatin1Char(' ')
                      + tr("The record that goes with the copy will say that the time is not known."));
}

} // namespace doorveil::ui
