// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/detectorset.h"

#include "base/blockingwork.h"
#include "base/log.h"
#include "vision/detectorfactory.h"
#include "vision/modelregistry.h"

#include <algorithm>

namespace doorveil::vision {

namespace {

using Detectors = std::vector<std::unique_ptr<Detector>>;

/// Loads the detectors of one role after another from one reading of the descriptions.
class Loader
{
public:
    Loader(std::vector<ModelDescription> descriptions, std::vector<std::filesystem::path> folders, DetectorSet &set)
        : m_descriptions(std::move(descriptions)), m_folders(std::move(folders)), m_set(set)
    {
    }

    /// The best usable model of the role that is not of the family `except`; none where there is none.
    [[nodiscard]] std::unique_ptr<Detector> best(const QString &role, const QString &except = {})
    {
        for (const ModelDescription &description : m_descriptions) {
            if (description.role != role || description.embedded || description.family == except)
                continue;
            if (auto detector = load(description))
                return detector;
        }
        return nullptr;
    }

    [[nodiscard]] Detectors embedded(const QString &role)
    {
        Detectors detectors;
        for (const ModelDescription &description : m_descriptions) {
            if (description.role != role || !description.embedded)
                continue;
            if (auto detector = load(description))
                detectors.push_back(std::move(detector));
        }
        return detectors;
    }

    /// The first embedded model of the role, for the side of a downloaded one; none where there is none.
    [[nodiscard]] std::unique_ptr<Detector> firstEmbedded(const QString &role)
    {
        const auto first = std::find_if(m_descriptions.begin(), m_descriptions.end(),
                                        [&](const ModelDescription &one) { return one.role == role && one.embedded; });
        return first != m_descriptions.end() ? load(*first) : nullptr;
    }

    [[nodiscard]] QString familyOf(const Detector &detector) const
    {
        const auto found =
            std::find_if(m_descriptions.begin(), m_descriptions.end(),
                         [&](const ModelDescription &description) { return description.id == detector.info().id; });
        return found != m_descriptions.end() ? found->family : QString();
    }

private:
    [[nodiscard]] std::unique_ptr<Detector> load(const ModelDescription &description)
    {
        const VerifiedModel model = readModel(description, m_folders);
        if (!model.state.usable) {
            if (model.state.refused)
                refuse(description.id, model.state.reason);
            return nullptr;
        }
        base::Result<std::unique_ptr<Detector>> detector = makeDetector(description, model.contents);
        if (!detector) {
            refuse(description.id, detector.error().message);
            return nullptr;
        }
        return std::move(*detector);
    }

    void refuse(const QString &id, const QString &reason)
    {
        const QString text = QStringLiteral("%1: %2").arg(id, reason);
        if (!m_set.refusals.contains(text))
            m_set.refusals.append(text);
    }

    std::vector<ModelDescription> m_descriptions; ///< sorted by rank
    std::vector<std::filesystem::path> m_folders;
    DetectorSet &m_set;
};

/// What `choice` asks for of one role. `basic` is set where embedded detectors stand in.
Detectors chosen(Loader &loader, const QString &role, DetectorChoice choice, bool &basic)
{
    Detectors detectors;
    if (choice != DetectorChoice::Embedded) {
        std::unique_ptr<Detector> first = loader.best(role);
        if (first && choice == DetectorChoice::SecondOpinion)
            first = loader.best(role, loader.familyOf(*first));
        if (first)
            detectors.push_back(std::move(first));
    }
    if (detectors.empty()) {
        detectors = loader.embedded(role);
        basic = true;
    }
    return detectors;
}

bool isDownloaded(const Detectors &detectors)
{
    return !detectors.empty() && !detectors.front()->info().embedded;
}

} // namespace

std::vector<DetectorInfo> DetectorSet::infos() const
{
    std::vector<DetectorInfo> all;
    for (const auto *detectors : {&faces, &plates, &persons}) {
        for (const auto &detector : *detectors)
            all.push_back(detector->info());
    }
    for (const auto *witness : {&faceJudge, &vehicles}) {
        if (*witness)
            all.push_back((*witness)->info());
    }
    return all;
}

Detector *DetectorSet::judgeOf(Detector &detector) const
{
    if (detector.info().embedded)
        return &detector;
    if (detector.info().kind == base::TrackKind::Face)
        return faceJudge.get();
    const auto own =
        std::find_if(plates.begin(), plates.end(), [](const auto &other) { return other->info().embedded; });
    return own != plates.end() ? own->get() : nullptr;
}

base::Result<DetectorSet> loadDetectors(DetectorChoice choice)
{
    base::enterBlockingWork(base::BlockingWork::Detection);
    base::Result<std::vector<ModelDescription>> descriptions = modelDescriptions();
    if (!descriptions)
        return descriptions.error();
    DetectorSet set;
    Loader loader(std::move(*descriptions), modelFolders(), set);
    set.faces = chosen(loader, QStringLiteral("face"), choice, set.basic);
    set.plates = chosen(loader, QStringLiteral("plate"), choice, set.basic);
    if (choice == DetectorChoice::Best) {
        if (isDownloaded(set.faces))
            set.faceJudge = loader.firstEmbedded(QStringLiteral("face"));
        if (isDownloaded(set.plates)) { // which sees little of what is coarse, dark or small
            if (auto own = loader.firstEmbedded(QStringLiteral("plate")))
                set.plates.push_back(std::move(own));
        }
        set.vehicles = loader.best(QStringLiteral("vehicle"));
        if (auto person = loader.best(QStringLiteral("person")))
            set.persons.push_back(std::move(person));
    }
    if (set.faces.empty() || set.plates.empty()) {
        return base::Error{base::ErrorKind::Failure,
                           QStringLiteral("No detector can be loaded for faces or for plates: %1")
                               .arg(set.refusals.join(QStringLiteral("; "))),
                           QStringLiteral("no-detector")};
    }
    return set;
}

} // namespace doorveil::vision
