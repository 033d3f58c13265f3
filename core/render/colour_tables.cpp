// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Three short lists.
#include "core/render/colour_tables.h"

#include <algorithm>

namespace contone::render {
namespace {

constexpr std::size_t most = 4;

template <class Key, class Made, class Make>
Result<Made> keptOr(std::vector<std::pair<Key, Made>>& kept, Key key, const Make& make) {
    if (const auto found = std::ranges::find(kept, key, [](const auto& k) -> const Key& { return k.first; });
        found != kept.end()) {
        std::rotate(found, found + 1, kept.end());
        return kept.back().second;
    }
    CONTONE_TRY(Made made, make());
    if (kept.size() == most) kept.erase(kept.begin());
    kept.emplace_back(std::move(key), made);
    return made;
}

}  // namespace

Result<icc::InputTransform> ColourTables::input(const image::SourceColour& source,
                                                icc::InputTransform::Options options) {
    const std::lock_guard lock(m_mutex);
    return keptOr(m_inputs, {source, options}, [&] { return icc::InputTransform::create(source, options); });
}

Result<icc::OutputTransform> ColourTables::output(const icc::Profile& device, icc::OutputTransform::Options options) {
    const std::lock_guard lock(m_mutex);
    return keptOr(m_outputs, {device.hash(), options},
                  [&] { return icc::OutputTransform::create(device, options, m_folder); });
}

Result<icc::FusedTable> ColourTables::fused(const image::SourceColour& source, const icc::Profile& device,
                                            icc::Intent intent, icc::BlackPoint blackPoint) {
    const std::lock_guard lock(m_mutex);
    return keptOr(m_fused, {source, device.hash(), intent, blackPoint}, [&] {
        return icc::FusedTable::create(source, device, intent, blackPoint,
                                       icc::FusedTable::printGrid(device.channels()), m_folder);
    });
}

}  // namespace contone::render
