// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Renders into the document sink of the route, beside a note of its raster hash.
#include "core/shop/page_spool.h"

#include <filesystem>

#include "core/decode/open_photo.h"
#include "core/render/pipeline.h"

namespace contone::shop {

Result<std::unique_ptr<PageSpool>> PageSpool::open(const Path& folder, const Path& tableCache, vault::Vault& vault,
                                                   int threads) {
    CONTONE_CHECK(makeDirectories(folder));
    CONTONE_CHECK(makeDirectories(tableCache));
    return std::unique_ptr<PageSpool>(new PageSpool(folder, tableCache, vault, threads));
}

Path PageSpool::fileOf(const Sha256& recipe, print::RouteKind route) const {
    return m_folder / (recipe.toString() + (route == print::RouteKind::Sim ? ".sim" : ".ipp"));
}

Result<icc::Profile> PageSpool::profile(const Sha256& hash) const {
    for (const icc::Profile& bundled :
         {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk(), icc::Profile::srgb(),
          icc::Profile::adobeRgbCompatible(), icc::Profile::displayP3()})
        if (bundled.hash() == hash) return bundled;
    return icc::Profile::fromFile(m_vault.pathOf(hash));
}

Result<print::PageDocument> PageSpool::document(const Sha256& recipeHash, const std::string& recipeJson,
                                                const print::PrinterSetup& setup, print::Printer& printer,
                                                const print::Ticket& ticket) {
    const std::lock_guard lock(m_mutex);
    const Path file = fileOf(recipeHash, setup.route.kind), note = Path(file).concat(".hashes");
    if (const auto text = readTextFile(note, 1000); text && text->size() >= 129) {
        // "<raster hash> <file hash>": a page on disk is trusted only if it still is what was written.
        const auto raster = Sha256::parse(text->substr(0, 64)), whole = Sha256::parse(text->substr(65, 64));
        if (const auto bytes = readFile(file, std::size_t{1} << 31);
            bytes && raster && whole && Sha256::of(*bytes) == *whole)
            return print::PageDocument{file, *raster};
    }
    CONTONE_TRY(const render::Recipe recipe, render::parseRecipe(recipeJson));
    if (render::hashOf(recipe) != recipeHash)
        return fail(Code::Corrupt, "recipe-damaged",
                    "The record of this page cannot be read. Print it again from the order.",
                    "hash of the stored recipe");
    CONTONE_TRY(icc::Profile output, profile(recipe.outputProfile));
    render::Ingredients ingredients{
        [&](int index) -> Result<std::unique_ptr<image::PhotoSource>> {
            CONTONE_TRY(FileDescriptor fd, m_vault.openBlob(recipe.photos[static_cast<std::size_t>(index)].original));
            return decode::openPhoto(std::move(fd));
        },
        [&](int index) -> Result<icc::Profile> {
            CONTONE_TRY(FileDescriptor fd, m_vault.openBlob(recipe.photos[static_cast<std::size_t>(index)].original));
            CONTONE_TRY(const auto source, decode::openPhoto(std::move(fd)));
            CONTONE_TRY(const icc::SourceDecision decision, icc::decideSource(source->facts()));
            return decision.profile;
        },
        std::move(output), m_tableCache};
    const auto sink = printer.documentSink(file, ticket);
    render::RenderOptions options;
    options.threads = m_threads;
    options.embedProfile = false;
    CONTONE_TRY(const render::RenderedPage page, render::renderPage(recipe, ingredients, *sink, options));
    CONTONE_TRY(const Bytes bytes, readFile(file, std::size_t{1} << 31));
    CONTONE_CHECK(writeFileDurably(note, page.rasterHash.toString() + " " + Sha256::of(bytes).toString()));
    return print::PageDocument{file, page.rasterHash};
}

void PageSpool::drop(const std::vector<Sha256>& recipes) {
    const std::lock_guard lock(m_mutex);
    std::error_code ignored;  // a page that is already gone is what we want
    for (const Sha256& recipe : recipes)
        for (const print::RouteKind kind : {print::RouteKind::Sim, print::RouteKind::Direct}) {
            std::filesystem::remove(fileOf(recipe, kind), ignored);
            std::filesystem::remove(Path(fileOf(recipe, kind)).concat(".hashes"), ignored);
        }
}

}  // namespace contone::shop
