// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "encode/clipwriter.h"

/// What people may choose for an export's file, for whoever reads it from a command line or a policy: what
/// encode::EncodeSettings takes.
namespace doorveil::pipeline {

using encode::highestCrf;
using encode::presetNames;

} // namespace doorveil::pipeline
