// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace doorveil::base {

/// How a frame follows on the one before it.
enum class SceneChange {
    None,
    Jump, ///< much changed at once in a scene that stays: time is missing, or the light was switched. Whoever is where
          ///< somebody was before need not be the same person
    Cut, ///< another scene, or a big camera move: nothing reaches from the frames before into this one
};

} // namespace doorveil::base
