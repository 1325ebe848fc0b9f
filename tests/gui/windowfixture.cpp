// SPDX-License-Identifier: GPL-3.0-or-later
#include "gui/windowfixture.h"

#include "support/media.h"

#include <QApplication>
#include <QDir>
#include <QDropEvent>
#include <QMimeData>
#include <QUrl>

namespace doorveil::guitest {

WindowFixture::WindowFixture()
{
    QDir().mkpath(clipFolder());
    start();
}

WindowFixture::~WindowFixture()
{
    stop();
}

void WindowFixture::start()
{
    m_settings = std::make_unique<ui::Settings>(std::filesystem::path(settingsFile().toStdString()));
    // Never the projects of whoever runs the tests.
    m_settings->setValue(QLatin1String(ui::settings::projectFolder),
                         QString::fromLatin1(projectFolder().toUtf8().toBase64()));
    m_settings->setValue(QLatin1String(ui::settings::welcomeSeen), true);
    if (m_settings->value(QLatin1String(ui::settings::language)).isUndefined())
        m_settings->setValue(QLatin1String(ui::settings::language), QStringLiteral("en"));
    m_translation.setLanguage(m_settings->value(QLatin1String(ui::settings::language)).toString());
    m_theme = std::make_unique<ui::Theme>(*qApp);
    m_theme->setPreference(ui::Theme::fromText(m_settings->value(QLatin1String(ui::settings::theme)).toString()));
    m_window = std::make_unique<ui::MainWindow>(ui::WindowContext{*m_settings, *m_theme},
                                                ui::MainWindow::Options{true, &m_translation});
    m_window->show();
}

void WindowFixture::stop()
{
    m_window.reset();
    m_theme.reset();
    m_settings.reset();
}

void WindowFixture::restart()
{
    stop();
    start();
}

QString WindowFixture::clip(const QString &name) const
{
    return clipFolder() + QLatin1Char('/') + name;
}

QString WindowFixture::makeClip(const QString &name, int frames) const
{
    testsupport::CounterClip settings;
    settings.size = {160, 120};
    settings.frames = frames;
    return testsupport::makeCounterClip(clip(name), settings) ? clip(name) : QString();
}

void WindowFixture::drop(const QStringList &files)
{
    QMimeData data;
    QList<QUrl> urls;
    for (const QString &file : files)
        urls += QUrl::fromLocalFile(file);
    data.setUrls(urls);
    const QPoint middle = m_window->rect().center();
    QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &enter);
    QDropEvent drop(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(m_window.get(), &drop);
}

} // namespace doorveil::guitest
