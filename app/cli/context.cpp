// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Opening the shop, and the two ways of speaking.
#include "app/cli/context.h"

#include <chrono>
#include <nlohmann/json.hpp>
#include <thread>
#include <utility>

#include "app/cli/page_request.h"
#include "app/host/exit_codes.h"
#include "app/host/secret_input.h"
#include "app/host/terminal.h"
#include "core/shop/wire/remote_shop.h"
#include "core/words/sentences.h"
#include "printers/models/load_models.h"

namespace contone::cli {

Result<shop::Shop*> Context::shop() {
    // Another command may hold the orders for a moment, or an agent that is just starting.
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (bool isTold = false;;) {
        auto opened = openShop();
        if (opened || opened.error().reason != "store-in-use" || std::chrono::steady_clock::now() > until)
            return opened;
        if (!std::exchange(isTold, true))
            app::tell(stderr, "contone: Another program is using the orders. Waiting for it.");
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
    }
}

Context::~Context() {
    if (m_session.empty()) return;
    if (const auto shop = findShop()) (void)(*shop)->ask(shop::SignOut{m_session});  // else it ends by itself
}

Result<shop::Shop*> Context::openShop() {
    CONTONE_TRY(shop::Shop* const shop, findShop());
    if (!person.empty() && m_session.empty()) CONTONE_CHECK(signIn(*shop));
    return shop;
}

Result<void> Context::signIn(shop::Shop& shop) {
    CONTONE_TRY(const std::string pin, app::readSecret("PIN of " + person, pinFile));
    CONTONE_TRY(shop::Session session, shop.ask(shop::SignIn{person, pin}));
    m_session = session.secret;
    shop.useSession(std::move(session.secret));
    return {};
}

Result<shop::Shop*> Context::findShop() {
    if (m_host) return &m_host->shop();
    if (m_remote) return m_remote.get();
    std::error_code failed;
    if (std::filesystem::exists(places().socket(), failed)) {
        auto remote = std::make_unique<shop::RemoteShop>(places().socket());
        const auto answers = remote->ask(shop::ListSetups{});
        if (answers) {
            m_remote = std::move(remote);
            return m_remote.get();
        }
        // The socket of an agent that has gone is left over; one that answers badly must be known.
        if (answers.error().reason != "agent-unreachable") return std::unexpected(answers.error());
    }
    CONTONE_TRY(m_host, app::ShopHost::open({places(), decoder(), Log::toStderr(Log::Level::Error)}));
    app::tellClosed("contone", m_host->filesClosed());
    return &m_host->shop();
}

void Context::printHere() {
    if (m_host) m_host->startPrinting();
}

decode::Decoder& Context::decoder() {
    if (!m_decoder) m_decoder = std::make_unique<decode::Decoder>(places().decoder());
    return *m_decoder;
}

std::shared_ptr<render::ColourTables> Context::tables() {
    if (!m_tables) m_tables = std::make_shared<render::ColourTables>(places().tableCache());
    return m_tables;
}

Result<icc::Profile> Context::profile(const std::string& nameOrPath) {
    if (const auto kept = m_profiles.find(nameOrPath); kept != m_profiles.end()) return kept->second;
    CONTONE_TRY(icc::Profile opened, profileNamed(nameOrPath));
    return m_profiles.emplace(nameOrPath, std::move(opened)).first->second;
}

vault::DerivativeCache* Context::pages() {
    if (!m_pages)
        if (auto opened = vault::DerivativeCache::open(places().pages(), {})) m_pages = std::move(*opened);
    return m_pages.get();
}

Result<const catalog::Catalog*> Context::catalog() {
    if (!m_catalog) {
        CONTONE_TRY(catalog::Catalog loaded, catalog::Catalog::load(places().share));
        m_catalog = std::make_unique<catalog::Catalog>(std::move(loaded));
    }
    return m_catalog.get();
}

Result<const print::Models*> Context::models() {
    if (!m_models) {
        CONTONE_TRY(auto loaded, printers::loadModels(places().share));
        m_models = std::make_unique<print::Models>(std::move(loaded));
    }
    return m_models.get();
}

void Context::say(const std::string& line) const {
    app::tell(json ? stderr : stdout, line);
}

void Context::answer(const nlohmann::json& object) const {
    // Names of files need not be UTF-8; the answer is, whatever they are called.
    if (json) app::tellJson(object.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

nlohmann::json toJson(const Error& error) {
    return {
        {"code", toString(error.code)}, {"reason", error.reason}, {"message", error.message}, {"detail", error.detail}};
}

void Context::complainAbout(const std::string& what, const Error& error) const {
    Error translated = error;
    translated.message = words::sentence(m_locale, error);
    app::complain(what, translated);
}

int Context::complain(const Error& error) const {
    complainAbout("contone", error);
    answer({{"error", toJson(error)}});
    return exitCodeOf(error);
}

}  // namespace contone::cli
