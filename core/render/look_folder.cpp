// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A folder, read anew at each call: there are few looks in it.
#include "core/render/look_folder.h"

#include <algorithm>

namespace contone::render {
namespace {

constexpr std::size_t mostLooks = 500;

std::unexpected<Error> missing(std::string which) {
    return fail(Code::NotFound, "look-missing",
                "This look is not here. Put its .cube file into the shop's folder of looks.", std::move(which));
}

bool isCube(const Path& file) {
    std::string ending = file.extension().string();
    for (char& c : ending)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return ending == ".cube";
}

}  // namespace

ShopLook readShopLook(const Path& file) {
    ShopLook look{.name = file.stem().string(), .file = file};
    const auto bytes = readFile(file, CubeLook::largestFile);
    if (!bytes) {
        look.error = bytes.error();
        return look;
    }
    look.hash = Sha256::of(*bytes);
    const auto cube = CubeLook::parse({reinterpret_cast<const char*>(bytes->data()), bytes->size()});
    if (cube)
        look.grayShift = grayShift(*cube, CubeEncoding::Srgb);
    else
        look.error = cube.error();
    return look;
}

std::vector<Path> LookFolder::files() const {
    std::error_code failed;
    std::vector<Path> all;
    for (std::filesystem::directory_iterator at(m_folder, failed), end; !failed && at != end; at.increment(failed))
        if (isCube(at->path()) && all.size() < mostLooks) all.push_back(at->path());
    std::ranges::sort(all);
    return all;
}

std::vector<ShopLook> LookFolder::list() const {
    std::vector<ShopLook> all;
    for (const Path& file : files()) all.push_back(readShopLook(file));
    return all;
}

Result<Bytes> LookFolder::open(const Sha256& hash) const {
    for (const Path& file : files())
        if (auto bytes = readFile(file, CubeLook::largestFile); bytes && Sha256::of(*bytes) == hash) return bytes;
    return missing(hash.toString());
}

Result<image::Adjustments> LookFolder::resolved(image::Adjustments adjustments) const {
    if (!adjustments.look.starts_with(cubePrefix) || cubeNamed(adjustments.look)) return adjustments;
    std::string name = adjustments.look.substr(cubePrefix.size());
    CubeName wanted;
    if (const auto colon = name.rfind(':'); colon != std::string::npos) {
        CONTONE_TRY(wanted.encoding, contone::parse<CubeEncoding>(name.substr(colon + 1)));
        name.resize(colon);
    }
    const auto all = files();
    const auto found = std::ranges::find(all, name, [](const Path& file) { return file.stem().string(); });
    if (found == all.end()) return missing(name);
    const ShopLook look = readShopLook(*found);
    if (look.error) return fail(*look.error);
    wanted.file = look.hash;
    adjustments.look = toText(wanted);
    return adjustments;
}

}  // namespace contone::render
