// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusUnixFileDescriptor>
#include <QObject>
#include <QString>

#include <cstdint>

namespace doorveil::ui {

/// Keeps the computer from falling asleep by itself while long work runs: an "idle" inhibitor of logind (system bus)
/// and one of org.freedesktop.ScreenSaver (session bus). Best effort, never waited for; both end with the process,
/// however it ends.
class Awake final : public QObject
{
    Q_OBJECT

public:
    explicit Awake(QObject *parent = nullptr);
    ~Awake() override;

    /// `reason` is what the desktop may show: "Analysing clips". Asking twice changes nothing.
    void keep(const QString &reason);
    void release();

private:
    void askLogin(const QString &reason);
    void askScreenSaver(const QString &reason);
    void releaseScreenSaver(std::uint32_t cookie);

    bool m_wanted = false;
    std::uint64_t m_round = 0; ///< answers of an earlier round are given back
    QDBusUnixFileDescriptor m_login; ///< the inhibitor lasts while it is open
    std::uint32_t m_cookie = 0; ///< 0: none
};

} // namespace doorveil::ui
