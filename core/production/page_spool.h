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
    /// The page of `recipe`, rendered now or found. Fails as render::renderPage; NotFound "original-missing".
    /// A page whose file no longer has the hash that was noted is rendered again.
    Result<PageDocument> document(const Sha256& recipe, const std::string& recipeJson, const print::PrinterSetup& setup,
                                  print::Printer& printer, const print::Ticket& ticket);
    /// Renders the recipe anew and compares with the raster hash that a sheet recorded. Fails as document().
    Result<render::Rerender> compare(const Sha256& recipe, const std::string& recipeJson, const Sha256& recorded);
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
    /// The recipe that has this hash, and its originals, whole.
    Result<render::Recipe> checkedRecipe(const Sha256& hash, const std::string& json) const;
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
