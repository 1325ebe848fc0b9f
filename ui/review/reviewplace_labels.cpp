// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/labels.h"
#include "review/reviewplace.h"
#include "review/reviewplace_p.h"
#include "window/smalldialog.h"

#include <QFileInfo>
#include <QFormLayout>
#include <QLabel>
#include <QSpinBox>

namespace doorveil::ui {

namespace {
constexpr int longestStep = 1000; // frames
} // namespace

void ReviewPlace::exportLabels()
{
    State &state = *m_state;
    if (!state.document || !state.clipUsable)
        return;
    state.player.pause();
    auto *dialog = new SmallDialog(QStringLiteral("labelsDialog"),
                                   tr("Labels of %1").arg(QFileInfo(state.document->source.path).fileName()),
                                   {tr("Choose where…"), QStringLiteral("labelsChoose")}, this);
    auto *about = new QLabel(
        tr("The file says where faces, heads and plates are, with your corrections, so that it can be measured what "
           "Doorveil finds by itself. Mistakes that you dismissed are left out.\n\nIt holds positions of people, but "
           "no pictures and no names. It is written only where you say, and it never leaves this computer by itself."),
        dialog);
    about->setWordWrap(true);
    about->setMinimumWidth(420);
    auto *step = new QSpinBox(dialog);
    step->setObjectName(QStringLiteral("labelsStep"));
    step->setRange(1, longestStep);
    step->setValue(pipeline::labels::usualStep);
    auto *form = new QFormLayout;
    form->addRow(tr("One frame of every"), step);
    dialog->content()->addWidget(about);
    dialog->content()->addLayout(form);
    connect(dialog, &QDialog::accepted, this, [this, step] { writeLabels(step->value()); });
    dialog->open();
}

void ReviewPlace::writeLabels(int step)
{
    State &state = *m_state;
    if (!state.document)
        return;
    const QFileInfo clip(state.document->source.path);
    SavedFile about;
    about.objectName = QStringLiteral("exportLabelsDialog");
    about.title = tr("Save the labels of %1").arg(clip.fileName());
    about.folder = clip.absolutePath();
    about.name = clip.fileName() + QLatin1String(pipeline::labels::fileSuffix);
    about.filter = tr("Labels (*.json)");
    about.suffix = QStringLiteral("json");
    about.write = [step](const project::ReviewDocument &document, const std::filesystem::path &target,
                         const std::filesystem::path &projectFile, const base::CancelToken &) {
        return pipeline::writeLabels(document, step, target, true, projectFile);
    };
    about.done = tr("Saved as %1. It says where people are in this clip: keep it as you keep the clip.");
    saveFile(about);
}

} // namespace doorveil::ui
