// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One end of a socket that carries packets and descriptors (AF_UNIX, SOCK_SEQPACKET).
#pragma once

#include <array>
#include <span>
#include <utility>
#include <vector>

#include "core/base/file.h"

namespace contone::decode {

/// A connected pair, close-on-exec. Fails as errorFromErrno.
Result<std::pair<FileDescriptor, FileDescriptor>> makeChannel();

/// Wait: until there is room. Never: no room is a failure (EAGAIN), for a peer that may not read on purpose.
enum class Patience { Wait, Never };
/// Sends one packet with at most 2 descriptors. 0, or errno.
int sendPacket(int socket, std::span<const std::byte> packet, std::span<const int> descriptors, Patience patience);

enum class TakeDescriptors { No, Yes };
/// A packet that lies in `buffer` of the one who received it.
struct Packet {
    std::span<const std::byte> bytes;         ///< empty: the other side is gone (or sent nothing at all)
    std::vector<FileDescriptor> descriptors;  ///< those that came along; with No the kernel throws them away
    int error = 0;                            ///< errno; EMSGSIZE: longer than the buffer
};
Packet receivePacket(int socket, std::span<std::byte> buffer, TakeDescriptors take, Patience patience);

}  // namespace contone::decode
