// SPDX-License-Identifier: GPL-3.0-or-later
#include "pipeline/batch/policy.h"

#include "base/file.h"

#include <QJsonArray>

#include <algorithm>

namespace doorveil::pipeline::batch {

namespace {

constexpr std::int64_t relativeUnits = 10'000;

/// A share of the picture's side as pixels, rounded away from the middle so that the zone never shrinks.
int pixels(int share, int middle, int side)
{
    const std::int64_t product = std::int64_t(share) * side;
    const std::int64_t down = product / relativeUnits;
    const bool exact = product % relativeUnits == 0;
    return int(share > middle && !exact ? down + 1 : down);
}

QJsonArray toJson(const base::Polygon &corners)
{
    QJsonArray json;
    for (const base::Point &corner : corners)
        json.append(QJsonArray{corner.x, corner.y});
    return json;
}

QJsonValue toJson(const std::optional<TrimWindow> &window)
{
    return window ? QJsonValue(QJsonArray{qint64(window->begin), qint64(window->end)}) : QJsonValue(QJsonValue::Null);
}

} // namespace

base::Polygon PolicyZone::cornersIn(base::Size picture) const
{
    if (!relative)
        return corners;
    const base::Rectangle bounds = base::boundingRectangle(corners);
    base::Polygon result;
    for (const base::Point &corner : corners)
        result.push_back({pixels(corner.x, bounds.x + bounds.width / 2, picture.width),
                          pixels(corner.y, bounds.y + bounds.height / 2, picture.height)});
    return result;
}

const QStringList &reviewReasons()
{
    static const QStringList reasons{QStringLiteral("second-opinion"),   QStringLiteral("damaged-frames"),
                                     QStringLiteral("lost-frames"),      QStringLiteral("bridged-gap"),
                                     QStringLiteral("weak-score"),       QStringLiteral("track-ends-inside"),
                                     QStringLiteral("motion-uncovered"), QStringLiteral("person-without-face"),
                                     QStringLiteral("basic-detectors"),  QStringLiteral("nobody-found")};
    return reasons;
}

QJsonObject ClipRules::toJson() const
{
    QJsonArray zonesJson;
    for (const PolicyZone &zone : zones)
        zonesJson.append(QJsonObject{{QStringLiteral("label"), zone.label},
                                     {QStringLiteral("relative"), zone.relative},
                                     {QStringLiteral("corners"), batch::toJson(zone.corners)},
                                     {QStringLiteral("range"), batch::toJson(zone.range)}});
    QStringList reasons = review.reasons;
    reasons.sort();
    return {
        {QStringLiteral("camera"), camera},
        {QStringLiteral("style"), base::toText(style)},
        {QStringLiteral("cover"), base::toText(scope)},
        {QStringLiteral("audio"), keepAudio ? QStringLiteral("keep") : QStringLiteral("mute")},
        {QStringLiteral("trim"), batch::toJson(trim)},
        {QStringLiteral("crf"), crf},
        {QStringLiteral("preset"), preset},
        {QStringLiteral("name"), name.text()},
        {QStringLiteral("review"), QJsonArray::fromStringList(reasons)},
        {QStringLiteral("weak_score"), review.weakScore ? QJsonValue(*review.weakScore) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("gap"),
         review.gapMilliseconds ? QJsonValue(qint64(*review.gapMilliseconds)) : QJsonValue(QJsonValue::Null)},
        {QStringLiteral("zones"), zonesJson}};
}

bool CameraRule::matches(const std::string &relativePath, const std::string &fileName) const
{
    if (path && !path->matches(relativePath))
        return false;
    if (file && !file->matches(fileName))
        return false;
    if (maker.isEmpty())
        return true;
    const std::optional<RecordedName> recorded = recordedName(fileName);
    return recorded && recorded->maker == maker;
}

bool Policy::takes(const std::string &relativePath) const
{
    return matchesAny(include, relativePath) && !matchesAny(exclude, relativePath);
}

ClipRules Policy::rulesFor(const std::string &relativePath, const std::string &fileName) const
{
    ClipRules rules = defaults;
    const auto camera = std::find_if(cameras.begin(), cameras.end(),
                                     [&](const CameraRule &rule) { return rule.matches(relativePath, fileName); });
    if (camera == cameras.end())
        return rules;
    rules.camera = camera->name;
    rules.style = camera->style.value_or(rules.style);
    rules.scope = camera->scope.value_or(rules.scope);
    rules.keepAudio = camera->keepAudio.value_or(rules.keepAudio);
    if (camera->trim)
        rules.trim = camera->trim;
    rules.zones.insert(rules.zones.end(), camera->zones.begin(), camera->zones.end());
    return rules;
}

base::Result<Policy> loadPolicy(const std::filesystem::path &path)
{
    constexpr std::int64_t largestPolicy = 1 << 20;
    const base::Result<QByteArray> text = base::readSmallFile(path, largestPolicy);
    if (!text)
        return base::Error{base::ErrorKind::Usage, text.error().message, text.error().failureClass};
    return parsePolicy(*text, base::displayPath(path));
}

} // namespace doorveil::pipeline::batch
