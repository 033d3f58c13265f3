// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Running the steps one after another.
#include "core/vision/finder/network.h"

#include <algorithm>

#include "core/vision/finder/kernels/layers.h"
#include "core/vision/finder/plan.h"

namespace contone::vision {

Result<Network> Network::create(std::span<const std::byte> model) {
    CONTONE_TRY(ModelFile file, readModelFile(model));
    return Plan(std::move(file)).make();
}

void Network::prepare() {
    if (!m_values.empty()) return;
    m_values.resize(std::max<std::size_t>(m_size, 1));
    m_patch.resize(m_patchSize);
}

std::span<float> Network::input() {
    prepare();
    return std::span(m_values).subspan(m_input, count(m_inputShape));
}

std::span<const float> Network::output(std::size_t index) const {
    const Output& output = m_outputs[index];
    return std::span(m_values).subspan(output.at, count(output.shape));
}

void Network::run() {
    prepare();
    for (const Step& step : m_steps) {
        const float* const in = m_values.data() + step.in;
        float* const out = m_values.data() + step.out;
        switch (step.kind) {
            case OperatorKind::Convolution:
                kernels::convolve(step, m_weights[step.weights], in, out, m_patch.data());
                break;
            case OperatorKind::DepthwiseConvolution:
                kernels::convolveDepthwise(step, m_weights[step.weights], in, out);
                break;
            case OperatorKind::Add:
                kernels::add(step, in, m_values.data() + step.second, out);
                break;
            case OperatorKind::Relu:
                kernels::cutAtZero(step, in, out);
                break;
            case OperatorKind::Pad:
                kernels::padChannels(step, in, out);
                break;
            case OperatorKind::MaxPool:
                kernels::poolMaximum(step, in, out);
                break;
            case OperatorKind::Resize:
                kernels::resizeBilinear(step, in, out);
                break;
            case OperatorKind::Reshape:
                std::copy_n(in, count(step.to), out);
                break;
        }
    }
}

}  // namespace contone::vision
