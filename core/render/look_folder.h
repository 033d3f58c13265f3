// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// LookFolder: the .cube files in a folder of the shop's, as looks to choose from.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/image/adjustments.h"
#include "core/render/adjustments/cube.h"
#include "core/render/pipeline.h"

namespace contone::render {

/// A .cube file that can be used, or what is wrong with it.
struct ShopLook {
    std::string name;  ///< of the file, without its ending
    Path file;
    Sha256 hash;                 ///< of its bytes
    double grayShift = 0;        ///< as grayShift() says, for sRGB
    std::optional<Error> error;  ///< it cannot be used
};

/// Reads `file` as a look. What is wrong with it stands in the answer.
ShopLook readShopLook(const Path& file);

/// A value. Each call looks at the files as they are now. Thread-safe.
class LookFolder {
  public:
    /// It need not be there.
    explicit LookFolder(Path folder) : m_folder(std::move(folder)) {}
    /// By name; at most 500.
    std::vector<ShopLook> list() const;
    /// The bytes of the look with this hash. Fails: NotFound "look-missing".
    Result<Bytes> open(const Sha256& hash) const;
    /// "cube:<name>" becomes "cube:<hash>", which orders and recipes hold; all else stays. An encoding may follow, as
    /// in CubeName. Fails: NotFound "look-missing"; as CubeLook::parse; Invalid "bad-cube-encoding".
    Result<image::Adjustments> resolved(image::Adjustments adjustments) const;

  private:
    std::vector<Path> files() const;
    Path m_folder;
};

}  // namespace contone::render
