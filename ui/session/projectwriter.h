// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/projectstore.h"

#include <QObject>

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>

namespace doorveil::ui {

/// The owner of a ProjectStore, on the session's writer thread: the only place of the window that touches SQLite.
/// Called through queued invocations; answers through signals.
class ProjectWriter final : public QObject
{
    Q_OBJECT

public:
    ProjectWriter() = default;
    ~ProjectWriter() override = default;

    void open(const std::filesystem::path &file);
    void create(const std::filesystem::path &file, const project::ReviewDocument &document);
    void apply(const project::Edit &edit);

signals:
    void opened(const std::shared_ptr<const doorveil::project::ReviewDocument> &document);
    void openFailed(const doorveil::base::Error &error);
    /// On disk. `document` is a snapshot of its own: shared with nobody who writes.
    void applied(const std::shared_ptr<const doorveil::project::ReviewDocument> &document,
                 const doorveil::project::Edit &inverse);
    void refused(const doorveil::base::Error &error);

private:
    void adopt(base::Result<std::unique_ptr<project::ProjectStore>> store);

    std::unique_ptr<project::ProjectStore> m_store;
};

} // namespace doorveil::ui
