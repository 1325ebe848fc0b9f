// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/projectmarks.h"

#include "settings/settings.h"

#include <QCryptographicHash>
#include <QRandomGenerator>

#include <array>

namespace doorveil::ui {

ProjectMarks::ProjectMarks(Settings &settings) : m_salt(settings.bytes(QLatin1String(settings::markSalt)))
{
    constexpr std::size_t words = 4; // 128 bits
    if (!m_salt.isEmpty())
        return;
    std::array<quint32, words> drawn{};
    QRandomGenerator::system()->fillRange(drawn.data(), qsizetype(drawn.size()));
    for (const quint32 word : drawn)
        m_salt += QByteArray::number(word, 16);
    settings.setBytes(QLatin1String(settings::markSalt), m_salt);
}

QString ProjectMarks::of(const std::filesystem::path &project) const
{
    return QString::fromLatin1(QCryptographicHash::hash(m_salt + '\n' + QByteArray::fromStdString(project.string()),
                                                        QCryptographicHash::Sha256)
                                   .toHex());
}

} // namespace doorveil::ui
