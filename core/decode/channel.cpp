// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// sendmsg and recvmsg with SCM_RIGHTS.
#include "core/decode/channel.h"

#include <sys/socket.h>

#include <cerrno>
#include <cstring>

namespace contone::decode {
namespace {

constexpr std::size_t mostDescriptors = 2;
struct alignas(cmsghdr) Control {
    std::array<char, CMSG_SPACE(mostDescriptors * sizeof(int))> bytes{};
};

}  // namespace

Result<std::pair<FileDescriptor, FileDescriptor>> makeChannel() {
    std::array<int, 2> ends{};
    if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0)
        return fail(errorFromErrno(errno, "socketpair"));
    return std::pair{FileDescriptor(ends[0]), FileDescriptor(ends[1])};
}

int sendPacket(int socket, std::span<const std::byte> packet, std::span<const int> descriptors, Patience patience) {
    iovec part{const_cast<std::byte*>(packet.data()), packet.size()};
    Control control;
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (!descriptors.empty()) {
        message.msg_control = control.bytes.data();
        message.msg_controllen = CMSG_SPACE(descriptors.size_bytes());
        cmsghdr* head = CMSG_FIRSTHDR(&message);
        head->cmsg_level = SOL_SOCKET;
        head->cmsg_type = SCM_RIGHTS;
        head->cmsg_len = CMSG_LEN(descriptors.size_bytes());
        std::memcpy(CMSG_DATA(head), descriptors.data(), descriptors.size_bytes());
    }
    const int flags = MSG_NOSIGNAL | (patience == Patience::Never ? MSG_DONTWAIT : 0);
    ssize_t sent = -1;
    do sent = ::sendmsg(socket, &message, flags);
    while (sent < 0 && errno == EINTR);
    return sent < 0 ? errno : 0;
}

Packet receivePacket(int socket, std::span<std::byte> buffer, TakeDescriptors take, Patience patience) {
    iovec part{buffer.data(), buffer.size()};
    Control control;
    msghdr message{};
    message.msg_iov = &part;
    message.msg_iovlen = 1;
    if (take == TakeDescriptors::Yes) {
        message.msg_control = control.bytes.data();
        message.msg_controllen = control.bytes.size();
    }
    const int flags = MSG_CMSG_CLOEXEC | (patience == Patience::Never ? MSG_DONTWAIT : 0);
    ssize_t got = -1;
    do got = ::recvmsg(socket, &message, flags);
    while (got < 0 && errno == EINTR);
    Packet packet;
    if (got < 0) {
        packet.error = errno;
        return packet;
    }
    for (cmsghdr* head = CMSG_FIRSTHDR(&message); head != nullptr; head = CMSG_NXTHDR(&message, head)) {
        if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS) continue;
        for (std::size_t at = 0; CMSG_LEN(at + sizeof(int)) <= head->cmsg_len; at += sizeof(int)) {
            int descriptor = -1;
            std::memcpy(&descriptor, CMSG_DATA(head) + at, sizeof descriptor);
            packet.descriptors.emplace_back(descriptor);
        }
    }
    if ((message.msg_flags & MSG_TRUNC) != 0)
        packet.error = EMSGSIZE;
    else
        packet.bytes = buffer.first(static_cast<std::size_t>(got));
    return packet;
}

}  // namespace contone::decode
