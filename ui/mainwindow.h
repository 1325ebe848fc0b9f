// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "windowcontext.h"

#include "base/result.h"

#include <QMainWindow>

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::ui {

class Place;

/// The window: the path header, the places under it, the status strip, and the menus of the place that is shown.
class MainWindow final : public QMainWindow
{
    Q_OBJECT

public:
    enum class PlaceId { Clips, Review, Share, Ledger };

    struct Options
    {
        bool networkRefused = false; ///< the system keeps this process from the network (isolation::refuseNetwork)
    };

    MainWindow(const WindowContext &context, const Options &options, QWidget *parent = nullptr);
    ~MainWindow() override;

    void show(PlaceId place);
    [[nodiscard]] PlaceId currentPlace() const;
    [[nodiscard]] Place *place(PlaceId id) const;
    /// Files and folders of the command line, in any mixture of clips and projects.
    void openPaths(const std::vector<std::filesystem::path> &paths);

protected:
    void closeEvent(QCloseEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void addPlace(PlaceId id, Place *place, const QString &stepName, bool apart);
    void connectPlaces();
    void makeActions();
    void rebuildMenus();
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
