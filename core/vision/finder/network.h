// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Network: a model that was checked as a whole, ready to run: after create() nothing can go wrong any more.
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/vision/finder/model_file.h"

namespace contone::vision {

/// Packed weights of a convolution that its kernel reads in order; lanes beyond the last channel are 0.
struct Weights {
    std::vector<float> factors, biases;
};

/// One thing that is done, with places in the memory of the run.
struct Step {
    OperatorKind kind = OperatorKind::Relu;
    Shape from{}, to{};
    std::size_t in = 0, second = 0, out = 0;  ///< second: Add's
    std::size_t weights = 0;                  ///< place in Network's list
    int windowX = 1, windowY = 1, strideX = 1, strideY = 1;
    int above = 0, left = 0;  ///< rows and columns of nothing before the first; of channels, for Pad
    bool hasRelu = false;
};

/// Values lie as rows of pixels of channels, the channels innermost. Every sum has one order, and products are rounded
/// before they are added, so the same input gives the same bits on every processor. One thread at a time. No file, no
/// thread, no allocation after the first run().
class Network {
  public:
    /// Keeps nothing of `model`. Fails as readModelFile; "model-graph" (something is used before it is made),
    /// "model-shape", "model-weights", "model-operator" (what fits does not fit together), "model-cost" (more than
    /// `mostProducts` or `mostMemory`).
    static Result<Network> create(std::span<const std::byte> model);
    static constexpr std::size_t mostProducts = 400'000'000, mostMemory = 64'000'000;  ///< of a run; bytes

    const Shape& inputShape() const { return m_inputShape; }
    std::size_t outputCount() const { return m_outputs.size(); }
    const Shape& outputShape(std::size_t index) const { return m_outputs[index].shape; }

    std::span<float> input();  ///< to be filled before each run
    void run();
    std::span<const float> output(std::size_t index) const;  ///< of the last run

  private:
    friend class Plan;
    struct Output {
        Shape shape{};
        std::size_t at = 0;
    };
    void prepare();

    Shape m_inputShape{};
    std::size_t m_input = 0;
    std::vector<Output> m_outputs;
    std::vector<Step> m_steps;
    std::vector<Weights> m_weights;
    std::size_t m_size = 0, m_patchSize = 0;  ///< values
    std::vector<float> m_values, m_patch;     ///< empty until the first run
};

}  // namespace contone::vision
