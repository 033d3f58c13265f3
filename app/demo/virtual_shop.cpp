// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Starting the parts in the order in which they need each other.
#include "app/demo/virtual_shop.h"

#include <chrono>
#include <thread>

#include "core/shop/wire/remote_shop.h"

namespace contone::demo {

Result<std::unique_ptr<VirtualShop>> VirtualShop::start(const Path& folder, const Path& programs, const Path& share) {
    std::unique_ptr<VirtualShop> shop(new VirtualShop);
    shop->m_folder = folder;
    CONTONE_CHECK(makeDirectories(folder));
    CONTONE_TRY(auto printer, printers::VirtualPrinter::start(folder / "printer", {.programs = programs}));
    shop->m_printer = std::make_unique<printers::VirtualPrinter>(std::move(printer));
    CONTONE_TRY(auto scheduler, printers::PrivateScheduler::start(folder / "cups", {.programs = programs}));
    shop->m_scheduler = std::make_unique<printers::PrivateScheduler>(std::move(scheduler));
    CONTONE_CHECK(shop->m_scheduler->addQueue(queue, printers::QueueKind::Guarded, shop->m_printer->uri()));
    CONTONE_CHECK(shop->startAgent(programs, share));
    return shop;
}

Result<void> VirtualShop::startAgent(const Path& programs, const Path& share) {
    const Path socket = home() / "agent.sock";
    CONTONE_TRY(m_agent, printers::ChildProcess::start((programs / "contone-agent").string(),
                                                       {"--home", home().string(), "--share", share.string()}, {},
                                                       m_folder / "agent.out"));
    m_shop = std::make_unique<shop::RemoteShop>(socket);
    for (int i = 0; i < 200; i++) {
        if (shop::askAll(*m_shop, shop::ListSetups{})) return {};
        if (!m_agent.isRunning()) break;
        std::this_thread::sleep_for(std::chrono::milliseconds(25));
    }
    const auto words = readTextFile(m_folder / "agent.out", 100'000);
    return fail(Code::Unavailable, "agent-unreachable", "The agent did not start.",
                words ? *words : words.error().detail);
}

}  // namespace contone::demo
