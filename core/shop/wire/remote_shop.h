// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// RemoteShop: the shop of the agent, over its socket. One client for all operations.
#pragma once

#include <memory>

#include "core/base/file.h"
#include "core/shop/shop.h"

namespace contone::shop {

/// The same answers and errors as the service that the agent serves, and besides: Unavailable "agent-unreachable"
/// (nothing was done), "agent-lost" (it may have been done: look first), "agent-slow"; Denied "agent-denied" (not in
/// the socket's group); Internal "agent-answer". An operation that only reads is sent once more when its connection is
/// lost. Connections are opened when needed and kept; an operation that waits has one of its own.
class RemoteShop final : public Shop {
  public:
    explicit RemoteShop(Path socket);
    ~RemoteShop() override;
    Result<std::any> perform(const Operation& operation) override;

  private:
    class Agent;
    std::unique_ptr<Agent> m_agent;
};

}  // namespace contone::shop
