// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ModelFile: what a TensorFlow Lite file says, as values: tensors and operators in the order in which they run. Says
// nothing of whether they fit together; Network does. Schema: tensorflow/lite/schema/schema.fbs, version 3.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <vector>

#include "core/base/result.h"

namespace contone::vision {

/// `return modelProblem("model-shape", "operator 12")`: Corrupt; the sentence is the same for every reason.
[[nodiscard]] std::unexpected<Error> modelProblem(const char* reason, std::string detail = {});

/// Up to four sides, the last one innermost; those that there are not, in front, are 1.
using Shape = std::array<int, 4>;
constexpr std::size_t count(const Shape& s) {
    return static_cast<std::size_t>(s[0]) * static_cast<std::size_t>(s[1]) * static_cast<std::size_t>(s[2]) *
           static_cast<std::size_t>(s[3]);
}
/// No side and no product of sides is longer: no tensor of a small model is.
constexpr std::size_t mostValues = 4'000'000;

struct Tensor {
    enum class Type { Float32, Float16, Int32, Other };
    Shape shape{1, 1, 1, 1};
    Type type = Type::Float32;
    std::span<const std::byte> bytes;  ///< of a constant: as many as shape and type say; else empty
    std::vector<float> values;         ///< of a constant of floats, all finite
    bool isConstant() const { return !bytes.empty(); }
};

enum class OperatorKind { Convolution, DepthwiseConvolution, Add, Relu, Pad, MaxPool, Resize, Reshape };

struct Operator {
    OperatorKind kind = OperatorKind::Relu;
    std::vector<int> inputs;  ///< places in ModelFile::tensors, as is `output`
    int output = 0;
    bool hasRelu = false;    ///< its result is cut at 0
    bool padsAround = true;  ///< as many zeros around as keep the size (SAME); else none (VALID)
    int strideX = 1, strideY = 1;
    int windowX = 0, windowY = 0;  ///< MaxPool
};

/// Views of the file's bytes: they outlive it.
struct ModelFile {
    std::vector<Tensor> tensors;
    std::vector<Operator> operators;
    std::vector<int> inputs, outputs;
};

/// DEQUANTIZE of a constant is done here: its result is a constant of floats. Fails, all Corrupt: "model-kind" (no such
/// file), "model-version", "model-offset" (something leads outside the file), "model-graph" (what is named is not
/// there), "model-shape" (sides below 1, too many values), "model-weights" (constants of the wrong length, not finite),
/// "model-operator" (an operator or an option that is not known here).
Result<ModelFile> readModelFile(std::span<const std::byte> bytes);

}  // namespace contone::vision
