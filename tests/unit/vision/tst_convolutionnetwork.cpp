// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/convolutionnetwork_p.h"
#include "vision/modelregistry.h"

#include <opencv2/core.hpp>
#include <opencv2/dnn.hpp>

#include <onnx/onnx_pb.h>

#include <QTest>

#include <atomic>
#include <numeric>
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

} // namespace

class TestConvolutionNetwork final : public QObject
{
    Q_OBJECT

private slots:
    void agreesWithOpenCv();
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
    QVERIFY2(largestDifference(planes[0].values, reference) < 1e-4,
             qPrintable(QString::number(largestDifference(planes[0].values, reference))));
    // Control: the comparison sees a difference of one grey level in one pixel.
    cv::Mat changed = picture.clone();
    changed.at<cv::Vec3b>(30, 40)[0] ^= 0x10;
    QVERIFY(largestDifference(network.run(changed, {1.0 / 255.0, {}, false})[0].values, reference) > 1e-4);
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
