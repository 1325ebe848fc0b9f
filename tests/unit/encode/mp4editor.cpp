// SPDX-License-Identifier: GPL-3.0-or-later
#include "mp4editor.h"

#include <QtEndian>

namespace doorveil::encode::testsupport {

namespace {

/// Where the children of a box begin, behind its own fields.
qsizetype childrenOffset(const QByteArray &type)
{
    if (type == "stsd" || type == "dref")
        return 16;
    if (type == "avc1")
        return 86;
    return type == "mp4a" ? 36 : 8;
}

} // namespace

quint32 Mp4Editor::number(qsizetype position) const
{
    return qFromBigEndian<quint32>(m_content.constData() + position);
}

void Mp4Editor::setNumber(qsizetype position, quint32 value)
{
    qToBigEndian(value, m_content.data() + position);
}

QList<qsizetype> Mp4Editor::boxesAlong(const QByteArray &path) const
{
    QList<qsizetype> found;
    qsizetype position = 0;
    qsizetype limit = m_content.size();
    const QList<QByteArray> steps = path.split('/');
    for (const QByteArray &step : steps) {
        const QByteArray type = step.left(4);
        int skip = step.size() > 5 ? step.mid(5).toInt() : 0;
        while (position < limit && (m_content.mid(position + 4, 4) != type || skip-- > 0))
            position += qMax<qsizetype>(number(position), 8);
        if (position >= limit)
            qFatal("no box %s", path.constData());
        found.append(position);
        limit = position + number(position);
        position += childrenOffset(type);
    }
    return found;
}

qsizetype Mp4Editor::begin(const QByteArray &path) const
{
    return boxesAlong(path).last();
}

qsizetype Mp4Editor::end(const QByteArray &path) const
{
    const qsizetype position = begin(path);
    return position + number(position);
}

QByteArray Mp4Editor::box(const QByteArray &path) const
{
    return m_content.mid(begin(path), end(path) - begin(path));
}

QByteArray Mp4Editor::makeBox(const QByteArray &type, const QByteArray &content)
{
    QByteArray box(4, '\0');
    qToBigEndian(quint32(8 + content.size()), box.data());
    return box + type + content;
}

void Mp4Editor::moveChunks(qsizetype at, qsizetype bytes)
{
    if (at > begin("mdat"))
        return;
    qsizetype table = -1;
    while ((table = m_content.indexOf("stco", table + 1)) >= 0) {
        for (quint32 chunk = 0; chunk < number(table + 8); ++chunk)
            setNumber(table + 12 + 4 * chunk, quint32(number(table + 12 + 4 * chunk) + bytes));
    }
}

void Mp4Editor::insert(const QByteArray &path, qsizetype offset, const QByteArray &bytes)
{
    for (const qsizetype holder : boxesAlong(path))
        setNumber(holder, quint32(number(holder) + bytes.size()));
    m_content.insert(offset, bytes);
    moveChunks(offset, bytes.size());
}

void Mp4Editor::remove(const QByteArray &path)
{
    const QList<qsizetype> along = boxesAlong(path);
    const qsizetype position = along.last();
    const qsizetype size = number(position);
    for (const qsizetype holder : along.first(along.size() - 1))
        setNumber(holder, quint32(number(holder) - size));
    m_content.remove(position, size);
    moveChunks(position, -size);
}

} // namespace doorveil::encode::testsupport
