// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/reviewdocument.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QDoubleSpinBox;
class QLabel;

namespace doorveil::ui {

/// When the clip was recorded, in which time zone, and by how much the camera's clock was wrong. Used with open().
class RecordedDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit RecordedDialog(const project::ReviewDocument &document, QWidget *parent = nullptr);

    [[nodiscard]] std::optional<QDateTime> recordedAt() const; ///< with its UTC offset, as the camera's clock said
    [[nodiscard]] std::int64_t clockOffsetMilliseconds() const; ///< to be added to it

private:
    void updateState();

    QCheckBox *m_known;
    QDateTimeEdit *m_time;
    QComboBox *m_zone;
    QDoubleSpinBox *m_offset;
    QLabel *m_result;
};

} // namespace doorveil::ui
