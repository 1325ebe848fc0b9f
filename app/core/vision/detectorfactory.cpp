// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/detectorfactory.h"

#include "vision/adapters_p.h"

#include <array>

namespace doorveil::vision {

namespace {

struct Adapter
{
    const char *name;
    std::unique_ptr<Detector> (*make)(const ModelDescription &, const ModelContents &);
};

constexpr std::array<Adapter, 8> adapters = {{
    {"yunet", makeYunet},
    {"ultra-light-face", makeUltraLightFace},
    {"yolov5-plate", makePlateYolo},
    {"cells", makeCells},
    {"lpd-yunet", makeLpdYunet},
    {"darknet-body", makeDarknetBody},
    {"yolox-person", makeYoloxPerson},
    {"yolox-vehicle", makeYoloxVehicle},
}};

base::Error unusable(const QString &id, const QString &cause)
{
    return {base::ErrorKind::Failure, QStringLiteral("The model %1 cannot be used by this program: %2").arg(id, cause),
            QStringLiteral("model-unusable")};
}

} // namespace

DetectorInfo infoOf(const ModelDescription &model)
{
    const base::TrackKind kind = model.role == QLatin1String("plate")     ? base::TrackKind::Plate
                                 : model.role == QLatin1String("person")  ? base::TrackKind::Person
                                 : model.role == QLatin1String("vehicle") ? base::TrackKind::Region
                                                                          : base::TrackKind::Face;
    DetectorInfo info;
    info.id = model.id;
    info.version = model.version;
    // A network in two files is its weights; what the last file holds decides what is found.
    info.sha256 = model.files.empty() ? QString() : model.files.back().sha256;
    info.kind = kind;
    info.role = model.role;
    info.threshold = model.strongThreshold;
    info.aloneThreshold = model.aloneThreshold;
    info.licence = model.licence;
    info.embedded = model.embedded;
    info.smallestSide = model.smallestSide;
    return info;
}

base::Result<std::unique_ptr<Detector>> makeDetector(const ModelDescription &description,
                                                     const std::vector<QByteArray> &contents)
{
    if (contents.size() != description.files.size())
        return unusable(description.id, QStringLiteral("a file is missing"));
    for (const Adapter &adapter : adapters) {
        if (description.adapter != QLatin1String(adapter.name))
            continue;
        try {
            return adapter.make(description, contents);
        } catch (const std::exception &exception) {
            return unusable(description.id, QString::fromUtf8(exception.what()).simplified());
        }
    }
    return unusable(description.id, QStringLiteral("it knows no adapter \"%1\"").arg(description.adapter));
}

} // namespace doorveil::vision
