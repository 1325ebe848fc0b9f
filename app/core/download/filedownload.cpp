// SPDX-License-Identifier: GPL-3.0-or-later
#include "download/filedownload.h"

#include "base/file.h"

#include <QCryptographicHash>
#include <QFile>
#include <QFileInfo>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTimer>

namespace doorveil::download {

namespace {

constexpr int mostRedirects = 5;
constexpr int okStatus = 200;
constexpr int partialContentStatus = 206;
constexpr int rangeNotSatisfiableStatus = 416;

int statusOf(const QNetworkReply &reply)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
}

/// First byte of a "bytes 100-199/200"; -1 for any other text.
std::int64_t firstByte(const QByteArray &contentRange)
{
    static const QRegularExpression expression(QStringLiteral("^bytes (\\d+)-"));
    const QRegularExpressionMatch match = expression.match(QString::fromLatin1(contentRange));
    return match.hasMatch() ? match.captured(1).toLongLong() : -1;
}

} // namespace

FileDownload::FileDownload(QNetworkAccessManager &network, vision::ModelFile file, std::filesystem::path partial,
                           DownloadSettings settings)
    : m_network(network),
      m_file(std::move(file)),
      m_partialPath(std::move(partial)),
      m_settings(settings),
      m_silence(std::make_unique<QTimer>())
{
    m_silence->setSingleShot(true);
    connect(m_silence.get(), &QTimer::timeout, this, [this] {
        fail(QStringLiteral("no answer for %1 s").arg(double(m_settings.silence.count()) / 1000), "no-answer");
    });
}

FileDownload::~FileDownload()
{
    dropReply();
}

void FileDownload::start(Finished finished, Advanced advanced)
{
    m_finished = std::move(finished);
    m_advanced = std::move(advanced);
    QMetaObject::invokeMethod(
        this, [this] { request(); }, Qt::QueuedConnection);
}

bool FileDownload::openPartial(bool append)
{
    const QString path = QFile::decodeName(m_partialPath.c_str());
    // Whatever stands there as a link was not put there by this program.
    if (QFileInfo(path).isSymLink())
        QFile::remove(path);
    m_partial = std::make_unique<QFile>(path);
    const QIODevice::OpenMode mode = append ? QIODevice::Append : QIODevice::WriteOnly | QIODevice::Truncate;
    if (!m_partial->open(mode)) {
        fail(QStringLiteral("%1 cannot be written: %2").arg(base::displayPath(m_partialPath), m_partial->errorString()),
             "not-writable");
        return false;
    }
    m_received = append ? m_partial->size() : 0;
    m_resumed = m_received > 0;
    return true;
}

void FileDownload::removePartial()
{
    m_partial.reset();
    std::error_code ignored;
    std::filesystem::remove(m_partialPath, ignored);
    m_received = 0;
    m_resumed = false;
}

void FileDownload::request()
{
    const QUrl url(m_file.url, QUrl::StrictMode);
    if (!url.isValid() || (m_settings.requireHttps && url.scheme() != QLatin1String("https"))) {
        fail(QStringLiteral("it is not an https address"), "bad-address");
        return;
    }
    if (!openPartial(true))
        return;
    if (m_received == m_file.bytes) {
        complete();
        return;
    }
    if (m_received > m_file.bytes) {
        removePartial();
        if (!openPartial(false))
            return;
    }
    QNetworkRequest request(url);
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::NoLessSafeRedirectPolicy);
    request.setMaximumRedirectsAllowed(mostRedirects);
    // A compressed answer would have other offsets than the file.
    request.setRawHeader("Accept-Encoding", "identity");
    if (m_received > 0)
        request.setRawHeader("Range", "bytes=" + QByteArray::number(qlonglong(m_received)) + "-");
    m_headersRead = false;
    m_reply = m_network.get(request);
    connect(m_reply, &QNetworkReply::readyRead, this, [this] { readContent(); });
    connect(m_reply, &QNetworkReply::finished, this, [this] { replyFinished(); });
    m_silence->start(m_settings.silence);
}

void FileDownload::readHeaders()
{
    m_headersRead = true;
    const int status = statusOf(*m_reply);
    if (status == partialContentStatus && firstByte(m_reply->rawHeader("Content-Range")) == m_received)
        return;
    if (status == okStatus && m_received == 0)
        return;
    // The server sends the file from its beginning although it was asked to go on.
    if (status == okStatus) {
        removePartial();
        [[maybe_unused]] const bool opened = openPartial(false);
        return;
    }
    if (status == partialContentStatus)
        fail(QStringLiteral("the server sent another part of the file than it was asked for"), "bad-answer");
}

void FileDownload::readContent()
{
    m_silence->start(m_settings.silence);
    const int status = statusOf(*m_reply);
    if (status != okStatus && status != partialContentStatus)
        return; // a redirect's or an error's page
    if (!m_headersRead)
        readHeaders();
    if (m_reply == nullptr)
        return; // it failed
    const QByteArray content = m_reply->readAll();
    if (m_received + content.size() > m_file.bytes) {
        removePartial();
        fail(QStringLiteral("it is longer than the %1 bytes of the pinned file").arg(m_file.bytes), "wrong-size");
        return;
    }
    if (m_partial->write(content) != content.size() || !m_partial->flush()) {
        fail(QStringLiteral("%1 cannot be written: %2").arg(base::displayPath(m_partialPath), m_partial->errorString()),
             "not-writable");
        return;
    }
    m_received += content.size();
    if (m_advanced)
        m_advanced(m_received);
}

void FileDownload::replyFinished()
{
    if (m_reply == nullptr)
        return;
    if (m_reply->bytesAvailable() > 0)
        readContent();
    if (m_reply == nullptr)
        return;
    const QNetworkReply::NetworkError error = m_reply->error();
    const QString cause = m_reply->errorString();
    const int status = statusOf(*m_reply);
    dropReply();
    if (status == rangeNotSatisfiableStatus && m_resumed) {
        removePartial();
        request();
        return;
    }
    if (error != QNetworkReply::NoError) {
        // Without a status nobody answered: name resolution, connection, TLS.
        fail(cause, status == 0 ? "no-answer" : "bad-answer");
        return;
    }
    complete();
}

void FileDownload::complete()
{
    m_partial.reset();
    if (m_received < m_file.bytes) {
        fail(QStringLiteral("it ended after %1 of %2 bytes").arg(m_received).arg(m_file.bytes), "wrong-size");
        return;
    }
    base::Result<QByteArray> content = base::readSmallFile(m_partialPath, m_file.bytes);
    if (!content) {
        fail(content.error().message, "not-readable");
        return;
    }
    const QString sha256 = QString::fromLatin1(QCryptographicHash::hash(*content, QCryptographicHash::Sha256).toHex());
    if (sha256 != m_file.sha256) {
        const bool again = m_resumed;
        removePartial();
        if (again) {
            request();
            return;
        }
        fail(QStringLiteral("its SHA-256 is %1, not %2").arg(sha256, m_file.sha256), "wrong-hash");
        return;
    }
    removePartial();
    succeed(std::move(*content));
}

void FileDownload::dropReply()
{
    m_silence->stop();
    if (m_reply == nullptr)
        return;
    m_reply->disconnect(this);
    m_reply->abort();
    m_reply->deleteLater();
    m_reply = nullptr;
}

void FileDownload::fail(const QString &cause, const char *failureClass)
{
    dropReply();
    m_partial.reset();
    if (m_received == 0)
        removePartial(); // nothing to go on from
    if (!m_finished)
        return;
    const Finished finished = std::exchange(m_finished, {});
    finished(base::Error{base::ErrorKind::Failure,
                         QStringLiteral("%1 could not be fetched from %2: %3").arg(m_file.name, m_file.url, cause),
                         QString::fromLatin1(failureClass)});
}

void FileDownload::succeed(QByteArray content)
{
    dropReply();
    if (!m_finished)
        return;
    const Finished finished = std::exchange(m_finished, {});
    finished(std::move(content));
}

} // namespace doorveil::download
