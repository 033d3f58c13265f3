// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PageSpool: renders the pages of sheets into files for their printer, and deletes them when no sheet needs them.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <set>

#include "core/decode/decoder.h"
#include "core/production/sheet_printer.h"
#include "core/render/colour_tables.h"
#include "core/render/page_cache.h"
#include "core/vault/vault.h"
#include "icc/profile.h"

namespace contone::production {

/// One spool folder for one process. Thread-safe for different recipes; the same recipe is rendered once at a time.
class PageSpool {
  public:
    /// `pages`, `vault` and `decoder` outlive it. Makes `folder` and `tableCache`, and keeps the latter to its newest
    /// forty tables. `pages`: rendered pages for the next time, by whatever printer. `threads`: for one render.
    static Result<std::unique_ptr<PageSpool>> open(const Path& folder, const Path& tableCache,
                                                   vault::DerivativeCache& pages, vault::Vault& vault,
                                                   decode::Decoder& decoder, int threads);
    /// The page as this printer takes it, made now or found. Fails as render::renderPage; NotFound "original-missing";
    /// Conflict "setup-changed" for a calibration page of another medium. A page whose file no longer has the hash that
    /// was noted is made again.
    /// `recipe`: the name that sheets have for the page, Sheet::recipe.
    Result<PageDocument> document(const Sha256& recipe, const print::Page& page, const print::PrinterSetup& setup,
                                  print::Printer& printer, const print::Ticket& ticket);
    /// Makes the page anew and compares with the raster hash that a sheet recorded. `medium`: that it was printed on.
    /// Fails as document().
    Result<render::Rerender> compare(const print::Page& page, const print::Medium& medium, const Sha256& recorded);
    /// Nothing that shows this original stays among the pages kept for the next time.
    Result<void> forget(const Sha256& original) { return m_pages.forget(original); }
    /// Removes the pages of all recipes but those that `wanted` answers; none if it fails. No page is made meanwhile,
    /// so what `wanted` reads from the ledger covers every page that is here.
    Result<void> keepOnly(const std::function<Result<std::set<Sha256>>()>& wanted);
    /// The output profile whose hash this is, from the vault or bundled.
    Result<icc::Profile> profile(const Sha256& hash) const;

  private:
    PageSpool(Path folder, Path tableCache, vault::DerivativeCache& pages, vault::Vault& vault,
              decode::Decoder& decoder, int threads)
        : m_folder(std::move(folder)),
          m_tables(std::make_shared<render::ColourTables>(std::move(tableCache))),
          m_pages(pages),
          m_vault(vault),
          m_decoder(decoder),
          m_threads(threads) {}
    Path fileOf(const Sha256& recipe, const print::PrinterSetup& setup) const;
    /// Whether the page's originals are here, whole.
    Result<void> checkOriginals(const print::Page& page) const;
    /// A page of each kind, into `sink`.
    Result<render::RenderedPage> make(const render::Recipe& recipe, const print::Medium& medium,
                                      image::StripSink& sink) const;
    Result<render::RenderedPage> make(const print::CalibrationPage& page, const print::Medium& medium,
                                      image::StripSink& sink) const;
    /// The same anew, beside what was recorded.
    Result<render::Rerender> makeAgain(const render::Recipe& recipe, const print::Medium& medium,
                                       const Sha256& recorded) const;
    Result<render::Rerender> makeAgain(const print::CalibrationPage& page, const print::Medium& medium,
                                       const Sha256& recorded) const;
    /// Set text or a mask. Fails: NotFound "stencil-missing"; Corrupt "stencil-damaged".
    Result<std::shared_ptr<const image::Stencil>> stencil(const Sha256& hash) const;
    Result<render::Ingredients> ingredientsOf(const render::Recipe& recipe) const;
    render::RenderOptions options() const;
    Path m_folder;
    std::shared_ptr<render::ColourTables> m_tables;
    vault::DerivativeCache& m_pages;
    vault::Vault& m_vault;
    decode::Decoder& m_decoder;
    int m_threads;
    std::mutex m_mutex;  ///< one render at a time: the machine's cores belong to it
};

}  // namespace contone::production
