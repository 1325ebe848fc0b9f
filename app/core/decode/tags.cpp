// SPDX-License-Identifier: GPL-3.0-or-later
#include "decode/tags_p.h"

#include "decode/limits_p.h"

#include <algorithm>

namespace doorveil::decode {

namespace {

void appendTags(std::vector<base::Tag> &tags, const QString &place, const AVDictionary *dictionary)
{
    const AVDictionaryEntry *entry = nullptr;
    while (tags.size() < std::size_t(maximumTags)
           && (entry = av_dict_get(dictionary, "", entry, AV_DICT_IGNORE_SUFFIX)) != nullptr)
        tags.push_back({place, cleanText(entry->key, maximumTagKey), cleanText(entry->value, maximumTagValue)});
}

} // namespace

QString cleanText(const char *text, int limit)
{
    if (text == nullptr)
        return {};
    // Four bytes a character at most: what is beyond would be cut anyway.
    const std::size_t length = qstrnlen(text, std::size_t(limit) * 4 + 4);
    QString clean = QString::fromUtf8(text, qsizetype(length));
    for (QChar &character : clean) {
        if (!character.isPrint() && !character.isSurrogate())
            character = QLatin1Char(' ');
    }
    if (clean.size() > limit) {
        clean.truncate(limit - 1);
        if (!clean.isEmpty() && clean.back().isHighSurrogate())
            clean.chop(1);
        clean += QChar(0x2026);
    }
    return clean;
}

std::vector<base::Tag> readTags(const AVFormatContext *context)
{
    std::vector<base::Tag> tags;
    appendTags(tags, QStringLiteral("container"), context->metadata);
    for (unsigned index = 0; index < context->nb_streams; ++index)
        appendTags(tags, QStringLiteral("stream %1").arg(index), context->streams[index]->metadata);
    for (unsigned index = 0; index < std::min(context->nb_programs, unsigned(maximumStreams)); ++index)
        appendTags(tags, QStringLiteral("program %1").arg(index + 1), context->programs[index]->metadata);
    for (unsigned index = 0; index < std::min(context->nb_chapters, unsigned(maximumChapters)); ++index)
        appendTags(tags, QStringLiteral("chapter %1").arg(index + 1), context->chapters[index]->metadata);
    return tags;
}

} // namespace doorveil::decode
