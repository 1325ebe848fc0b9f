// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/clipname.h"

#include <QRegularExpression>

#include <algorithm>
#include <vector>

namespace doorveil::pipeline::batch {

namespace {

using Match = QRegularExpressionMatch;

QDateTime dateAndTime(const QString &digits)
{
    return QDateTime::fromString(digits, QStringLiteral("yyyyMMddHHmmss"));
}

std::optional<RecordedName> reolink(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("^Rec[MS]\\d\\d_(?:DST)?(\\d{8})_(\\d{6})_\\d{6}_"),
                                            QRegularExpression::CaseInsensitiveOption);
    const Match match = pattern.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    return RecordedName{QStringLiteral("reolink"), {}, dateAndTime(match.captured(1) + match.captured(2))};
}

std::optional<RecordedName> eufy(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("^((?:19|20)\\d{12})(?:_c\\d\\d)?\\.[A-Za-z0-9]+$"));
    const Match match = pattern.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    const QDateTime at = dateAndTime(match.captured(1));
    return at.isValid() ? std::optional(RecordedName{QStringLiteral("eufy"), {}, at}) : std::nullopt;
}

std::optional<RecordedName> arlo(const QString &name)
{
    static const QRegularExpression pattern(QStringLiteral("^(1\\d{12})\\.[A-Za-z0-9]+$"));
    const Match match = pattern.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    return RecordedName{
        QStringLiteral("arlo"), {}, QDateTime::fromMSecsSinceEpoch(match.captured(1).toLongLong(), Qt::UTC)};
}

std::optional<RecordedName> blink(const QString &name)
{
    static const QRegularExpression pattern(
        QStringLiteral("^(.+)-(\\d{4}-\\d\\d-\\d\\d)T(\\d\\d)[-:](\\d\\d)[-:](\\d\\d)[^.]*\\.[A-Za-z0-9]+$"));
    const Match match = pattern.match(name);
    if (!match.hasMatch())
        return std::nullopt;
    const QString digits =
        QString(match.captured(2)).remove(QLatin1Char('-')) + match.captured(3) + match.captured(4) + match.captured(5);
    return RecordedName{QStringLiteral("blink"), match.captured(1), dateAndTime(digits)};
}

std::vector<std::pair<QString, std::string>> wordsOf(const NameParts &parts)
{
    const std::string unknown = "unknown";
    const auto orUnknown = [&unknown](const QString &text) { return text.isEmpty() ? unknown : text.toStdString(); };
    const QDateTime &at = parts.recordedAt;
    return {{QStringLiteral("folder"), parts.folder},
            {QStringLiteral("stem"), parts.stem},
            {QStringLiteral("camera"), orUnknown(parts.camera)},
            {QStringLiteral("date"), at.isValid() ? at.toString(QStringLiteral("yyyy-MM-dd")).toStdString() : unknown},
            {QStringLiteral("time"), at.isValid() ? at.toString(QStringLiteral("HH-mm-ss")).toStdString() : unknown},
            {QStringLiteral("hash"), parts.sha256.left(8).toStdString()}};
}

/// What a file system refuses in a name, what a shell or a terminal obeys; and no part may be hidden or `..`.
std::string plainPart(std::string part)
{
    for (char &character : part) {
        const auto byte = static_cast<unsigned char>(character);
        if (byte < 0x20 || byte == 0x7f || std::string("\\:*?\"<>|").find(character) != std::string::npos)
            character = '_';
    }
    if (part.front() == '.')
        part.front() = '_';
    return part;
}

/// Words only; a folder or camera name that holds a `/` was split by the caller's file system or is made plain here.
std::string plainPath(const std::string &path)
{
    std::string plain;
    std::size_t begin = 0;
    while (begin <= path.size()) {
        const std::size_t end = std::min(path.find('/', begin), path.size());
        if (end > begin) {
            if (!plain.empty())
                plain += '/';
            plain += plainPart(path.substr(begin, end - begin));
        }
        begin = end + 1;
    }
    return plain;
}

base::Error malformed(const QString &what)
{
    return {base::ErrorKind::Usage, what};
}

} // namespace

std::optional<RecordedName> recordedName(const std::string &fileName)
{
    const QString name = QString::fromStdString(fileName);
    for (const auto &read : {reolink, eufy, arlo, blink}) {
        if (std::optional<RecordedName> recorded = read(name))
            return recorded;
    }
    return std::nullopt;
}

QStringList knownMakers()
{
    return {QStringLiteral("reolink"), QStringLiteral("eufy"), QStringLiteral("arlo"), QStringLiteral("blink")};
}

base::Result<NameTemplate> NameTemplate::parse(const QString &text)
{
    QStringList known;
    for (const auto &[word, value] : wordsOf({}))
        known += QStringLiteral("{%1}").arg(word);
    QString rest = text;
    for (const QString &word : known)
        rest.replace(word, QStringLiteral("x"));
    if (rest.contains(QLatin1Char('{')) || rest.contains(QLatin1Char('}')))
        return malformed(QStringLiteral("takes %1 and nothing else in braces").arg(known.join(QStringLiteral(", "))));
    if (!text.contains(QStringLiteral("{stem}")) && !text.contains(QStringLiteral("{hash}")))
        return malformed(QStringLiteral("needs {stem} or {hash}, or all clips would have one name"));
    if (rest.startsWith(QLatin1Char('/')) || rest.contains(QLatin1Char('\\')))
        return malformed(QStringLiteral("must be relative to the output folder, with / between folders"));
    for (const QString &part : rest.split(QLatin1Char('/'))) {
        if (part.isEmpty() || part.startsWith(QLatin1Char('.')))
            return malformed(QStringLiteral("must not hold empty or hidden names, nor `..`"));
    }
    NameTemplate name;
    name.m_text = text;
    return name;
}

QString NameTemplate::expand(const NameParts &parts) const
{
    std::string name = m_text.toStdString();
    std::string result;
    const auto words = wordsOf(parts);
    for (std::size_t position = 0; position < name.size();) {
        bool replaced = false;
        for (const auto &[word, value] : words) {
            const std::string braced = "{" + word.toStdString() + "}";
            if (name.compare(position, braced.size(), braced) != 0)
                continue;
            // Only the folder may bring folders of its own.
            std::string plain = value;
            if (word != QStringLiteral("folder"))
                std::replace(plain.begin(), plain.end(), '/', '_');
            result += plain;
            position += braced.size();
            replaced = true;
            break;
        }
        if (!replaced)
            result += name[position++];
    }
    QString plain = QString::fromStdString(plainPath(result));
    plain.replace(QChar(QChar::ReplacementCharacter), QLatin1Char('_'));
    return plain;
}

} // namespace doorveil::pipeline::batch
