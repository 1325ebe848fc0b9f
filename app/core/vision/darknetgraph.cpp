// SPDX-License-Identifier: GPL-3.0-or-later
#include "vision/darknetgraph_p.h"

#include <QByteArrayList>

#include <algorithm>
#include <cstring>
#include <map>
#include <stdexcept>

namespace doorveil::vision {

namespace {

struct Section
{
    std::string type;
    std::map<std::string, QByteArray> settings;

    [[nodiscard]] int number(const std::string &name, int otherwise) const
    {
        const auto found = settings.find(name);
        return found != settings.end() ? found->second.toInt() : otherwise;
    }
    [[nodiscard]] QByteArray text(const std::string &name) const
    {
        const auto found = settings.find(name);
        return found != settings.end() ? found->second : QByteArray();
    }
    [[nodiscard]] std::vector<int> numbers(const std::string &name) const
    {
        std::vector<int> values;
        const QByteArrayList parts = text(name).split(',');
        for (const QByteArray &part : parts) {
            bool isNumber = false;
            values.push_back(part.trimmed().toInt(&isNumber));
            if (!isNumber)
                throw std::runtime_error("the Darknet configuration has no numbers for " + name);
        }
        return values;
    }
};

std::vector<Section> sectionsOf(const QByteArray &configuration)
{
    std::vector<Section> sections;
    const QByteArrayList lines = configuration.split('\n');
    for (const QByteArray &line : lines) {
        const QByteArray text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#') || text.startsWith(';'))
            continue;
        if (text.startsWith('[') && text.endsWith(']')) {
            sections.push_back({text.mid(1, text.size() - 2).toStdString(), {}});
            continue;
        }
        const auto equals = text.indexOf('=');
        if (equals < 0 || sections.empty())
            throw std::runtime_error("this is no Darknet configuration");
        sections.back().settings[text.left(equals).trimmed().toStdString()] = text.mid(equals + 1).trimmed();
    }
    return sections;
}

/// The values of a weights file, taken in the order in which the convolutions stand.
class WeightsFile
{
public:
    explicit WeightsFile(const QByteArray &content) : m_content(content)
    {
        // Version in three numbers, then how many pictures were seen: in 64 bits from 0.2 on.
        std::int32_t version[2] = {0, 0};
        if (content.size() < 20)
            throw std::runtime_error("these are no Darknet weights");
        std::memcpy(version, content.constData(), sizeof(version));
        m_position = version[0] * 10 + version[1] >= 2 ? 20 : 16;
    }

    std::vector<float> take(std::size_t count)
    {
        if (count > std::size_t(m_content.size() - m_position) / sizeof(float))
            throw std::runtime_error("the Darknet weights end early");
        std::vector<float> values(count);
        std::memcpy(values.data(), m_content.constData() + m_position, count * sizeof(float));
        m_position += qsizetype(count * sizeof(float));
        return values;
    }

    [[nodiscard]] bool isAtEnd() const { return m_position == m_content.size(); }

private:
    const QByteArray &m_content;
    qsizetype m_position = 0;
};

class Builder
{
public:
    Builder(const std::vector<Section> &sections, const QByteArray &weights) : m_weights(weights)
    {
        if (sections.empty() || sections.front().type != "net" || sections.front().number("channels", 0) != colours)
            throw std::runtime_error("this is no Darknet network for colour pictures");
        m_result.graph.input = "input";
        for (std::size_t index = 1; index < sections.size(); ++index)
            add(sections[index]);
        if (!m_weights.isAtEnd())
            throw std::runtime_error("the Darknet weights are of another network");
    }

    [[nodiscard]] DarknetGraph take() { return std::move(m_result); }

private:
    static constexpr int colours = 3;

    /// Of a section: what it made.
    struct Layer
    {
        std::string tensor;
        std::int64_t channels = 0;
    };

    void add(const Section &section)
    {
        m_name = section.type + "_" + std::to_string(m_layers.size());
        if (section.type == "convolutional")
            addConvolution(section);
        else if (section.type == "maxpool")
            addPooling(section);
        else if (section.type == "shortcut")
            addShortcut(section);
        else if (section.type == "route")
            addRoute(section);
        else if (section.type == "upsample")
            addEnlargement(section);
        else if (section.type == "yolo")
            addHead(section);
        else if (section.type == "dropout") // of the training only
            m_layers.push_back(last());
        else
            throw std::runtime_error("the Darknet network has a section that is not supported: " + section.type);
    }

    [[nodiscard]] Layer last() const
    {
        return m_layers.empty() ? Layer{m_result.graph.input, colours} : m_layers.back();
    }

    /// Counted from the start, or back from the section that says it.
    [[nodiscard]] const Layer &layer(int number) const
    {
        const auto index = number < 0 ? std::ptrdiff_t(m_layers.size()) + number : std::ptrdiff_t(number);
        if (index < 0 || index >= std::ptrdiff_t(m_layers.size()))
            throw std::runtime_error("the Darknet network refers to a layer that it does not have");
        return m_layers[std::size_t(index)];
    }

    void addNode(OnnxNode node, std::int64_t channels)
    {
        m_layers.push_back({node.outputs.at(0), channels});
        m_result.graph.nodes.push_back(std::move(node));
    }

    void addConvolution(const Section &section)
    {
        constexpr float epsilon = 1e-6F; // batchnorm_layer.c
        const Layer input = last();
        const std::int64_t size = section.number("size", 1);
        const std::int64_t stride = section.number("stride", 1);
        const std::int64_t groups = section.number("groups", 1);
        const std::int64_t filters = section.number("filters", 1);
        const std::int64_t border = section.number("pad", 0) != 0 ? size / 2 : section.number("padding", 0);
        const QByteArray activation = section.text("activation");
        if (size <= 0 || stride <= 0 || groups <= 0 || filters <= 0 || input.channels % groups != 0
            || filters % groups != 0 || (activation != "leaky" && activation != "linear"))
            throw std::runtime_error("the Darknet network has a convolution that is not supported");
        const auto outputs = std::size_t(filters);
        OnnxConstant bias{{filters}, m_weights.take(outputs), {}};
        const bool isNormalised = section.number("batch_normalize", 0) != 0;
        Normalising normalising;
        if (isNormalised) {
            normalising = {m_weights.take(outputs), bias.values, {}, {}, epsilon};
            normalising.means = m_weights.take(outputs);
            normalising.variances = m_weights.take(outputs);
        }
        OnnxConstant kernel{{filters, input.channels / groups, size, size}, {}, {}};
        kernel.values = m_weights.take(outputs * std::size_t(kernel.shape[1] * size * size));
        if (isNormalised)
            bias = foldInto(kernel, normalising);
        m_result.graph.constants[m_name + ".weights"] = std::move(kernel);
        m_result.graph.constants[m_name + ".bias"] = std::move(bias);
        OnnxNode node{"Conv", {input.tensor, m_name + ".weights", m_name + ".bias"}, {m_name}, {}};
        node.attributes = {{"kernel_shape", {size, size}},
                           {"strides", {stride, stride}},
                           {"pads", {border, border, border, border}},
                           {"dilations", {1, 1}},
                           {"group", {groups}},
                           {leakyAttribute, {activation == "leaky" ? 1 : 0}}};
        addNode(std::move(node), filters);
    }

    void addPooling(const Section &section)
    {
        const std::int64_t stride = section.number("stride", 1);
        const std::int64_t size = section.number("size", int(stride));
        const std::int64_t border = section.number("padding", int(size) - 1);
        const std::int64_t before = border / 2;
        const std::int64_t after = border - before;
        OnnxNode node{"MaxPool", {last().tensor}, {m_name}, {}};
        node.attributes = {
            {"kernel_shape", {size, size}}, {"strides", {stride, stride}}, {"pads", {before, before, after, after}}};
        addNode(std::move(node), last().channels);
    }

    void addShortcut(const Section &section)
    {
        const Layer input = last();
        const Layer other = layer(section.number("from", 0));
        if (section.text("activation") != "linear" || other.channels != input.channels)
            throw std::runtime_error("the Darknet network has a shortcut that is not supported");
        addNode({"Add", {input.tensor, other.tensor}, {m_name}, {}}, input.channels);
    }

    void addRoute(const Section &section)
    {
        OnnxNode node{"Concat", {}, {m_name}, {{"axis", {1}}}};
        std::int64_t channels = 0;
        for (const int number : section.numbers("layers")) {
            node.inputs.push_back(layer(number).tensor);
            channels += layer(number).channels;
        }
        if (section.settings.count("groups") != 0)
            throw std::runtime_error("the Darknet network has a route that is not supported");
        if (node.inputs.size() == 1)
            m_layers.push_back({node.inputs.front(), channels});
        else
            addNode(std::move(node), channels);
    }

    void addEnlargement(const Section &section)
    {
        const auto factor = float(section.number("stride", 2));
        m_result.graph.constants[m_name + ".factors"] = {{4}, {1.0F, 1.0F, factor, factor}, {}};
        addNode({"Resize", {last().tensor, m_name + ".factors"}, {m_name}, {}}, last().channels);
    }

    void addHead(const Section &section)
    {
        const std::vector<int> sizes = section.numbers("anchors");
        DarknetHead head{last().tensor, {}};
        for (const int chosen : section.numbers("mask")) {
            const auto index = 2 * std::size_t(std::max(chosen, 0));
            if (index + 1 >= sizes.size())
                throw std::runtime_error("the Darknet network has a head without anchors");
            head.anchors.emplace_back(float(sizes[index]), float(sizes[index + 1]));
        }
        if (last().channels != std::int64_t(head.anchors.size()) * (5 + section.number("classes", 0)))
            throw std::runtime_error("the Darknet network has a head of another shape");
        m_layers.push_back(last());
        m_result.heads.push_back(std::move(head));
    }

    WeightsFile m_weights;
    DarknetGraph m_result;
    std::vector<Layer> m_layers;
    std::string m_name;
};

} // namespace

DarknetGraph readDarknetGraph(const QByteArray &configuration, const QByteArray &weights)
{
    return Builder(sectionsOf(configuration), weights).take();
}

} // namespace doorveil::vision
