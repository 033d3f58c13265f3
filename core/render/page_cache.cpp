// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// An entry is the rows of the raster from the top; its hash is the sheet's raster hash.
#include "core/render/page_cache.h"

#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <span>

#include "core/render/fingerprint.h"
#include "icc/print_colour.h"

namespace contone::render {
namespace {

constexpr int stripRows = 32;

std::uint64_t rowBytes(const Recipe& recipe) {
    return static_cast<std::uint64_t>(recipe.raster.width) * recipe.device.bytesPerPixel();
}

std::uint64_t rasterBytes(const Recipe& recipe) {
    return rowBytes(recipe) * static_cast<std::uint64_t>(recipe.raster.height);
}

/// Photos and set texts: what is gone when one of them is forgotten.
std::vector<Sha256> shownBy(const Recipe& recipe) {
    std::vector<Sha256> all = stencilsOf(recipe);
    all.reserve(all.size() + recipe.photos.size());
    for (const RecipePhoto& photo : recipe.photos) all.push_back(photo.original);
    return all;
}

/// Passes a page on and keeps its rows.
class KeepingSink final : public image::StripSink {
  public:
    KeepingSink(image::StripSink& next, vault::DerivativeCache::Pending& kept) : m_next(next), m_kept(kept) {}
    Result<void> begin(const image::PageHeader& header) override { return m_next.begin(header); }
    Result<void> write(image::StripView strip) override {
        const std::size_t bytes = static_cast<std::size_t>(strip.width) * strip.format.bytesPerPixel();
        for (int y = 0; y < strip.rows; ++y) m_kept.write({strip.row<std::byte>(y), bytes});
        return m_next.write(strip);
    }
    Result<void> finish() override { return m_next.finish(); }

  private:
    image::StripSink& m_next;
    vault::DerivativeCache::Pending& m_kept;
};

/// Reads the rows of an entry of `recipe` from the top.
class KeptRows {
  public:
    explicit KeptRows(FileDescriptor file) : m_file(std::move(file)) {}
    Result<void> read(image::MutableStrip strip) {
        for (int y = 0; y < strip.rows; ++y)
            CONTONE_CHECK(readRow(
                {strip.row<std::byte>(y), static_cast<std::size_t>(strip.width) * strip.format.bytesPerPixel()}));
        return {};
    }

  private:
    Result<void> readRow(std::span<std::byte> row) {
        while (!row.empty()) {
            const ssize_t n = ::pread(m_file.get(), row.data(), row.size(), static_cast<off_t>(m_at));
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return fail(errorFromErrno(n < 0 ? errno : EIO, "read a kept page"));
            row = row.subspan(static_cast<std::size_t>(n));
            m_at += static_cast<std::uint64_t>(n);
        }
        return {};
    }
    FileDescriptor m_file;
    std::uint64_t m_at = 0;
};

/// What renderPage would hand to the sink, from the entry.
Result<void> replay(const Recipe& recipe, const Ingredients& ingredients, const RenderOptions& options,
                    FileDescriptor file, image::StripSink& sink) {
    image::PageHeader header{recipe.raster, recipe.device, recipe.dpiX, recipe.dpiY, {}};
    if (options.embedProfile) {
        const auto bytes = ingredients.outputProfile.bytes();
        header.iccProfile.assign(bytes.begin(), bytes.end());
    }
    CONTONE_CHECK(sink.begin(header));
    KeptRows rows(std::move(file));
    image::Picture strip = image::Picture::ofSize({recipe.raster.width, stripRows}, recipe.device);
    for (int y = 0; y < recipe.raster.height; y += stripRows) {
        if (options.cancel.isCancelled()) return fail(Code::Cancelled, "cancelled", "Cancelled.");
        image::MutableStrip part = strip.strip();
        part.rows = std::min(stripRows, recipe.raster.height - y);
        CONTONE_CHECK(rows.read(part));
        CONTONE_CHECK(sink.write(part));
        if (options.progress) options.progress(static_cast<double>(y + part.rows) / recipe.raster.height);
    }
    return sink.finish();
}

/// What would make this page now; nothing when a photo does not open or is not the one of the recipe: renderPage says
/// why.
std::optional<std::string> fingerprintNow(const Recipe& recipe, const Ingredients& ingredients) {
    const auto blackPoint = icc::effectiveBlackPoint(ingredients.outputProfile, recipe.intent, recipe.blackPoint);
    std::vector<std::string> libraries;
    for (const Frame& frame : recipe.frames) {
        if (frame.photo < 0 || frame.photo >= static_cast<int>(recipe.photos.size())) return {};
        const RecipePhoto& photo = recipe.photos[static_cast<std::size_t>(frame.photo)];
        const auto source = ingredients.openPhoto(frame.photo, {recipe.intent, blackPoint, 1, photo.inks});
        if (!source) return {};
        const image::PhotoFacts& facts = (*source)->facts();
        if (image::turnedSize(facts, {photo.turn.by, 0}) != photo.uprightSize ||
            facts.colour.profile != photo.sourceProfile)
            return {};
        libraries.push_back(facts.libraries);
    }
    return fingerprintOf(libraries);
}

std::optional<vault::DerivativeCache::Found> lookUp(const Recipe& recipe, const Sha256& hash,
                                                    const Ingredients& ingredients, vault::DerivativeCache& cache) {
    if (!cache.mayHave(hash) || ingredients.outputProfile.hash() != recipe.outputProfile) return {};
    const auto fingerprint = fingerprintNow(recipe, ingredients);
    if (!fingerprint) return {};
    auto found = cache.find(hash, *fingerprint);
    if (found && found->what.bytes != rasterBytes(recipe)) return {};
    return found;
}

/// Compares a page that is being made with one that was kept.
class ComparingSink final : public image::StripSink {
  public:
    ComparingSink(FileDescriptor kept, icc::PrintColour colour)
        : m_kept(std::move(kept)), m_colour(std::move(colour)) {}
    Result<void> begin(const image::PageHeader& header) override {
        m_difference.pixels = static_cast<std::int64_t>(header.size.width) * header.size.height;
        return {};
    }
    Result<void> write(image::StripView strip) override {
        image::Picture before = image::Picture::ofSize({strip.width, strip.rows}, strip.format);
        CONTONE_CHECK(m_kept.read(before.strip()));
        for (int y = 0; y < strip.rows; ++y) compare(strip, before.strip(), y);
        return {};
    }
    Result<void> finish() override {
        if (m_difference.pixels > 0) m_difference.meanDeltaE = m_sum / static_cast<double>(m_difference.pixels);
        return {};
    }
    const PageDifference& difference() const { return m_difference; }

  private:
    void compare(image::StripView now, image::StripView before, int y) {
        const std::size_t pixel = now.format.bytesPerPixel();
        const auto *a = now.row<std::byte>(y), *b = before.row<std::byte>(y);
        m_now.clear();
        m_before.clear();
        for (int x = 0; x < now.width; ++x, a += pixel, b += pixel) {
            if (std::equal(a, a + pixel, b)) continue;  // most are
            append(m_now, a, now.format);
            append(m_before, b, now.format);
        }
        const int differing = static_cast<int>(m_now.size()) / image::count(now.format.channels);
        for (const double d : m_colour.deltaE(m_now, m_before)) {
            m_sum += d;
            m_difference.maxDeltaE = std::max(m_difference.maxDeltaE, d);
        }
        m_difference.differing += differing;
    }
    static void append(std::vector<float>& samples, const std::byte* pixel, image::PixelFormat format) {
        for (int c = 0; c < image::count(format.channels); ++c)
            if (format.depth == image::Depth::U8)
                samples.push_back(static_cast<float>(std::to_integer<int>(pixel[c])) / 255.0F);
            else
                samples.push_back(static_cast<float>(std::to_integer<int>(pixel[2 * c]) |
                                                     std::to_integer<int>(pixel[2 * c + 1]) << 8) /
                                  65535.0F);
    }
    KeptRows m_kept;
    icc::PrintColour m_colour;
    PageDifference m_difference;
    double m_sum = 0;
    std::vector<float> m_now, m_before;
};

/// For a page of which only the hash is wanted.
class NoSink final : public image::StripSink {
  public:
    Result<void> begin(const image::PageHeader&) override { return {}; }
    Result<void> write(image::StripView) override { return {}; }
    Result<void> finish() override { return {}; }
};

}  // namespace

Result<RenderedPage> renderPageOnce(const Recipe& recipe, const Ingredients& ingredients, image::StripSink& sink,
                                    const RenderOptions& options, vault::DerivativeCache* cache) {
    if (!cache) return renderPage(recipe, ingredients, sink, options);
    const Sha256 hash = hashOf(recipe);
    const auto turn = cache->turn(hash);
    if (auto found = lookUp(recipe, hash, ingredients, *cache)) {
        std::uint64_t warnings = 0;
        const std::string& note = found->what.note;
        std::from_chars(note.data(), note.data() + note.size(), warnings);
        CONTONE_CHECK(replay(recipe, ingredients, options, std::move(found->file), sink));
        return RenderedPage{hash, found->what.hash, image::PhotoWarnings(warnings), found->what.maker};
    }
    vault::DerivativeCache::Pending kept = cache->begin(rasterBytes(recipe));
    KeepingSink keeping(sink, kept);
    CONTONE_TRY(RenderedPage page, renderPage(recipe, ingredients, keeping, options));
    kept.keep({hash, page.fingerprint, shownBy(recipe), std::to_string(page.warnings.bits()), page.rasterHash, 0});
    return page;
}

Result<Rerender> rerender(const Recipe& recipe, const Ingredients& ingredients, const Sha256& recorded,
                          const RenderOptions& options, vault::DerivativeCache& cache) {
    const Sha256 hash = hashOf(recipe);
    if (auto kept = cache.find(hash, recorded); kept && kept->what.bytes == rasterBytes(recipe)) {
        CONTONE_TRY(icc::PrintColour colour, icc::PrintColour::create(ingredients.outputProfile));
        ComparingSink comparing(std::move(kept->file), std::move(colour));
        CONTONE_TRY(RenderedPage page, renderPage(recipe, ingredients, comparing, options));
        const bool isSame = page.rasterHash == recorded;
        return Rerender{std::move(page), isSame ? std::nullopt : std::optional(comparing.difference())};
    }
    NoSink nowhere;
    CONTONE_TRY(RenderedPage page, renderPage(recipe, ingredients, nowhere, options));
    return Rerender{std::move(page), {}};
}

}  // namespace contone::render
