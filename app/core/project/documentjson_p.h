// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "project/edit.h"
#include "project/reviewdocument.h"

#include <QJsonArray>
#include <QJsonObject>

/// The parts of a document as JSON, for the edit log and the small tables of a project file. Reading checks types and
/// bounds; the rules of a document (documentrules.h) are checked by whoever puts the parts together.
namespace doorveil::project::internal {

[[nodiscard]] QJsonArray rectangleJson(const base::Rectangle &rectangle); ///< [x, y, width, height]
[[nodiscard]] QJsonArray rangeJson(const base::TimeRange &range); ///< [begin, end]
[[nodiscard]] QJsonArray rangesJson(const std::vector<base::TimeRange> &ranges);
[[nodiscard]] QJsonArray observationJson(const base::Observation &observation); ///< [pts, x, y, w, h, origin, score]
[[nodiscard]] QJsonArray observationsJson(const std::vector<base::Observation> &observations);
[[nodiscard]] QJsonObject decisionJson(const base::Decision &decision);
[[nodiscard]] QJsonObject trackJson(const base::Track &track);
/// Without observations, for a table that has them in a column of their own.
[[nodiscard]] QJsonObject trackHeadJson(const base::Track &track);
[[nodiscard]] QJsonObject zoneJson(const base::Zone &zone);
[[nodiscard]] QJsonObject checkJson(const CheckItem &check);
[[nodiscard]] QJsonObject settingsJson(const ClipSettings &settings);
[[nodiscard]] QJsonObject analysisJson(const AnalysisRecord &analysis);
[[nodiscard]] QJsonObject frameRecordJson(const FrameRecord &record);
/// Without frames.
[[nodiscard]] QJsonObject sourceJson(const SourceRecord &source);

template<typename T> using Read = base::Result<T>;
[[nodiscard]] Read<base::Rectangle> readRectangle(const QJsonValue &value);
[[nodiscard]] Read<base::TimeRange> readRange(const QJsonValue &value);
[[nodiscard]] Read<std::vector<base::TimeRange>> readRanges(const QJsonValue &value);
[[nodiscard]] Read<base::Observation> readObservation(const QJsonValue &value);
[[nodiscard]] Read<std::vector<base::Observation>> readObservations(const QJsonValue &value);
[[nodiscard]] Read<base::Decision> readDecision(const QJsonValue &value);
[[nodiscard]] Read<base::Track> readTrack(const QJsonValue &value);
[[nodiscard]] Read<base::Track> readTrackHead(const QJsonValue &value);
[[nodiscard]] Read<base::Zone> readZone(const QJsonValue &value);
[[nodiscard]] Read<CheckItem> readCheck(const QJsonValue &value);
[[nodiscard]] Read<ClipSettings> readSettings(const QJsonValue &value);
[[nodiscard]] Read<AnalysisRecord> readAnalysis(const QJsonValue &value);
[[nodiscard]] Read<FrameRecord> readFrameRecord(const QJsonValue &value);
[[nodiscard]] Read<SourceRecord> readSource(const QJsonValue &value);

} // namespace doorveil::project::internal
