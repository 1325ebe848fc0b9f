// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/aboutdialog.h"

#include "pipeline/components.h"

#include <QApplication>
#include <QDialogButtonBox>
#include <QFile>
#include <QFontDatabase>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTabWidget>
#include <QTextBrowser>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {

constexpr QSize dialogSize(680, 540);
constexpr int iconSize = 64;

QString row(const QStringList &cells, bool header = false)
{
    QString text = QStringLiteral("<tr>");
    const QString tag = header ? QStringLiteral("th") : QStringLiteral("td");
    for (const QString &cell : cells)
        text += QStringLiteral("<%1 align='left'>%2</%1>").arg(tag, cell.toHtmlEscaped());
    return text + QStringLiteral("</tr>");
}

QString partsTable(const std::vector<pipeline::ModelStatus> &models)
{
    QString html = QStringLiteral("<table cellpadding='4' width='100%'>");
    html += row({AboutDialog::tr("Part"), AboutDialog::tr("Version"), AboutDialog::tr("Licence")}, true);
    html += row({QStringLiteral("Doorveil"), QApplication::applicationVersion(), QStringLiteral("GPL-3.0-or-later")});
    for (const pipeline::Component &component : pipeline::components())
        html += row({component.name, component.version, component.licence});
    html += QStringLiteral("</table><h4>%1</h4><table cellpadding='4' width='100%'>")
                .arg(AboutDialog::tr("Detection models").toHtmlEscaped());
    html += row({AboutDialog::tr("Model"), AboutDialog::tr("Version"), AboutDialog::tr("Licence")}, true);
    for (const pipeline::ModelStatus &model : models)
        html += row({model.id, model.version, model.licence});
    return html + QStringLiteral("</table>");
}

} // namespace

AboutDialog::AboutDialog(bool networkRefused, const std::vector<pipeline::ModelStatus> &models, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(QStringLiteral("aboutDialog"));
    setWindowTitle(tr("About Doorveil"));
    resize(dialogSize);
    auto *icon = new QLabel(this);
    icon->setPixmap(
        QIcon(QStringLiteral(":/doorveil/icons/doorveil.svg")).pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
    auto *name = new QLabel(tr("Doorveil %1").arg(QApplication::applicationVersion()), this);
    name->setObjectName(QStringLiteral("aboutVersion"));
    name->setProperty("look", QStringLiteral("title"));
    auto *purpose =
        new QLabel(tr("Covers bystanders in doorbell clips on your own computer, before you share them."), this);
    purpose->setWordWrap(true);
    auto *network =
        new QLabel(networkRefused ? tr("Your system keeps this program from the network.")
                                  : tr("This program has no network code. This system does not enforce that."),
                   this);
    network->setProperty("look", QStringLiteral("muted"));
    auto *texts = new QVBoxLayout;
    texts->addWidget(name);
    texts->addWidget(purpose);
    texts->addWidget(network);
    auto *top = new QHBoxLayout;
    top->setSpacing(16);
    top->addWidget(icon, 0, Qt::AlignTop);
    top->addLayout(texts, 1);

    auto *tabs = new QTabWidget(this);
    auto *parts = new QTextBrowser(tabs);
    parts->setObjectName(QStringLiteral("aboutParts"));
    parts->setOpenLinks(false);
    parts->setHtml(partsTable(models));
    tabs->addTab(parts, tr("Versions"));
    auto *licence = new QPlainTextEdit(tabs);
    licence->setObjectName(QStringLiteral("aboutLicence"));
    licence->setReadOnly(true);
    licence->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    QFile file(QStringLiteral(":/doorveil/LICENSE"));
    if (file.open(QIODevice::ReadOnly))
        licence->setPlainText(QString::fromUtf8(file.readAll()));
    tabs->addTab(licence, tr("Licence"));

    auto *buttons = new QDialogButtonBox(this);
    buttons->addButton(tr("Close"), QDialogButtonBox::RejectRole)->setObjectName(QStringLiteral("closeAbout"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(20, 20, 20, 16);
    layout->setSpacing(14);
    layout->addLayout(top);
    layout->addWidget(tabs, 1);
    layout->addWidget(buttons);
}

} // namespace doorveil::ui
