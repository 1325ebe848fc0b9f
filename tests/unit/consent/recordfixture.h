// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "consent/consentrecord.h"

namespace doorveil::consenttest {

/// A request that misses nothing, of that kind with its usual basis.
[[nodiscard]] consent::Request fullRequest(consent::RequestKind kind = consent::RequestKind::PublicRequest);

/// Facts with every optional member filled and no two values alike: two clips, somebody shown, somebody partly, a trim,
/// sound, a mosaic, a clip that nobody reviewed.
[[nodiscard]] consent::RecordFacts fullFacts(consent::RequestKind kind = consent::RequestKind::PublicRequest);

/// The whole record, statement references included.
[[nodiscard]] QJsonObject fullRecord(consent::RequestKind kind = consent::RequestKind::PublicRequest);

} // namespace doorveil::consenttest
