// SPDX-License-Identifier: GPL-3.0-or-later
#include "clips/modelsdialog.h"

#include "base/file.h"

#include <QApplication>
#include <QClipboard>
#include <QDialogButtonBox>
#include <QFrame>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

constexpr QSize dialogSize(680, 560);

/// A command to copy. This program does not run it: only that program may use the network.
QWidget *commandLine(const QString &command, const QString &name, QWidget *parent)
{
    auto *row = new QWidget(parent);
    auto *field = new QLineEdit(command, row);
    field->setObjectName(name);
    field->setReadOnly(true);
    field->setCursorPosition(0);
    field->setAccessibleName(ModelsDialog::tr("Command"));
    auto *copy = new QPushButton(ModelsDialog::tr("Copy"), row);
    QObject::connect(copy, &QPushButton::clicked, row, [command] { QApplication::clipboard()->setText(command); });
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(field, 1);
    layout->addWidget(copy);
    return row;
}

QLabel *paragraph(const QString &text, QWidget *parent, const char *look = "")
{
    auto *label = new QLabel(text, parent);
    label->setWordWrap(true);
    if (*look != '\0')
        label->setProperty("look", QString::fromLatin1(look));
    return label;
}

QString roleText(const QString &role)
{
    if (role == QLatin1String("face"))
        return ModelsDialog::tr("faces");
    if (role == QLatin1String("plate"))
        return ModelsDialog::tr("licence plates");
    return ModelsDialog::tr("people");
}

} // namespace

ModelsDialog::ModelsDialog(const Theme &theme, QWidget *parent)
    : QDialog(parent), m_theme(theme), m_state(new QLabel(this)), m_list(new QTextBrowser(this))
{
    setObjectName(QStringLiteral("modelsDialog"));
    setWindowTitle(tr("Detectors"));
    resize(dialogSize);
    m_state->setObjectName(QStringLiteral("modelsState"));
    m_state->setProperty("look", QStringLiteral("heading"));
    m_state->setWordWrap(true);
    m_list->setObjectName(QStringLiteral("modelsList"));
    m_list->setOpenLinks(false);
    m_list->setAccessibleName(tr("Detectors on this computer"));

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 16, 20, 16);
    layout->setSpacing(10);
    layout->addWidget(m_state);
    layout->addWidget(
        paragraph(tr("Good detectors find more of the people and plates in a clip, above all small, turned "
                     "and dark ones. They are files of about 20 MB that you install once. This window "
                     "never goes on line; a small program of its own fetches them when you start it."),
                  this));
    layout->addWidget(paragraph(tr("1. Open a terminal, paste this and press Enter:"), this));
    layout->addWidget(commandLine(QStringLiteral("doorveil-models install"), QStringLiteral("installCommand"), this));
    layout->addWidget(paragraph(tr("Without internet here: fetch the files on another computer and take them from a "
                                   "folder or a USB stick:"),
                                this, "muted"));
    layout->addWidget(commandLine(QStringLiteral("doorveil-models install --from ") + tr("FOLDER"),
                                  QStringLiteral("installFromCommand"), this));
    layout->addWidget(
        paragraph(tr("2. Come back and look again. Then analyse your clips again (Shift+F5): your work in "
                     "them stays."),
                  this));
    auto *check = new QPushButton(tr("Look again"), this);
    check->setObjectName(QStringLiteral("checkModels"));
    check->setProperty("look", QStringLiteral("primary"));
    connect(check, &QPushButton::clicked, this, [this] {
        m_state->setText(tr("Looking…"));
        emit checkWanted();
    });
    auto *row = new QHBoxLayout;
    row->addWidget(check);
    row->addStretch();
    layout->addLayout(row);
    layout->addWidget(m_list, 1);
    auto *buttons = new QDialogButtonBox(this);
    QPushButton *close = buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole);
    close->setObjectName(QStringLiteral("closeModels"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    layout->addWidget(buttons);
}

void ModelsDialog::show(const std::vector<pipeline::ModelStatus> &models)
{
    const bool basic = pipeline::isBasic(models);
    m_state->setText(models.empty() ? tr("Looking…")
                     : basic        ? tr("Only the basic detectors are installed")
                                    : tr("The good detectors are installed"));
    QString rows;
    for (const pipeline::ModelStatus &model : models) {
        const QString state = model.embedded ? tr("built in, basic")
                              : model.usable ? tr("installed and verified")
                                             : tr("not installed");
        const QColor colour = model.usable && !model.embedded ? m_theme.colours().success : m_theme.colours().mutedText;
        rows += QStringLiteral("<tr><td>%1</td><td>%2</td><td style='color:%3'>%4</td><td>%5</td></tr>")
                    .arg(model.id.toHtmlEscaped(), roleText(model.role), colour.name(), state,
                         model.licence.toHtmlEscaped());
    }
    m_list->setHtml(
        QStringLiteral("<table cellpadding='4' width='100%'><tr><th align='left'>%1</th><th align='left'>%2</th>"
                       "<th align='left'>%3</th><th align='left'>%4</th></tr>%5</table><p>%6</p>")
            .arg(tr("Detector"), tr("Finds"), tr("State"), tr("Licence"), rows,
                 tr("They are kept in %1").arg(base::displayPath(pipeline::installedModelsFolder()).toHtmlEscaped())));
}

} // namespace doorveil::ui
