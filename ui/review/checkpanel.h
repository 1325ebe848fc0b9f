// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "review/watchedtime.h"

#include <QStyledItemDelegate>
#include <QWidget>

#include <cstdint>

class QAction;
class QFrame;
class QLabel;
class QListView;
class QProgressBar;
class QPushButton;

namespace doorveil::ui {

class CheckModel;
class Theme;

class CheckDelegate final : public QStyledItemDelegate
{
    Q_OBJECT

public:
    CheckDelegate(const Theme &theme, QObject *parent);
    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override;
    [[nodiscard]] QSize sizeHint(const QStyleOptionViewItem &option, const QModelIndex &index) const override;

private:
    const Theme &m_theme;
};

/// Things to check, one after the other, what was watched, and the owner's word that this clip is reviewed.
class CheckPanel final : public QWidget
{
    Q_OBJECT

public:
    struct Actions
    {
        QAction *next = nullptr;
        QAction *previous = nullptr;
        QAction *fine = nullptr;
        QAction *cover = nullptr;
        QAction *show = nullptr;
        QAction *dismiss = nullptr;
        QAction *reviewed = nullptr;
        QAction *nextUnwatched = nullptr;
    };

    CheckPanel(CheckModel &model, const Theme &theme, QWidget *parent = nullptr);

    [[nodiscard]] QListView *view() const { return m_view; }
    void setActions(const Actions &actions);
    void setWatched(const WatchedFrames &watched);
    void setReviewed(bool reviewed);
    void choose(const QModelIndex &index);

protected:
    void changeEvent(QEvent *event) override;

signals:
    void chosenChanged(const QModelIndex &index);

private:
    void updateTexts();

    CheckModel &m_model;
    QListView *m_view;
    QLabel *m_title;
    QLabel *m_explanation;
    QFrame *m_card;
    QWidget *m_settleButtons;
    QWidget *m_walkButtons;
    QLabel *m_watchedText;
    QProgressBar *m_watchedBar;
    QLabel *m_reviewedText;
    QWidget *m_reviewedButtons;
    QPushButton *m_reviewedButton = nullptr;
    WatchedFrames m_watched;
    bool m_reviewed = false;
    bool m_choosing = false;
};

} // namespace doorveil::ui
