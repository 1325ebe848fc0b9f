// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <filesystem>
#include <functional>

namespace doorveil::ui {

/// Shows a file in the desktop's file manager (org.freedesktop.FileManager1, session bus): no program is started by us.
/// `failed` is called on the window's thread where no file manager answers. `context` ends the wait when it goes.
void showInFileManager(const std::filesystem::path &file, QObject *context, std::function<void()> failed);

} // namespace doorveil::ui
