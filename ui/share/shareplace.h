// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "place.h"
#include "share/sharedraft.h"
#include "share/sharejobs.h"
#include "windowcontext.h"

#include <filesystem>
#include <memory>
#include <vector>

class QVBoxLayout;

namespace doorveil::ui {

/// Where reviewed clips become a package, on one guided page: who asked, what leaves, under what conditions, how the
/// statement reads, the export with its checks as they happen, and what to do with the result. Nothing is sent.
class SharePlace final : public Place
{
    Q_OBJECT

public:
    explicit SharePlace(const WindowContext &context, QWidget *parent = nullptr);
    ~SharePlace() override;

    [[nodiscard]] QString title() const override;
    [[nodiscard]] QList<ActionMenu> menus() const override;
    [[nodiscard]] QWidget *firstFocus() override;
    [[nodiscard]] std::optional<QString> closeObstacle() const override;
    void prepareToClose() override;
    [[nodiscard]] bool isReadyToClose() const override;

    /// Projects that may be shared; those that are new in the list are read when the place is shown.
    void setProjects(const std::vector<std::filesystem::path> &projects);
    /// The project that review has open, which nobody else may read; empty for none.
    void setOpenProject(const std::filesystem::path &project);

public slots:
    void cancelJob() override;

signals:
    /// Review has to let go of its project.
    void releaseWanted();
    void clipsWanted();
    void ledgerWanted();
    /// A project was changed here (trimmed, or finds of a check were kept).
    void projectChanged(const std::filesystem::path &project);
    /// The ledger has a new entry.
    void ledgerChanged();

protected:
    void showEvent(QShowEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void build();
    void buildPreview(QVBoxLayout *card);
    QWidget *buildSide();
    void connectParts();
    void readProjects();
    void takeClip(const std::filesystem::path &project, const base::Result<ShareClip> &clip);
    void showClips();
    void showToDo();
    void goTo(QWidget *field);
    void readKey();
    void takeKey(const KeyState &key);
    [[nodiscard]] ShareDraft draft() const;
    void saveDraft();
    void forgetDraft();
    void showTyped();
    void takeEdit();
    void startOver();
    void showPreview();
    void refresh();
    [[nodiscard]] ShareOrder order() const;
    void make();
    void showProgress(const base::Progress &progress);
    void finish(const base::Result<ShareOutcome> &outcome);
    void beginAnother();
    void showDeclined(const consent::LedgerEntry &entry);
    void decline();
    void trim();
    void noteDelivery(const QJsonObject &content);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
