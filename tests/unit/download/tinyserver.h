// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>
#include <QTcpServer>

class QTcpSocket;

/// A web server on the loopback interface, in the test's own event loop, that can misbehave.
class TinyServer
{
public:
    struct Page
    {
        QByteArray content;
        bool knowsRanges = true;
        qsizetype stallAfter = -1; ///< sends that many bytes of the content, then nothing more
        qsizetype closeAfter = -1; ///< closes the connection after that many bytes
        int status = 200;
        QByteArray location = {}; ///< of a redirect
    };

    TinyServer();

    void serve(const QByteArray &path, const Page &page) { m_pages.insert(path, page); }
    [[nodiscard]] QString url(const QString &path) const;
    [[nodiscard]] const QList<QByteArray> &ranges() const { return m_ranges; } ///< one a request, empty without one
    void close() { m_server.close(); }

private:
    void answer(QTcpSocket &socket, const QByteArray &request);

    QTcpServer m_server;
    QHash<QByteArray, Page> m_pages;
    QList<QByteArray> m_ranges;
};
