// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "projectsummary.h"
#include "windowcontext.h"

#include "base/result.h"

#include <filesystem>
#include <memory>
#include <vector>

namespace doorveil::ui {

class ClipList;

/// The list of clips: import, analysis, and the way into review.
class ClipsPlace final : public Place
{
    Q_OBJECT

public:
    explicit ClipsPlace(const WindowContext &context, QWidget *parent = nullptr);
    ~ClipsPlace() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<ActionMenu> menus() const override;
    [[nodiscard]] QWidget *firstFocus() override;
    [[nodiscard]] std::optional<QString> closeObstacle() const override;
    void prepareToClose() override;
    [[nodiscard]] bool isReadyToClose() const override;

    /// Opening clips, folders and projects: useful in every place.
    [[nodiscard]] QList<QAction *> openActions() const;
    /// Shows how to get the better detectors.
    [[nodiscard]] QAction *modelsAction() const;
    [[nodiscard]] ClipList *list() const;

public slots:
    void cancelJob() override;

signals:
    void reviewWanted(const std::filesystem::path &project);
    void message(const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void makeActions();
    void makeView();
    void retranslate();
    void refresh();
    void refreshQueue();
    void showContextMenu(const QPoint &position);
    [[nodiscard]] QString clipFolder() const;
    void chooseClips();
    void chooseFolder();
    void chooseProject();
    void chooseClipFor(int id);
    void askRecordedTime();
    void showModels();
    void openCurrent();
    void openInReview(int id);
    [[nodiscard]] std::vector<int> selected() const;
    [[nodiscard]] int current() const; ///< 0 without one

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
