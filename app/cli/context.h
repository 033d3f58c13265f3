// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Context: what every command gets: where things are, how to speak, and the shop, opened when first needed.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>

#include "app/host/exit_codes.h"
#include "app/host/places.h"
#include "app/host/shop_host.h"
#include "core/render/colour_tables.h"
#include "core/vault/derivative_cache.h"
#include "core/words/locale.h"

namespace contone::cli {

using app::exitInternal, app::exitOk, app::exitSeveral, app::exitUsage, app::exitCodeOf;

/// Lives for one run of the program. One thread.
class Context {
  public:
    std::string home, share;      ///< as given on the command line; may be empty
    std::string person, pinFile;  ///< who does it, by PIN; empty: whoever started the program
    bool json = false;

    ~Context();

    app::Places places() const { return app::Places::find(home, share); }
    /// The agent's shop when an agent runs, else a shop in this process. While another program without a socket holds
    /// the orders it waits, ten seconds at most, and says so. Fails as ShopHost::open.
    Result<shop::Shop*> shop();
    /// Only after shop(): whether an agent does the printing.
    bool hasAgent() const { return !m_host; }
    /// Prints in this process when no agent does.
    void printHere();
    /// What reads photos: one for the run of the program.
    decode::Decoder& decoder();
    /// Colour conversions: kept for the run of the program, and on disk for the next.
    std::shared_ptr<render::ColourTables> tables();
    /// As profileNamed(); opened once.
    Result<icc::Profile> profile(const std::string& nameOrPath);
    /// Rendered pages of earlier runs; null when they cannot be kept, which only costs time.
    vault::DerivativeCache* pages();
    Result<const catalog::Catalog*> catalog();
    Result<const print::Models*> models();

    /// How people are spoken to: facts, findings, errors and amounts by LC_ALL, LC_MESSAGES or LANG. The program's own
    /// labels are English, JSON is the same everywhere.
    const words::Locale& locale() const { return m_locale; }
    /// A line for people: stdout, or stderr when stdout carries JSON.
    void say(const std::string& line) const;
    /// The one object of --json. Nothing without --json.
    void answer(const nlohmann::json& object) const;
    /// An error for people on stderr; with --json also as the answer. Returns the exit code.
    int complain(const Error& error) const;
    void complainAbout(const std::string& what, const Error& error) const;

  private:
    Result<shop::Shop*> openShop();
    Result<shop::Shop*> findShop();
    Result<void> signIn(shop::Shop& shop);
    const words::Locale m_locale = words::Locale::ofEnvironment();
    std::unique_ptr<vault::DerivativeCache> m_pages;
    std::string m_session;
    std::unique_ptr<decode::Decoder> m_decoder;  // first: what reads photos outlives who uses it
    std::unique_ptr<app::ShopHost> m_host;
    std::unique_ptr<shop::Shop> m_remote;
    std::shared_ptr<render::ColourTables> m_tables;
    std::map<std::string, icc::Profile> m_profiles;
    std::unique_ptr<catalog::Catalog> m_catalog;
    std::unique_ptr<print::Models> m_models;
};

/// {"code":…,"reason":…,"message":…}
nlohmann::json toJson(const Error& error);

}  // namespace contone::cli
