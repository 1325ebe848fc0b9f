// SPDX-License-Identifier: GPL-3.0-or-later
#include "consent/consentrecord.h"
#include "consent/resources_p.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QStringList>

#include <exception>

#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wold-style-cast"
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif
#include <valijson/adapters/qtjson_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validation_results.hpp>
#include <valijson/validator.hpp>
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif

namespace doorveil::consent {

namespace {

constexpr qsizetype longestText = 5000; ///< request files hold up to 4000 characters a field
constexpr int deepest = 12;
constexpr int mostReasons = 5;

base::Error invalid(const QString &reason)
{
    return {base::ErrorKind::CheckFailed, QStringLiteral("the record does not fit its schema: %1").arg(reason),
            QStringLiteral("invalid-record")};
}

/// Records come from strangers too, and the library matches patterns by recursion: nothing long or deep gets there.
bool isModest(const QJsonValue &value, int depth)
{
    if (depth > deepest)
        return false;
    if (value.isString())
        return value.toString().size() <= longestText;
    if (value.isArray()) {
        for (const QJsonValue &element : value.toArray()) {
            if (!isModest(element, depth + 1))
                return false;
        }
    }
    if (value.isObject()) {
        const QJsonObject members = value.toObject();
        for (auto member = members.begin(); member != members.end(); ++member) {
            if (member.key().size() > longestText || !isModest(member.value(), depth + 1))
                return false;
        }
    }
    return true;
}

class SchemaValidator
{
public:
    SchemaValidator()
    {
        const QJsonValue document = QJsonDocument::fromJson(recordSchema()).object();
        const valijson::adapters::QtJsonAdapter adapter(document);
        valijson::SchemaParser parser;
        parser.populateSchema(adapter, m_schema);
    }

    [[nodiscard]] QStringList reasonsAgainst(const QJsonObject &record) const
    {
        const QJsonValue value = record;
        const valijson::adapters::QtJsonAdapter adapter(value);
        valijson::ValidationResults results;
        valijson::Validator validator;
        QStringList reasons;
        if (validator.validate(m_schema, adapter, &results))
            return reasons;
        valijson::ValidationResults::Error error;
        while (reasons.size() < mostReasons && results.popError(error)) {
            QString place;
            for (const std::string &step : error.context)
                place += QString::fromStdString(step);
            reasons.append(place + QStringLiteral(": ") + QString::fromStdString(error.description));
        }
        if (reasons.isEmpty())
            reasons.append(QStringLiteral("it has another form"));
        return reasons;
    }

private:
    valijson::Schema m_schema;
};

} // namespace

QByteArray recordSchema()
{
    return internal::resource(QStringLiteral("schemas/consent-record.schema.json"));
}

base::Result<void> validateRecord(const QJsonObject &record)
{
    if (!isModest(record, 0))
        return invalid(QStringLiteral("it holds texts that are too long or nested too deeply"));
    try {
        const SchemaValidator validator;
        const QStringList reasons = validator.reasonsAgainst(record);
        return reasons.isEmpty() ? base::Result<void>() : invalid(reasons.join(QStringLiteral("; ")));
    } catch (const std::exception &error) {
        return invalid(QString::fromUtf8(error.what()));
    }
}

} // namespace doorveil::consent
