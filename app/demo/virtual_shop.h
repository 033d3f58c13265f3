// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// VirtualShop: a shop to try things in: a virtual photo printer behind a real, private CUPS scheduler with our guard,
// and a real agent. Everything listens on loopback, lives in one folder and ends with this object.
#pragma once

#include <memory>

#include "core/shop/shop.h"
#include "printers/virtual/child_process.h"
#include "printers/virtual/private_scheduler.h"
#include "printers/virtual/virtual_printer.h"

namespace contone::demo {

class VirtualShop {
  public:
    /// `programs`: the folder of contone-agent and its siblings. `folder` is made; the agent's store is in folder/shop.
    static Result<std::unique_ptr<VirtualShop>> start(const Path& folder, const Path& programs, const Path& share);
    shop::Shop& shop() { return *m_shop; }
    Path home() const { return m_folder / "shop"; }
    printers::VirtualPrinter& printer() { return *m_printer; }
    std::string queueUri() const { return m_scheduler->uri(queue); }
    static constexpr const char* queue = "photo";

  private:
    VirtualShop() = default;
    Result<void> startAgent(const Path& programs, const Path& share);
    Path m_folder;
    std::unique_ptr<printers::VirtualPrinter> m_printer;
    std::unique_ptr<printers::PrivateScheduler> m_scheduler;
    printers::ChildProcess m_agent;
    std::unique_ptr<shop::Shop> m_shop;
};

}  // namespace contone::demo
