// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/reviewsession.h"

#include "base/handover.h"
#include "session/projectwriter.h"

#include <QThread>

#include <deque>
#include <optional>
#include <utility>

namespace doorveil::ui {

namespace {

/// One step on the undo stack. It is pushed when its edit is on disk, so nothing is done by pushing it; undo and redo
/// go through the session's queue, and the stack's index moves when they are on disk.
class EditCommand final : public QUndoCommand
{
public:
    EditCommand(project::Edit performed, project::Edit takesBack, const QString &text)
        : QUndoCommand(text), edit(std::move(performed)), inverse(std::move(takesBack))
    {
    }
    void undo() override { }
    void redo() override { }

    project::Edit edit;
    project::Edit inverse;
};

struct Operation
{
    enum class Kind { Perform, Record, Undo, Redo };
    Kind kind = Kind::Perform;
    project::Edit edit; ///< for Perform and Record
    QString text;
};

} // namespace

struct ReviewSession::State
{
    QThread thread;
    ProjectWriter *writer = nullptr; ///< lives on the thread, deleted when it finishes
    QUndoStack stack;
    std::filesystem::path file;
    std::shared_ptr<const project::ReviewDocument> document = std::make_shared<const project::ReviewDocument>();
    bool open = false;
    std::deque<Operation> waiting;
    std::optional<Operation> running;
};

ReviewSession::ReviewSession(QObject *parent) : QObject(parent), m_state(std::make_unique<State>())
{
    qRegisterMetaType<base::Error>("doorveil::base::Error");
    qRegisterMetaType<project::Edit>("doorveil::project::Edit");
    qRegisterMetaType<std::shared_ptr<const project::ReviewDocument>>(
        "std::shared_ptr<const doorveil::project::ReviewDocument>");

    m_state->writer = new ProjectWriter; // deleted by its thread's finished()
    m_state->writer->moveToThread(&m_state->thread);
    connect(&m_state->thread, &QThread::finished, m_state->writer, &QObject::deleteLater);
    // On the writer's thread, from which base::post() brings the answers here.
    using Document = std::shared_ptr<const project::ReviewDocument>;
    connect(m_state->writer, &ProjectWriter::opened, m_state->writer, [this](const Document &document) {
        base::post(this, [this, document] {
            m_state->document = document;
            m_state->open = true;
            emit opened();
            emit documentChanged();
            startNext();
        });
    });
    connect(m_state->writer, &ProjectWriter::openFailed, m_state->writer,
            [this](const base::Error &error) { base::post(this, [this, error] { emit openFailed(error); }); });
    connect(m_state->writer, &ProjectWriter::applied, m_state->writer,
            [this](const Document &document, const project::Edit &inverse) {
                base::post(this, [this, document, inverse] { finishRunning(document, inverse); });
            });
    connect(m_state->writer, &ProjectWriter::refused, m_state->writer, [this](const base::Error &error) {
        base::post(this, [this, error] {
            const std::optional<Operation> failed = std::exchange(m_state->running, std::nullopt);
            if (!failed || failed->kind != Operation::Kind::Record)
                emit editFailed(failed ? failed->text : QString(), error);
            startNext();
        });
    });
    m_state->thread.setObjectName(QStringLiteral("project-writer"));
    m_state->thread.start();
}

ReviewSession::~ReviewSession()
{
    // What was performed is handed over in order; the thread ends behind it.
    while (!m_state->waiting.empty()) {
        const Operation operation = m_state->waiting.front();
        m_state->waiting.pop_front();
        if (operation.kind == Operation::Kind::Perform || operation.kind == Operation::Kind::Record)
            base::post(m_state->writer, [writer = m_state->writer, edit = operation.edit] { writer->apply(edit); });
    }
    base::endAfterPosted(m_state->writer, m_state->thread);
}

void ReviewSession::open(const std::filesystem::path &projectFile)
{
    m_state->file = projectFile;
    base::post(m_state->writer, [writer = m_state->writer, projectFile] { writer->open(projectFile); });
}

void ReviewSession::create(const std::filesystem::path &projectFile, const project::ReviewDocument &document)
{
    m_state->file = projectFile;
    base::post(m_state->writer,
               [writer = m_state->writer, projectFile, document] { writer->create(projectFile, document); });
}

bool ReviewSession::isOpen() const
{
    return m_state->open;
}

const std::filesystem::path &ReviewSession::projectFile() const
{
    return m_state->file;
}

const project::ReviewDocument &ReviewSession::document() const
{
    return *m_state->document;
}

std::shared_ptr<const project::ReviewDocument> ReviewSession::snapshot() const
{
    return m_state->document;
}

const QUndoStack *ReviewSession::undoStack() const
{
    return &m_state->stack;
}

bool ReviewSession::isSaving() const
{
    return m_state->running.has_value() || !m_state->waiting.empty();
}

void ReviewSession::perform(const project::Edit &edit, const QString &text)
{
    m_state->waiting.push_back({Operation::Kind::Perform, edit, text});
    startNext();
}

void ReviewSession::perform(const std::vector<project::Edit> &edits, const QString &text)
{
    perform(project::Edit(std::make_shared<const project::EditGroup>(project::EditGroup{text, edits})), text);
}

void ReviewSession::record(const project::Edit &edit)
{
    m_state->waiting.push_back({Operation::Kind::Record, edit, {}});
    startNext();
}

void ReviewSession::undo()
{
    m_state->waiting.push_back({Operation::Kind::Undo, {}, {}});
    startNext();
}

void ReviewSession::redo()
{
    m_state->waiting.push_back({Operation::Kind::Redo, {}, {}});
    startNext();
}

void ReviewSession::startNext()
{
    const bool wasSaving = isSaving();
    while (m_state->open && !m_state->running && !m_state->waiting.empty()) {
        Operation operation = std::move(m_state->waiting.front());
        m_state->waiting.pop_front();
        if (operation.kind == Operation::Kind::Undo || operation.kind == Operation::Kind::Redo) {
            const bool isUndo = operation.kind == Operation::Kind::Undo;
            if (isUndo ? !m_state->stack.canUndo() : !m_state->stack.canRedo())
                continue;
            const auto *command =
                static_cast<const EditCommand *>(m_state->stack.command(m_state->stack.index() - (isUndo ? 1 : 0)));
            operation.edit = isUndo ? command->inverse : command->edit;
            operation.text = command->text();
        }
        m_state->running = operation;
        base::post(m_state->writer, [writer = m_state->writer, edit = operation.edit] { writer->apply(edit); });
    }
    if (wasSaving || isSaving())
        emit savingChanged(isSaving());
}

void ReviewSession::finishRunning(const std::shared_ptr<const project::ReviewDocument> &document,
                                  const project::Edit &inverse)
{
    const Operation operation = std::move(*m_state->running);
    m_state->running.reset();
    m_state->document = document;
    switch (operation.kind) {
    case Operation::Kind::Perform:
        m_state->stack.push(new EditCommand(operation.edit, inverse, operation.text)); // the stack owns it
        break;
    case Operation::Kind::Record:
        emit recorded();
        startNext();
        return;
    case Operation::Kind::Undo:
        m_state->stack.undo();
        break;
    case Operation::Kind::Redo:
        m_state->stack.redo();
        break;
    }
    emit documentChanged();
    startNext();
}

} // namespace doorveil::ui
