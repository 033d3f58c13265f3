// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One thread that accepts and reads.
#include "printers/cups/capture_socket.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <mutex>
#include <thread>

namespace contone::printers {
namespace {

constexpr std::size_t mostBytes = 512U << 20;        // of all jobs: any program of this computer can send some
constexpr auto patience = std::chrono::seconds(20);  // a driver thinks before its first byte
constexpr int tickMs = 50;                           // how soon the thread sees that it shall stop

bool readable(int fd) {
    pollfd waiting{fd, POLLIN, 0};
    return ::poll(&waiting, 1, tickMs) > 0;
}

}  // namespace

class CaptureSocket::Parts {
  public:
    FileDescriptor listener;
    int port = 0;
    mutable std::mutex mutex;
    mutable std::condition_variable arrived;
    std::vector<Bytes> jobs;
    std::jthread thread;  // last: it uses the others

    void serve(const std::stop_token& stop) {
        while (!stop.stop_requested()) {
            if (!readable(listener.get())) continue;
            const FileDescriptor connection(::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC));
            if (!connection.isOpen()) continue;
            Bytes job;
            if (!readAll(stop, connection.get(), job)) continue;
            kept += job.size();
            const std::lock_guard lock(mutex);
            jobs.push_back(std::move(job));
            arrived.notify_all();
        }
    }

  private:
    std::size_t kept = 0;  // of the thread alone

    /// True at the end of a job that has bytes.
    bool readAll(const std::stop_token& stop, int from, Bytes& job) const {
        std::array<std::byte, 65536> buffer{};
        auto silent = std::chrono::steady_clock::now() + patience;
        while (!stop.stop_requested()) {
            if (!readable(from)) {
                if (std::chrono::steady_clock::now() > silent) return false;  // nobody may keep others out
                continue;
            }
            silent = std::chrono::steady_clock::now() + patience;
            const ssize_t n = ::recv(from, buffer.data(), buffer.size(), 0);
            if (n < 0 && errno == EINTR) continue;
            if (n <= 0) return n == 0 && !job.empty();
            if (kept + job.size() + static_cast<std::size_t>(n) > mostBytes) return false;
            job.insert(job.end(), buffer.begin(), buffer.begin() + n);
        }
        return false;
    }
};

CaptureSocket::CaptureSocket(std::unique_ptr<Parts> parts) : m_parts(std::move(parts)) {}
CaptureSocket::~CaptureSocket() = default;
CaptureSocket::CaptureSocket(CaptureSocket&&) noexcept = default;
CaptureSocket& CaptureSocket::operator=(CaptureSocket&&) noexcept = default;

Result<CaptureSocket> CaptureSocket::start() {
    auto parts = std::make_unique<Parts>();
    parts->listener = FileDescriptor(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* at = reinterpret_cast<sockaddr*>(&address);
    if (!parts->listener.isOpen() || ::bind(parts->listener.get(), at, size) != 0 ||
        ::listen(parts->listener.get(), 4) != 0 || ::getsockname(parts->listener.get(), at, &size) != 0)
        return fail(Code::Unavailable, "no-free-port", "No network port is free on this computer. Try again.",
                    errorFromErrno(errno, "listen").detail);
    parts->port = ntohs(address.sin_port);
    Parts* own = parts.get();
    parts->thread = std::jthread([own](const std::stop_token& stop) { own->serve(stop); });
    return CaptureSocket(std::move(parts));
}

std::string CaptureSocket::deviceUri() const {
    return "socket://127.0.0.1:" + std::to_string(m_parts->port) + "/?snmp=false";
}

std::vector<Bytes> CaptureSocket::jobs() const {
    const std::lock_guard lock(m_parts->mutex);
    return m_parts->jobs;
}

bool CaptureSocket::waitFor(std::size_t count, std::chrono::milliseconds patience) const {
    std::unique_lock lock(m_parts->mutex);
    return m_parts->arrived.wait_for(lock, patience, [&] { return m_parts->jobs.size() >= count; });
}

}  // namespace contone::printers
