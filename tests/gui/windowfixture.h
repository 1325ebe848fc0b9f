// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "mainwindow.h"
#include "settings/settings.h"
#include "theme/theme.h"
#include "translation.h"

#include <QString>
#include <QTemporaryDir>

#include <filesystem>
#include <memory>

/// The real main window on folders of its own, for tests that drive it by the names of its widgets and actions.
namespace doorveil::guitest {

class WindowFixture
{
public:
    WindowFixture();
    ~WindowFixture();

    /// Ends the window and its settings as quitting does, and starts again on the same folders.
    void restart();
    [[nodiscard]] ui::MainWindow &window() { return *m_window; }
    [[nodiscard]] ui::Settings &settings() { return *m_settings; }
    [[nodiscard]] ui::Theme &theme() { return *m_theme; }

    [[nodiscard]] QString clipFolder() const { return m_folder.filePath(QStringLiteral("clips")); }
    [[nodiscard]] QString settingsFile() const { return m_folder.filePath(QStringLiteral("settings.json")); }
    [[nodiscard]] QString projectFolder() const { return m_folder.filePath(QStringLiteral("projects")); }
    /// A path below clipFolder().
    [[nodiscard]] QString clip(const QString &name) const;
    /// A small moving picture of that many frames, made with ffmpeg; empty where that fails.
    QString makeClip(const QString &name, int frames) const;

    /// A widget or action by its objectName; the test ends where there is none.
    template<typename Type> Type *find(const char *name)
    {
        Type *found = m_window->findChild<Type *>(QString::fromLatin1(name));
        if (found == nullptr)
            qFatal("nothing is called %s", name);
        return found;
    }
    template<typename Type> Type *findOrNull(const char *name)
    {
        return m_window->findChild<Type *>(QString::fromLatin1(name));
    }

    /// Drops files on the window as a file manager would.
    void drop(const QStringList &files);

private:
    void start();
    void stop();

    QTemporaryDir m_folder;
    ui::Translation m_translation;
    std::unique_ptr<ui::Settings> m_settings;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::MainWindow> m_window;
};

} // namespace doorveil::guitest
