// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Counting clients by user, by address, and by network where one machine has many addresses.
#include "core/http/admission_p.h"

#include <arpa/inet.h>

#include <cstring>

#include "core/http/server_core_p.h"

namespace contone::http {
namespace {

std::string keyOf(const Peer& peer) {
    if (peer.transport == Transport::Unix) return "uid " + std::to_string(peer.uid);
    in6_addr v6{};
    if (::inet_pton(AF_INET6, peer.address.c_str(), &v6) != 1) return peer.address;
    // A machine has a whole /64 to choose from (RFC 4291 2.5.4).
    return std::string(reinterpret_cast<const char*>(v6.s6_addr), 8);
}

}  // namespace

Result<void> Admission::enter(const Peer& peer) {
    const bool isStaff = m_limits.isStaff && m_limits.isStaff(peer);
    const int room = m_limits.connections - (isStaff ? 0 : m_limits.keptForStaff);
    if (m_count >= room) return fail(busy(std::to_string(m_count) + " connections"));
    int& own = m_ofPeer[keyOf(peer)];
    if (!isStaff && m_limits.connectionsPerPeer > 0 && own >= m_limits.connectionsPerPeer)
        return fail(busy(std::to_string(own) + " connections of one peer"));
    ++own;
    ++m_count;
    return {};
}

void Admission::leave(const Peer& peer) {
    --m_count;
    const auto own = m_ofPeer.find(keyOf(peer));
    if (--own->second == 0) m_ofPeer.erase(own);
}

}  // namespace contone::http
