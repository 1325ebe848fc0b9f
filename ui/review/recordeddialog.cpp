// SPDX-License-Identifier: GPL-3.0-or-later
#include "review/recordeddialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDateTimeEdit>
#include <QDialogButtonBox>
#include <QDoubleSpinBox>
#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

namespace doorveil::ui {

namespace {

QString offsetText(int seconds)
{
    const int minutes = std::abs(seconds) / 60;
    return QStringLiteral("UTC%1%2:%3")
        .arg(seconds < 0 ? QStringLiteral("−") : QStringLiteral("+"))
        .arg(minutes / 60, 2, 10, QLatin1Char('0'))
        .arg(minutes % 60, 2, 10, QLatin1Char('0'));
}

} // namespace

RecordedDialog::RecordedDialog(const project::ReviewDocument &document, QWidget *parent)
    : QDialog(parent),
      m_known(new QCheckBox(tr("I know when this clip was recorded"), this)),
      m_time(new QDateTimeEdit(this)),
      m_zone(new QComboBox(this)),
      m_offset(new QDoubleSpinBox(this)),
      m_result(new QLabel(this))
{
    setObjectName(QStringLiteral("recordedDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Recorded time"));
    const std::optional<QDateTime> &set = document.settings.recordedAt;
    const QDateTime proposed = set.value_or(QFileInfo(document.source.path).lastModified());
    m_known->setObjectName(QStringLiteral("recordedKnown"));
    m_known->setChecked(set.has_value());
    m_time->setObjectName(QStringLiteral("recordedTimeEdit"));
    m_time->setCalendarPopup(true);
    m_time->setDisplayFormat(QStringLiteral("yyyy-MM-dd HH:mm:ss"));
    m_time->setTimeSpec(Qt::UTC); // plain numbers: which zone they are in is the next question
    m_time->setDateTime(QDateTime(proposed.date(), proposed.time(), Qt::UTC));
    m_zone->setObjectName(QStringLiteral("recordedZone"));
    for (int seconds = -12 * 3600; seconds <= 14 * 3600; seconds += 900)
        m_zone->addItem(offsetText(seconds), seconds);
    m_zone->setCurrentIndex(m_zone->findData(proposed.offsetFromUtc() / 900 * 900));
    m_offset->setObjectName(QStringLiteral("recordedOffset"));
    m_offset->setRange(-366.0 * 86400, 366.0 * 86400);
    m_offset->setDecimals(1);
    m_offset->setSuffix(tr(" s"));
    m_offset->setValue(double(document.settings.clockOffsetMilliseconds) / 1000.0);
    m_offset->setToolTip(tr("Seconds to add to the camera's time: 90 where its clock was a minute and a half slow"));
    m_result->setObjectName(QStringLiteral("recordedResult"));
    m_result->setProperty("look", QStringLiteral("muted"));
    m_result->setWordWrap(true);

    auto *form = new QFormLayout;
    form->addRow(tr("Time on the camera's clock"), m_time);
    form->addRow(tr("Time zone"), m_zone);
    form->addRow(tr("The clock was wrong by"), m_offset);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Ok | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Ok)->setProperty("look", QStringLiteral("primary"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_known);
    layout->addLayout(form);
    layout->addWidget(m_result);
    layout->addWidget(buttons);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_known, &QCheckBox::toggled, this, &RecordedDialog::updateState);
    connect(m_time, &QDateTimeEdit::dateTimeChanged, this, &RecordedDialog::updateState);
    connect(m_zone, &QComboBox::currentIndexChanged, this, &RecordedDialog::updateState);
    connect(m_offset, &QDoubleSpinBox::valueChanged, this, &RecordedDialog::updateState);
    updateState();
}

std::optional<QDateTime> RecordedDialog::recordedAt() const
{
    if (!m_known->isChecked())
        return std::nullopt;
    const QDateTime plain = m_time->dateTime();
    return QDateTime(plain.date(), plain.time(), Qt::OffsetFromUTC, m_zone->currentData().toInt());
}

std::int64_t RecordedDialog::clockOffsetMilliseconds() const
{
    return m_known->isChecked() ? std::llround(m_offset->value() * 1000.0) : 0;
}

void RecordedDialog::updateState()
{
    const bool known = m_known->isChecked();
    m_time->setEnabled(known);
    m_zone->setEnabled(known);
    m_offset->setEnabled(known);
    const std::optional<QDateTime> time = recordedAt();
    m_result->setText(time ? tr("The clip begins at %1 (%2).")
                                 .arg(QLocale().toString(time->addMSecs(clockOffsetMilliseconds()),
                                                         QStringLiteral("yyyy-MM-dd HH:mm:ss")),
                                      m_zone->currentText())
                           : tr("The record that goes with the copy will say that the time is not known."));
}

} // namespace doorveil::ui
