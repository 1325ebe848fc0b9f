// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/track.h"

#include <QDialog>
#include <QPixmap>

#include <optional>

class QButtonGroup;
class QComboBox;
class QLabel;
class QPushButton;

namespace doorveil::ui {

/// Asks why somebody is shown and what they said about it. Nothing is chosen beforehand, unless the owner has answered
/// for the same person before: showing a person is an act of the owner. Used with open(); accepted() brings decision().
class ShowDialog final : public QDialog
{
    Q_OBJECT

public:
    struct About
    {
        QString name;
        QString times;
        QPixmap picture;
        base::TrackKind kind = base::TrackKind::Face;
        bool coverOthers = false; ///< "Cover everyone except …": the text says so
        std::optional<base::Decision> proposed; ///< what the owner answered about them elsewhere
    };

    explicit ShowDialog(const About &about, QWidget *parent = nullptr);

    /// Once both questions are answered.
    [[nodiscard]] std::optional<base::Decision> decision() const;

private:
    void updateState();
    void suggestConsent(base::ShowReason reason);

    QButtonGroup *m_reasons;
    QComboBox *m_consent;
    QLabel *m_note;
    QPushButton *m_accept;
};

} // namespace doorveil::ui
