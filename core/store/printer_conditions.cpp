// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// SqliteStore as the SetupStore: setups, and what is known of their printers.
#include "core/print/production_event.h"
#include "core/store/rows.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

Result<void> SqliteStore::saveSetup(const print::PrinterSetup& setup, const std::string& actor) {
    CONTONE_CHECK(print::checkSetupName(setup.name));
    return m_impl->write([&](db::Database& database) -> Result<void> {
        CONTONE_CHECK(m_impl->record(database, print::setupStream(setup.name), print::SetupSaved{setup}, actor));
        return {};
    });
}

Result<print::PrinterSetup> SqliteStore::setup(const std::string& name) const {
    return m_impl->read([&](db::Database& database) { return readSetup(database, name); });
}

Result<std::vector<print::PrinterSetup>> SqliteStore::setups() const {
    return m_impl->read([&](db::Database& database) { return readSetups(database); });
}

Result<print::PrinterCondition> SqliteStore::condition(const std::string& setup) const {
    return m_impl->read([&](db::Database& database) { return readCondition(database, setup); });
}

Result<print::PrinterCondition> SqliteStore::observe(const std::string& setup,
                                                     const print::PrinterObservation& observation) {
    // Looked at every second and nearly always as it was: the writer is asked only when there is something to write.
    CONTONE_TRY(const print::PrinterCondition known, condition(setup));
    if (print::decideWatch(known, observation).empty()) return known;
    return m_impl->write([&](db::Database& database) -> Result<print::PrinterCondition> {
        CONTONE_TRY(const print::PrinterCondition before, readCondition(database, setup));
        for (const print::PrinterWatchEvent& event : print::decideWatch(before, observation)) {
            const auto record = [&](const auto& fact) {
                return m_impl->record(database, print::setupStream(setup), fact, "agent");
            };
            CONTONE_CHECK(std::visit(record, event));
        }
        return readCondition(database, setup);
    });
}

Result<print::PrinterCondition> SqliteStore::setPaused(const std::string& setup, print::Paused paused,
                                                       const std::string& actor) {
    return m_impl->write([&](db::Database& database) -> Result<print::PrinterCondition> {
        CONTONE_CHECK(readSetup(database, setup));
        CONTONE_TRY(const print::PrinterCondition before, readCondition(database, setup));
        if (before.paused == (paused == print::Paused::Yes)) return before;
        const std::string stream = print::setupStream(setup);
        CONTONE_CHECK(paused == print::Paused::Yes ? m_impl->record(database, stream, print::PrinterPaused{}, actor)
                                                   : m_impl->record(database, stream, print::PrinterResumed{}, actor));
        return readCondition(database, setup);
    });
}

}  // namespace contone::store
