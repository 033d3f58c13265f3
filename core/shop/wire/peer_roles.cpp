// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// From a user of this computer to a caller.
#include "core/shop/wire/peer_roles.h"

namespace contone::shop {

Caller callerOf(const http::Peer& peer, const PeerRoles& roles) {
    // Only the kernel's word about a user of this computer counts so far: whoever comes over a network proves nothing.
    if (peer.transport != http::Transport::Unix) return {.peer = {.kind = Peer::Kind::Device}, .role = Role::Customer};
    Caller caller{.peer = {.kind = Peer::Kind::User, .uid = peer.uid, .pid = peer.pid}, .role = roles.ofGroup};
    if (peer.uid == roles.owner || peer.uid == 0) caller.role = Role::Installer;
    if (const auto user = roles.ofUsers.find(peer.uid); user != roles.ofUsers.end()) caller.role = user->second;
    return caller;
}

}  // namespace contone::shop
