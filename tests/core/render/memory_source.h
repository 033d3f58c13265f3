// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A photo in memory, for tests that need to know every pixel of it; and pictures to put into one.
#pragma once

#include <QtGlobal>
#include <algorithm>
#include <cmath>
#include <cstring>
#include <memory>

#include "core/image/photo_source.h"
#include "core/render/pipeline.h"
#include "icc/source.h"

namespace contone::render::testing {

class MemorySource final : public image::PhotoSource {
  public:
    /// `stored`: the rows that come; `fullSize`: of the photo they were reduced from, none: the same.
    MemorySource(image::Picture stored, image::Orientation orientation, image::PixelSize fullSize = {})
        : m_picture(std::move(stored)) {
        m_facts.size = m_picture.size;
        m_facts.storedSize = fullSize.width > 0 ? fullSize : m_picture.size;
        m_facts.colour = icc::sourceColour(icc::Profile::srgb(), image::SourceBasis::Assumed);
        m_facts.orientation = orientation;
        m_facts.pixels = m_picture.format;
    }
    /// Never more than `rows` at a read, as a child whose strips are that high.
    void setStripRows(int rows) { m_stripRows = rows; }
    void setColour(image::SourceColour colour) { m_facts.colour = std::move(colour); }
    const image::PhotoFacts& facts() const override { return m_facts; }
    Result<int> read(image::MutableStrip strip) override {
        const int rows = std::min({strip.rows, m_stripRows, m_picture.size.height - m_row});
        for (int r = 0; r < rows; r++)
            std::memcpy(strip.data + strip.stride * static_cast<std::size_t>(r),
                        m_picture.bytes.data() + m_picture.stride() * static_cast<std::size_t>(m_row + r),
                        m_picture.stride());
        m_row += rows;
        return rows;
    }
    image::PhotoWarnings warnings() const override { return {}; }

  private:
    image::Picture m_picture;
    image::PhotoFacts m_facts;
    int m_row = 0, m_stripRows = 1 << 30;
};

/// The upright picture as a camera that lies like `orientation` would have stored it.
inline image::Picture storedAs(const image::Picture& upright, image::Orientation orientation) {
    const auto p = image::parts(orientation);
    image::Picture stored = image::Picture::ofSize(image::oriented(upright.size, orientation), upright.format);
    const std::size_t pixel = upright.format.bytesPerPixel();
    for (int y = 0; y < stored.size.height; y++)
        for (int x = 0; x < stored.size.width; x++) {
            int ux = p.swap ? y : x, uy = p.swap ? x : y;
            if (p.flipX) ux = upright.size.width - 1 - ux;
            if (p.flipY) uy = upright.size.height - 1 - uy;
            std::memcpy(stored.bytes.data() + stored.stride() * static_cast<std::size_t>(y) +
                            pixel * static_cast<std::size_t>(x),
                        upright.bytes.data() + upright.stride() * static_cast<std::size_t>(uy) +
                            pixel * static_cast<std::size_t>(ux),
                        pixel);
        }
    return stored;
}

/// Smooth and saturated, different in every corner, 8 bit.
inline image::Picture colourful(int width, int height) {
    image::Picture picture = image::Picture::ofSize({width, height}, {image::Channels::Rgb, image::Depth::U8});
    for (int y = 0; y < height; y++)
        for (int x = 0; x < width; x++) {
            const double u = (x + 0.5) / width, v = (y + 0.5) / height;
            auto* p = reinterpret_cast<std::uint8_t*>(picture.bytes.data()) +
                      (static_cast<std::size_t>(y) * static_cast<std::size_t>(width) + static_cast<std::size_t>(x)) * 3;
            p[0] = static_cast<std::uint8_t>(std::lround(255 * u));
            p[1] = static_cast<std::uint8_t>(std::lround(255 * v));
            p[2] = static_cast<std::uint8_t>(std::lround(127.5 + 127.5 * std::sin(9 * u + 5 * v)));
        }
    return picture;
}

/// The tables of this program: making one takes longer than most pages here.
inline std::shared_ptr<ColourTables> sharedTables() {
    static const auto tables = std::make_shared<ColourTables>();
    return tables;
}

/// A one-photo recipe and its ingredients.
struct OnePhoto {
    Recipe recipe;
    Ingredients ingredients;

    OnePhoto(const image::Picture& upright, image::Orientation orientation, image::PixelSize raster,
             const icc::Profile& output)
        : ingredients{{}, output, sharedTables()} {
        const image::Picture stored = storedAs(upright, orientation);
        const icc::Profile source = icc::Profile::srgb();
        recipe.photos.push_back(
            {Sha256::of(upright.bytes), upright.size, orientation, source.hash(), image::SourceBasis::Assumed});
        recipe.raster = raster;
        recipe.frames.push_back({0, {}, {0, 0, raster.width, raster.height}, image::Orientation::Upright});
        recipe.outputProfile = output.hash();
        ingredients.openPhoto = [stored, orientation](
                                    int, const image::PhotoRequest&) -> Result<std::unique_ptr<image::PhotoSource>> {
            return std::make_unique<MemorySource>(stored, orientation);
        };
    }
};

/// Its page in memory; ends the test program when it cannot be rendered.
inline image::Picture rendered(const OnePhoto& photo, int threads = 1) {
    image::PictureSink sink;
    RenderOptions options;
    options.threads = threads;
    const auto page = renderPage(photo.recipe, photo.ingredients, sink, options);
    if (!page) qFatal("%s: %s", page.error().reason.c_str(), page.error().detail.c_str());
    return sink.picture();
}

/// The largest of any sample; 1 << 20 when the sizes differ.
inline int worstDifference(const image::Picture& a, const image::Picture& b) {
    int worst = a.bytes.size() == b.bytes.size() ? 0 : 1 << 20;
    for (std::size_t i = 0; i < std::min(a.bytes.size(), b.bytes.size()) / (a.format.depth == image::Depth::U8 ? 1 : 2);
         i++) {
        const auto at = [&](const image::Picture& p) {
            return p.format.depth == image::Depth::U8 ? static_cast<int>(p.bytes[i])
                                                      : reinterpret_cast<const std::uint16_t*>(p.bytes.data())[i];
        };
        worst = std::max(worst, std::abs(at(a) - at(b)));
    }
    return worst;
}

}  // namespace contone::render::testing
