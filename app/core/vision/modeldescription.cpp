// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/toml.h"
#include "vision/modelregistry.h"

#include <QDirIterator>
#include <QFile>
#include <QRegularExpression>

#include <algorithm>
#include <set>

// Outside every namespace, as the macro demands. Called so that the linker keeps the resources of a static library.
static void keepModelResources()
{
    Q_INIT_RESOURCE(models);
}

namespace doorveil::vision {

namespace {

constexpr std::int64_t largestModel = 100 << 20; // bytes; a typing error must not fill a disk or the memory
constexpr int longestSide = 4096;

/// Collects the first error of many reads, so that a description is read in one go.
class Reader
{
public:
    explicit Reader(const base::TomlTable &table) : m_table(table) { }

    QString text(const QString &key) { return value(m_table.requireString(key), QString()); }
    std::int64_t integer(const QString &key, std::int64_t least, std::int64_t largest)
    {
        const std::int64_t found = value(m_table.requireInteger(key), std::int64_t(0));
        if (!m_error && (found < least || found > largest))
            fail(m_table.errorAt(key, QStringLiteral("must be between %1 and %2").arg(least).arg(largest)));
        return found;
    }
    double fraction(const QString &key)
    {
        const double found = value(m_table.requireNumber(key), 0.0);
        if (!m_error && (found <= 0 || found > 1))
            fail(m_table.errorAt(key, QStringLiteral("must be above 0 and at most 1")));
        return found;
    }
    /// As fraction(); `otherwise` where the key is missing.
    double fraction(const QString &key, double otherwise) { return m_table.contains(key) ? fraction(key) : otherwise; }
    bool flag(const QString &key) { return value(m_table.findBoolean(key), std::optional<bool>()).value_or(false); }
    QString optionalText(const QString &key)
    {
        return value(m_table.findString(key), std::optional<QString>()).value_or(QString());
    }
    void matches(const QString &key, const QString &text, const char *pattern, const char *expected)
    {
        const QRegularExpression expression(QRegularExpression::anchoredPattern(QLatin1String(pattern)));
        if (!m_error && !expression.match(text).hasMatch())
            fail(m_table.errorAt(key, QStringLiteral("must be %1").arg(QLatin1String(expected))));
    }
    void fail(const base::Error &error)
    {
        if (!m_error)
            m_error = error;
    }
    [[nodiscard]] const std::optional<base::Error> &error() const { return m_error; }

private:
    template<typename Value> Value value(const base::Result<Value> &result, Value fallback)
    {
        if (result)
            return *result;
        fail(result.error());
        return fallback;
    }

    const base::TomlTable &m_table;
    std::optional<base::Error> m_error;
};

base::Result<ModelFile> readFile(const base::TomlTable &table)
{
    Reader reader(table);
    ModelFile file;
    file.name = reader.text(QStringLiteral("name"));
    // A name only: what is downloaded is stored under it, so that it must not lead anywhere.
    reader.matches(QStringLiteral("name"), file.name, "[A-Za-z0-9_][A-Za-z0-9_.-]*",
                   "a file name of letters, digits, '_', '-' and '.'");
    file.url = reader.optionalText(QStringLiteral("url"));
    if (!file.url.isEmpty())
        reader.matches(QStringLiteral("url"), file.url, "https://[^\\s]+", "an https address");
    file.sha256 = reader.text(QStringLiteral("sha256"));
    reader.matches(QStringLiteral("sha256"), file.sha256, "[0-9a-f]{64}", "64 lower-case hexadecimal digits");
    file.bytes = reader.integer(QStringLiteral("bytes"), 1, largestModel);
    if (reader.error())
        return *reader.error();
    return file;
}

base::Result<std::vector<ModelFile>> readFiles(const base::TomlTable &table)
{
    const auto tables = table.findTables(QStringLiteral("file"));
    if (!tables)
        return tables.error();
    std::vector<ModelFile> files;
    for (const base::TomlTable &entry : *tables) {
        base::Result<ModelFile> file = readFile(entry);
        if (!file)
            return file.error();
        files.push_back(std::move(*file));
    }
    return files;
}

base::Result<void> readInput(const base::TomlTable &table, ModelDescription &description)
{
    const auto input = table.findTable(QStringLiteral("input"));
    if (!input)
        return input.error();
    if (!*input)
        return {};
    Reader reader(**input);
    description.inputWidth = int(reader.integer(QStringLiteral("width"), 0, longestSide));
    description.inputHeight = int(reader.integer(QStringLiteral("height"), 0, longestSide));
    if (reader.error())
        return *reader.error();
    return {};
}

base::Result<void> readThresholds(const base::TomlTable &table, ModelDescription &description)
{
    const auto thresholds = table.findTable(QStringLiteral("thresholds"));
    if (!thresholds)
        return thresholds.error();
    if (!*thresholds)
        return table.errorAt(QStringLiteral("thresholds"), QStringLiteral("is missing"));
    Reader reader(**thresholds);
    description.strongThreshold = reader.fraction(QStringLiteral("strong"));
    description.weakThreshold = reader.fraction(QStringLiteral("weak"));
    description.nonMaximumSuppression = reader.fraction(QStringLiteral("non_maximum_suppression"));
    description.aloneThreshold = reader.fraction(QStringLiteral("alone"), description.strongThreshold);
    if (description.aloneThreshold < description.strongThreshold)
        reader.fail((*thresholds)->errorAt(QStringLiteral("alone"), QStringLiteral("must not be below strong")));
    if (description.weakThreshold > description.strongThreshold) {
        reader.fail((*thresholds)->errorAt(QStringLiteral("weak"), QStringLiteral("must not be above strong")));
    }
    if (reader.error())
        return *reader.error();
    return {};
}

} // namespace

base::Result<ModelDescription> parseModelDescription(const QByteArray &text, const QString &name)
{
    const auto document = base::TomlTable::parse(text, name);
    if (!document)
        return document.error();
    Reader reader(*document);
    ModelDescription description;
    description.id = reader.text(QStringLiteral("id"));
    reader.matches(QStringLiteral("id"), description.id, "[a-z0-9][a-z0-9-]*", "lower-case letters, digits and '-'");
    description.role = reader.text(QStringLiteral("role"));
    reader.matches(QStringLiteral("role"), description.role, "face|plate|person|vehicle",
                   "face, plate, person or vehicle");
    description.family = reader.text(QStringLiteral("family"));
    description.rank = int(reader.integer(QStringLiteral("rank"), 1, 1000));
    description.version = reader.text(QStringLiteral("version"));
    description.licence = reader.text(QStringLiteral("licence"));
    description.adapter = reader.text(QStringLiteral("adapter"));
    description.embedded = reader.flag(QStringLiteral("embedded"));
    description.smallestSide = int(reader.integer(QStringLiteral("smallest_side"), 1, longestSide));
    if (reader.error())
        return *reader.error();
    if (const auto input = readInput(*document, description); !input)
        return input.error();
    if (const auto thresholds = readThresholds(*document, description); !thresholds)
        return thresholds.error();
    base::Result<std::vector<ModelFile>> files = readFiles(*document);
    if (!files)
        return files.error();
    description.files = std::move(*files);
    if (const auto known = document->refuseUnknownKeys(); !known)
        return known.error();
    for (const ModelFile &file : description.files) {
        if (file.url.isEmpty() != description.embedded)
            return document->errorAt(QStringLiteral("file"),
                                     QStringLiteral("a file has a url exactly where the model is not embedded"));
    }
    if (!description.embedded && description.files.empty())
        return document->errorAt(QStringLiteral("file"), QStringLiteral("is missing"));
    return description;
}

base::Result<std::vector<ModelDescription>> modelDescriptions()
{
    keepModelResources();
    std::vector<ModelDescription> descriptions;
    QDirIterator files(QStringLiteral(":/doorveil/models"), {QStringLiteral("model.toml")}, QDir::Files,
                       QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!file.open(QIODevice::ReadOnly))
            return base::Error{
                base::ErrorKind::Failure,
                QStringLiteral("The model description %1 of the program cannot be read").arg(file.fileName())};
        base::Result<ModelDescription> description = parseModelDescription(file.readAll(), file.fileName());
        if (!description)
            return description.error();
        descriptions.push_back(std::move(*description));
    }
    std::sort(descriptions.begin(), descriptions.end(), [](const ModelDescription &a, const ModelDescription &b) {
        return std::tie(a.role, a.rank, a.id) < std::tie(b.role, b.rank, b.id);
    });
    std::set<QString> ids;
    for (const ModelDescription &description : descriptions) {
        if (!ids.insert(description.id).second)
            return base::Error{base::ErrorKind::Failure,
                               QStringLiteral("Two model descriptions have the id %1").arg(description.id)};
    }
    return descriptions;
}

} // namespace doorveil::vision
