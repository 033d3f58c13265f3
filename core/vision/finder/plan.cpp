// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Shapes, weights, costs, and where each tensor lies in memory.
#include "core/vision/finder/plan.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "core/vision/finder/flat_file.h"
#include "core/vision/finder/kernels/layers.h"

namespace contone::vision {
namespace {

constexpr std::size_t roundUp(std::size_t value, std::size_t to) {
    return (value + to - 1) / to * to;
}

/// The first and last step at which values are needed; the input's and outputs' are always.
struct Life {
    std::size_t first = 0, last = 0, size = 0, at = 0;
    int tensor = 0;
};

/// Lets lives that do not meet share memory: each in its turn takes the lowest place that is free as long as it lives.
std::size_t arrange(std::vector<Life>& lives) {
    std::size_t end = 0;
    for (std::size_t i = 0; i < lives.size(); ++i) {
        Life& life = lives[i];
        std::vector<const Life*> met;
        for (std::size_t j = 0; j < i; ++j)
            if (lives[j].first <= life.last && life.first <= lives[j].last) met.push_back(&lives[j]);
        std::ranges::sort(met, {}, &Life::at);
        for (const Life* other : met) {
            if (life.at + life.size <= other->at) break;
            life.at = std::max(life.at, other->at + other->size);
        }
        end = std::max(end, life.at + life.size);
    }
    return end;
}

/// SAME: as TensorFlow shares out the padding, the odd one behind. Nothing: it does not fit.
std::optional<int> paddingBefore(bool padsAround, int from, int to, int window, int stride) {
    const int due = padsAround ? (from + stride - 1) / stride : (from - window + stride) / stride;
    if (to != due || (!padsAround && from < window)) return std::nullopt;
    return std::max((to - 1) * stride + window - from, 0) / 2;
}

}  // namespace

std::unexpected<Error> Plan::wrong(const char* reason, const char* what) const {
    return modelProblem(reason, "step " + std::to_string(m_number) + ": " + what);
}

Result<void> Plan::charge(std::size_t products) {
    m_products += products;
    if (m_products > Network::mostProducts) return wrong("model-cost", "too many products");
    return {};
}

/// The same constant may be used by many operators, each with a copy of its own.
Result<void> Plan::chargeWeights(std::size_t values) {
    m_weightValues += values;
    if (m_weightValues > mostValues) return wrong("model-cost", "too many weights");
    return {};
}

/// Every operator finds what it reads, and nothing is made twice.
Result<void> Plan::checkOrder() {
    std::vector<bool> isMade(m_model.tensors.size(), false);
    if (m_model.inputs.size() != 1 || m_model.outputs.empty() || m_model.outputs.size() > 8)
        return wrong("model-graph", "one input and some outputs are due");
    for (const int input : m_model.inputs) isMade[static_cast<std::size_t>(input)] = true;
    m_number = 0;
    for (const Operator& op : m_model.operators) {
        for (const int input : op.inputs)
            if (!isMade[static_cast<std::size_t>(input)] && !tensor(input).isConstant())
                return wrong("model-graph", "reads what is not made yet");
        const auto output = static_cast<std::size_t>(op.output);
        if (isMade[output] || tensor(op.output).isConstant() || tensor(op.output).type != Tensor::Type::Float32)
            return wrong("model-graph", "writes over something");
        isMade[output] = true;
        ++m_number;
    }
    for (const int output : m_model.outputs)
        if (!isMade[static_cast<std::size_t>(output)]) return wrong("model-graph", "an output is never made");
    const Tensor& input = tensor(m_model.inputs.front());
    if (input.isConstant() || input.type != Tensor::Type::Float32) return wrong("model-graph", "the input");
    return {};
}

/// A Relu behind an operator whose result nobody else reads is done on the way.
void Plan::joinRelu() {
    std::vector<int> readers(m_model.tensors.size(), 0);
    std::map<int, std::size_t> makers;
    for (const Operator& op : m_model.operators)
        for (const int input : op.inputs) ++readers[static_cast<std::size_t>(input)];
    for (const int output : m_model.outputs) ++readers[static_cast<std::size_t>(output)];
    std::vector<Operator> joined;
    for (Operator& op : m_model.operators) {
        const auto maker =
            op.kind == OperatorKind::Relu && op.inputs.size() == 1 ? makers.find(op.inputs.front()) : makers.end();
        const bool joins = maker != makers.end() && readers[static_cast<std::size_t>(op.inputs.front())] == 1 &&
                           tensor(op.inputs.front()).shape == tensor(op.output).shape;
        if (joins) {
            Operator& before = joined[maker->second];
            before.hasRelu = true;
            before.output = op.output;
            continue;
        }
        const bool canCut = op.kind == OperatorKind::Convolution || op.kind == OperatorKind::DepthwiseConvolution ||
                            op.kind == OperatorKind::Add;
        if (canCut) makers[op.output] = joined.size();
        joined.push_back(std::move(op));
    }
    m_model.operators = std::move(joined);
}

Result<void> Plan::fillWindow(const Operator& op, Step& step) {
    step.strideX = op.strideX;
    step.strideY = op.strideY;
    const auto above = paddingBefore(op.padsAround, step.from[1], step.to[1], step.windowY, op.strideY);
    const auto left = paddingBefore(op.padsAround, step.from[2], step.to[2], step.windowX, op.strideX);
    if (!above || !left) return wrong("model-shape", "the window does not fit");
    step.above = *above;
    step.left = *left;
    return {};
}

Result<void> Plan::takeBiases(const Operator& op, Weights& weights, std::size_t lanes) const {
    const Tensor& biases = tensor(op.inputs[2]);
    if (biases.values.size() != static_cast<std::size_t>(tensor(op.output).shape[3]))
        return wrong("model-weights", "biases");
    weights.biases = biases.values;
    weights.biases.resize(roundUp(weights.biases.size(), lanes));
    return {};
}

/// For each group of channels: for each input value of the window the factors of these channels.
Result<void> Plan::fillConvolution(const Operator& op, Step& step) {
    const Tensor& filter = tensor(op.inputs[1]);
    const Shape& f = filter.shape;  // out, rows, columns, in
    if (filter.values.empty() || f[0] != step.to[3] || f[3] != step.from[3] || std::max(f[1], f[2]) > 16)
        return wrong("model-weights", "filter");
    step.windowY = f[1];
    step.windowX = f[2];
    CONTONE_CHECK(fillWindow(op, step));
    const auto inputs = static_cast<std::size_t>(f[1]) * static_cast<std::size_t>(f[2] * f[3]);
    const auto outputs = static_cast<std::size_t>(f[0]);
    CONTONE_CHECK(charge(count(step.to) * inputs));
    constexpr auto lanes = static_cast<std::size_t>(kernels::lanes);
    CONTONE_CHECK(chargeWeights(roundUp(outputs, lanes) * inputs + inputs * kernels::patchPixels));
    Weights weights;
    CONTONE_CHECK(takeBiases(op, weights, lanes));
    weights.factors.resize(roundUp(outputs, lanes) * inputs);
    for (std::size_t o = 0; o < outputs; ++o)
        for (std::size_t i = 0; i < inputs; ++i)
            weights.factors[(o / lanes * inputs + i) * lanes + o % lanes] = filter.values[o * inputs + i];
    m_network.m_patchSize = std::max(m_network.m_patchSize, inputs * kernels::patchPixels);
    step.weights = m_network.m_weights.size();
    m_network.m_weights.push_back(std::move(weights));
    return {};
}

Result<void> Plan::fillDepthwise(const Operator& op, Step& step) {
    const Tensor& filter = tensor(op.inputs[1]);
    const Shape& f = filter.shape;  // 1, rows, columns, channels
    if (filter.values.empty() || f[0] != 1 || f[3] != step.from[3] || f[3] != step.to[3] || std::max(f[1], f[2]) > 16)
        return wrong("model-weights", "filter");
    step.windowY = f[1];
    step.windowX = f[2];
    CONTONE_CHECK(fillWindow(op, step));
    CONTONE_CHECK(charge(count(step.to) * static_cast<std::size_t>(f[1] * f[2])));
    CONTONE_CHECK(chargeWeights(filter.values.size()));
    Weights weights;
    CONTONE_CHECK(takeBiases(op, weights, 1));
    weights.factors = filter.values;
    step.weights = m_network.m_weights.size();
    m_network.m_weights.push_back(std::move(weights));
    return {};
}

/// Only channels are padded, with zeros: [before, after] of each side.
Result<void> Plan::fillPad(const Operator& op, Step& step) {
    const Tensor& amounts = tensor(op.inputs[1]);
    if (amounts.type != Tensor::Type::Int32 || amounts.bytes.size() != 32) return wrong("model-weights", "padding");
    for (std::size_t i = 0; i < 6; ++i)
        if (int32At(amounts.bytes, i) != 0) return wrong("model-operator", "padding of rows or columns");
    const std::int64_t before = int32At(amounts.bytes, 6), after = int32At(amounts.bytes, 7);
    Shape due = step.from;
    due[3] = step.to[3];
    if (before < 0 || after < 0 || step.from[3] + before + after != step.to[3] || due != step.to)
        return wrong("model-shape", "padding");
    step.left = static_cast<int>(before);
    return {};
}

Result<void> Plan::fill(const Operator& op, Step& step) {
    switch (op.kind) {
        case OperatorKind::Convolution:
            return fillConvolution(op, step);
        case OperatorKind::DepthwiseConvolution:
            return fillDepthwise(op, step);
        case OperatorKind::Pad:
            return fillPad(op, step);
        case OperatorKind::MaxPool:
            step.windowX = op.windowX;
            step.windowY = op.windowY;
            if (step.from[3] != step.to[3]) return wrong("model-shape", "channels");
            CONTONE_CHECK(charge(count(step.to) * static_cast<std::size_t>(op.windowX * op.windowY)));
            return fillWindow(op, step);
        case OperatorKind::Add:
            if (tensor(op.inputs[1]).isConstant() || tensor(op.inputs[1]).shape != step.from || step.to != step.from)
                return wrong("model-shape", "two of one shape are due");
            return {};
        case OperatorKind::Relu:
            if (step.to != step.from) return wrong("model-shape", "one shape is due");
            return {};
        case OperatorKind::Reshape:
            if (count(step.to) != count(step.from)) return wrong("model-shape", "as many values are due");
            return {};
        case OperatorKind::Resize:
            if (step.to[3] != step.from[3]) return wrong("model-shape", "channels");
            return charge(4 * count(step.to));
    }
    return wrong("model-operator", "unknown");
}

Result<void> Plan::addStep(const Operator& op) {
    constexpr auto due = [](OperatorKind kind) -> std::pair<std::size_t, std::size_t> {
        switch (kind) {
            case OperatorKind::Convolution:
            case OperatorKind::DepthwiseConvolution:
                return {3, 3};
            case OperatorKind::Add:
            case OperatorKind::Pad:
                return {2, 2};
            case OperatorKind::Resize:
            case OperatorKind::Reshape:
                return {1, 2};  // the second says the new shape, as the output does
            default:
                return {1, 1};
        }
    };
    const auto [least, most] = due(op.kind);
    if (op.inputs.size() < least || op.inputs.size() > most) return wrong("model-graph", "too few or too many inputs");
    Step step;
    step.kind = op.kind;
    step.from = tensor(op.inputs[0]).shape;
    step.to = tensor(op.output).shape;
    step.hasRelu = op.hasRelu;
    if (tensor(op.inputs[0]).isConstant()) return wrong("model-graph", "a constant is reckoned with");
    const bool isFlat = op.kind == OperatorKind::Reshape;
    if (!isFlat && (step.from[0] != 1 || step.to[0] != 1)) return wrong("model-shape", "one picture at a time");
    if (op.hasRelu && op.kind == OperatorKind::MaxPool) return wrong("model-operator", "activation");
    CONTONE_CHECK(fill(op, step));
    CONTONE_CHECK(charge(count(step.to)));
    m_network.m_steps.push_back(step);
    return {};
}

Result<void> Plan::placeValues() {
    const std::size_t end = m_model.operators.size();
    std::map<int, Life> byTensor;
    byTensor[m_model.inputs.front()] = {.first = 0, .last = end};  // is there again for the next run
    for (std::size_t i = 0; i < end; ++i) {
        const Operator& op = m_model.operators[i];
        byTensor.try_emplace(op.output, Life{.first = i, .last = i});
        for (const int input : op.inputs)
            if (const auto life = byTensor.find(input); life != byTensor.end())
                life->second.last = std::max(life->second.last, i);
    }
    for (const int output : m_model.outputs) byTensor[output].last = end;
    std::vector<Life> lives;
    for (auto& [number, life] : byTensor) {
        life.tensor = number;
        life.size = roundUp(count(tensor(number).shape), 16);
        lives.push_back(life);
    }
    std::ranges::stable_sort(lives, {}, &Life::first);
    m_network.m_size = arrange(lives);
    if (m_network.m_size * sizeof(float) > Network::mostMemory) return wrong("model-cost", "too much memory");
    m_places.assign(m_model.tensors.size(), 0);
    for (const Life& life : lives) m_places[static_cast<std::size_t>(life.tensor)] = life.at;
    return {};
}

Result<Network> Plan::make() {
    CONTONE_CHECK(checkOrder());
    joinRelu();
    m_number = 0;
    for (const Operator& op : m_model.operators) {
        CONTONE_CHECK(addStep(op));
        ++m_number;
    }
    CONTONE_CHECK(placeValues());
    const auto place = [&](int number) { return m_places[static_cast<std::size_t>(number)]; };
    for (std::size_t i = 0; i < m_network.m_steps.size(); ++i) {
        const Operator& op = m_model.operators[i];
        Step& step = m_network.m_steps[i];
        step.in = place(op.inputs[0]);
        step.out = place(op.output);
        if (op.kind == OperatorKind::Add) step.second = place(op.inputs[1]);
    }
    m_network.m_input = place(m_model.inputs.front());
    m_network.m_inputShape = tensor(m_model.inputs.front()).shape;
    for (const int output : m_model.outputs) m_network.m_outputs.push_back({tensor(output).shape, place(output)});
    return std::move(m_network);
}

}  // namespace contone::vision
