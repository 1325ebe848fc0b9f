// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAction>
#include <QList>
#include <QString>
#include <QWidget>

#include <optional>

namespace doorveil::ui {

/// A titled list of actions: a menu of the window while its place is shown, and a section of the key sheet always.
/// A null pointer is a separator. The actions belong to the place and carry an objectName (actions.h makes them).
struct ActionMenu
{
    QString objectName; ///< of the menu, such as "editMenu"
    QString title; ///< with its mnemonic, such as tr("&Edit")
    QList<QAction *> actions;
};

/// Long work of a place, as the window's status bar shows it. An empty title: nothing runs.
struct JobStatus
{
    QString title; ///< "Analysing 2 of 3"
    QString detail; ///< "1:10 left"
    int percent = -1; ///< 0 to 100; -1 where unknown
    bool cancellable = true;
    bool operator==(const JobStatus &) const = default;
};

/// One of the window's places (Clips, Review, Share, the ledger). The window owns it, shows one at a time, and knows
/// nothing of it but this. Everything here is called on the window's thread and returns at once.
class Place : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    /// The name in the path header, translated; asked again after a change of language.
    [[nodiscard]] virtual QString title() const = 0;
    /// Asked for when the place is made and after actionsChanged().
    [[nodiscard]] virtual QList<ActionMenu> menus() const { return {}; }
    /// What gets the keyboard when the place is shown; null: the place itself decides through its tab order.
    [[nodiscard]] virtual QWidget *firstFocus() { return nullptr; }

    /// What quitting now would interrupt, as a sentence that says what happens to it; nothing where it may just close.
    [[nodiscard]] virtual std::optional<QString> closeObstacle() const { return std::nullopt; }
    /// The window is closing (the owner agreed, where there was an obstacle). Stop work, save; when isReadyToClose()
    /// turns true later than this call returns, emit readyToClose().
    virtual void prepareToClose() { }
    [[nodiscard]] virtual bool isReadyToClose() const { return true; }

public slots:
    /// The status bar's cross next to the running job.
    virtual void cancelJob() { }

signals:
    /// A word or two beside the place's name: "5 to check"; empty for none.
    void badgeChanged(const QString &badge);
    void jobChanged(const doorveil::ui::JobStatus &job);
    void actionsChanged();
    void readyToClose();
};

} // namespace doorveil::ui
