// SPDX-License-Identifier: GPL-3.0-or-later
#include "window/welcomepage.h"

#include "theme/icons.h"

#include <QEvent>
#include <QFrame>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QIcon>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace doorveil::ui {

namespace {
constexpr int logoSize = 56;
constexpr int iconSize = 26;
constexpr int pageWidth = 760;
} // namespace

WelcomePage::WelcomePage(bool networkRefused, const QString &projectFolder, const QString &dataFolder, QWidget *parent)
    : QWidget(parent),
      m_networkRefused(networkRefused),
      m_projectFolder(projectFolder),
      m_dataFolder(dataFolder),
      m_logo(new QLabel(this)),
      m_title(new QLabel(this)),
      m_subtitle(new QLabel(this)),
      m_start(new QPushButton(this))
{
    setObjectName(QStringLiteral("welcomePage"));
    m_title->setProperty("look", QStringLiteral("title"));
    m_subtitle->setProperty("look", QStringLiteral("muted"));
    m_subtitle->setWordWrap(true);
    m_start->setObjectName(QStringLiteral("welcomeStart"));
    m_start->setProperty("look", QStringLiteral("primary"));
    m_start->setDefault(true);
    connect(m_start, &QPushButton::clicked, this, &WelcomePage::startClicked);

    auto *card = new QFrame(this);
    card->setProperty("look", QStringLiteral("card"));
    card->setFixedWidth(pageWidth);
    auto *points = new QGridLayout(card);
    points->setContentsMargins(28, 24, 28, 24);
    points->setHorizontalSpacing(18);
    points->setVerticalSpacing(4);
    points->setColumnStretch(1, 1);
    for (const char *icon : {"home", "eye-check", "film", "project"})
        addPoint(icon, *points);

    auto *heads = new QVBoxLayout;
    heads->setSpacing(2);
    heads->addWidget(m_title);
    heads->addWidget(m_subtitle);
    auto *head = new QHBoxLayout;
    head->setSpacing(18);
    head->addWidget(m_logo);
    head->addLayout(heads, 1);
    auto *column = new QVBoxLayout;
    column->setSpacing(20);
    column->addStretch(2);
    column->addLayout(head);
    column->addWidget(card);
    column->addWidget(m_start, 0, Qt::AlignRight);
    column->addStretch(3);
    auto *layout = new QHBoxLayout(this);
    layout->addStretch();
    layout->addLayout(column);
    layout->addStretch();
    retranslate();
    drawIcons();
}

void WelcomePage::addPoint(const char *icon, QGridLayout &layout)
{
    const Point point{icon, new QLabel(this), new QLabel(this), new QLabel(this)};
    const int row = layout.rowCount();
    point.title->setProperty("look", QStringLiteral("heading"));
    point.text->setWordWrap(true);
    layout.addWidget(point.picture, row, 0, 2, 1, Qt::AlignTop);
    layout.addWidget(point.title, row, 1);
    layout.addWidget(point.text, row + 1, 1);
    layout.setRowMinimumHeight(row + 2, m_points.size() < 3 ? 12 : 0);
    m_points.push_back(point);
}

void WelcomePage::retranslate()
{
    m_title->setText(tr("Your clips, your decision"));
    m_subtitle->setText(
        tr("Doorveil helps you to cover people and licence plates in your doorbell clips before you share them."));
    const QString network =
        m_networkRefused ? tr("Your system keeps this program from the network. It cannot send anything, to anybody.")
                         : tr("This program has no network code. This system does not enforce that.");
    const std::pair<QString, QString> texts[] = {
        {tr("Everything stays on this computer"), network},
        {tr("Everybody is covered until you show them"),
         tr("Doorveil finds people and plates by itself, and misses some. You look at the clip and correct it before "
            "anything is made from it.")},
        {tr("Your clips are never changed"),
         tr("They are only read. What you share is a new file, and you hand it over yourself, or not at all.")},
        {tr("What is kept, and where"),
         tr("Your projects: where somebody is in a clip and what you decided, without any picture, in %1. What this "
            "window remembers, in %2.")
             .arg(m_projectFolder, m_dataFolder)},
    };
    for (std::size_t index = 0; index < m_points.size(); ++index) {
        m_points[index].title->setText(texts[index].first);
        m_points[index].text->setText(texts[index].second);
    }
    m_start->setText(tr("Start with my clips"));
}

void WelcomePage::drawIcons()
{
    m_logo->setPixmap(
        QIcon(QStringLiteral(":/doorveil/icons/doorveil.svg")).pixmap(QSize(logoSize, logoSize), devicePixelRatioF()));
    for (const Point &point : m_points)
        point.picture->setPixmap(themedIcon(QString::fromLatin1(point.icon), QPalette::Link)
                                     .pixmap(QSize(iconSize, iconSize), devicePixelRatioF()));
}

void WelcomePage::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    if (event->type() == QEvent::PaletteChange)
        drawIcons();
    QWidget::changeEvent(event);
}

} // namespace doorveil::ui
