// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDBusVariant>
#include <QObject>
#include <QString>

#include <optional>

namespace doorveil::ui {

/// Whether the desktop prefers dark windows: `org.freedesktop.appearance` / `color-scheme` of the desktop portal
/// (1: dark, 2: light, else no preference). Asked over the session bus without waiting; nothing without a bus.
class SystemScheme final : public QObject
{
    Q_OBJECT

public:
    explicit SystemScheme(QObject *parent = nullptr);
    [[nodiscard]] std::optional<bool> prefersDark() const { return m_prefersDark; }

signals:
    void changed();

private slots:
    void settingChanged(const QString &group, const QString &key, const QDBusVariant &value);

private:
    void take(const QVariant &value);
    std::optional<bool> m_prefersDark;
};

} // namespace doorveil::ui
