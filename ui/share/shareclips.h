// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/window.h"
#include "share/sharejobs.h"

#include <QWidget>

#include <filesystem>
#include <optional>
#include <vector>

class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;
class QTableWidgetItem;

namespace doorveil::ui {

/// A project that may be shared.
struct ShareEntry
{
    std::filesystem::path project;
    std::optional<ShareClip> clip; ///< nothing: not read yet, or `error` says why it cannot be
    QString error;
    bool chosen = false;
};

/// "What leaves": the clips with their ticks, what of them was asked for, who stays visible, and what is held back.
class ShareClips final : public QWidget
{
    Q_OBJECT

public:
    /// The entries are the place's own and outlive this; ticks are written into them.
    explicit ShareClips(std::vector<ShareEntry> &entries, QWidget *parent = nullptr);

    /// After the entries or the time asked for have changed.
    void showEntries(const consent::RequestWindow &window);
    /// Shows the fields and buttons that the chosen clips need.
    void showFields(const consent::RequestWindow &window);

    /// Ticks the clips that lie in the time asked for, whole or in part; the others stay as they are.
    void chooseAskedFor(const consent::RequestWindow &window);
    /// The projects, selected or chosen, of which only a part was asked for and that are not trimmed yet.
    [[nodiscard]] std::vector<std::filesystem::path> partlyAskedFor(const consent::RequestWindow &window) const;

    [[nodiscard]] bool needsReason() const; ///< a chosen clip is not reviewed, and it is not said why
    [[nodiscard]] QWidget *table() const;
    [[nodiscard]] QWidget *reasonField() const;
    [[nodiscard]] QString unreviewedReason() const;
    void setUnreviewedReason(const QString &reason);
    /// What the widgets say of footage that is held back, in the decision.
    void fillIn(consent::Decision &decision) const;
    void setDecision(const consent::Decision &decision);

signals:
    void changed();
    void trimWanted();
    void askedForWanted(); ///< chooseAskedFor() answers

private:
    void addFields();
    [[nodiscard]] bool choosesUnreviewed() const;
    void showEntry(int row, const consent::RequestWindow &window);
    void showRelation(int row, const consent::WindowMatch &match, bool trimmed);
    QTableWidgetItem *setText(int row, int column, const QString &text);

    std::vector<ShareEntry> &m_entries;
    bool m_filling = false;
    QTableWidget *m_table;
    QPushButton *m_askedFor;
    QPushButton *m_trim;
    QLabel *m_unreviewedLabel;
    QLineEdit *m_unreviewedReason;
    QCheckBox *m_withheld;
    QLineEdit *m_withheldNote;
};

} // namespace doorveil::ui
