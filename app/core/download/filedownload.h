// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "vision/modelregistry.h"

#include <QByteArray>
#include <QObject>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

class QFile;
class QNetworkAccessManager;
class QNetworkReply;
class QTimer;

namespace doorveil::download {

struct DownloadSettings
{
    std::chrono::milliseconds silence{10000}; ///< given up after that long without a byte
    bool requireHttps = true; ///< false in tests only, which serve on the loopback interface
};

/// Fetches one pinned file. What has arrived is kept in a partial file beside the target, so that a later attempt goes
/// on where this one ended. The finished content has the pinned size and SHA-256, or it is an error: then the partial
/// file is removed, and content that was put together from two attempts is fetched once more from its beginning.
/// Runs on the event loop of its thread.
class FileDownload final : public QObject
{
public:
    using Finished = std::function<void(base::Result<QByteArray>)>;
    using Advanced = std::function<void(std::int64_t received)>;

    /// `network` and `partial`'s folder must exist as long as this object.
    FileDownload(QNetworkAccessManager &network, vision::ModelFile file, std::filesystem::path partial,
                 DownloadSettings settings);
    ~FileDownload() override;

    /// Calls `finished` exactly once, from the event loop, unless this object is destroyed first.
    void start(Finished finished, Advanced advanced);

private:
    void request();
    void readHeaders();
    void readContent();
    void replyFinished();
    void complete();
    void fail(const QString &cause, const char *failureClass);
    void succeed(QByteArray content);
    void dropReply();
    [[nodiscard]] bool openPartial(bool append);
    void removePartial();

    QNetworkAccessManager &m_network;
    vision::ModelFile m_file;
    std::filesystem::path m_partialPath;
    DownloadSettings m_settings;
    Finished m_finished;
    Advanced m_advanced;
    std::unique_ptr<QTimer> m_silence;
    std::unique_ptr<QFile> m_partial;
    QNetworkReply *m_reply = nullptr; ///< owned by the manager, given back with deleteLater
    std::int64_t m_received = 0; ///< bytes in the partial file
    bool m_resumed = false; ///< the partial file holds bytes of an earlier attempt
    bool m_headersRead = false;
};

} // namespace doorveil::download
