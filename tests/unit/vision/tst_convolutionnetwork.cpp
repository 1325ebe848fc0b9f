// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/convolutionnetwork_p.h"
#include "vision/darknetgraph_p.h"
#include "vision/modelregistry.h"
#include "vision/networkplan_p.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <onnx/onnx_pb.h>

#include <QCoreApplication>
#include <QProcess>
#include <QTest>

#include <atomic>
#include <cstring>
#include <limits>
#include <numeric>
#include <random>
#include <stdexcept>
#include <thread>

using namespace doorveil;
using namespace doorveil::vision;

namespace {

/// A graph made piece by piece, as detectors are built: weights are drawn from a fixed sequence.
class GraphMaker
{
public:
    GraphMaker()
    {
        m_model.set_ir_version(7);
        m_model.add_opset_import()->set_version(11);
        auto *shape = addValue(m_model.mutable_graph()->add_input(), "input");
        for (const int length : {1, 3, 64, 96})
            shape->add_dim()->set_dim_value(length);
    }

    std::string convolution(const std::string &input, int from, int to, int kernel, int stride, int groups = 1)
    {
        const std::string name = next("conv");
        addWeights(name + "_w", {to, from / groups, kernel, kernel});
        addWeights(name + "_b", {to});
        onnx::NodeProto *node = addNode("Conv", {input, name + "_w", name + "_b"}, name);
        addIntegers(node, "kernel_shape", {kernel, kernel});
        addIntegers(node, "strides", {stride, stride});
        addIntegers(node, "pads", {kernel / 2, kernel / 2, kernel / 2, kernel / 2});
        addIntegers(node, "dilations", {1, 1});
        addInteger(node, "group", groups);
        return name;
    }
    std::string plain(const std::string &type, const std::vector<std::string> &inputs)
    {
        const std::string name = next(type);
        addNode(type, inputs, name);
        return name;
    }
    std::string swish(const std::string &input) { return plain("Mul", {input, plain("Sigmoid", {input})}); }
    std::string concatenated(const std::vector<std::string> &inputs)
    {
        const std::string name = next("concat");
        addInteger(addNode("Concat", inputs, name), "axis", 1);
        return name;
    }
    std::string pooled(const std::string &input)
    {
        const std::string name = next("pool");
        onnx::NodeProto *node = addNode("MaxPool", {input}, name);
        addIntegers(node, "kernel_shape", {2, 2});
        addIntegers(node, "strides", {2, 2});
        addIntegers(node, "pads", {0, 0, 0, 0});
        return name;
    }
    std::string doubled(const std::string &input)
    {
        const std::string name = next("resize");
        onnx::TensorProto *factors = m_model.mutable_graph()->add_initializer();
        factors->set_name(name + "_scales");
        factors->set_data_type(onnx::TensorProto::FLOAT);
        factors->add_dims(4);
        for (const float factor : {1.0F, 1.0F, 2.0F, 2.0F})
            factors->add_float_data(factor);
        onnx::TensorProto *region = m_model.mutable_graph()->add_initializer();
        region->set_name(name + "_roi");
        region->set_data_type(onnx::TensorProto::FLOAT);
        region->add_dims(0);
        onnx::NodeProto *node = addNode("Resize", {input, name + "_roi", name + "_scales"}, name);
        addText(node, "mode", "nearest");
        addText(node, "nearest_mode", "floor");
        addText(node, "coordinate_transformation_mode", "asymmetric");
        return name;
    }
    std::string channels(const std::string &input, int begin, int end)
    {
        const std::string name = next("slice");
        addConstant(name + "_begin", {begin});
        addConstant(name + "_end", {end});
        addConstant(name + "_axis", {1});
        addNode("Slice", {input, name + "_begin", name + "_end", name + "_axis"}, name);
        return name;
    }
    /// Its even or odd rows (axis 2) or columns (axis 3).
    std::string everySecond(const std::string &input, int axis, int begin)
    {
        const std::string name = next("second");
        addConstant(name + "_begin", {begin});
        addConstant(name + "_end", {std::numeric_limits<std::int32_t>::max()});
        addConstant(name + "_axis", {axis});
        addConstant(name + "_step", {2});
        addNode("Slice", {input, name + "_begin", name + "_end", name + "_axis", name + "_step"}, name);
        return name;
    }
    std::string shuffled(const std::string &input, int count, int groups, int height, int width)
    {
        const std::string name = next("shuffle");
        addConstant(name + "_split", {1, groups, count / groups, height, width});
        addConstant(name + "_whole", {1, count, height, width});
        addNode("Reshape", {input, name + "_split"}, name + "_a");
        addIntegers(addNode("Transpose", {name + "_a"}, name + "_t"), "perm", {0, 2, 1, 3, 4});
        addNode("Reshape", {name + "_t", name + "_whole"}, name);
        return name;
    }

    QByteArray finish(const std::string &output)
    {
        addValue(m_model.mutable_graph()->add_output(), output);
        return QByteArray::fromStdString(m_model.SerializeAsString());
    }

private:
    static onnx::TensorShapeProto *addValue(onnx::ValueInfoProto *value, const std::string &name)
    {
        value->set_name(name);
        value->mutable_type()->mutable_tensor_type()->set_elem_type(onnx::TensorProto::FLOAT);
        return value->mutable_type()->mutable_tensor_type()->mutable_shape();
    }
    std::string next(const std::string &name) { return name + "_" + std::to_string(m_count++); }
    onnx::NodeProto *addNode(const std::string &type, const std::vector<std::string> &inputs, const std::string &output)
    {
        onnx::NodeProto *node = m_model.mutable_graph()->add_node();
        node->set_name(output);
        node->set_op_type(type);
        for (const std::string &input : inputs)
            node->add_input(input);
        node->add_output(output);
        return node;
    }
    static void addInteger(onnx::NodeProto *node, const std::string &name, int value)
    {
        onnx::AttributeProto *attribute = node->add_attribute();
        attribute->set_name(name);
        attribute->set_type(onnx::AttributeProto::INT);
        attribute->set_i(value);
    }
    static void addIntegers(onnx::NodeProto *node, const std::string &name, const std::vector<int> &values)
    {
        onnx::AttributeProto *attribute = node->add_attribute();
        attribute->set_name(name);
        attribute->set_type(onnx::AttributeProto::INTS);
        for (const int value : values)
            attribute->add_ints(value);
    }
    static void addText(onnx::NodeProto *node, const std::string &name, const std::string &value)
    {
        onnx::AttributeProto *attribute = node->add_attribute();
        attribute->set_name(name);
        attribute->set_type(onnx::AttributeProto::STRING);
        attribute->set_s(value);
    }
    void addWeights(const std::string &name, const std::vector<int> &shape)
    {
        onnx::TensorProto *tensor = m_model.mutable_graph()->add_initializer();
        tensor->set_name(name);
        tensor->set_data_type(onnx::TensorProto::FLOAT);
        for (const int length : shape)
            tensor->add_dims(length);
        const int count = std::accumulate(shape.begin(), shape.end(), 1, std::multiplies<>());
        const float range = 2.0F / std::sqrt(float(count) / float(shape[0]));
        for (int index = 0; index < count; ++index)
            tensor->add_float_data(float(m_random.uniform(-double(range), double(range))));
    }
    void addConstant(const std::string &name, const std::vector<std::int64_t> &values)
    {
        onnx::TensorProto *tensor = m_model.mutable_graph()->add_initializer();
        tensor->set_name(name);
        tensor->set_data_type(onnx::TensorProto::INT64);
        tensor->add_dims(std::int64_t(values.size()));
        for (const std::int64_t value : values)
            tensor->add_int64_data(value);
    }

    onnx::ModelProto m_model;
    cv::RNG m_random{7};
    int m_count = 0;
};

/// Every operator that the pinned detectors use.
QByteArray allOperators()
{
    GraphMaker maker;
    const std::string stem = maker.swish(maker.convolution("input", 3, 16, 3, 2)); // 32 x 48
    const std::string half = maker.pooled(stem); // 16 x 24
    const std::string deep = maker.plain("Relu", {maker.convolution(half, 16, 32, 1, 1)});
    const std::string own = maker.plain("Relu", {maker.convolution(deep, 32, 32, 3, 1, 32)});
    const std::string mixed = maker.shuffled(own, 32, 2, 16, 24);
    const std::string both = maker.concatenated({maker.channels(mixed, 0, 16), maker.channels(mixed, 16, 32), deep});
    const std::string small = maker.convolution(both, 64, 16, 3, 2); // 8 x 12
    const std::string back = maker.doubled(maker.plain("Sigmoid", {small}));
    const std::string sum = maker.plain("Add", {back, half});
    return maker.finish(maker.convolution(sum, 16, 5, 1, 1));
}

/// As YOLOX begins.
QByteArray focused(bool hasFourParts = true)
{
    GraphMaker maker;
    std::vector<std::string> parts;
    for (const auto &[row, column] : {std::pair(0, 0), std::pair(1, 0), std::pair(0, 1), std::pair(1, 1)})
        parts.push_back(maker.everySecond(maker.everySecond("input", 2, row), 3, column));
    if (!hasFourParts)
        parts[3] = parts[0];
    const std::string stem = maker.convolution(maker.concatenated(parts), 12, 16, 3, 1);
    return maker.finish(maker.convolution(maker.swish(stem), 16, 5, 3, 2));
}

cv::Mat noisyPicture(cv::Size size)
{
    cv::Mat picture(size, CV_8UC3);
    cv::RNG random(3);
    random.fill(picture, cv::RNG::UNIFORM, 0, 256);
    return picture;
}

std::vector<float> referenceOf(const QByteArray &model, const cv::Mat &picture)
{
    cv::dnn::Net net = cv::dnn::readNetFromONNX(model.constData(), std::size_t(model.size()));
    net.setInput(cv::dnn::blobFromImage(picture, 1.0 / 255.0));
    const cv::Mat output = net.forward().clone();
    return {output.ptr<float>(), output.ptr<float>() + output.total()};
}

/// Every section of the person detector's network, in a small one. The last convolution is number 13.
constexpr auto darknetSections = R"([net]
width=96
height=64
channels=3

# halved
[convolutional]
filters=8
size=3
pad=1
stride=2
batch_normalize=1
activation=leaky

[convolutional]
groups=8
filters=8
size=3
stride=1
pad=1
batch_normalize=1
activation=leaky

[convolutional]
filters=8
size=1
stride=1
pad=0
batch_normalize=1
activation=linear

[dropout]
probability=.15

[shortcut]
from=-4
activation=linear

[maxpool]
size=3
stride=1

[route]
layers=-2

[maxpool]
size=5
stride=1

[route]
layers = -1,-3, 4

[convolutional]
filters=20
size=3
stride=2
pad=1
batch_normalize=1
activation=leaky

[upsample]
stride=2

[route]
layers=-1,2

[convolutional]
filters=12
size=1
stride=1
pad=1
activation=leaky

[convolutional]
filters=6
size=1
stride=1
pad=1
activation=linear
)";

/// Weights for the sections above, drawn from a fixed sequence; variances are positive.
QByteArray darknetWeights()
{
    std::mt19937 sequence(7);
    std::uniform_real_distribution<float> around(-0.4F, 0.4F);
    std::uniform_real_distribution<float> positive(0.5F, 1.5F);
    QByteArray bytes(20, 0);
    bytes[4] = 2; // version 0.2
    const auto append = [&](int count, auto &distribution) {
        for (int index = 0; index < count; ++index) {
            const float value = distribution(sequence);
            bytes.append(reinterpret_cast<const char *>(&value), sizeof(value));
        }
    };
    struct Shape
    {
        int filters, inputs, size;
        bool normalised;
    };
    for (const Shape &shape : {Shape{8, 3, 3, true}, Shape{8, 1, 3, true}, Shape{8, 8, 1, true}, Shape{20, 24, 3, true},
                               Shape{12, 28, 1, false}, Shape{6, 12, 1, false}}) {
        append(shape.filters, around);
        if (shape.normalised) {
            append(shape.filters, positive);
            append(shape.filters, around);
            append(shape.filters, positive);
        }
        append(shape.filters * shape.inputs * shape.size * shape.size, around);
    }
    return bytes;
}

double largestDifference(const std::vector<float> &a, const std::vector<float> &b)
{
    if (a.size() != b.size())
        return 1e9;
    double largest = 0.0;
    for (std::size_t index = 0; index < a.size(); ++index)
        largest = std::max(largest, std::abs(double(a[index]) - double(b[index])));
    return largest;
}

void load(const QByteArray &model)
{
    OnnxGraph graph = readOnnxGraph(model);
    const std::string output = graph.nodes.back().outputs.at(0);
    const ConvolutionNetwork network(std::move(graph), {output});
}

double largestOf(const std::vector<float> &values)
{
    return std::accumulate(values.begin(), values.end(), 0.0,
                           [](double most, float value) { return std::max(most, double(std::abs(value))); });
}

} // namespace

class TestConvolutionNetwork final : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithOpenCv();
    void agreesExactlyWithoutShortValues();
    void focusAgreesWithOpenCv();
    void darknetAgreesWithOpenCv();
    void otherDarknetFilesAreRefused();
    void otherSizesAreParts();
    void threadsDoNotMatter();
    void plansAreRunByAnyThread();
    void networksComeAndGoBesideOthers();
    void whatIsNoNetworkIsRefused_data();
    void whatIsNoNetworkIsRefused();
};

void TestConvolutionNetwork::agreesWithOpenCv()
{
    const QByteArray model = allOperators();
    OnnxGraph graph = readOnnxGraph(model);
    const std::string output = graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(graph), {output});
    const cv::Mat picture = noisyPicture({96, 64});
    const std::vector<Planes> planes = network.run(picture, {1.0 / 255.0, {}, false});
    QCOMPARE(planes.size(), std::size_t(1));
    QCOMPARE(planes[0].channels, 5);
    QCOMPARE(planes[0].height, 16);
    QCOMPARE(planes[0].width, 24);
    const std::vector<float> reference = referenceOf(model, picture);
    const double tolerance = hasShortValues() ? 0.03 * largestOf(reference) : 1e-4;
    QVERIFY2(largestDifference(planes[0].values, reference) < tolerance,
             qPrintable(QString::number(largestDifference(planes[0].values, reference))));
    // Control: the comparison sees a patch in another colour, and exact values one pixel by sixteen levels.
    cv::Mat changed = picture.clone();
    if (hasShortValues())
        changed(cv::Rect(24, 24, 24, 24)).setTo(cv::Scalar::all(255));
    else
        changed.at<cv::Vec3b>(30, 40)[0] ^= 0x10;
    QVERIFY(largestDifference(network.run(changed, {1.0 / 255.0, {}, false})[0].values, reference) > tolerance);
}

/// The comparison again where oneDNN is told to do without the short values: what they hide is seen there.
void TestConvolutionNetwork::agreesExactlyWithoutShortValues()
{
    if (!hasShortValues())
        return; // this process compares exactly
    QProcess process;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(QStringLiteral("ONEDNN_MAX_CPU_ISA"), QStringLiteral("AVX512_CORE"));
    process.setProcessEnvironment(environment);
    process.setProcessChannelMode(QProcess::ForwardedChannels);
    process.start(QCoreApplication::applicationFilePath(),
                  {QStringLiteral("agreesWithOpenCv"), QStringLiteral("focusAgreesWithOpenCv"),
                   QStringLiteral("darknetAgreesWithOpenCv")});
    QVERIFY(process.waitForFinished(-1));
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 0);
}

void TestConvolutionNetwork::focusAgreesWithOpenCv()
{
    const QByteArray model = focused();
    OnnxGraph graph = readOnnxGraph(model);
    foldFocus(graph);
    const std::string output = graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(graph), {output});
    const cv::Mat picture = noisyPicture({96, 64});
    const std::vector<Planes> planes = network.run(picture, {1.0 / 255.0, {}, false});
    QCOMPARE(planes[0].height, 16);
    QCOMPARE(planes[0].width, 24);
    const std::vector<float> reference = referenceOf(model, picture);
    const double tolerance = hasShortValues() ? 0.03 * largestOf(reference) : 1e-4;
    QVERIFY2(largestDifference(planes[0].values, reference) < tolerance,
             qPrintable(QString::number(largestDifference(planes[0].values, reference))));
    // Control: parts in another order are seen.
    OnnxGraph other = readOnnxGraph(focused(false));
    foldFocus(other);
    const std::string otherOutput = other.nodes.back().outputs.at(0);
    ConvolutionNetwork otherNetwork(std::move(other), {otherOutput});
    QVERIFY(largestDifference(otherNetwork.run(picture, {1.0 / 255.0, {}, false})[0].values, reference) > tolerance);
    OnnxGraph none = readOnnxGraph(allOperators());
    QVERIFY_THROWS_EXCEPTION(std::runtime_error, foldFocus(none));
}

void TestConvolutionNetwork::darknetAgreesWithOpenCv()
{
    const QByteArray weights = darknetWeights();
    DarknetGraph darknet = readDarknetGraph(darknetSections, weights);
    const std::string output = darknet.graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(darknet.graph), {output});
    const cv::Mat picture = noisyPicture({96, 64});
    const Planes planes = network.run(picture, {1.0 / 255.0, {}, true})[0];
    QCOMPARE(planes.channels, 6);
    QCOMPARE(planes.height, 32);
    QCOMPARE(planes.width, 48);
    cv::dnn::Net reference = cv::dnn::readNetFromDarknet(darknetSections, std::strlen(darknetSections),
                                                         weights.constData(), std::size_t(weights.size()));
    reference.setInput(cv::dnn::blobFromImage(picture, 1.0 / 255.0, {}, {}, true));
    const cv::Mat expected = reference.forward();
    const std::vector<float> values(expected.ptr<float>(), expected.ptr<float>() + expected.total());
    const double tolerance = hasShortValues() ? 0.03 * largestOf(values) : 1e-4;
    QVERIFY2(largestDifference(planes.values, values) < tolerance,
             qPrintable(QString::number(largestDifference(planes.values, values))));
}

void TestConvolutionNetwork::otherDarknetFilesAreRefused()
{
    const QByteArray sections = darknetSections;
    const QByteArray weights = darknetWeights();
    QVERIFY_THROWS_EXCEPTION(std::exception, (void)readDarknetGraph("text", weights));
    QVERIFY_THROWS_EXCEPTION(std::exception, (void)readDarknetGraph(sections, "text"));
    QVERIFY_THROWS_EXCEPTION(std::exception, (void)readDarknetGraph(sections, weights.chopped(4)));
    QVERIFY_THROWS_EXCEPTION(std::exception, (void)readDarknetGraph(sections, weights + QByteArray(4, 0)));
    for (const auto &[from, to] : {std::pair{"from=-4", "from=-9"}, std::pair{"[dropout]", "[reorg]"},
                                   std::pair{"layers=-2", "layers=x"}, std::pair{"filters=20", "filters=-20"},
                                   std::pair{"groups=8", "groups=7"}, std::pair{"activation=leaky", "activation=mish"}})
        QVERIFY_THROWS_EXCEPTION(std::exception,
                                 (void)readDarknetGraph(QByteArray(sections).replace(from, to), weights));
}

void TestConvolutionNetwork::otherSizesAreParts()
{
    OnnxGraph graph = readOnnxGraph(allOperators());
    const std::string output = graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(graph), {output});
    const cv::Mat large = noisyPicture({256, 192});
    const Planes whole = network.run(large, {1.0 / 255.0, {}, false})[0];
    const Planes part = network.run(large(cv::Rect(64, 64, 128, 96)).clone(), {1.0 / 255.0, {}, false})[0];
    QCOMPARE(whole.width, 64);
    QCOMPARE(part.width, 32);
    // Away from its own edges the part sees what the whole sees.
    for (int y = 6; y < part.height - 6; ++y) {
        for (int x = 6; x < part.width - 6; ++x)
            QVERIFY(std::abs(part.channel(2)[y * part.width + x] - whole.channel(2)[(y + 16) * whole.width + x + 16])
                    < 1e-4F);
    }
}

void TestConvolutionNetwork::threadsDoNotMatter()
{
    OnnxGraph graph = readOnnxGraph(allOperators());
    const std::string output = graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(graph), {output});
    std::vector<cv::Mat> pictures;
    std::vector<std::vector<float>> alone;
    for (int index = 0; index < 6; ++index) {
        pictures.push_back(noisyPicture({96 + 32 * index, 64}));
        alone.push_back(network.run(pictures.back(), {})[0].values);
    }
    std::atomic<int> different{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 12; ++round) {
                const auto index = std::size_t(round + thread) % pictures.size();
                different += network.run(pictures[index], {})[0].values != alone[index] ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(different.load(), 0);
}

/// What a plan needs is its own: a thread that never made one runs it all the same.
void TestConvolutionNetwork::plansAreRunByAnyThread()
{
    OnnxGraph graph = readOnnxGraph(allOperators());
    const std::string output = graph.nodes.back().outputs.at(0);
    ConvolutionNetwork network(std::move(graph), {output});
    const cv::Mat picture = noisyPicture({320, 256});
    const std::vector<float> alone = network.run(picture, {})[0].values;
    for (int round = 0; round < 4; ++round) {
        std::vector<float> elsewhere;
        std::thread([&] { elsewhere = network.run(picture, {})[0].values; }).join();
        QCOMPARE(largestDifference(elsewhere, alone), 0.0);
    }
}

/// As in a batch: whenever one clip is done its networks go, and with them what oneDNN keeps, while another's are
/// planned.
void TestConvolutionNetwork::networksComeAndGoBesideOthers()
{
    const QByteArray model = allOperators();
    const auto resultsOf = [&model](int first) {
        OnnxGraph graph = readOnnxGraph(model);
        const std::string output = graph.nodes.back().outputs.at(0);
        ConvolutionNetwork network(std::move(graph), {output});
        std::vector<std::vector<float>> results;
        for (int index = 0; index < 3; ++index)
            results.push_back(network.run(noisyPicture({64 + 32 * ((first + index) % 5), 64}), {})[0].values);
        return results;
    };
    std::vector<std::vector<std::vector<float>>> alone;
    for (int first = 0; first < 5; ++first)
        alone.push_back(resultsOf(first));
    std::atomic<int> different{0};
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 4; ++thread) {
        threads.emplace_back([&, thread] {
            for (int round = 0; round < 40; ++round) {
                const int first = (round + thread) % 5;
                different += resultsOf(first) != alone[std::size_t(first)] ? 1 : 0;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QCOMPARE(different.load(), 0);
}

void TestConvolutionNetwork::whatIsNoNetworkIsRefused_data()
{
    QTest::addColumn<QByteArray>("model");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("text") << QByteArray("this is not a network");
    GraphMaker maker;
    QTest::newRow("an operator nobody knows") << maker.finish(maker.plain("Gelu", {"input"}));
    GraphMaker loose;
    QTest::newRow("a tensor that nothing makes") << loose.finish(loose.plain("Relu", {"elsewhere"}));
    GraphMaker wrong;
    QTest::newRow("weights of another shape") << wrong.finish(wrong.convolution("input", 7, 8, 3, 1));
}

void TestConvolutionNetwork::whatIsNoNetworkIsRefused()
{
    QFETCH(const QByteArray, model);
    QVERIFY_THROWS_EXCEPTION(std::exception, load(model));
}

QTEST_GUILESS_MAIN(TestConvolutionNetwork)
#include "tst_convolutionnetwork.moc"
