// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/mediatime.h"
#include "base/toml.h"
#include "pipeline/batch/policy.h"
#include "pipeline/encodingchoice.h"

#include <QCryptographicHash>

#include <algorithm>
#include <cmath>
#include <functional>

namespace doorveil::pipeline::batch {

namespace {

constexpr std::int64_t mostJobs = 256;
constexpr std::int64_t leastMemory = 256;
constexpr std::int64_t mostMemory = 1 << 20;
constexpr double longestSettle = 3600.0;

/// Reads keys of one table and keeps the first error, so that what follows need not ask after each key.
class Reader
{
public:
    explicit Reader(base::TomlTable table) : m_table(std::move(table)) { }

    [[nodiscard]] bool failed() const { return m_error.has_value(); }
    [[nodiscard]] const base::Error &error() const { return *m_error; }
    [[nodiscard]] bool has(const char *key) const { return m_table.contains(QLatin1String(key)); }

    void refuse(const char *key, const QString &what)
    {
        if (!m_error)
            m_error = m_table.errorAt(QLatin1String(key), what);
    }

    [[nodiscard]] std::optional<QString> text(const char *key) { return kept(m_table.findString(QLatin1String(key))); }
    [[nodiscard]] std::optional<std::int64_t> integer(const char *key, std::int64_t least, std::int64_t most)
    {
        const std::optional<std::int64_t> value = kept(m_table.findInteger(QLatin1String(key)));
        if (value && (*value < least || *value > most))
            refuse(key, QStringLiteral("must be from %1 to %2").arg(least).arg(most));
        return value;
    }
    [[nodiscard]] std::optional<double> number(const char *key, double least, double most)
    {
        const std::optional<double> value = kept(m_table.findNumber(QLatin1String(key)));
        if (value && (*value < least || *value > most))
            refuse(key, QStringLiteral("must be from %1 to %2").arg(least).arg(most));
        return value;
    }
    [[nodiscard]] std::optional<QStringList> texts(const char *key)
    {
        return kept(m_table.findStrings(QLatin1String(key)));
    }
    [[nodiscard]] std::vector<Reader> tables(const char *key)
    {
        base::Result<std::vector<base::TomlTable>> found = m_table.findTables(QLatin1String(key));
        std::vector<Reader> readers;
        if (!found) {
            fail(found.error());
            return readers;
        }
        for (base::TomlTable &table : *found)
            readers.emplace_back(std::move(table));
        return readers;
    }
    [[nodiscard]] std::optional<Reader> table(const char *key)
    {
        std::optional<base::TomlTable> found = kept(m_table.findTable(QLatin1String(key)));
        return found ? std::optional<Reader>(Reader(std::move(*found))) : std::nullopt;
    }
    /// One of the words that `parse` knows.
    template<typename Value>
    [[nodiscard]] std::optional<Value> word(const char *key, std::optional<Value> (*parse)(const QString &),
                                            const char *allowed)
    {
        const std::optional<QString> given = text(key);
        if (!given)
            return std::nullopt;
        const std::optional<Value> value = parse(*given);
        if (!value)
            refuse(key, QStringLiteral("`%1` is not known; it takes %2").arg(*given, QLatin1String(allowed)));
        return value;
    }
    void take(const Reader &child)
    {
        if (child.failed())
            fail(child.error());
    }
    void fail(const base::Error &error)
    {
        if (!m_error)
            m_error = error;
    }
    [[nodiscard]] base::Result<void> refuseUnknownKeys() const { return m_table.refuseUnknownKeys(); }

private:
    template<typename Value> std::optional<Value> kept(const base::Result<std::optional<Value>> &result)
    {
        if (result)
            return *result;
        fail(result.error());
        return std::nullopt;
    }

    base::TomlTable m_table;
    std::optional<base::Error> m_error;
};

std::optional<bool> keepAudioFromText(const QString &text)
{
    if (text == QStringLiteral("keep"))
        return true;
    if (text == QStringLiteral("mute"))
        return false;
    return std::nullopt;
}

std::optional<TrimWindow> window(Reader &reader, const char *key)
{
    const std::optional<QString> text = reader.text(key);
    if (!text)
        return std::nullopt;
    const QStringList parts = text->split(QLatin1Char('-'));
    if (parts.size() == 2) {
        const auto begin = base::parseMilliseconds(parts[0].trimmed());
        const auto end = base::parseMilliseconds(parts[1].trimmed());
        if (begin && end && *begin < *end)
            return TrimWindow{*begin, *end};
    }
    reader.refuse(key,
                  QStringLiteral("`%1` is no part of a clip; write two times such as 00:00:05-00:00:35").arg(*text));
    return std::nullopt;
}

std::optional<Glob> glob(Reader &reader, const char *key)
{
    const std::optional<QString> text = reader.text(key);
    if (!text)
        return std::nullopt;
    const base::Result<Glob> parsed = Glob::parse(*text);
    if (parsed)
        return *parsed;
    reader.refuse(key, QStringLiteral("`%1`: %2").arg(*text, parsed.error().message));
    return std::nullopt;
}

std::vector<Glob> globs(Reader &reader, const char *key, const QStringList &byDefault)
{
    std::vector<Glob> parsed;
    for (const QString &text : reader.texts(key).value_or(byDefault)) {
        const base::Result<Glob> pattern = Glob::parse(text);
        if (pattern)
            parsed.push_back(*pattern);
        else
            reader.refuse(key, QStringLiteral("`%1`: %2").arg(text, pattern.error().message));
    }
    return parsed;
}

/// "x,y x,y x,y …", all in pixels or all in per cent ("12.5%").
bool readCorners(const QString &text, PolicyZone &zone)
{
    int inPercent = 0;
    for (const QString &pair : text.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        const QStringList numbers = pair.split(QLatin1Char(','));
        if (numbers.size() != 2)
            return false;
        int values[2] = {};
        for (int axis = 0; axis < 2; ++axis) {
            QString number = numbers[axis];
            const bool percent = number.endsWith(QLatin1Char('%'));
            if (percent)
                number.chop(1);
            bool isNumber = false;
            const double value = number.toDouble(&isNumber);
            if (!isNumber || !std::isfinite(value) || value < 0.0 || value > (percent ? 100.0 : 65536.0)
                || (!percent && value != std::floor(value)))
                return false;
            inPercent += percent ? 1 : 0;
            values[axis] = percent ? int(std::lround(value * 100.0)) : int(value);
        }
        zone.corners.push_back({values[0], values[1]});
    }
    zone.relative = inPercent > 0;
    return zone.corners.size() >= 3 && (inPercent == 0 || inPercent == int(zone.corners.size()) * 2)
           && !base::boundingRectangle(zone.corners).isEmpty();
}

std::vector<PolicyZone> zones(Reader &parent, const char *key)
{
    std::vector<PolicyZone> all;
    for (Reader &reader : parent.tables(key)) {
        PolicyZone zone;
        zone.label = reader.text("label").value_or(QString());
        const std::optional<QString> corners = reader.text("corners");
        if (!corners)
            reader.refuse("corners", QStringLiteral("is missing"));
        else if (!readCorners(*corners, zone))
            reader.refuse("corners", QStringLiteral("`%1` is no area; write at least three corners as "
                                                    "\"x,y x,y x,y\", all in pixels or all in per cent (\"12.5%,0%\")")
                                         .arg(*corners));
        zone.range = window(reader, "during");
        parent.take(reader);
        all.push_back(zone);
    }
    return all;
}

CameraRule cameraRule(Reader &reader)
{
    CameraRule rule;
    rule.name = reader.text("name").value_or(QString());
    if (rule.name.isEmpty())
        reader.refuse("name", QStringLiteral("is missing: reports and names call the camera by it"));
    rule.path = glob(reader, "path");
    rule.file = glob(reader, "file");
    if (const std::optional<QString> maker = reader.text("maker")) {
        if (!knownMakers().contains(*maker))
            reader.refuse(
                "maker",
                QStringLiteral("`%1` is not known; it takes %2").arg(*maker, knownMakers().join(QStringLiteral(", "))));
        rule.maker = *maker;
    }
    if (!rule.path && !rule.file && rule.maker.isEmpty())
        reader.refuse("path", QStringLiteral("or file or maker is needed: nothing says which clips the rule is for"));
    rule.style = reader.word("style", base::coverStyleFromText, "blur, solid or mosaic");
    rule.scope = reader.word("cover", base::coverScopeFromText, "face, head or person");
    rule.keepAudio = reader.word("audio", keepAudioFromText, "mute or keep");
    rule.trim = window(reader, "trim");
    rule.zones = zones(reader, "zone");
    return rule;
}

void readReview(Reader &reader, ReviewRules &review)
{
    if (const std::optional<QStringList> reasons = reader.texts("reasons")) {
        for (const QString &reason : *reasons) {
            if (!reviewReasons().contains(reason))
                reader.refuse("reasons", QStringLiteral("`%1` is not known; it takes %2")
                                             .arg(reason, reviewReasons().join(QStringLiteral(", "))));
        }
        review.reasons = *reasons;
        review.reasons.removeDuplicates();
    }
    review.weakScore = reader.number("weak_score", 0.0, 1.0);
    if (const std::optional<double> gap = reader.number("gap_seconds", 0.0, 3600.0))
        review.gapMilliseconds = std::llround(*gap * 1000.0);
}

void readRun(Reader &reader, Policy &policy)
{
    if (const std::optional<std::int64_t> jobs = reader.integer("jobs", 1, mostJobs))
        policy.jobs = int(*jobs);
    policy.memoryMegabytes = reader.integer("memory_mb", leastMemory, mostMemory);
    if (const std::optional<double> settle = reader.number("settle_seconds", 0.0, longestSettle))
        policy.settleMilliseconds = std::llround(*settle * 1000.0);
}

void readLook(Reader &reader, ClipRules &rules)
{
    rules.style = reader.word("style", base::coverStyleFromText, "blur, solid or mosaic").value_or(rules.style);
    rules.scope = reader.word("cover", base::coverScopeFromText, "face, head or person").value_or(rules.scope);
    rules.keepAudio = reader.word("audio", keepAudioFromText, "mute or keep").value_or(rules.keepAudio);
    rules.trim = window(reader, "trim");
    rules.crf = int(reader.integer("crf", 0, highestCrf).value_or(rules.crf));
    if (const std::optional<QString> preset = reader.text("preset")) {
        if (!presetNames().contains(*preset))
            reader.refuse("preset", QStringLiteral("`%1` is no preset of x264; it takes %2")
                                        .arg(*preset, presetNames().join(QStringLiteral(", "))));
        rules.preset = *preset;
    }
    if (const std::optional<QString> name = reader.text("name")) {
        const base::Result<NameTemplate> parsed = NameTemplate::parse(*name);
        if (parsed)
            rules.name = *parsed;
        else
            reader.refuse("name", parsed.error().message);
    }
    rules.zones = zones(reader, "zone");
}

QStringList clipPatterns()
{
    QStringList patterns;
    for (const char *ending : {"mp4", "mov", "m4v", "mkv", "webm", "avi", "ts", "mts", "m2ts", "h264", "264"})
        patterns += QStringLiteral("**/*.%1").arg(QLatin1String(ending));
    return patterns;
}

} // namespace

base::Result<Policy> parsePolicy(const QByteArray &text, const QString &name)
{
    base::Result<base::TomlTable> table = base::TomlTable::parse(text, name);
    if (!table)
        return table.error();
    Reader reader(std::move(*table));
    Policy policy;
    policy.sha256 = QString::fromLatin1(QCryptographicHash::hash(text, QCryptographicHash::Sha256).toHex());
    if (reader.integer("version", 1, 1) == std::nullopt)
        reader.refuse("version", QStringLiteral("is missing; this program reads version = 1"));
    policy.include = globs(reader, "include", clipPatterns());
    policy.exclude = globs(reader, "exclude", {});
    readLook(reader, policy.defaults);
    policy.defaults.review.reasons = {QStringLiteral("second-opinion"), QStringLiteral("damaged-frames"),
                                      QStringLiteral("lost-frames"),    QStringLiteral("bridged-gap"),
                                      QStringLiteral("weak-score"),     QStringLiteral("basic-detectors")};
    if (std::optional<Reader> review = reader.table("review")) {
        readReview(*review, policy.defaults.review);
        reader.take(*review);
    }
    if (std::optional<Reader> run = reader.table("run")) {
        readRun(*run, policy);
        reader.take(*run);
    }
    for (Reader &camera : reader.tables("camera")) {
        policy.cameras.push_back(cameraRule(camera));
        reader.take(camera);
    }
    // A misspelt key is worth more than what is missing because of it.
    if (const base::Result<void> known = reader.refuseUnknownKeys(); !known)
        return known.error();
    if (reader.failed())
        return reader.error();
    return policy;
}

} // namespace doorveil::pipeline::batch
