// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/consentrecord.h"
#include "consent/requestfile.h"
#include "consent/statement.h"

#include <QJsonDocument>

#include <cstddef>
#include <cstdint>
#include <cstdlib>

/// Any bytes as a consent record, and as a request in TOML and in JSON. What passes the schema can be told in words; a
/// request that was read is read the same again.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    using namespace doorveil::consent;
    const QByteArray bytes(reinterpret_cast<const char *>(data), qsizetype(size));
    if (const auto request = requestFromToml(bytes, QStringLiteral("sent.toml"))) {
        const auto again = requestFromJson(toJson(*request), QStringLiteral("sent.json"));
        if (!again || toJson(*again) != toJson(*request))
            std::abort();
    }
    const QJsonDocument json = QJsonDocument::fromJson(bytes);
    if (!json.isObject())
        return 0;
    (void)requestFromJson(json.object(), QStringLiteral("sent.json"));
    const bool valid = validateRecord(json.object()).hasValue();
    const auto statement = makeStatement(json.object()); // of one that is not valid, too: the verifier shows those
    if (valid && !statement)
        std::abort();
    return 0;
}
