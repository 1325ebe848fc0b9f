// SPDX-License-Identifier: GPL-3.0-or-later
#include "encode/moovcleaner_p.h"

#include "encode/averror_p.h"

#include <QByteArray>
#include <QtEndian>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <sys/stat.h>
#include <unistd.h>

extern "C" {
#include <libavutil/error.h>
}

namespace doorveil::encode {

namespace {

constexpr int headerSize = 8;

struct Box
{
    std::int64_t offset = 0;
    std::int64_t size = 0; ///< with its header
    QByteArray type;
};

base::Error unexpected()
{
    return encodingError(QStringLiteral("The file just written has no readable index."));
}

base::Result<QByteArray> readAt(int descriptor, std::int64_t offset, std::int64_t size)
{
    QByteArray content(size, Qt::Uninitialized);
    std::int64_t done = 0;
    while (done < size) {
        const ssize_t count = pread(descriptor, content.data() + done, std::size_t(size - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count < 0)
            return encodingError(QStringLiteral("The file just written cannot be read"), AVERROR(errno));
        if (count == 0)
            return unexpected();
        done += count;
    }
    return content;
}

base::Result<void> writeAt(int descriptor, std::int64_t offset, const QByteArray &content)
{
    std::int64_t done = 0;
    while (done < content.size()) {
        const ssize_t count =
            pwrite(descriptor, content.constData() + done, std::size_t(content.size() - done), offset + done);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return encodingError(QStringLiteral("The file cannot be written"), AVERROR(count < 0 ? errno : EIO));
        done += count;
    }
    return {};
}

/// The index as a box in the file.
base::Result<Box> findIndex(int descriptor)
{
    struct stat status = {};
    if (fstat(descriptor, &status) != 0)
        return encodingError(QStringLiteral("The file just written cannot be read"), AVERROR(errno));
    std::int64_t offset = 0;
    while (offset + headerSize <= status.st_size) {
        const base::Result<QByteArray> header = readAt(descriptor, offset, headerSize);
        if (!header)
            return header.error();
        const Box box{offset, std::int64_t(qFromBigEndian<quint32>(header->constData())), header->mid(4)};
        if (box.type == "moov" && box.size > headerSize && offset + box.size <= status.st_size)
            return box;
        if (box.size < headerSize)
            break; // the samples of a huge file: the index would stand before them
        offset += box.size;
    }
    return unexpected();
}

using Visitor = std::function<void(const Box &)>;

/// False where the boxes do not fill [begin, end) exactly.
bool forEachBox(const QByteArray &index, std::int64_t begin, std::int64_t end, const Visitor &visit)
{
    while (begin < end) {
        if (end - begin < headerSize)
            return false;
        const Box box{begin, std::int64_t(qFromBigEndian<quint32>(index.constData() + begin)), index.mid(begin + 4, 4)};
        if (box.size < headerSize || box.size > end - begin)
            return false;
        visit(box);
        begin += box.size;
    }
    return true;
}

bool isVideoTrack(const QByteArray &index, const Box &track)
{
    bool found = false;
    forEachBox(index, track.offset + headerSize, track.offset + track.size, [&](const Box &media) {
        if (media.type != "mdia")
            return;
        forEachBox(index, media.offset + headerSize, media.offset + media.size, [&](const Box &handler) {
            // After version, flags and pre_defined comes the handler's type (ISO 14496-12, 8.4.3.2).
            if (handler.type == "hdlr" && index.mid(handler.offset + headerSize + 8, 4) == "vide")
                found = true;
        });
    });
    return found;
}

void finishBox(QByteArray &target, qsizetype start)
{
    qToBigEndian(quint32(target.size() - start), target.data() + start);
}

void copyTrack(const QByteArray &index, const Box &track, QByteArray &target)
{
    const qsizetype start = target.size();
    target += index.mid(track.offset, headerSize);
    const bool video = isVideoTrack(index, track);
    forEachBox(index, track.offset + headerSize, track.offset + track.size, [&](const Box &child) {
        if (child.type != "udta" && !(video && child.type == "edts"))
            target += index.mid(child.offset, child.size);
    });
    finishBox(target, start);
}

std::optional<QByteArray> cleaned(const QByteArray &index)
{
    QByteArray target = index.left(headerSize);
    target.reserve(index.size());
    const bool whole = forEachBox(index, headerSize, index.size(), [&](const Box &child) {
        if (child.type == "trak")
            copyTrack(index, child, target);
        else if (child.type != "udta")
            target += index.mid(child.offset, child.size);
    });
    if (!whole)
        return std::nullopt;
    finishBox(target, 0);
    return target;
}

} // namespace

base::Result<void> cleanIndex(int descriptor)
{
    const base::Result<Box> box = findIndex(descriptor);
    if (!box)
        return box.error();
    const base::Result<QByteArray> index = readAt(descriptor, box->offset, box->size);
    if (!index)
        return index.error();
    std::optional<QByteArray> clean = cleaned(*index);
    if (!clean)
        return unexpected();
    const qsizetype removed = index->size() - clean->size();
    if (removed == 0)
        return {};
    // What was cut is at least a box's header, so a box of that size can take its place.
    QByteArray filler(removed, '\0');
    qToBigEndian(quint32(removed), filler.data());
    std::memcpy(filler.data() + 4, "free", 4);
    return writeAt(descriptor, box->offset, *clean + filler);
}

} // namespace doorveil::encode
