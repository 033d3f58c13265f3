// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Plan: turns what a file says into steps whose shapes, places and costs are right.
#pragma once

#include "core/vision/finder/network.h"

namespace contone::vision {

class Plan {
  public:
    explicit Plan(ModelFile model) : m_model(std::move(model)) {}
    Result<Network> make();

  private:
    const Tensor& tensor(int number) const { return m_model.tensors[static_cast<std::size_t>(number)]; }
    std::unexpected<Error> wrong(const char* reason, const char* what) const;

    Result<void> checkOrder();
    void joinRelu();
    Result<void> addStep(const Operator& op);
    Result<void> fill(const Operator& op, Step& step);
    Result<void> fillConvolution(const Operator& op, Step& step);
    Result<void> fillDepthwise(const Operator& op, Step& step);
    Result<void> fillPad(const Operator& op, Step& step);
    Result<void> fillWindow(const Operator& op, Step& step);
    Result<void> takeBiases(const Operator& op, Weights& weights, std::size_t lanes) const;
    Result<void> charge(std::size_t products);
    Result<void> chargeWeights(std::size_t values);
    Result<void> placeValues();

    ModelFile m_model;
    Network m_network;
    std::size_t m_number = 0;  ///< of the operator in hand
    std::size_t m_products = 0, m_weightValues = 0;
    std::vector<std::size_t> m_places;  ///< of each tensor's values
};

}  // namespace contone::vision
