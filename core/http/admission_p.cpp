// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Counting clients by user, by address, and by network where one machine has many addresses.
#include "core/http/admission_p.h"

#include <arpa/inet.h>
#include <sys/resource.h>

#include <algorithm>
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

int Admission::mostOfOneProcess() const {
    rlimit files{};
    if (::getrlimit(RLIMIT_NOFILE, &files) != 0) return m_limits.connectionsPerProcess;
    return static_cast<int>(std::min<rlim_t>(static_cast<rlim_t>(m_limits.connectionsPerProcess), files.rlim_cur / 4));
}

Result<void> Admission::enter(const Peer& peer) {
    const bool isStaff = m_limits.isStaff && m_limits.isStaff(peer);
    const int room = m_limits.connections - (isStaff ? 0 : m_limits.keptForStaff);
    if (m_count >= room) return fail(busy(std::to_string(m_count) + " connections"));
    const auto isFull = [](const auto& counts, const auto& key, int most) {
        const auto own = counts.find(key);
        return most > 0 && own != counts.end() && own->second >= most;
    };
    const std::string key = keyOf(peer);
    if (isFull(m_ofPeer, key, m_limits.connectionsPerPeer))
        return fail(busy(std::to_string(m_limits.connectionsPerPeer) + " connections of one peer"));
    // Of a process in another namespace the kernel tells no number: its user's limit holds.
    if (peer.pid > 0 && isFull(m_ofProcess, peer.pid, mostOfOneProcess()))
        return fail(busy(std::to_string(mostOfOneProcess()) + " connections of one process"));
    ++m_ofPeer[key];
    if (peer.pid > 0) ++m_ofProcess[peer.pid];
    ++m_count;
    return {};
}

void Admission::leave(const Peer& peer) {
    --m_count;
    const auto take = [](auto& counts, const auto& key) {
        const auto own = counts.find(key);
        if (own != counts.end() && --own->second == 0) counts.erase(own);
    };
    take(m_ofPeer, keyOf(peer));
    take(m_ofProcess, peer.pid);
}

}  // namespace contone::http
