// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Boxes by ISO/IEC 14496-12, each inside its parent or not at all.
#include "core/image/codecs/heif_order_p.h"

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace contone::image {
namespace {

using Box = std::span<const std::byte>;

/// Big-endian numbers in order; once one is missing, all that follow are.
class Numbers {
  public:
    explicit Numbers(Box bytes) : m_bytes(bytes) {}
    std::uint64_t take(std::size_t size) {
        if (m_bytes.size() < size) {
            m_isCut = true;
            m_bytes = {};
            return 0;
        }
        std::uint64_t value = 0;
        for (const std::byte b : m_bytes.first(size)) value = value << 8 | std::to_integer<std::uint64_t>(b);
        m_bytes = m_bytes.subspan(size);
        return value;
    }
    bool isCut() const { return m_isCut; }
    Box rest() const { return m_bytes; }

  private:
    Box m_bytes;
    bool m_isCut = false;
};

constexpr std::uint64_t typeOf(std::string_view name) {
    std::uint64_t type = 0;
    for (const char c : name) type = type << 8 | static_cast<unsigned char>(c);
    return type;
}

struct Found {
    std::uint64_t type = 0;
    Box content;
};

/// The next box of `boxes`, which then begins behind it.
std::optional<Found> nextBox(Box& boxes) {
    Numbers head(boxes);
    std::uint64_t size = head.take(4);
    const std::uint64_t type = head.take(4);
    if (size == 1) size = head.take(8);
    const std::size_t before = boxes.size() - head.rest().size();
    if (size == 0) size = boxes.size();  // to the end
    if (head.isCut() || size < before || size > boxes.size()) return {};
    const Found found{type, boxes.subspan(before, static_cast<std::size_t>(size) - before)};
    boxes = boxes.subspan(static_cast<std::size_t>(size));
    return found;
}

Box boxOf(Box boxes, std::string_view name) {
    while (const auto next = nextBox(boxes))
        if (next->type == typeOf(name)) return next->content;
    return {};
}

std::uint64_t primaryItem(Box meta) {
    Numbers pitm(boxOf(meta, "pitm"));
    return pitm.take(4) >> 24 == 0 ? pitm.take(2) : pitm.take(4);
}

/// Indices from 1 into the container's properties, as the file lists them for `item`.
std::vector<std::size_t> associationsOf(Box ipma, std::uint64_t item) {
    Numbers in(ipma);
    const std::uint64_t head = in.take(4);
    const bool isWide = (head >> 24) > 0, areLong = (head & 1) != 0;
    for (std::uint64_t left = in.take(4); left > 0 && !in.isCut(); left--) {
        const std::uint64_t its = in.take(isWide ? 4 : 2);
        std::vector<std::size_t> indices;
        for (std::uint64_t n = in.take(1); n > 0 && !in.isCut(); n--)
            indices.push_back(static_cast<std::size_t>(areLong ? in.take(2) & 0x7fff : in.take(1) & 0x7f));
        if (its == item) return indices;
    }
    return {};
}

}  // namespace

bool turnsBeforeItsSize(std::span<const std::byte> file) {
    Box meta = boxOf(file, "meta");
    meta = meta.subspan(meta.size() < 4 ? meta.size() : 4);  // version and flags
    const Box properties = boxOf(meta, "iprp");
    std::vector<std::uint64_t> types;
    Box container = boxOf(properties, "ipco");
    while (const auto next = nextBox(container)) types.push_back(next->type);
    for (const std::size_t index : associationsOf(boxOf(properties, "ipma"), primaryItem(meta))) {
        const std::uint64_t type = index > 0 && index <= types.size() ? types[index - 1] : 0;
        if (type == typeOf("ispe")) return false;
        if (type == typeOf("irot") || type == typeOf("imir") || type == typeOf("clap")) return true;
    }
    return false;
}

}  // namespace contone::image
