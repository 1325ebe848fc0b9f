// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "projectsummary.h"

#include <QDialog>

class QCheckBox;
class QComboBox;
class QDateTimeEdit;
class QLabel;
class QSpinBox;
class QTimeEdit;

namespace doorveil::ui {

/// When a clip was recorded, as the owner knows it, and how wrong the camera's clock was.
class RecordedTimeDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Clip
    {
        QString name;
        RecordedTime recorded; ///< as set so far
        std::optional<QDateTime> guess; ///< by the camera's clock
        int others = 0; ///< clips beside it that come from the same folder, so probably from the same camera
    };
    explicit RecordedTimeDialog(const Clip &clip, QWidget *parent = nullptr);

    [[nodiscard]] RecordedTime recorded() const;
    /// The clock's error goes to the other clips, too.
    [[nodiscard]] bool correctsOthers() const;

private:
    void showResult();
    [[nodiscard]] std::optional<QDateTime> chosen() const;

    std::optional<QDateTime> m_guess;
    QCheckBox *m_known;
    QDateTimeEdit *m_time;
    QComboBox *m_zone;
    QComboBox *m_direction;
    QSpinBox *m_days;
    QTimeEdit *m_offset;
    QCheckBox *m_others;
    QLabel *m_result;
};

} // namespace doorveil::ui
