// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/file.h"
#include "coretexts.h"
#include "pipeline/labels.h"
#include "review/reviewplace.h"
#include "review/reviewplace_p.h"
#include "window/smalldialog.h"

#include <QFile>
#include <QFileDialog>
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
    auto *dialog = new QFileDialog(this, tr("Save the labels of %1").arg(clip.fileName()), clip.absolutePath(),
                                   tr("Labels (*.json)"));
    dialog->setObjectName(QStringLiteral("exportLabelsDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("json"));
    dialog->selectFile(clip.fileName() + QLatin1String(pipeline::labels::fileSuffix));
    connect(dialog, &QFileDialog::fileSelected, this, [this, step](const QString &file) {
        State &now = *m_state;
        if (!now.document)
            return;
        const std::filesystem::path target(QFile::encodeName(file).toStdString());
        // The dialogue has asked before it gave the name of a file that exists.
        now.work->run(
            [document = now.document, step, target,
             projectFile = now.session->projectFile()](const base::CancelToken &) {
                return pipeline::writeLabels(*document, step, target, true, projectFile);
            },
            [this, target](const base::Result<void> &saved) {
                if (saved)
                    m_state->notice->tell(
                        ReviewNotice::Kind::Remark,
                        tr("Saved as %1. It says where people are in this clip: keep it as you keep the clip.")
                            .arg(base::displayPath(target)));
                else
                    m_state->notice->tell(ReviewNotice::Kind::Problem, errorText(saved.error()));
            });
    });
    dialog->open();
}

} // namespace doorveil::ui
