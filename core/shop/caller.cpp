// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// How a caller is written down.
#include "core/shop/caller.h"

namespace contone::shop {

std::string actorOf(const Caller& caller) {
    std::string role = contone::toString(caller.role);
    if (!caller.person.empty()) return role + "/" + caller.person;
    switch (caller.peer.kind) {
        case Peer::Kind::InProcess:
            break;
        case Peer::Kind::User:
            return role + "/uid-" + std::to_string(caller.peer.uid);
        case Peer::Kind::Device:
            return role + "/" + caller.peer.device;
    }
    return role;
}

}  // namespace contone::shop
