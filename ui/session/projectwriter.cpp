// SPDX-License-Identifier: GPL-3.0-or-later
#include "session/projectwriter.h"

#include "session/guithread.h"

namespace doorveil::ui {

void ProjectWriter::adopt(base::Result<std::unique_ptr<project::ProjectStore>> store)
{
    if (!store) {
        emit openFailed(store.error());
        return;
    }
    m_store = std::move(*store);
    emit opened(std::make_shared<const project::ReviewDocument>(m_store->document()));
}

void ProjectWriter::open(const std::filesystem::path &file)
{
    assertNotGuiThread();
    adopt(project::ProjectStore::open(file));
}

void ProjectWriter::create(const std::filesystem::path &file, const project::ReviewDocument &document)
{
    assertNotGuiThread();
    adopt(project::ProjectStore::create(file, document, false));
}

void ProjectWriter::apply(const project::Edit &edit)
{
    assertNotGuiThread();
    if (!m_store) {
        emit refused({base::ErrorKind::Failure, tr("no project is open")});
        return;
    }
    const base::Result<project::Edit> inverse = m_store->apply(edit);
    if (!inverse) {
        emit refused(inverse.error());
        return;
    }
    emit applied(std::make_shared<const project::ReviewDocument>(m_store->document()), *inverse);
}

} // namespace doorveil::ui
