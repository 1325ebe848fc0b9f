// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QObject>
#include <QString>

#include <filesystem>
#include <memory>

namespace doorveil::ui {

/// Everything the window remembers between two runs, as one JSON object in the user's data folder (0600). Names neither
/// clips nor projects (ProjectMarks). Lives on the window's thread: values are read once, in the
/// constructor; what changes is written durably by a thread of its own, soon after, key by key over what stands in the
/// file, so that two windows do not undo each other's changes. A value that is null is taken out.
class Settings final : public QObject
{
    Q_OBJECT

public:
    /// A file that cannot be read gives defaults and problem(); one that is no JSON is kept beside the new one as
    /// `NAME.broken`.
    explicit Settings(const std::filesystem::path &file, QObject *parent = nullptr);
    /// Waits until everything is on disk.
    ~Settings() override;

    /// settings.json in the user's data folder for Doorveil.
    [[nodiscard]] static std::filesystem::path standardFile();

    /// Where new projects are made: as set, else Doorveil in the user's documents folder.
    [[nodiscard]] std::filesystem::path projectFolder() const;

    [[nodiscard]] QJsonValue value(const QString &key) const;
    void setValue(const QString &key, const QJsonValue &value);
    /// Base64 of what QMainWindow::saveGeometry() and the like give.
    [[nodiscard]] QByteArray bytes(const QString &key) const;
    void setBytes(const QString &key, const QByteArray &bytes);

    /// What was wrong with the file when it was read; empty where nothing was.
    [[nodiscard]] const QString &problem() const;

signals:
    void changed(const QString &key);
    void saveFailed(const doorveil::base::Error &error);

private:
    void writeSoon();
    void writeNow();

    struct State;
    std::unique_ptr<State> m_state;
};

/// Names of the values, so that each stands in one place.
namespace settings {
inline constexpr char windowGeometry[] = "window/geometry";
inline constexpr char windowState[] = "window/state";
inline constexpr char language[] = "language"; ///< "en", "es"; empty: as the system
inline constexpr char theme[] = "theme"; ///< "light", "dark"; empty: as the system
inline constexpr char welcomeSeen[] = "welcome-seen";
inline constexpr char clipColumns[] = "clips/columns";
inline constexpr char projectFolder[] = "project-folder"; ///< base64 of a path; empty: the documents folder
inline constexpr char markSalt[] = "mark-salt"; ///< of ProjectMarks
inline constexpr char removedProjects[] = "removed-projects"; ///< marks: not listed again by themselves
inline constexpr char shareDraft[] = "share-draft"; ///< what is typed on the Share page (share/sharedraft.h)
} // namespace settings

} // namespace doorveil::ui
