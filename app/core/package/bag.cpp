// SPDX-License-Identifier: GPL-3.0-or-later
#include "package/bag.h"

#include <QCryptographicHash>
#include <QHash>
#include <QRegularExpression>
#include <QSet>

#include <algorithm>
#include <fcntl.h>
#include <sys/stat.h>

namespace doorveil::package {

namespace {

const QByteArray declaration = QByteArrayLiteral("BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
const QString declarationName = QStringLiteral("bagit.txt");
const QString informationName = QStringLiteral("bag-info.txt");
const QString manifestName = QStringLiteral("manifest-sha256.txt");
const QString signatureName = QStringLiteral("manifest-sha256.txt.sig");
const QString tagManifestName = QStringLiteral("tagmanifest-sha256.txt");

base::Error broken(const char *failureClass, const QString &sentence)
{
    return {base::ErrorKind::CheckFailed, sentence, QString::fromLatin1(failureClass)};
}

void sortByPath(std::vector<BagFile> &files)
{
    std::sort(files.begin(), files.end(), [](const BagFile &a, const BagFile &b) { return a.path < b.path; });
}

QByteArray manifestOf(const std::vector<BagFile> &files)
{
    QByteArray text;
    for (const BagFile &file : files)
        text += file.sha256.toLatin1() + "  " + file.path.toUtf8() + '\n';
    return text;
}

base::Result<BagFile> describe(const std::filesystem::path &folder, const QString &path,
                               const base::CancelToken &cancel)
{
    const std::filesystem::path file = folder / path.toStdString();
    // Never through a link, whatever the name turned into since it was listed.
    const base::FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
    struct stat status = {};
    if (!opened.isValid() || ::fstat(opened.get(), &status) != 0 || !S_ISREG(status.st_mode))
        return broken("bag-link", QStringLiteral("%1 is no plain file").arg(path));
    const base::Result<QString> hash = base::sha256Of(opened.get(), cancel);
    if (!hash)
        return hash.error().prefixed(path);
    return BagFile{path, std::int64_t(status.st_size), *hash};
}

/// "<64 hex digits>  <path>" lines. Line ends other than LF are refused: signatures are over exact bytes.
base::Result<QHash<QString, QString>> parseManifest(const QByteArray &text, const QString &name)
{
    QHash<QString, QString> entries;
    static const QRegularExpression line(QStringLiteral("^([0-9a-f]{64})  (\\S+)$"));
    if (!text.isEmpty() && !text.endsWith('\n'))
        return broken("manifest-malformed", QStringLiteral("%1 is cut off").arg(name));
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &entry : lines) {
        const QRegularExpressionMatch match = line.match(entry);
        if (!match.hasMatch())
            return broken("manifest-malformed", QStringLiteral("%1 has a line that is no hash and name").arg(name));
        const QString path = match.captured(2);
        if (!isSafePackagePath(path))
            return broken("bag-unsafe-name",
                          QStringLiteral("%1 names %2, which no package of ours may hold").arg(name, path.left(80)));
        if (entries.contains(path))
            return broken("manifest-malformed", QStringLiteral("%1 lists %2 twice").arg(name, path));
        entries.insert(path, match.captured(1));
    }
    return entries;
}

base::Result<void> compare(const std::vector<BagFile> &files, const QHash<QString, QString> &listed,
                           const QString &name)
{
    QSet<QString> present;
    for (const BagFile &file : files) {
        present.insert(file.path);
        const auto entry = listed.constFind(file.path);
        if (entry == listed.constEnd())
            return broken("extra-file", QStringLiteral("%1 is not listed in %2").arg(file.path, name));
        if (*entry != file.sha256)
            return broken("hash-mismatch",
                          QStringLiteral("%1 was changed: its SHA-256 is not the one in %2").arg(file.path, name));
    }
    for (auto entry = listed.constBegin(); entry != listed.constEnd(); ++entry) {
        if (!present.contains(entry.key()))
            return broken("missing-file", QStringLiteral("%1 is listed in %2 and is not there").arg(entry.key(), name));
    }
    return {};
}

/// Every file below the folder, as a path inside it; links and devices are refused.
base::Result<QStringList> listFiles(const std::filesystem::path &folder, const BagLimits &limits)
{
    QStringList paths;
    std::int64_t total = 0;
    std::error_code failed;
    std::filesystem::recursive_directory_iterator entries(folder, failed);
    for (; !failed && entries != std::filesystem::recursive_directory_iterator(); entries.increment(failed)) {
        const QString path = QString::fromStdString(entries->path().lexically_relative(folder).generic_string());
        if (entries.depth() > 3)
            return broken("bag-structure", QStringLiteral("it holds folders within folders"));
        const std::filesystem::file_status status = entries->symlink_status(failed);
        if (failed)
            break;
        if (!isSafePackagePath(path))
            return broken("bag-unsafe-name", QStringLiteral("it holds a file with an unusual name: %1")
                                                 .arg(base::displayPath(path.toStdString()).left(80)));
        if (std::filesystem::is_directory(status))
            continue;
        if (!std::filesystem::is_regular_file(status))
            return broken("bag-link", QStringLiteral("%1 is a link or a device, not a file").arg(path));
        total += std::int64_t(entries->file_size(failed));
        paths.append(path);
        if (paths.size() > limits.files || total > limits.totalBytes)
            return broken("bag-too-large", QStringLiteral("it holds more than a package may"));
    }
    if (failed)
        return base::Error{base::ErrorKind::InputNotOpenable,
                           QStringLiteral("%1 cannot be read: %2")
                               .arg(base::displayPath(folder), QString::fromStdString(failed.message()))};
    paths.sort();
    return paths;
}

BagInformation parseInformation(const QByteArray &text)
{
    BagInformation information;
    const QStringList lines = QString::fromUtf8(text).split(QLatin1Char('\n'), Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        const qsizetype colon = line.indexOf(QStringLiteral(": "));
        if (colon > 0)
            information.emplace_back(line.left(colon), line.mid(colon + 2));
    }
    return information;
}

QString oxumOf(const std::vector<BagFile> &payload)
{
    std::int64_t bytes = 0;
    for (const BagFile &file : payload)
        bytes += file.bytes;
    return QStringLiteral("%1.%2").arg(bytes).arg(payload.size());
}

} // namespace

bool isSafePackagePath(const QString &path)
{
    // The one name in capitals: it is there to be seen first. Inside a ZIP it lies below the bag's folder.
    const QString loud = QStringLiteral("data/VERIFY.txt");
    if (path == loud)
        return true;
    if (path.endsWith(QLatin1Char('/') + loud))
        return isSafePackagePath(path.chopped(loud.size() + 1));
    static const QRegularExpression safe(
        QStringLiteral("\\A[a-z0-9_-][a-z0-9._-]{0,99}(/[a-z0-9_-][a-z0-9._-]{0,99}){0,3}\\z"));
    return safe.match(path).hasMatch();
}

base::Result<std::unique_ptr<BagWriter>> BagWriter::create(const std::filesystem::path &target)
{
    base::Result<std::unique_ptr<base::DurableFolder>> folder = base::DurableFolder::create(target);
    if (!folder)
        return folder.error();
    std::unique_ptr<BagWriter> writer(new BagWriter);
    writer->m_folder = std::move(*folder);
    return writer;
}

base::Result<void> BagWriter::remember(const QString &path)
{
    base::Result<BagFile> file = describe(m_folder->temporaryPath(), path, {});
    if (!file)
        return file.error();
    (path.startsWith(QStringLiteral("data/")) ? m_payload : m_tagFiles).push_back(std::move(*file));
    return {};
}

base::Result<void> BagWriter::addPayload(const QString &name, const QByteArray &content)
{
    const QString path = QStringLiteral("data/") + name;
    if (!isSafePackagePath(path))
        return base::Error{base::ErrorKind::Failure, QStringLiteral("%1 is no name for a package").arg(name)};
    if (base::Result<void> added = m_folder->add(path.toStdString(), content); !added)
        return added;
    return remember(path);
}

base::Result<void> BagWriter::addPayload(const QString &name, int source)
{
    const QString path = QStringLiteral("data/") + name;
    if (!isSafePackagePath(path))
        return base::Error{base::ErrorKind::Failure, QStringLiteral("%1 is no name for a package").arg(name)};
    if (base::Result<void> added = m_folder->addCopy(path.toStdString(), source); !added)
        return added;
    return remember(path);
}

base::Result<void> BagWriter::addTagFile(const QString &name, const QByteArray &content)
{
    if (base::Result<void> added = m_folder->add(name.toStdString(), content); !added)
        return added;
    return remember(name);
}

base::Result<void> BagWriter::finish(const BagInformation &information, const Sign &sign,
                                     const base::CancelToken &cancel)
{
    if (base::Result<void> prepared = prepare(information, sign, cancel); !prepared)
        return prepared;
    return commit();
}

base::Result<void> BagWriter::commit()
{
    return m_folder->commit();
}

base::Result<void> BagWriter::prepare(const BagInformation &information, const Sign &sign,
                                      const base::CancelToken &cancel)
{
    sortByPath(m_payload);
    const QByteArray manifest = manifestOf(m_payload);
    QByteArray informationText;
    for (const auto &[label, value] : information)
        informationText += label.toUtf8() + ": " + value.simplified().toUtf8() + '\n';
    informationText += "Payload-Oxum: " + oxumOf(m_payload).toLatin1() + '\n';

    if (base::Result<void> added = addTagFile(declarationName, declaration); !added)
        return added;
    if (base::Result<void> added = addTagFile(informationName, informationText); !added)
        return added;
    if (base::Result<void> added = addTagFile(manifestName, manifest); !added)
        return added;
    const base::Result<QByteArray> signature = sign(manifest);
    if (!signature)
        return signature.error();
    if (base::Result<void> added = addTagFile(signatureName, *signature); !added)
        return added;
    sortByPath(m_tagFiles);
    if (base::Result<void> added = m_folder->add(tagManifestName.toStdString(), manifestOf(m_tagFiles)); !added)
        return added;

    // Read back from the disk, as a stranger would, before it gets its name.
    const base::Result<Bag> again = readBag(m_folder->temporaryPath(), {}, cancel);
    if (!again)
        return again.error().prefixed(QStringLiteral("the package does not read back"));
    if (again->payload != m_payload || again->manifest != manifest)
        return broken("hash-mismatch", QStringLiteral("the package does not read back as it was written"));
    return {};
}

base::Result<Bag> readBag(const std::filesystem::path &folder, const BagLimits &limits, const base::CancelToken &cancel)
{
    base::Result<QStringList> paths = listFiles(folder, limits);
    if (!paths)
        return paths.error();

    Bag bag;
    QHash<QString, QByteArray> tagTexts;
    for (const QString &path : *paths) {
        base::Result<BagFile> file = describe(folder, path, cancel);
        if (!file)
            return file.error();
        if (path.startsWith(QStringLiteral("data/"))) {
            bag.payload.push_back(std::move(*file));
            continue;
        }
        if (path.contains(QLatin1Char('/')))
            return broken("extra-file", QStringLiteral("%1 has no place in a package").arg(path));
        const base::Result<QByteArray> text = base::readSmallFile(folder / path.toStdString(), limits.tagFileBytes);
        if (!text)
            return broken("bag-structure", text.error().message);
        tagTexts.insert(path, *text);
        if (path != tagManifestName)
            bag.tagFiles.push_back(std::move(*file));
    }
    for (const QString &name : {declarationName, informationName, manifestName, tagManifestName}) {
        if (!tagTexts.contains(name))
            return broken("bag-structure", QStringLiteral("%1 is missing: this is no complete package").arg(name));
    }
    if (tagTexts.value(declarationName) != declaration)
        return broken("bag-structure", QStringLiteral("bagit.txt does not declare BagIt 1.0 in UTF-8"));

    const base::Result<QHash<QString, QString>> listed = parseManifest(tagTexts.value(manifestName), manifestName);
    if (!listed)
        return listed.error();
    if (base::Result<void> same = compare(bag.payload, *listed, manifestName); !same)
        return same.error();
    const base::Result<QHash<QString, QString>> tags = parseManifest(tagTexts.value(tagManifestName), tagManifestName);
    if (!tags)
        return tags.error();
    if (base::Result<void> same = compare(bag.tagFiles, *tags, tagManifestName); !same)
        return same.error();

    bag.information = parseInformation(tagTexts.value(informationName));
    const auto oxum = std::find_if(bag.information.begin(), bag.information.end(),
                                   [](const auto &entry) { return entry.first == QStringLiteral("Payload-Oxum"); });
    if (oxum == bag.information.end() || oxum->second != oxumOf(bag.payload))
        return broken("oxum-mismatch", QStringLiteral("bag-info.txt tells another size than the files have"));
    bag.manifest = tagTexts.value(manifestName);
    bag.signature = tagTexts.value(signatureName);
    return bag;
}

} // namespace doorveil::package
