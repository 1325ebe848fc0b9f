// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "windowcontext.h"

#include "base/result.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::ui {

class ClipsPlace;
class Place;
class ReviewPlaceBase;
class Translation;
struct ActionMenu;

/// The window: the path header, the places under it, the status strip, and the menus of the place that is shown.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    enum class PlaceId { Clips, Review, Share, Ledger };

    struct Options
    {
        bool networkRefused = false; ///< the system keeps this process from the network (isolation::refuseNetwork)
        Translation *translation = nullptr; ///< lent; without it the language cannot be changed
    };

    MainWindow(const WindowContext &context, const Options &options, QWidget *parent = nullptr);
    ~MainWindow() override;

    void showPlace(PlaceId id);
    [[nodiscard]] PlaceId currentPlace() const;
    [[nodiscard]] Place *place(PlaceId id) const;
    /// Files and folders of the command line, in any mixture of clips and projects.
    void openPaths(const std::vector<std::filesystem::path> &paths);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void addPlace(PlaceId id, Place *place, const QString &stepName, bool apart);
    void connectPlaces();
    void connectReview();
    void connectShare();
    void makeActions();
    void makeChoices();
    void makeWelcome();
    void showWelcome();
    [[nodiscard]] QList<ActionMenu> windowMenus() const;
    void rebuildMenus();
    void showKeys();
    void showAbout();
    void retranslate();
    void restoreLayout();
    void saveLayout();
    void showJobs();
    void askToClose(const QStringList &obstacles);
    void beginClosing();
    void finishClosing();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
