// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Sampling a lattice on two threads, and unpacking it for interpolation.
#include "icc/lattice_p.h"

#include <atomic>
#include <cmath>
#include <thread>

namespace contone::icc {

std::vector<std::uint16_t> Lattice::sample(int grid, int channels, const FillPlane& fill) {
    const int planePixels = grid * grid;
    std::vector<std::uint16_t> nodes(valueCount(grid, channels));
    std::atomic<bool> finite = true;
    const auto planes = [&](int from, int step) {
        std::vector<float> positions(static_cast<std::size_t>(planePixels) * 3);
        std::vector<float> device(static_cast<std::size_t>(planePixels) * channels);
        for (int r = from; r < grid; r += step) {
            for (int i = 0; i < planePixels; ++i) {
                positions[i * 3] = static_cast<float>(r);
                positions[i * 3 + 1] = static_cast<float>(i / grid);
                positions[i * 3 + 2] = static_cast<float>(i % grid);
            }
            fill(positions.data(), device.data());
            std::uint16_t* out = nodes.data() + static_cast<std::size_t>(r) * planePixels * channels;
            for (std::size_t i = 0; i < device.size(); ++i) {
                if (!std::isfinite(device[i])) {
                    finite = false;
                    return;
                }
                out[i] = static_cast<std::uint16_t>(std::clamp(device[i], 0.0F, 1.0F) * 65535.0F + 0.5F);
            }
        }
    };
    std::thread other(planes, 1, 2);
    planes(0, 2);
    other.join();
    if (!finite) nodes.clear();
    return nodes;
}

Lattice::Lattice(int grid, int channels, std::span<const std::uint16_t> nodes)
    : m_grid(grid), m_channels(channels), m_nodes(valueCount(grid, 1)) {
    for (std::size_t i = 0; i < m_nodes.size(); ++i) {
        Node node{};
        for (int c = 0; c < channels; ++c) node[c] = static_cast<float>(nodes[i * channels + c]) / 65535.0F;
        m_nodes[i] = node;
    }
}

std::vector<std::uint16_t> Lattice::nodes() const {
    std::vector<std::uint16_t> values;
    values.reserve(m_nodes.size() * static_cast<std::size_t>(m_channels));
    for (const Node& node : m_nodes)
        for (int c = 0; c < m_channels; ++c) values.push_back(static_cast<std::uint16_t>(node[c] * 65535.0F + 0.5F));
    return values;
}

}  // namespace contone::icc
