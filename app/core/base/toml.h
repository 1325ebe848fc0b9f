// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

namespace doorveil::base {

/// A table of a TOML document: model, request and policy files. Getters give a Usage error that names the document, the
/// line and the column; `find…` give nothing where the key is missing, `require…` an error. Every key asked for counts
/// as known; unknownKeys() lists the rest, so that a misspelt key is not ignored. Copies share the document and the set
/// of known keys. Not thread-safe.
class TomlTable
{
public:
    /// Parses a whole document; `name` is what errors call it.
    [[nodiscard]] static Result<TomlTable> parse(const QByteArray &text, const QString &name);
    /// Reads and parses a file of at most 1 MiB.
    [[nodiscard]] static Result<TomlTable> parseFile(const std::filesystem::path &path);

    [[nodiscard]] bool contains(const QString &key) const;
    [[nodiscard]] QStringList keys() const; ///< in alphabetical order

    [[nodiscard]] Result<std::optional<QString>> findString(const QString &key) const;
    /// A text in quotes, or a date or time written without them, as text (RFC 3339).
    [[nodiscard]] Result<std::optional<QString>> findTimeText(const QString &key) const;
    [[nodiscard]] Result<std::optional<std::int64_t>> findInteger(const QString &key) const;
    [[nodiscard]] Result<std::optional<double>> findNumber(const QString &key) const; ///< integer or float, finite
    [[nodiscard]] Result<std::optional<bool>> findBoolean(const QString &key) const;
    [[nodiscard]] Result<std::optional<QStringList>> findStrings(const QString &key) const;
    [[nodiscard]] Result<std::optional<TomlTable>> findTable(const QString &key) const;
    /// Tables of `[[key]]`; empty where there are none.
    [[nodiscard]] Result<std::vector<TomlTable>> findTables(const QString &key) const;

    [[nodiscard]] Result<QString> requireString(const QString &key) const; ///< not empty
    [[nodiscard]] Result<std::int64_t> requireInteger(const QString &key) const;
    [[nodiscard]] Result<double> requireNumber(const QString &key) const;

    /// A Usage error at the place of a key, for values that have the right type and a wrong meaning.
    [[nodiscard]] Error errorAt(const QString &key, const QString &what) const;
    /// "NAME:LINE:COLUMN: …" of each key of this table and the tables below it that nobody asked for.
    [[nodiscard]] QStringList unknownKeys() const;
    /// An error that lists the unknown keys, if there are any.
    [[nodiscard]] Result<void> refuseUnknownKeys() const;

private:
    struct Document;
    struct Node;
    TomlTable(std::shared_ptr<Document> document, std::shared_ptr<Node> node);

    std::shared_ptr<Document> m_document;
    std::shared_ptr<Node> m_node;
};

} // namespace doorveil::base
