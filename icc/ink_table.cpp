// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Linear along cyan, tetrahedra in the other three, as Little CMS' Eval4Inputs does (cmsintrp.c).
#include "icc/ink_table_p.h"

#include <lcms2_plugin.h>

#include <algorithm>
#include <cmath>
#include <random>

namespace contone::icc {
namespace {

constexpr std::size_t maxNodes = 2'000'000;

std::vector<Curve> curvesOf(const cmsStage* stage) {
    std::vector<Curve> curves;
    const auto* stored = static_cast<const _cmsStageToneCurvesData*>(cmsStageData(stage));
    for (cmsUInt32Number c = 0; c < stored->nCurves; ++c)
        curves.emplace_back(
            [curve = stored->TheCurves[c]](double x) { return std::clamp(evaluate(curve, x), 0.0, 1.0); });
    return curves;
}

/// The inverse of the cube root in CIELAB.
float cubed(float f) {
    return f > 6.0F / 29.0F ? f * f * f : (f - 16.0F / 116.0F) * (108.0F / 841.0F);
}

}  // namespace

bool InkTable::readNodes(const cmsStage* stage) {
    const auto* table = static_cast<const _cmsStageCLutData*>(cmsStageData(stage));
    if (cmsStageInputChannels(stage) != 4 || cmsStageOutputChannels(stage) != 3 || table->HasFloatValues) return false;
    std::size_t count = 1;
    for (std::size_t c = 0; c < 4; ++c) {
        m_grid[c] = static_cast<int>(table->Params->nSamples[c]);
        if (m_grid[c] < 2 || m_grid[c] > 255) return false;
        count *= static_cast<std::size_t>(m_grid[c]);
    }
    if (count > maxNodes || table->nEntries != count * 3) return false;
    m_stride[3] = 1;
    for (std::size_t c = 3; c > 0; --c) m_stride[c - 1] = m_stride[c] * m_grid[c];
    m_nodes.resize(count);
    for (std::size_t i = 0; i < count; ++i)
        for (std::size_t c = 0; c < 3; ++c) m_nodes[i][c] = static_cast<float>(table->Tab.T[i * 3 + c]) / 65535.0F;
    return true;
}

bool InkTable::read(cmsHPROFILE profile, Intent intent) {
    constexpr std::array tags{cmsSigAToB0Tag, cmsSigAToB1Tag, cmsSigAToB2Tag, cmsSigAToB1Tag};
    for (const cmsTagSignature floats : {cmsSigDToB0Tag, cmsSigDToB1Tag, cmsSigDToB2Tag, cmsSigDToB3Tag})
        if (cmsIsTag(profile, floats)) return false;
    if (cmsGetColorSpace(profile) != cmsSigCmykData || cmsGetPCS(profile) != cmsSigLabData) return false;
    cmsTagSignature tag = tags[static_cast<std::size_t>(intent)];
    if (!cmsIsTag(profile, tag)) tag = cmsSigAToB0Tag;
    const auto* pipeline = static_cast<const cmsPipeline*>(cmsReadTag(profile, tag));
    if (!pipeline) return false;
    for (const cmsStage* stage = cmsPipelineGetPtrToFirstStage(pipeline); stage; stage = cmsStageNext(stage)) {
        const auto type = cmsStageType(stage);
        if (type == cmsSigCLutElemType && m_nodes.empty()) {
            if (!readNodes(stage)) return false;
        } else if (type == cmsSigCurveSetElemType && m_nodes.empty() && m_before.empty()) {
            m_before = curvesOf(stage);
        } else if (type == cmsSigCurveSetElemType && !m_nodes.empty() && m_after.empty()) {
            m_after = curvesOf(stage);
        } else {
            return false;
        }
    }
    if (m_nodes.empty() || (!m_before.empty() && m_before.size() != 4) || (!m_after.empty() && m_after.size() != 3))
        return false;
    const Curve straight([](double x) { return x; });
    m_before.resize(4, straight);
    m_after.resize(3, straight);
    return true;
}

bool InkTable::agreesWith(cmsHTRANSFORM reference) const {
    constexpr int pixels = 4096;
    std::mt19937 random(1);
    std::vector<float> ink(pixels * 4), ours(pixels * 3), theirs(pixels * 3);
    for (std::size_t i = 0; i < ink.size(); ++i) {
        ink[i] = static_cast<float>(random() & 0xffff) / 65535.0F;
        if (i % 7 == 0) ink[i] = static_cast<float>(random() & 1);  // the faces and corners too
    }
    apply(ink.data(), ours.data(), pixels);
    runTransform(reference, ink.data(), ColourModel::Cmyk, theirs.data(), ColourModel::Rgb, pixels);
    // Little CMS rounds to 16 bits between its stages.
    for (std::size_t i = 0; i < ours.size(); ++i)
        if (!(std::fabs(ours[i] - theirs[i]) <= 2e-5F + 5e-4F * std::fabs(theirs[i]))) return false;
    return true;
}

std::optional<InkTable> InkTable::of(cmsHPROFILE profile, Intent intent, cmsHTRANSFORM reference) {
    InkTable table;
    if (!table.read(profile, intent)) return {};
    if (table.agreesWith(reference)) return table;
    // 16-bit tables encode Lab as version 2 did (ICC.1:2010 section 6.3.4.2).
    table.m_lightness = 100.0F * 65535.0F / 65280.0F;
    table.m_chroma = 65535.0F / 256.0F;
    if (table.agreesWith(reference)) return table;
    return {};
}

InkTable::Node InkTable::within(const Node* cell, float m, float y, float k) const {
    const std::ptrdiff_t sm = m_stride[1], sy = m_stride[2], sk = m_stride[3];
    const float most = std::max(m, std::max(y, k)), least = std::min(m, std::min(y, k));
    const float middle = std::max(std::min(m, y), std::min(std::max(m, y), k));
    const std::ptrdiff_t first = m == most ? sm : y == most ? sy : sk;
    const std::ptrdiff_t third = k == least ? sk : y == least ? sy : sm;
    const std::ptrdiff_t diagonal = sm + sy + sk;
    return cell[0] * (1.0F - most) + cell[first] * (most - middle) + cell[diagonal - third] * (middle - least) +
           cell[diagonal] * least;
}

void InkTable::apply(const float* in, float* xyz, int pixels) const {
    for (int i = 0; i < pixels; ++i, in += 4, xyz += 3) {
        std::array<float, 4> rest{};
        const Node* cell = m_nodes.data();
        for (std::size_t c = 0; c < 4; ++c) {
            const float position = m_before[c](in[c]) * static_cast<float>(m_grid[c] - 1);
            const int index = std::min(static_cast<int>(position), m_grid[c] - 2);
            rest[c] = position - static_cast<float>(index);
            cell += index * m_stride[c];
        }
        const Node value = within(cell, rest[1], rest[2], rest[3]) * (1.0F - rest[0]) +
                           within(cell + m_stride[0], rest[1], rest[2], rest[3]) * rest[0];
        const float fy = (m_after[0](value[0]) * m_lightness + 16.0F) / 116.0F;
        const float fx = fy + (m_after[1](value[1]) * m_chroma - 128.0F) / 500.0F;
        const float fz = fy - (m_after[2](value[2]) * m_chroma - 128.0F) / 200.0F;
        xyz[0] = cubed(fx) * static_cast<float>(d50[0]);
        xyz[1] = cubed(fy);
        xyz[2] = cubed(fz) * static_cast<float>(d50[2]);
    }
}

}  // namespace contone::icc
