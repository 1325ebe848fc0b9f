// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/grain_p.h"

#include <opencv2/core.hpp>
#include <opencv2/imgproc.hpp>

#include <QTest>

using namespace doorveil::vision;

namespace {

/// A street at night: a ramp and some edges, with grain of a standard deviation.
cv::Mat scene(double grain)
{
    cv::Mat grey(240, 320, CV_32F);
    for (int y = 0; y < grey.rows; ++y) {
        for (int x = 0; x < grey.cols; ++x)
            grey.at<float>(y, x) = 60.0F + 0.2F * float(x) + ((x / 80 + y / 60) % 2 == 0 ? 30.0F : 0.0F);
    }
    cv::Mat noise(grey.size(), CV_32F);
    cv::RNG random(11);
    random.fill(noise, cv::RNG::NORMAL, 0.0, std::max(grain, 1e-6));
    cv::Mat picture;
    cv::Mat(grey + noise).convertTo(picture, CV_8U);
    cv::cvtColor(picture, picture, cv::COLOR_GRAY2BGR);
    return picture;
}

} // namespace

class TestGrain final : public QObject
{
    Q_OBJECT

private slots:
    void measuresGrain_data();
    void measuresGrain();
    void smoothsOnlyWhatIsGrainy();
    void textureIsNoGrain();
    void smallPicturesHaveNone();
};

void TestGrain::measuresGrain_data()
{
    QTest::addColumn<double>("grain");
    for (const double grain : {4.0, 8.0, 16.0})
        QTest::addRow("%g", grain) << grain;
}

void TestGrain::measuresGrain()
{
    QFETCH(const double, grain);
    const Grain measured = grainOf(scene(grain)); // the lower quartile lies a little below the whole
    QVERIFY2(measured.level > 0.75 * grain && measured.level < 1.05 * grain,
             qPrintable(QString::number(measured.level)));
    QVERIFY2(measured.spread < 1.5, qPrintable(QString::number(measured.spread)));
}

void TestGrain::smoothsOnlyWhatIsGrainy()
{
    bool grainy = true;
    const cv::Mat clear = scene(1.0);
    QCOMPARE(withoutGrain(clear, &grainy).data, clear.data); // the very picture, no copy
    QVERIFY(!grainy);
    const cv::Mat night = scene(8.0);
    const cv::Mat smooth = withoutGrain(night, &grainy);
    QVERIFY(grainy);
    QVERIFY(grainOf(smooth).level < 1.5);
    QCOMPARE(smooth.size(), night.size());
}

void TestGrain::textureIsNoGrain()
{
    // Foliage in two thirds of the picture, as rough as grain; sky in the rest.
    cv::Mat picture = scene(0.0);
    const cv::Mat foliage = scene(12.0);
    foliage(cv::Rect(0, 80, 320, 160)).copyTo(picture(cv::Rect(0, 80, 320, 160)));
    bool grainy = true;
    QCOMPARE(withoutGrain(picture, &grainy).data, picture.data);
    QVERIFY(!grainy);
}

void TestGrain::smallPicturesHaveNone()
{
    QCOMPARE(grainOf(cv::Mat(2, 9, CV_8UC3, cv::Scalar::all(7))).level, 0.0);
}

QTEST_GUILESS_MAIN(TestGrain)
#include "tst_grain.moc"
