// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/clipsplace.h"

#include "window/emptypage.h"

#include <QVBoxLayout>

namespace doorveil::ui {

ClipsPlace::ClipsPlace(const WindowContext &, QWidget *parent) : Place(parent)
{
    setObjectName(QStringLiteral("clipsPlace"));
    auto *page = new EmptyPage(QStringLiteral("clips"), this);
    page->setTexts(tr("Open a project"), tr("Start the program with a project: doorveil CLIP.doorveil"), {});
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(page);
}

ClipsPlace::~ClipsPlace() = default;

QString ClipsPlace::title() const
{
    return tr("Clips");
}

void ClipsPlace::addPaths(const std::vector<std::filesystem::path> &paths)
{
    for (const std::filesystem::path &path : paths) {
        if (path.extension() == ".doorveil") {
            emit reviewWanted(path);
            return;
        }
    }
}

} // namespace doorveil::ui
