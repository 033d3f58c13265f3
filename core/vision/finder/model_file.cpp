// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Tables of a TensorFlow Lite file. The numbers of fields and codes are the schema's.
#include "core/vision/finder/model_file.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/vision/finder/flat_file.h"

namespace contone::vision {
namespace {

constexpr std::size_t mostTensors = 4096, mostOperators = 2048;

/// BuiltinOperator.
enum Builtin : int {
    codeAdd = 0,
    codeConv2d = 3,
    codeDepthwiseConv2d = 4,
    codeDequantize = 6,
    codeMaxPool2d = 17,
    codeRelu = 19,
    codeReshape = 22,
    codeResizeBilinear = 23,
    codePad = 34,
};
/// BuiltinOptions: which table an operator's options are. What has no options of its own may have any.
constexpr int optionsOf(int code) {
    switch (code) {
        case codeConv2d:
            return 1;
        case codeDepthwiseConv2d:
            return 2;
        case codeMaxPool2d:
            return 5;
        case codeAdd:
            return 11;
        case codeResizeBilinear:
            return 15;
        default:
            return 0;
    }
}

std::unexpected<Error> unknownOperator(std::size_t number, const char* what) {
    return modelProblem("model-operator", "operator " + std::to_string(number) + ": " + what);
}

Tensor::Type typeOf(int code) {
    return code == 0   ? Tensor::Type::Float32
           : code == 1 ? Tensor::Type::Float16
           : code == 2 ? Tensor::Type::Int32
                       : Tensor::Type::Other;
}

std::size_t bytesOf(Tensor::Type type) {
    return type == Tensor::Type::Float16 ? 2 : type == Tensor::Type::Other ? 0 : 4;
}

bool decode(Tensor& tensor) {
    if (tensor.type != Tensor::Type::Float32 && tensor.type != Tensor::Type::Float16) return true;
    const bool isHalf = tensor.type == Tensor::Type::Float16;
    tensor.values.resize(count(tensor.shape));
    for (std::size_t i = 0; i < tensor.values.size(); ++i)
        tensor.values[i] = isHalf ? float16At(tensor.bytes, i) : float32At(tensor.bytes, i);
    return std::ranges::all_of(tensor.values, [](float value) { return std::isfinite(value); });
}

std::optional<Shape> shapeOf(std::span<const std::byte> sides) {
    const std::size_t n = sides.size() / 4;
    if (n > 4) return std::nullopt;
    Shape shape{1, 1, 1, 1};
    std::size_t all = 1;
    for (std::size_t i = 0; i < n; ++i) {
        const std::int32_t side = int32At(sides, i);
        if (side < 1 || static_cast<std::size_t>(side) > mostValues) return std::nullopt;
        all *= static_cast<std::size_t>(side);
        if (all > mostValues) return std::nullopt;
        shape[4 - n + i] = side;
    }
    return shape;
}

class Walk {
  public:
    explicit Walk(std::span<const std::byte> bytes) : m_file(bytes) {}
    Result<ModelFile> read();

  private:
    Result<ModelFile> readAll();
    Result<void> readTensors(const FlatTable& root, const FlatTable& graph);
    Result<void> readOperators(const FlatTable& root, const FlatTable& graph);
    Result<void> readOperator(const FlatTable& entry, int code, std::size_t number);
    Result<void> dequantize(const Operator& op, std::size_t number);
    Result<void> readOptions(const FlatTable& options, int code, Operator& op, std::size_t number) const;
    /// Places of tensors; nothing when one is not there.
    std::optional<std::vector<int>> places(std::span<const std::byte> list) const;

    FlatFile m_file;
    ModelFile m_model;
    std::size_t m_values = 0;  ///< of all constants: one place of the file may be named by many
};

std::optional<std::vector<int>> Walk::places(std::span<const std::byte> list) const {
    if (list.size() / 4 > mostTensors) return std::nullopt;
    std::vector<int> all(list.size() / 4);
    for (std::size_t i = 0; i < all.size(); ++i) {
        all[i] = int32At(list, i);
        if (all[i] < 0 || static_cast<std::size_t>(all[i]) >= m_model.tensors.size()) return std::nullopt;
    }
    return all;
}

Result<void> Walk::readTensors(const FlatTable& root, const FlatTable& graph) {
    const std::size_t n = graph.tableCount(0);
    if (n > mostTensors) return modelProblem("model-graph", "too many tensors");
    for (std::size_t i = 0; i < n && m_file.isSound(); ++i) {
        const FlatTable entry = graph.tableOf(0, i);
        Tensor tensor;
        const auto shape = shapeOf(entry.list(0, 4));
        if (!shape) return modelProblem("model-shape", "tensor " + std::to_string(i));
        tensor.shape = *shape;
        tensor.type = typeOf(entry.number<std::uint8_t>(1));
        const auto buffer = entry.number<std::uint32_t>(2);
        if (buffer >= root.tableCount(4)) return modelProblem("model-graph", "tensor " + std::to_string(i));
        tensor.bytes = root.tableOf(4, buffer).list(0, 1);
        if (tensor.isConstant()) {
            m_values += count(tensor.shape);
            const bool hasLength = tensor.bytes.size() == count(tensor.shape) * bytesOf(tensor.type);
            if (!hasLength || m_values > mostValues || !decode(tensor))
                return modelProblem("model-weights", "tensor " + std::to_string(i));
        }
        m_model.tensors.push_back(std::move(tensor));
    }
    return {};
}

Result<void> Walk::readOptions(const FlatTable& options, int code, Operator& op, std::size_t number) const {
    int activation = 0;
    if (code == codeConv2d || code == codeDepthwiseConv2d || code == codeMaxPool2d) {
        const int padding = options.number<std::uint8_t>(0);
        op.strideX = options.number<std::int32_t>(1);
        op.strideY = options.number<std::int32_t>(2);
        if (padding > 1 || std::min(op.strideX, op.strideY) < 1 || std::max(op.strideX, op.strideY) > 16)
            return unknownOperator(number, "padding or stride");
        op.padsAround = padding == 0;
    }
    if (code == codeConv2d) {
        activation = options.number<std::uint8_t>(3);
        if (options.number<std::int32_t>(4, 1) != 1 || options.number<std::int32_t>(5, 1) != 1)
            return unknownOperator(number, "dilation");
    } else if (code == codeDepthwiseConv2d) {
        activation = options.number<std::uint8_t>(4);
        if (options.number<std::int32_t>(3) != 1) return unknownOperator(number, "depth multiplier");
        if (options.number<std::int32_t>(5, 1) != 1 || options.number<std::int32_t>(6, 1) != 1)
            return unknownOperator(number, "dilation");
    } else if (code == codeMaxPool2d) {
        op.windowX = options.number<std::int32_t>(3);
        op.windowY = options.number<std::int32_t>(4);
        if (std::min(op.windowX, op.windowY) < 1 || std::max(op.windowX, op.windowY) > 16)
            return unknownOperator(number, "window");
        activation = options.number<std::uint8_t>(5);
    } else if (code == codeAdd) {
        activation = options.number<std::uint8_t>(0);
    } else if (code == codeResizeBilinear) {
        if (options.number<std::uint8_t>(2) != 0 || options.number<std::uint8_t>(3) != 1)
            return unknownOperator(number, "corners");
    }
    if (activation != 0 && activation != 1) return unknownOperator(number, "activation");
    op.hasRelu = activation == 1;
    return {};
}

/// A constant of halves becomes one of floats.
Result<void> Walk::dequantize(const Operator& op, std::size_t number) {
    if (op.inputs.size() != 1) return modelProblem("model-graph", "operator " + std::to_string(number));
    const Tensor from = m_model.tensors[static_cast<std::size_t>(op.inputs.front())];
    Tensor& to = m_model.tensors[static_cast<std::size_t>(op.output)];
    if (!from.isConstant() || from.type != Tensor::Type::Float16 || to.isConstant())
        return unknownOperator(number, "DEQUANTIZE of what is no constant of halves");
    if (from.shape != to.shape) return modelProblem("model-shape", "operator " + std::to_string(number));
    m_values += count(from.shape);
    if (m_values > mostValues) return modelProblem("model-weights", "operator " + std::to_string(number));
    to = from;
    return {};
}

Result<void> Walk::readOperator(const FlatTable& entry, int code, std::size_t number) {
    constexpr std::pair<int, OperatorKind> kinds[] = {{codeConv2d, OperatorKind::Convolution},
                                                      {codeDepthwiseConv2d, OperatorKind::DepthwiseConvolution},
                                                      {codeAdd, OperatorKind::Add},
                                                      {codeRelu, OperatorKind::Relu},
                                                      {codePad, OperatorKind::Pad},
                                                      {codeMaxPool2d, OperatorKind::MaxPool},
                                                      {codeResizeBilinear, OperatorKind::Resize},
                                                      {codeReshape, OperatorKind::Reshape}};
    Operator op;
    const auto inputs = places(entry.list(1, 4)), outputs = places(entry.list(2, 4));
    if (!inputs || !outputs || outputs->size() != 1)
        return modelProblem("model-graph", "operator " + std::to_string(number));
    op.inputs = *inputs;
    op.output = outputs->front();
    if (code == codeDequantize) return dequantize(op, number);
    const auto* const kind = std::ranges::find(kinds, code, &std::pair<int, OperatorKind>::first);
    if (kind == std::end(kinds)) return unknownOperator(number, std::to_string(code).c_str());
    op.kind = kind->second;
    if (optionsOf(code) != 0) {
        if (entry.number<std::uint8_t>(3) != optionsOf(code)) return unknownOperator(number, "options");
        CONTONE_CHECK(readOptions(entry.table(4), code, op, number));
    }
    m_model.operators.push_back(std::move(op));
    return {};
}

Result<void> Walk::readOperators(const FlatTable& root, const FlatTable& graph) {
    const std::size_t n = graph.tableCount(3);
    if (n > mostOperators) return modelProblem("model-graph", "too many operators");
    for (std::size_t i = 0; i < n && m_file.isSound(); ++i) {
        const FlatTable entry = graph.tableOf(3, i);
        const auto code = entry.number<std::uint32_t>(0);
        if (code >= root.tableCount(1)) return modelProblem("model-graph", "operator " + std::to_string(i));
        const FlatTable name = root.tableOf(1, code);
        // Codes below 127 stand in the old field; the new one came later and is 0 in older files.
        const int number = std::max<int>(name.number<std::uint8_t>(0), name.number<std::int32_t>(3));
        CONTONE_CHECK(readOperator(entry, number, i));
    }
    return {};
}

Result<ModelFile> Walk::read() {
    if (!m_file.isOfKind("TFL3")) return modelProblem("model-kind");
    auto read = readAll();
    // What is 0 because an offset leads outside is not to blame for what follows.
    if (!m_file.isSound()) return modelProblem("model-offset");
    return read;
}

Result<ModelFile> Walk::readAll() {
    const FlatTable root = m_file.root();
    if (root.number<std::uint32_t>(0) != 3) return modelProblem("model-version");
    if (root.tableCount(2) != 1) return modelProblem("model-graph", "not one graph");
    const FlatTable graph = root.tableOf(2, 0);
    CONTONE_CHECK(readTensors(root, graph));
    CONTONE_CHECK(readOperators(root, graph));
    const auto inputs = places(graph.list(1, 4)), outputs = places(graph.list(2, 4));
    if (!inputs || !outputs) return modelProblem("model-graph", "inputs and outputs");
    m_model.inputs = *inputs;
    m_model.outputs = *outputs;
    return std::move(m_model);
}

}  // namespace

std::unexpected<Error> modelProblem(const char* reason, std::string detail) {
    return fail(Code::Corrupt, reason, "Faces cannot be looked for: a part of Contone is damaged. Install it again.",
                std::move(detail));
}

Result<ModelFile> readModelFile(std::span<const std::byte> bytes) {
    return Walk(bytes).read();
}

}  // namespace contone::vision
