// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <filesystem>

namespace doorveil::ui {

class Settings;

/// Tells projects apart in the settings, which name neither clips nor projects: a SHA-256 over the path, with a salt
/// that is drawn once for each settings file, so that marks of likely names cannot be looked up.
class ProjectMarks
{
public:
    explicit ProjectMarks(Settings &settings);
    [[nodiscard]] QString of(const std::filesystem::path &project) const;

private:
    QByteArray m_salt;
};

} // namespace doorveil::ui
