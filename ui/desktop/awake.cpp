// SPDX-License-Identifier: GPL-3.0-or-later
#include "desktop/awake.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace doorveil::ui {

namespace {

const QString program = QStringLiteral("Doorveil");

QDBusMessage screenSaverCall(const QString &method)
{
    return QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.ScreenSaver"),
                                          QStringLiteral("/org/freedesktop/ScreenSaver"),
                                          QStringLiteral("org.freedesktop.ScreenSaver"), method);
}

} // namespace

Awake::Awake(QObject *parent) : QObject(parent) { }

Awake::~Awake()
{
    release();
}

void Awake::keep(const QString &reason)
{
    if (m_wanted)
        return;
    m_wanted = true;
    ++m_round;
    askLogin(reason);
    askScreenSaver(reason);
}

void Awake::release()
{
    m_wanted = false;
    m_login = {};
    if (m_cookie != 0)
        releaseScreenSaver(m_cookie);
    m_cookie = 0;
}

void Awake::askLogin(const QString &reason)
{
    const QDBusConnection bus = QDBusConnection::systemBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = QDBusMessage::createMethodCall(
        QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1"),
        QStringLiteral("org.freedesktop.login1.Manager"), QStringLiteral("Inhibit"));
    call << QStringLiteral("idle") << program << reason << QStringLiteral("block");
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, round = m_round] {
        const QDBusPendingReply<QDBusUnixFileDescriptor> reply = *watcher;
        watcher->deleteLater();
        if (reply.isValid() && m_wanted && round == m_round)
            m_login = reply.value();
    });
}

void Awake::askScreenSaver(const QString &reason)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage call = screenSaverCall(QStringLiteral("Inhibit"));
    call << program << reason;
    auto *watcher = new QDBusPendingCallWatcher(bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher, round = m_round] {
        const QDBusPendingReply<std::uint32_t> reply = *watcher;
        watcher->deleteLater();
        if (!reply.isValid())
            return;
        if (m_wanted && round == m_round)
            m_cookie = reply.value();
        else
            releaseScreenSaver(reply.value());
    });
}

void Awake::releaseScreenSaver(std::uint32_t cookie)
{
    QDBusMessage call = screenSaverCall(QStringLiteral("UnInhibit"));
    call << cookie;
    QDBusConnection::sessionBus().asyncCall(call);
}

} // namespace doorveil::ui
