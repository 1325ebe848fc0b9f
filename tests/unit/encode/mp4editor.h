// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QList>

namespace doorveil::encode::testsupport {

/// Changes boxes of a small MP4 in memory, for planting what a scan has to find. Paths are types, "moov/trak/mdia",
/// with an index for a repeated box ("moov/trak:1"). Aborts the test program where a path does not exist.
class Mp4Editor
{
public:
    explicit Mp4Editor(QByteArray content) : m_content(std::move(content)) { }
    [[nodiscard]] const QByteArray &content() const { return m_content; }
    [[nodiscard]] QByteArray &content() { return m_content; }

    [[nodiscard]] qsizetype begin(const QByteArray &path) const; ///< of the box, where its size is
    [[nodiscard]] qsizetype end(const QByteArray &path) const;
    [[nodiscard]] QByteArray box(const QByteArray &path) const;
    [[nodiscard]] static QByteArray makeBox(const QByteArray &type, const QByteArray &content);

    /// Puts bytes before position `offset` inside the box at `path`, fits the sizes of it and what holds it, and moves
    /// the chunk offsets where the samples move.
    void insert(const QByteArray &path, qsizetype offset, const QByteArray &bytes);
    void append(const QByteArray &path, const QByteArray &bytes) { insert(path, end(path), bytes); }
    void remove(const QByteArray &path);
    void setByte(const QByteArray &path, qsizetype offset, char value) { m_content[begin(path) + offset] = value; }
    void orByte(qsizetype position, int bits)
    {
        m_content[position] = static_cast<char>(static_cast<unsigned char>(m_content[position]) | bits);
    }
    [[nodiscard]] quint32 number(qsizetype position) const;
    void setNumber(qsizetype position, quint32 value);

private:
    [[nodiscard]] QList<qsizetype> boxesAlong(const QByteArray &path) const;
    void moveChunks(qsizetype at, qsizetype bytes);

    QByteArray m_content;
};

} // namespace doorveil::encode::testsupport
