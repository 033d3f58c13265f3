// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Renders a page into the document of its route, and writes a note of its raster hash beside it.
#include "core/production/page_spool.h"

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <functional>

#include "core/image/strip_sink.h"
#include "core/print/calibration.h"
#include "core/render/cube_look.h"
#include "core/render/pipeline.h"

namespace contone::production {

namespace {

constexpr std::size_t largestProfile = 16'000'000;  ///< bytes, as icc::Profile takes them

/// Colour tables are 3 MB each and made again in 0.2 s: the forty that were written last are kept, and nothing that a
/// killed process left half-written an hour ago.
void tidyTables(const Path& folder) {
    namespace fs = std::filesystem;
    std::error_code ignored;  // what cannot be removed now is removed next time
    std::vector<std::pair<fs::file_time_type, Path>> tables;
    for (const auto& entry : fs::directory_iterator(folder, ignored)) {
        const fs::file_time_type written = entry.last_write_time(ignored);
        if (entry.path().extension() != ".part")
            tables.emplace_back(written, entry.path());
        else if (written < fs::file_time_type::clock::now() - std::chrono::hours(1))
            fs::remove(entry.path(), ignored);
    }
    std::ranges::sort(tables, std::greater());
    for (std::size_t i = 40; i < tables.size(); i++) fs::remove(tables[i].second, ignored);
}

/// The page in this file, if it still is what its note says: "<raster hash> <file hash> <fingerprint>".
std::optional<PageDocument> written(const Path& file, const Path& note) {
    const auto text = readTextFile(note, 10'000);
    if (!text || text->size() < 130) return std::nullopt;
    const auto raster = Sha256::parse(text->substr(0, 64)), whole = Sha256::parse(text->substr(65, 64));
    const auto bytes = readFile(file, std::size_t{1} << 31);
    if (!bytes || !raster || !whole || Sha256::of(*bytes) != *whole) return std::nullopt;
    return PageDocument{file, *raster, text->substr(130)};
}

/// Device pixels as they are: nothing between the rulers and the paper.
Result<image::Picture> drawn(const print::CalibrationPage& page, const print::Medium& medium) {
    if (page.medium != medium.id)
        return fail(Code::Conflict, "setup-changed", "This calibration print is for another medium. Print it again.",
                    page.medium);
    return print::calibrationPage(medium, page.device);
}

}  // namespace

Result<std::unique_ptr<PageSpool>> PageSpool::open(const Path& folder, const Path& tableCache,
                                                   vault::DerivativeCache& pages, vault::Vault& vault,
                                                   decode::Decoder& decoder, int threads) {
    CONTONE_CHECK(makeDirectories(folder, Access::Private));
    CONTONE_CHECK(makeDirectories(tableCache, Access::Private));
    tidyTables(tableCache);
    return std::unique_ptr<PageSpool>(new PageSpool(folder, tableCache, pages, vault, decoder, threads));
}

// A document is made for one printer: raster type, medium name and finish stand in it. The recipe knows only pixels.
Path PageSpool::fileOf(const Sha256& recipe, const print::PrinterSetup& setup) const {
    const Sha256 printer = Sha256::of(std::string(print::toString(setup.route.kind)) + "\n" + setup.route.uri + "\n" +
                                      setup.model + "\n" + setup.medium + "\n" + setup.finish);
    return m_folder / (recipe.toString() + "-" + printer.toString().substr(0, 16));
}

Result<icc::Profile> PageSpool::profile(const Sha256& hash) const {
    for (const icc::Profile& bundled :
         {icc::Profile::syntheticPhotoRgb(), icc::Profile::syntheticPhotoCmyk(), icc::Profile::srgb(),
          icc::Profile::adobeRgbCompatible(), icc::Profile::displayP3()})
        if (bundled.hash() == hash) return bundled;
    CONTONE_TRY(const Bytes bytes, m_vault.read(hash, largestProfile));
    return icc::Profile::fromBytes(bytes);
}

// A disk that has forgotten a bit must not print a damaged photo: the original is what it was, or it is told.
Result<void> PageSpool::checkOriginals(const print::Page& page) const {
    for (const Sha256& original : print::originalsOf(page)) CONTONE_CHECK(m_vault.check(original));
    return {};
}

// As with originals: letters that a disk has changed are not printed.
Result<std::shared_ptr<const image::Stencil>> PageSpool::stencil(const Sha256& hash) const {
    if (!m_vault.contains(hash))
        return fail(Code::NotFound, "stencil-missing", "The text or a mask of this page is not here any more.",
                    hash.toString());
    const auto bytes = m_vault.read(hash, image::Stencil::mostBytes);
    const bool isDamaged = bytes ? Sha256::of(*bytes) != hash : bytes.error().code == Code::Corrupt;
    if (isDamaged)
        return fail(Code::Corrupt, "stencil-damaged", "The text or a mask of this page is damaged. Order it again.",
                    hash.toString());
    if (!bytes) return fail(bytes.error());
    CONTONE_TRY(image::Stencil stencil,
                image::parseStencil({reinterpret_cast<const char*>(bytes->data()), bytes->size()}));
    return std::make_shared<const image::Stencil>(std::move(stencil));
}

Result<render::Ingredients> PageSpool::ingredientsOf(const render::Recipe& recipe) const {
    CONTONE_TRY(icc::Profile output, profile(recipe.outputProfile));
    return render::Ingredients{
        [&](int index, const image::PhotoRequest& request) -> Result<std::unique_ptr<image::PhotoSource>> {
            CONTONE_TRY(FileDescriptor fd, m_vault.openBlob(recipe.photos[static_cast<std::size_t>(index)].original));
            return m_decoder.open(std::move(fd), request);
        },
        std::move(output), m_tables,
        [&](const Sha256& look) { return m_vault.read(look, render::CubeLook::largestFile); },
        [&](const Sha256& hash) { return stencil(hash); }};
}

render::RenderOptions PageSpool::options() const {
    render::RenderOptions options;
    options.threads = m_threads;
    options.embedProfile = false;
    return options;
}

Result<PageDocument> PageSpool::document(const Sha256& recipe, const print::Page& page,
                                         const print::PrinterSetup& setup, print::Printer& printer,
                                         const print::Ticket& ticket) {
    std::unique_lock lock(m_mutex);
    const Path file = fileOf(recipe, setup), note = Path(file).concat(".hashes");
    if (auto made = written(file, note)) return std::move(*made);
    // Without the lock: a printer that does not answer must not hold up the pages of the others.
    lock.unlock();
    const auto sink = printer.documentSink(file, ticket);
    lock.lock();
    if (auto made = written(file, note)) return std::move(*made);
    CONTONE_CHECK(checkOriginals(page));
    CONTONE_TRY(const render::RenderedPage made,
                std::visit([&](const auto& one) { return make(one, ticket.medium, *sink); }, page));
    CONTONE_TRY(const Bytes bytes, readFile(file, std::size_t{1} << 31));
    CONTONE_CHECK(writeFileDurably(
        note, made.rasterHash.toString() + " " + Sha256::of(bytes).toString() + " " + made.fingerprint));
    return PageDocument{file, made.rasterHash, made.fingerprint};
}

Result<render::RenderedPage> PageSpool::make(const render::Recipe& recipe, const print::Medium&,
                                             image::StripSink& sink) const {
    CONTONE_TRY(const render::Ingredients ingredients, ingredientsOf(recipe));
    return render::renderPageOnce(recipe, ingredients, sink, options(), &m_pages);
}

Result<render::RenderedPage> PageSpool::make(const print::CalibrationPage& page, const print::Medium& medium,
                                             image::StripSink& sink) const {
    CONTONE_TRY(const image::Picture picture, drawn(page, medium));
    CONTONE_CHECK(sink.begin({picture.size, picture.format, medium.dpiX, medium.dpiY, {}}));
    CONTONE_CHECK(sink.write(picture.strip()));
    CONTONE_CHECK(sink.finish());
    render::RenderedPage made;
    made.rasterHash = image::rasterHash(picture);
    return made;
}

Result<render::Rerender> PageSpool::compare(const print::Page& page, const print::Medium& medium,
                                            const Sha256& recorded) {
    const std::lock_guard lock(m_mutex);
    CONTONE_CHECK(checkOriginals(page));
    return std::visit([&](const auto& one) { return makeAgain(one, medium, recorded); }, page);
}

Result<render::Rerender> PageSpool::makeAgain(const render::Recipe& recipe, const print::Medium&,
                                              const Sha256& recorded) const {
    CONTONE_TRY(const render::Ingredients ingredients, ingredientsOf(recipe));
    return render::rerender(recipe, ingredients, recorded, options(), m_pages);
}

Result<render::Rerender> PageSpool::makeAgain(const print::CalibrationPage& page, const print::Medium& medium,
                                              const Sha256&) const {
    CONTONE_TRY(const image::Picture picture, drawn(page, medium));
    render::Rerender again;
    again.page.rasterHash = image::rasterHash(picture);
    return again;
}

Result<void> PageSpool::keepOnly(const std::function<Result<std::set<Sha256>>()>& wanted) {
    const std::lock_guard lock(m_mutex);
    CONTONE_TRY(const std::set<Sha256> keep, wanted());
    std::error_code error;
    std::vector<Path> gone;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder, error)) {
        const auto recipe = Sha256::parse(entry.path().filename().string().substr(0, 64));
        if (!recipe || !keep.contains(*recipe)) gone.push_back(entry.path());
    }
    if (error) return fail(errorFromErrno(error.value(), "list " + m_folder.string()));
    for (const Path& page : gone) std::filesystem::remove(page, error);  // one that is already gone is what we want
    return {};
}

}  // namespace contone::production
