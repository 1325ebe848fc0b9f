// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/toml.h"

#include "base/file.h"

#include <cmath>
#include <set>
#include <sstream>
#include <string>
#include <utility>

#include <toml++/toml.h>

namespace doorveil::base {

struct TomlTable::Document
{
    QString name;
    toml::table root;
    std::set<std::pair<const toml::table *, std::string>> known;
};

struct TomlTable::Node
{
    const toml::table *table = nullptr;
    QString path; ///< "", "files[2]."
};

namespace {

constexpr std::int64_t largestFile = 1 << 20; // models, requests and policies are a few kilobytes

QString text(std::string_view view)
{
    return QString::fromUtf8(view.data(), qsizetype(view.size()));
}

QString place(const QString &name, const toml::source_position &position)
{
    return QStringLiteral("%1:%2:%3").arg(name).arg(position.line).arg(position.column);
}

Error usage(const QString &message)
{
    return {ErrorKind::Usage, message, QStringLiteral("invalid-file")};
}

} // namespace

TomlTable::TomlTable(std::shared_ptr<Document> document, std::shared_ptr<Node> node)
    : m_document(std::move(document)), m_node(std::move(node))
{
}

Result<TomlTable> TomlTable::parse(const QByteArray &content, const QString &name)
{
    auto document = std::make_shared<Document>();
    document->name = name;
    try {
        document->root = toml::parse(std::string_view(content.constData(), std::size_t(content.size())));
    } catch (const toml::parse_error &error) {
        return usage(QStringLiteral("%1: %2").arg(place(name, error.source().begin), text(error.description())));
    } catch (const std::exception &error) {
        return usage(QStringLiteral("%1: %2").arg(name, QString::fromUtf8(error.what())));
    }
    auto node = std::make_shared<Node>();
    node->table = &document->root;
    return TomlTable(std::move(document), std::move(node));
}

Result<TomlTable> TomlTable::parseFile(const std::filesystem::path &path)
{
    const Result<QByteArray> content = readSmallFile(path, largestFile);
    if (!content)
        return content.error();
    return parse(*content, displayPath(path));
}

bool TomlTable::contains(const QString &key) const
{
    return m_node->table->contains(key.toStdString());
}

QStringList TomlTable::keys() const
{
    QStringList all;
    for (const auto &[key, value] : *m_node->table)
        all.append(text(key.str()));
    all.sort();
    return all;
}

Error TomlTable::errorAt(const QString &key, const QString &what) const
{
    const toml::node *node = m_node->table->get(key.toStdString());
    const toml::source_position position = node != nullptr ? node->source().begin : m_node->table->source().begin;
    const QString where = position ? place(m_document->name, position) : m_document->name;
    return usage(QStringLiteral("%1: %2%3: %4").arg(where, m_node->path, key, what));
}

namespace {

/// Nothing where the key is missing, an error text where it has another type.
template<typename Value, typename Convert>
Result<std::optional<Value>> find(const TomlTable &table, const toml::node *node, const QString &key,
                                  const char *expected, const Convert &convert)
{
    if (node == nullptr)
        return std::optional<Value>();
    std::optional<Value> value = convert(*node);
    if (!value)
        return table.errorAt(key, QStringLiteral("must be %1").arg(QLatin1String(expected)));
    return value;
}

std::optional<QStringList> toStrings(const toml::node &node)
{
    const toml::array *array = node.as_array();
    if (array == nullptr)
        return std::nullopt;
    QStringList strings;
    for (const toml::node &element : *array) {
        const auto *string = element.as_string();
        if (string == nullptr)
            return std::nullopt;
        strings.append(text(string->get()));
    }
    return strings;
}

std::optional<double> toFiniteNumber(const toml::node &node)
{
    if (!node.is_number())
        return std::nullopt;
    const std::optional<double> number = node.value<double>();
    return number && std::isfinite(*number) ? number : std::nullopt;
}

} // namespace

Result<std::optional<QString>> TomlTable::findString(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<QString>(*this, m_node->table->get(key.toStdString()), key, "a text in quotes",
                         [](const toml::node &node) -> std::optional<QString> {
                             if (const auto *string = node.as_string())
                                 return text(string->get());
                             return std::nullopt;
                         });
}

Result<std::optional<QString>> TomlTable::findTimeText(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<QString>(*this, m_node->table->get(key.toStdString()), key, "a date or time",
                         [](const toml::node &node) -> std::optional<QString> {
                             std::ostringstream stream;
                             if (const auto *string = node.as_string())
                                 return text(string->get());
                             if (const auto *moment = node.as_date_time())
                                 stream << moment->get();
                             else if (const auto *date = node.as_date())
                                 stream << date->get();
                             else
                                 return std::nullopt;
                             return QString::fromStdString(stream.str());
                         });
}

Result<std::optional<std::int64_t>> TomlTable::findInteger(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<std::int64_t>(*this, m_node->table->get(key.toStdString()), key, "a whole number",
                              [](const toml::node &node) -> std::optional<std::int64_t> {
                                  if (const auto *integer = node.as_integer())
                                      return integer->get();
                                  return std::nullopt;
                              });
}

Result<std::optional<double>> TomlTable::findNumber(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<double>(*this, m_node->table->get(key.toStdString()), key, "a number", toFiniteNumber);
}

Result<std::optional<bool>> TomlTable::findBoolean(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<bool>(*this, m_node->table->get(key.toStdString()), key, "true or false",
                      [](const toml::node &node) -> std::optional<bool> {
                          if (const auto *boolean = node.as_boolean())
                              return boolean->get();
                          return std::nullopt;
                      });
}

Result<std::optional<QStringList>> TomlTable::findStrings(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<QStringList>(*this, m_node->table->get(key.toStdString()), key, "a list of texts in quotes", toStrings);
}

Result<std::optional<TomlTable>> TomlTable::findTable(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    return find<TomlTable>(*this, m_node->table->get(key.toStdString()), key, "a table",
                           [this, &key](const toml::node &node) -> std::optional<TomlTable> {
                               if (!node.is_table())
                                   return std::nullopt;
                               auto child = std::make_shared<Node>();
                               child->table = node.as_table();
                               child->path = m_node->path + key + QLatin1Char('.');
                               return TomlTable(m_document, std::move(child));
                           });
}

Result<std::vector<TomlTable>> TomlTable::findTables(const QString &key) const
{
    m_document->known.emplace(m_node->table, key.toStdString());
    std::vector<TomlTable> tables;
    const toml::node *node = m_node->table->get(key.toStdString());
    if (node == nullptr)
        return tables;
    const toml::array *array = node->as_array();
    if (array == nullptr)
        return errorAt(key, QStringLiteral("must be a list of tables, written as [[%1]]").arg(key));
    for (const toml::node &element : *array) {
        if (!element.is_table())
            return errorAt(key, QStringLiteral("must be a list of tables, written as [[%1]]").arg(key));
        auto child = std::make_shared<Node>();
        child->table = element.as_table();
        child->path = QStringLiteral("%1%2[%3].").arg(m_node->path, key).arg(tables.size() + 1);
        tables.push_back(TomlTable(m_document, std::move(child)));
    }
    return tables;
}

Result<QString> TomlTable::requireString(const QString &key) const
{
    const Result<std::optional<QString>> found = findString(key);
    if (!found)
        return found.error();
    if (!*found)
        return errorAt(key, QStringLiteral("is missing"));
    if ((*found)->isEmpty())
        return errorAt(key, QStringLiteral("must not be empty"));
    return **found;
}

Result<std::int64_t> TomlTable::requireInteger(const QString &key) const
{
    const Result<std::optional<std::int64_t>> found = findInteger(key);
    if (!found)
        return found.error();
    if (!*found)
        return errorAt(key, QStringLiteral("is missing"));
    return **found;
}

Result<double> TomlTable::requireNumber(const QString &key) const
{
    const Result<std::optional<double>> found = findNumber(key);
    if (!found)
        return found.error();
    if (!*found)
        return errorAt(key, QStringLiteral("is missing"));
    return **found;
}

namespace {

using Known = std::set<std::pair<const toml::table *, std::string>>;

void collectUnknown(const toml::table &table, const QString &path, const QString &name, const Known &known,
                    QStringList &unknown)
{
    for (const auto &[key, value] : table) {
        const QString keyText = text(key.str());
        if (!known.contains({&table, std::string(key.str())})) {
            unknown.append(QStringLiteral("%1: %2%3: unknown key").arg(place(name, key.source().begin), path, keyText));
            continue;
        }
        if (const toml::table *child = value.as_table())
            collectUnknown(*child, path + keyText + QLatin1Char('.'), name, known, unknown);
        if (const toml::array *array = value.as_array()) {
            int number = 0;
            for (const toml::node &element : *array) {
                ++number;
                if (const toml::table *child = element.as_table()) {
                    collectUnknown(*child, QStringLiteral("%1%2[%3].").arg(path, keyText).arg(number), name, known,
                                   unknown);
                }
            }
        }
    }
}

} // namespace

QStringList TomlTable::unknownKeys() const
{
    QStringList unknown;
    collectUnknown(*m_node->table, m_node->path, m_document->name, m_document->known, unknown);
    return unknown;
}

Result<void> TomlTable::refuseUnknownKeys() const
{
    const QStringList unknown = unknownKeys();
    if (unknown.isEmpty())
        return {};
    return usage(unknown.join(QLatin1Char('\n')));
}

} // namespace doorveil::base
