// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// FusedTable: both halves sampled at the nodes of one cube over the photo's own encoding.
#include <array>

#include "icc/lattice_p.h"
#include "icc/table_cache_p.h"
#include "icc/transforms.h"
#include "icc/working_space_p.h"

namespace contone::icc {
namespace {

std::string numbersOf(const image::SourceColour& source) {
    std::string text;
    const auto add = [&](auto number) { text += " " + std::to_string(number); };
    for (const auto n : source.colorants) add(n);
    for (const auto n : source.mediaWhite) add(n);
    for (const auto& black : source.blackPoint)
        for (const auto n : black) add(n);
    for (const image::ToneCurve& curve : source.curves)
        for (const auto n : curve.values) add(n);
    return text;
}

Sha256 keyOf(const image::SourceColour& source, const Profile& device, Intent intent, BlackPoint blackPoint, int grid) {
    return Sha256::of("contone-fused-table " + std::to_string(fusedTableVersion) + " lcms " +
                      std::to_string(cmsGetEncodedCMMversion()) + " grid " + std::to_string(grid) + " device " +
                      device.hash().toString() + " intent " + toString(intent) +
                      (blackPoint == BlackPoint::Compensate ? " compensated" : " as-is") + " source" +
                      numbersOf(source));
}

std::unexpected<Error> noOutput(std::string detail) {
    return fail(Code::Unsupported, "profile-no-output",
                "This colour profile cannot be printed with. Choose the profile of a printer and paper.",
                std::move(detail));
}

/// Positions of nodes → encoded samples 0…1.
std::vector<float> encodedAt(const float* positions, int pixels, int grid) {
    std::vector<float> encoded(static_cast<std::size_t>(pixels) * 3);
    for (std::size_t i = 0; i < encoded.size(); ++i) encoded[i] = positions[i] / static_cast<float>(grid - 1);
    return encoded;
}

}  // namespace

struct FusedTable::Impl {
    Lattice lattice;
};

Result<FusedTable> FusedTable::create(const image::SourceColour& source, const Profile& device, Intent intent,
                                      BlackPoint blackPoint, int grid, const Path& cache) {
    const Sha256 key = keyOf(source, device, intent, blackPoint, grid);
    auto table = loadTable(cache, key, Lattice::valueCount(grid, device.channels()));
    if (!table) {
        CONTONE_TRY(const InputTransform input, InputTransform::create(source, {intent, blackPoint}));
        if (input.channels() != 3) return noOutput("a fused table is for RGB photos");
        const Context context;
        const TransformHandle exact = exactOutput(context, device, {intent, blackPoint, input.gamut()});
        if (!exact) return noOutput(context.messages());
        table = Lattice::sample(grid, device.channels(), [&](const float* positions, float* out) {
            const int pixels = grid * grid;
            std::vector<float> colours = encodedAt(positions, pixels, grid);
            input.apply(colours.data(), colours.data(), pixels);
            runTransform(exact.get(), colours.data(), ColourModel::Rgb, out, device.model(), pixels);
        });
        if (table->empty()) return noOutput("device values that are not numbers");
        saveTable(cache, key, *table);
    }
    return FusedTable(std::make_shared<const Impl>(Lattice(grid, device.channels(), *table)));
}

FusedTable FusedTable::ofWork(const Work& work, int channels, int grid) {
    const auto table = Lattice::sample(grid, channels, [&](const float* positions, float* out) {
        const int pixels = grid * grid;
        std::vector<float> colours = encodedAt(positions, pixels, grid);
        work(colours.data(), out, pixels);
    });
    return FusedTable(std::make_shared<const Impl>(Lattice(grid, channels, table)));
}

FusedTable FusedTable::ofHalves(const InputTransform& input, const OutputTransform& output, int grid) {
    return ofWork(
        [&](float* colours, float* out, int pixels) {
            input.apply(colours, colours, pixels);
            output.apply(colours, out, pixels);
        },
        output.channels(), grid);
}

FusedTable FusedTable::ofHalves(const InputTransform& input, const OutputTransform& output, const ProofTransform& proof,
                                int grid) {
    return ofWork(
        [&](float* colours, float* out, int pixels) {
            std::vector<float> device(static_cast<std::size_t>(pixels) * static_cast<std::size_t>(output.channels()));
            input.apply(colours, colours, pixels);
            output.apply(colours, device.data(), pixels);
            proof.apply(device.data(), out, pixels);
        },
        3, grid);
}

int FusedTable::channels() const {
    return m_impl->lattice.channels();
}

void FusedTable::apply(const float* in, std::uint16_t* out, int pixels) const {
    const auto steps = static_cast<float>(m_impl->lattice.grid() - 1);
    kernels::interpolate(m_impl->lattice.plain(), in, steps, out, pixels);
}

Sha256 FusedTable::tableHash() const {
    return hashOf(m_impl->lattice.nodes());
}

}  // namespace contone::icc
