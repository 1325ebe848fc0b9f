// SPDX-License-Identifier: GPL-3.0-or-later
#include "share/shareplace.h"

#include "window/emptypage.h"

#include <QVBoxLayout>

namespace doorveil::ui {

SharePlace::SharePlace(const WindowContext &, QWidget *parent) : Place(parent)
{
    setObjectName(QStringLiteral("sharePlace"));
    auto *page = new EmptyPage(QStringLiteral("share"), this);
    page->setTexts(
        tr("Sharing is not in this version yet"),
        tr("To make a covered copy of a clip, use the command line: doorveil-cli redact PROJECT -o COPY.mp4"), {});
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(page);
}

QString SharePlace::title() const
{
    return tr("Share");
}

} // namespace doorveil::ui
