// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Waiting with a deadline, killing, and telling why a child died.
#include "core/decode/child.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "core/decode/zygote_client.h"
#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds kLook{50};        // how often a wait looks at the cancel token
constexpr milliseconds kObituary{1000};  // the zygote tells how a child died; it may have died as well

}  // namespace

Child::Child(FileDescriptor socket, FileDescriptor process, std::shared_ptr<Zygote> zygote)
    : m_socket(std::move(socket)),
      m_process(std::move(process)),
      m_zygote(std::move(zygote)),
      m_buffer(largestMessage) {}

Child& Child::operator=(Child&& other) noexcept {
    kill();
    m_socket = std::move(other.m_socket);
    m_process = std::move(other.m_process);
    m_zygote = std::move(other.m_zygote);
    m_buffer = std::move(other.m_buffer);
    m_isLost = other.m_isLost;
    return *this;
}

Child::~Child() {
    kill();
}

void Child::kill() {
    if (m_process.isOpen()) ::syscall(SYS_pidfd_send_signal, m_process.get(), SIGKILL, nullptr, 0);
    m_process.reset();
    m_socket.reset();
}

std::unexpected<Error> Child::forged(const char* what) {
    kill();
    if (m_zygote) m_zygote->retire();
    return image::photoProblem("photo-harmful", std::string("the reader said what cannot be: ") + what);
}

std::unexpected<Error> Child::died(const Ended* how) {
    kill();
    if (how == nullptr) {
        m_isLost = true;
        if (m_zygote) m_zygote->retire();
        return image::photoProblem("photo-harmful", "the reader is gone");
    }
    if (how->code == CLD_EXITED)
        return image::photoProblem("photo-harmful", "the reader ended with status " + std::to_string(how->status));
    const char* name = ::sigabbrev_np(how->status);
    const std::string signal = name == nullptr ? std::to_string(how->status) : std::string("SIG") + name;
    if (how->status == SIGXCPU) return image::photoProblem("photo-too-slow", "processor time used up");
    if (how->status == SIGKILL) return image::photoProblem("photo-memory", "the system ended the reader: " + signal);
    // A crash may be an attack that guesses addresses: the next child gets new ones.
    if (m_zygote) m_zygote->retire();
    return image::photoProblem("photo-harmful", how->status == SIGSYS ? "the reader made a forbidden call: SIGSYS"
                                                                      : "the reader was ended by " + signal);
}

Result<void> Child::send(std::span<const std::byte> packet, std::span<const int> descriptors) {
    // When it is dead, its last words and how it died are still to be received.
    if (sendPacket(m_socket.get(), packet, descriptors, Patience::Never) == EAGAIN) return forged("it does not listen");
    return {};
}

Result<void> Child::awaitPacket(milliseconds limit, const CancelToken& cancel) {
    const auto end = Clock::now() + limit;
    auto grace = Clock::time_point::max();  // a dead child's last packets come first
    for (;;) {
        if (auto stopped = cancel.check(); !stopped) {
            kill();
            return stopped;
        }
        const auto now = Clock::now();
        if (now >= end) {
            kill();
            return image::photoProblem("photo-too-slow", "no word for " + std::to_string(limit.count()) + " ms");
        }
        if (now >= grace) return died(nullptr);
        const auto left = std::chrono::ceil<milliseconds>(std::min(end, grace) - now);
        const bool isDead = grace != Clock::time_point::max();
        std::array<pollfd, 2> both{pollfd{m_socket.get(), POLLIN, 0}, pollfd{isDead ? -1 : m_process.get(), POLLIN, 0}};
        ::poll(both.data(), both.size(), static_cast<int>(std::min(left, kLook).count()));
        if (both[0].revents != 0) return {};
        if (both[1].revents != 0) grace = Clock::now() + kObituary;
    }
}

Result<std::span<const std::byte>> Child::receive(milliseconds limit, const CancelToken& cancel) {
    if (!m_socket.isOpen()) return image::photoProblem("photo-harmful", "the reader is gone");
    CONTONE_CHECK(awaitPacket(limit, cancel));
    Packet packet = receivePacket(m_socket.get(), m_buffer, TakeDescriptors::No, Patience::Never);
    if (packet.error == ECONNRESET)  // it died before it read all; what it said before comes next
        packet = receivePacket(m_socket.get(), m_buffer, TakeDescriptors::No, Patience::Never);
    if (packet.error == EMSGSIZE) return forged("a packet too long");
    if (packet.error != 0 || packet.bytes.empty()) return died(nullptr);
    if (const auto ended = parse<Ended>(packet.bytes)) return died(&*ended);
    const auto kind = MessageReader(packet.bytes).kind();
    if (!kind) return forged("not a message");
    if (*kind != MessageKind::Problem) return packet.bytes;
    const auto problem = parse<Problem>(packet.bytes);
    const auto all = image::photoProblems();
    if (!problem || problem->number >= all.size()) return forged("an unknown problem");
    return image::photoProblem(all[problem->number].reason, problem->detail);
}

}  // namespace contone::decode
