// SPDX-License-Identifier: GPL-3.0-or-later
#include "tinyserver.h"

#include <QRegularExpression>
#include <QTcpSocket>

#include <memory>

TinyServer::TinyServer()
{
    QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this] {
        while (QTcpSocket *socket = m_server.nextPendingConnection()) {
            auto request = std::make_shared<QByteArray>();
            QObject::connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, request] {
                request->append(socket->readAll());
                if (!request->contains("\r\n\r\n"))
                    return;
                answer(*socket, *request);
                request->clear();
            });
        }
    });
    m_server.listen(QHostAddress::LocalHost);
}

QString TinyServer::url(const QString &path) const
{
    return QStringLiteral("http://127.0.0.1:%1%2").arg(m_server.serverPort()).arg(path);
}

void TinyServer::answer(QTcpSocket &socket, const QByteArray &request)
{
    const QByteArray path = request.split(' ').value(1);
    static const QRegularExpression rangeLine(QStringLiteral("\r\nRange: bytes=(\\d+)-"),
                                              QRegularExpression::CaseInsensitiveOption);
    const QRegularExpressionMatch range = rangeLine.match(QString::fromLatin1(request));
    m_ranges.append(range.captured(1).toLatin1());
    const Page page = m_pages.value(path, Page{QByteArray("no such page"), true, -1, -1, 404, {}});

    qsizetype first = 0;
    int status = page.status;
    if (status == 200 && range.hasMatch() && page.knowsRanges) {
        first = range.captured(1).toLongLong();
        status = first < page.content.size() ? 206 : 416;
    }
    const QByteArray body = page.content.mid(first);
    QByteArray head = "HTTP/1.1 " + QByteArray::number(status)
                      + " Answer\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n";
    if (status == 206) {
        head += "Content-Range: bytes " + QByteArray::number(first) + "-" + QByteArray::number(page.content.size() - 1)
                + "/" + QByteArray::number(page.content.size()) + "\r\n";
    }
    if (!page.location.isEmpty())
        head += "Location: " + page.location + "\r\n";
    socket.write(head + "\r\n");
    if (page.stallAfter >= 0) {
        socket.write(body.left(page.stallAfter));
        return;
    }
    socket.write(page.closeAfter >= 0 ? body.left(page.closeAfter) : body);
    socket.disconnectFromHost();
}
