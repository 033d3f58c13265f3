// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The line before the samples.
#include "core/image/stencil.h"

#include <fmt/format.h>

#include <charconv>

namespace contone::image {
namespace {

constexpr std::string_view kCoverage = "contone-stencil coverage ", kColoured = "contone-stencil coloured ";
constexpr std::size_t kLongestLine = 48;

std::unexpected<Error> damaged(const char* what) {
    return fail(Code::Corrupt, "stencil-damaged", "The text or the mask of this page cannot be read any more.", what);
}

/// The number at the start of `text`, which it leaves without it; -1 when there is none.
int takeNumber(std::string_view& text) {
    int value = -1;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    if (read.ec != std::errc{}) return -1;
    text.remove_prefix(static_cast<std::size_t>(read.ptr - text.data()));
    return value;
}

}  // namespace

std::string toBytes(const Stencil& stencil) {
    const bool isColoured = stencil.kind == Stencil::Kind::Coloured;
    std::string bytes =
        fmt::format("{}{} {}\n", isColoured ? kColoured : kCoverage, stencil.size.width, stencil.size.height);
    bytes.append(reinterpret_cast<const char*>(stencil.samples.data()), stencil.samples.size());
    return bytes;
}

Result<Stencil> parseStencil(std::string_view bytes) {
    const std::size_t end = bytes.substr(0, kLongestLine).find('\n');
    if (end == std::string_view::npos) return damaged("no line");
    std::string_view line = bytes.substr(0, end), samples = bytes.substr(end + 1);
    Stencil stencil;
    if (line.starts_with(kColoured))
        stencil.kind = Stencil::Kind::Coloured;
    else if (!line.starts_with(kCoverage))
        return damaged("neither kind");
    line.remove_prefix(kCoverage.size());
    stencil.size.width = takeNumber(line);
    if (!line.starts_with(' ')) return damaged("size");
    line.remove_prefix(1);
    stencil.size.height = takeNumber(line);
    const auto isFine = [](int side) { return side >= 1 && side <= Stencil::maxSide; };
    if (!line.empty() || !isFine(stencil.size.width) || !isFine(stencil.size.height)) return damaged("size");
    if (samples.size() != static_cast<std::size_t>(stencil.size.width) * static_cast<std::size_t>(stencil.size.height) *
                              static_cast<std::size_t>(stencil.channels()))
        return damaged("samples of another size");
    stencil.samples.assign(samples.begin(), samples.end());
    return stencil;
}

Sha256 hashOf(const Stencil& stencil) {
    return Sha256::of(toBytes(stencil));
}

}  // namespace contone::image
