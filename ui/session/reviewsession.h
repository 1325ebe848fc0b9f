// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/reviewdocument.h"

#include <QObject>
#include <QUndoStack>

#include <filesystem>
#include <memory>

namespace doorveil::ui {

/// One open project in the window: the document as it is on disk, edits on their way there, and undo without end.
///
/// Lives on the GUI thread; the ProjectStore lives on one writer thread of its own, so that no commit ever blocks the
/// window. Edits run one after the other: the next one starts when the one before is on disk (DESIGN promise 5), and
/// the document changes, with documentChanged(), only then. Undo and redo are edits like any other.
class ReviewSession final : public QObject
{
    Q_OBJECT

public:
    explicit ReviewSession(QObject *parent = nullptr);
    /// Waits for the edits that were handed over.
    ~ReviewSession() override;

    /// Opens an existing project on the writer thread; ends with opened() or openFailed().
    void open(const std::filesystem::path &projectFile);
    /// Makes a project of an analysed clip, then the same.
    void create(const std::filesystem::path &projectFile, const project::ReviewDocument &document);

    [[nodiscard]] bool isOpen() const;
    [[nodiscard]] const std::filesystem::path &projectFile() const;
    /// As saved. The reference stays valid; its content changes with documentChanged().
    [[nodiscard]] const project::ReviewDocument &document() const;
    /// The same as a value that other threads may keep.
    [[nodiscard]] std::shared_ptr<const project::ReviewDocument> snapshot() const;

    /// Queues an edit. `text` names it in the undo menu ("Cover Person 2"). Refused edits end with editFailed() and
    /// change nothing; those behind them still run.
    void perform(const project::Edit &edit, const QString &text);
    /// Several edits as one step.
    void perform(const std::vector<project::Edit> &edits, const QString &text);
    /// An edit that is no step of the owner's and cannot be undone, such as what has been watched. It may only change
    /// what no other edit touches: the inverses on the undo stack stay exact. Ends with recorded(), or silently where
    /// it is refused; documentChanged() is not sent.
    void record(const project::Edit &edit);

    /// Commands in it are on disk. Call undo() and redo() of the session, not of the stack.
    [[nodiscard]] const QUndoStack *undoStack() const;
    [[nodiscard]] bool isSaving() const; ///< edits are queued or on their way

public slots:
    void undo();
    void redo();

signals:
    void opened(); ///< documentChanged() follows
    void openFailed(const doorveil::base::Error &error);
    void documentChanged();
    void recorded();
    void savingChanged(bool saving);
    void editFailed(const QString &text, const doorveil::base::Error &error);

private:
    void startNext();
    void finishRunning(const std::shared_ptr<const project::ReviewDocument> &document, const project::Edit &inverse);

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace doorveil::ui
