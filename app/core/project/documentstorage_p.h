// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "project/database_p.h"
#include "project/reviewdocument.h"

#include <QByteArray>

#include <map>
#include <utility>

namespace doorveil::project::internal {

/// SHA-256 over a whole document, kept up to date part by part: an edit of one track hashes that track only.
class StateDigest
{
public:
    StateDigest() = default;
    explicit StateDigest(const ReviewDocument &document);

    /// `after` differs from what is known in the parts that differ from `before`.
    void update(const ReviewDocument &before, const ReviewDocument &after);
    /// Lower-case hex.
    [[nodiscard]] QString total() const;

private:
    std::map<std::pair<char, std::int64_t>, QByteArray> m_parts; ///< section and id to hash
};

/// Writes all of a document into empty tables.
[[nodiscard]] base::Result<void> storeDocument(Database &database, const ReviewDocument &document);
/// Writes what differs. Compares everything, so that no edit can be forgotten.
[[nodiscard]] base::Result<void> storeChanges(Database &database, const ReviewDocument &before,
                                              const ReviewDocument &after);
/// Reads with bounds and checks the rules of a document.
[[nodiscard]] base::Result<ReviewDocument> loadDocument(Database &database);

} // namespace doorveil::project::internal
