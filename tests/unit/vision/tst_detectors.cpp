// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/labelledpictures.h"
#include "support/testdata.h"
#include "vision/detectorfactory.h"
#include "vision/detectorset.h"
#include "vision/modelregistry.h"

#include <opencv2/core.hpp>

#include <QTest>

#include <algorithm>

using namespace doorveil;
using namespace doorveil::vision;
using testsupport::LabelledPicture;

namespace {

std::unique_ptr<Detector> detectorOf(const QString &id)
{
    const auto descriptions = modelDescriptions();
    if (!descriptions)
        return nullptr;
    for (const ModelDescription &description : *descriptions) {
        if (description.id != id)
            continue;
        auto detector = makeDetector(description, readModel(description, modelFolders()).contents);
        return detector ? std::move(*detector) : nullptr;
    }
    return nullptr;
}

struct Recall
{
    int labels = 0;
    int found = 0;
};

/// Strong finds only: what starts a track.
Recall recallOf(Detector &detector, const std::vector<LabelledPicture> &pictures, double scale = 1.0,
                double reduction = 1.0)
{
    Recall recall;
    for (const LabelledPicture &labelled : pictures) {
        base::Picture picture = testsupport::loadPicture(labelled.path);
        if (reduction != 1.0)
            picture = testsupport::scaledPicture(picture, reduction);
        const auto finds = detector.detect(picture, {}, scale);
        if (!finds)
            continue;
        for (const base::Rectangle &box : labelled.boxes) {
            const base::Rectangle label = testsupport::scaledBox(box, reduction);
            ++recall.labels;
            recall.found += std::any_of(finds->begin(), finds->end(), [&](const Detection &find) {
                return double(find.score) >= detector.info().threshold && testsupport::isHit(find.box, label);
            });
        }
    }
    return recall;
}

} // namespace

class TestDetectors final : public QObject
{
    Q_OBJECT

private slots:
    void findsLabelledObjects_data();
    void findsLabelledObjects();
};

void TestDetectors::findsLabelledObjects_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("least");
    const auto row = [](const char *id, const char *folder, int least) {
        QTest::addRow("%s on %s", id, folder) << QString::fromLatin1(id) << QString::fromLatin1(folder) << least;
    };
    row("yunet-2023mar", "faces_dlib", 42); // of 43
}

void TestDetectors::findsLabelledObjects()
{
    QFETCH(const QString, id);
    QFETCH(const QString, folder);
    QFETCH(const int, least);
    DOORVEIL_NEEDS_MODELS();
    DOORVEIL_NEEDS_TEST_DATA("images", images);
    const auto detector = detectorOf(id);
    QVERIFY(detector);
    const Recall recall = recallOf(*detector, testsupport::labelledPictures(folder));
    qInfo("%s on %s: %d of %d", qPrintable(id), qPrintable(folder), recall.found, recall.labels);
    QVERIFY(recall.found >= least);
}

QTEST_GUILESS_MAIN(TestDetectors)
#include "tst_detectors.moc"
