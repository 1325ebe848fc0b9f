// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/geometry.h"
#include "base/result.h"
#include "project/reviewdocument.h"

#include <QString>

#include <filesystem>
#include <vector>

/// Zones that the owner keeps for a camera: the neighbour's window is in the same place in the next clip. One JSON file
/// in the user's data folder, 0600: corners and labels, never pixels. Reading and writing block.
namespace doorveil::ui {

struct CameraZone
{
    base::Polygon polygon;
    QString label;
    bool operator==(const CameraZone &) const = default;
};

/// What tells cameras apart as far as a clip says: the size of its picture, the maker's tags, and the file's name
/// without what changes from clip to clip (digits). Two cameras that agree in all of it look like one: zones are
/// therefore offered, never used by themselves.
[[nodiscard]] QString cameraKey(const project::SourceRecord &source);

/// camera-zones.json in the user's data folder for Doorveil.
[[nodiscard]] std::filesystem::path cameraZonesFile();

/// Zones kept for a camera; none where there is no file. An error names the file.
[[nodiscard]] base::Result<std::vector<CameraZone>> readCameraZones(const std::filesystem::path &file,
                                                                    const QString &camera);
/// Replaces those of one camera (none: forgets it), durably, and keeps the others'.
[[nodiscard]] base::Result<void> writeCameraZones(const std::filesystem::path &file, const QString &camera,
                                                  const std::vector<CameraZone> &zones);

} // namespace doorveil::ui
