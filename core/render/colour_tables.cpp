// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Some short lists.
#include "core/render/colour_tables.h"

#include <algorithm>

namespace contone::render {
namespace {

constexpr std::size_t most = 4, mostTones = 64, mostCubes = 16;  ///< 9 MB, 75 KB and 3 MB each

/// The one of this key, which is the last then; nullptr.
template <class Key, class Made>
const Made* find(std::vector<std::pair<Key, Made>>& kept, const Key& key) {
    const auto found = std::ranges::find(kept, key, [](const auto& k) -> const Key& { return k.first; });
    if (found == kept.end()) return nullptr;
    std::rotate(found, found + 1, kept.end());
    return &kept.back().second;
}

template <class Key, class Made>
void keep(std::vector<std::pair<Key, Made>>& kept, std::size_t limit, Key key, const Made& made) {
    if (kept.size() == limit) kept.erase(kept.begin());
    kept.emplace_back(std::move(key), made);
}

template <class Key, class Made, class Make>
Result<Made> keptOr(std::vector<std::pair<Key, Made>>& kept, Key key, const Make& make) {
    if (const Made* found = find(kept, key)) return *found;
    CONTONE_TRY(Made made, make());
    keep(kept, most, std::move(key), made);
    return made;
}

/// What is read while others use the lists.
template <class Key, class Made>
Result<Made> keptOrRead(std::mutex& mutex, std::vector<std::pair<Key, Made>>& kept, std::size_t limit, const Key& key,
                        const std::function<Result<Made>()>& read) {
    {
        const std::lock_guard lock(mutex);
        if (const Made* found = find(kept, key)) return *found;
    }
    CONTONE_TRY(Made made, read());
    const std::lock_guard lock(mutex);
    if (find(kept, key) == nullptr) keep(kept, limit, key, made);
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

Result<std::shared_ptr<const ToneGrid>> ColourTables::tones(
    const OfPhoto& photo, const std::function<Result<std::shared_ptr<const ToneGrid>>()>& read) {
    return keptOrRead(m_mutex, m_tones, mostTones, photo, read);
}

Result<NoiseLevel> ColourTables::noise(const OfPhoto& photo, const std::function<Result<NoiseLevel>()>& read) {
    return keptOrRead(m_mutex, m_noise, mostTones, photo, read);
}

Result<std::shared_ptr<const CubeLook>> ColourTables::cube(
    const Sha256& file, const std::function<Result<std::shared_ptr<const CubeLook>>()>& read) {
    return keptOrRead(m_mutex, m_cubes, mostCubes, file, read);
}

}  // namespace contone::render
