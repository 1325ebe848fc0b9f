// SPDX-License-Identifier: GPL-3.0-or-later
#include "bagitvalidator.h"

#include <QCryptographicHash>
#include <QDir>
#include <QDirIterator>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSet>

namespace doorveil::testsupport {

namespace {

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

/// Section 2.1.3: lines end with LF, CR or CRLF.
QStringList linesOf(const QByteArray &bytes)
{
    QString text = QString::fromUtf8(bytes);
    text.replace(QStringLiteral("\r\n"), QStringLiteral("\n")).replace(QLatin1Char('\r'), QLatin1Char('\n'));
    return text.split(QLatin1Char('\n'), Qt::SkipEmptyParts);
}

/// Section 2.1.3: CR, LF and the percent sign are percent-encoded in file paths, nothing else is.
QString decodedPath(QString path)
{
    path.replace(QStringLiteral("%0D"), QStringLiteral("\r"), Qt::CaseInsensitive);
    path.replace(QStringLiteral("%0A"), QStringLiteral("\n"), Qt::CaseInsensitive);
    return path.replace(QStringLiteral("%25"), QStringLiteral("%"));
}

class Checker
{
public:
    explicit Checker(const QString &folder) : m_folder(folder) { }

    QStringList run()
    {
        declaration();
        information();
        const QDir root(m_folder);
        const QStringList manifests = root.entryList({QStringLiteral("manifest-*.txt")}, QDir::Files);
        if (!root.exists(QStringLiteral("data")))
            say("2.1.2: there is no payload directory");
        if (manifests.isEmpty())
            say("2.1.3: there is no payload manifest");
        QSet<QString> payload = filesBelow(QStringLiteral("data"));
        for (const QString &name : manifests) {
            const QMap<QString, QByteArray> entries = manifest(name);
            for (const QString &path : entries.keys()) {
                if (!path.startsWith(QStringLiteral("data/")))
                    say(QStringLiteral("2.1.3: %1 lists %2, which is no payload").arg(name, path));
            }
            const QStringList paths = entries.keys();
            if (QSet<QString>(paths.begin(), paths.end()) != payload)
                say(QStringLiteral("2.1.3: %1 does not list the payload").arg(name));
        }
        for (const QString &name : root.entryList({QStringLiteral("tagmanifest-*.txt")}, QDir::Files)) {
            for (const QString &path : manifest(name).keys()) {
                if (path.startsWith(QStringLiteral("data/")) || path.startsWith(QStringLiteral("tagmanifest-")))
                    say(QStringLiteral("2.2.1: %1 lists %2").arg(name, path));
            }
        }
        if (root.exists(QStringLiteral("fetch.txt")))
            say("2.2.3: files are still to be fetched");
        return m_problems;
    }

private:
    void say(const char *sentence) { m_problems.append(QString::fromLatin1(sentence)); }
    void say(const QString &sentence) { m_problems.append(sentence); }
    [[nodiscard]] QString at(const QString &path) const { return m_folder + QLatin1Char('/') + path; }

    void declaration()
    {
        const QByteArray bytes = contentOf(at(QStringLiteral("bagit.txt")));
        if (bytes.startsWith("\xef\xbb\xbf"))
            say("2.1.1: bagit.txt begins with a byte-order mark");
        const QStringList lines = linesOf(bytes);
        static const QRegularExpression version(QStringLiteral("\\ABagIt-Version: \\d+\\.\\d+\\z"));
        if (lines.size() != 2 || !version.match(lines.value(0)).hasMatch()
            || lines.value(1) != QLatin1String("Tag-File-Character-Encoding: UTF-8"))
            say("2.1.1: bagit.txt is not a declaration of two lines");
    }

    void information()
    {
        QString oxum;
        QString last;
        static const QRegularExpression label(QStringLiteral("\\A([^\\s:][^:]*?): ?(.*)\\z"));
        for (const QString &line : linesOf(contentOf(at(QStringLiteral("bag-info.txt"))))) {
            if (line.startsWith(QLatin1Char(' ')) || line.startsWith(QLatin1Char('\t'))) {
                if (last.isEmpty())
                    say("2.2.2: bag-info.txt begins with a continued line");
                continue;
            }
            const QRegularExpressionMatch match = label.match(line);
            if (!match.hasMatch())
                say(QStringLiteral("2.2.2: no label and value: %1").arg(line));
            last = match.captured(1);
            if (last.compare(QLatin1String("Payload-Oxum"), Qt::CaseInsensitive) == 0)
                oxum = match.captured(2);
        }
        qint64 bytes = 0;
        const QSet<QString> payload = filesBelow(QStringLiteral("data"));
        for (const QString &path : payload)
            bytes += QFile(at(path)).size();
        if (!oxum.isEmpty() && oxum != QStringLiteral("%1.%2").arg(bytes).arg(payload.size()))
            say(QStringLiteral("2.2.2: Payload-Oxum is %1").arg(oxum));
    }

    [[nodiscard]] QSet<QString> filesBelow(const QString &folder) const
    {
        QSet<QString> files;
        QDirIterator entries(at(folder), QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
        while (entries.hasNext())
            files.insert(QDir(m_folder).relativeFilePath(entries.next()));
        return files;
    }

    QMap<QString, QByteArray> manifest(const QString &name)
    {
        static const QRegularExpression algorithmPart(QStringLiteral("manifest-([a-z0-9]+)\\.txt\\z"));
        static const QRegularExpression line(QStringLiteral("\\A([0-9A-Fa-f]+)[ \\t]+\\*?(.+)\\z"));
        const QString algorithm = algorithmPart.match(name).captured(1);
        const QMap<QString, QCryptographicHash::Algorithm> known{
            {QStringLiteral("md5"), QCryptographicHash::Md5},
            {QStringLiteral("sha1"), QCryptographicHash::Sha1},
            {QStringLiteral("sha256"), QCryptographicHash::Sha256},
            {QStringLiteral("sha512"), QCryptographicHash::Sha512}};
        QMap<QString, QByteArray> entries;
        if (!known.contains(algorithm)) {
            say(QStringLiteral("2.4: unknown algorithm %1").arg(algorithm));
            return entries;
        }
        for (const QString &text : linesOf(contentOf(at(name)))) {
            const QRegularExpressionMatch match = line.match(text);
            if (!match.hasMatch()) {
                say(QStringLiteral("2.1.3: %1: no checksum and path: %2").arg(name, text));
                continue;
            }
            const QString path = decodedPath(match.captured(2));
            if (path.startsWith(QLatin1Char('/')) || path.split(QLatin1Char('/')).contains(QStringLiteral(".."))
                || path.startsWith(QLatin1Char('~')))
                say(QStringLiteral("5.1: %1 leads outside the bag").arg(path));
            if (entries.contains(path))
                say(QStringLiteral("2.1.3: %1 is listed twice in %2").arg(path, name));
            const QByteArray checksum = match.captured(1).toLower().toLatin1();
            entries.insert(path, checksum);
            if (!QFile::exists(at(path)))
                say(QStringLiteral("3: %1 is missing").arg(path));
            else if (QCryptographicHash::hash(contentOf(at(path)), known.value(algorithm)).toHex() != checksum)
                say(QStringLiteral("3: %1 has another checksum").arg(path));
        }
        return entries;
    }

    QString m_folder;
    QStringList m_problems;
};

} // namespace

QStringList bagitProblems(const QString &folder)
{
    return Checker(folder).run();
}

} // namespace doorveil::testsupport
