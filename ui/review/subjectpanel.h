// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStyledItemDelegate>
#include <QWidget>

#include <cstdint>
#include <vector>

class QLabel;
class QListView;
class QToolButton;

namespace doorveil::ui {

class SubjectModel;
class Theme;

/// Paints a subject: thumbnail, name, state, times and the switch at its right end.
class SubjectDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    SubjectDelegate(const Theme &theme, QObject *parent);

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    bool editorEvent(QEvent *event, QAbstractItemModel *model, const QStyleOptionViewItem &option,
                     const QModelIndex &index) override;
    /// Where the switch of a row lies.
    [[nodiscard]] static QRect switchArea(const QRect &row);

signals:
    void switched(std::int64_t subject);

private:
    const Theme &m_theme;
};

/// The list of who was found, and what can be done with the chosen ones.
class SubjectPanel final : public QWidget
{
    Q_OBJECT

public:
    SubjectPanel(SubjectModel &model, const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QListView *view() const { return m_view; }
    void setActions(const std::vector<QAction *> &actions);
    void setCard(QWidget *card); ///< between the list and the buttons
    /// Ids of the chosen rows, the current one first.
    [[nodiscard]] std::vector<std::int64_t> chosen() const;
    void choose(std::int64_t subject); ///< 0 for none

protected:
    void changeEvent(QEvent *event) override;

signals:
    void switched(std::int64_t subject);
    void chosenChanged();
    void activated(std::int64_t subject); ///< Enter or a double click: go to where it appears
    void menuWanted(const QPoint &globalPosition);

private:
    void updateTexts();
    void updateSummary();

    SubjectModel &m_model;
    QListView *m_view;
    QLabel *m_title;
    QLabel *m_summary;
    QWidget *m_buttons;
    bool m_choosing = false;
};

} // namespace doorveil::ui
