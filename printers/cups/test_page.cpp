// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Makes a queue whose device is a port of this process, and prints on it.
#include "printers/cups/test_page.h"

#include <stdlib.h>

#include <random>
#include <thread>
#include <utility>

#include "printers/cups/capture_socket.h"
#include "printers/cups/queue_admin.h"

namespace contone::printers {
namespace {

std::unexpected<Error> noCapture(const std::string& why, const std::string& detail = {}) {
    return fail(Code::Unsupported, "no-capture", why, detail);
}

/// Removed when it goes out of scope; a scheduler that does not answer then keeps it, and the next test page has
/// another name.
class PassingQueue {
  public:
    PassingQueue(IppAddress scheduler, std::string name, std::chrono::milliseconds timeout)
        : m_scheduler(std::move(scheduler)), m_name(std::move(name)), m_timeout(timeout) {}
    ~PassingQueue() {
        const auto removed = removeQueue(m_scheduler, m_name, m_timeout);
        static_cast<void>(removed);  // nothing hangs on it
    }
    PassingQueue(const PassingQueue&) = delete;
    PassingQueue& operator=(const PassingQueue&) = delete;

  private:
    IppAddress m_scheduler;
    std::string m_name;
    std::chrono::milliseconds m_timeout;
};

/// A folder that only we can look into, for one file.
class PrivateFolder {
  public:
    static Result<PrivateFolder> make() {
        std::error_code failed;
        std::string path = (std::filesystem::temp_directory_path(failed) / "contone-test-XXXXXX").string();
        if (failed) return fail(errorFromErrno(failed.value(), "find the folder for temporary files"));
        if (::mkdtemp(path.data()) == nullptr) return fail(errorFromErrno(errno, "mkdtemp " + path));
        return PrivateFolder(path);
    }
    ~PrivateFolder() {
        std::error_code ignored;
        if (!m_path.empty()) std::filesystem::remove_all(m_path, ignored);
    }
    PrivateFolder(PrivateFolder&& other) noexcept : m_path(std::exchange(other.m_path, {})) {}
    PrivateFolder& operator=(PrivateFolder&&) = delete;
    Path file() const { return m_path / "page"; }

  private:
    explicit PrivateFolder(Path path) : m_path(std::move(path)) {}
    Path m_path;
};

/// What came out of the queue: all that came, once the scheduler is done with the page.
Result<std::vector<Bytes>> whatCame(const CaptureSocket& capture, print::Printer& printer, AttemptId attempt,
                                    std::chrono::milliseconds patience, const Interrupt& interrupt) {
    const auto end = std::chrono::steady_clock::now() + patience;
    for (;;) {
        const bool came = capture.waitFor(1, std::chrono::milliseconds(200));
        const auto asked = printer.find(attempt);
        const print::JobStatus status = asked ? asked->value_or(print::JobStatus{}) : print::JobStatus{};
        if (came && print::isOver(status.progress)) return capture.jobs();
        if (std::chrono::steady_clock::now() > end || interrupt.isCut())
            return fail(Code::Corrupt, "test-page", "The print system took a test page, but nothing came out of it.",
                        status.message);
        std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
}

Result<void> writeDocument(image::StripSink& sink, const print::Ticket& ticket, const image::Picture& page) {
    CONTONE_CHECK(sink.begin({page.size, page.format, ticket.medium.dpiX, ticket.medium.dpiY, {}}));
    CONTONE_CHECK(sink.write(page.strip()));
    return sink.finish();
}

}  // namespace

image::Picture testPattern(image::PixelSize size, image::PixelFormat format) {
    auto page = image::Picture::ofSize(size, format);
    std::uint32_t seed = std::random_device()();
    const std::size_t half = page.bytes.size() / 2;
    for (std::size_t i = 0; i < page.bytes.size(); ++i) {
        seed = seed * 1664525U + 1013904223U;  // Numerical Recipes' generator
        page.bytes[i] = static_cast<std::byte>(i < half ? seed >> 24 : static_cast<std::uint32_t>(i / 3));
    }
    return page;
}

Result<CapturedPage> captureTestPage(const Wire& queue, const std::string& ppd, const print::Ticket& ticket,
                                     const image::Picture& page, const TestRoute& route,
                                     std::chrono::milliseconds patience) {
    const IppAddress& at = queue.address();
    if (at.host != "localhost" && at.host != "127.0.0.1" && at.host != "::1")
        return noCapture("the print system runs on another computer");
    CONTONE_TRY(const CaptureSocket capture, CaptureSocket::start());
    const std::string name = "contone-test-" + ticket.attempt.toString().substr(24);
    constexpr std::chrono::milliseconds timeout{10'000};
    QueueWish wish{.name = name, .deviceUri = capture.deviceUri(), .ppd = ppd, .errorPolicy = "abort-job"};
    wish.info = "Contone verifies a printer setup";
    if (const auto made = putQueue(at, wish, timeout); !made)
        return noCapture("the print system does not let Contone make a queue for it", made.error().detail);
    const PassingQueue remove(at, name, timeout);
    CONTONE_TRY(const IppAddress address, queueAddress(at, name));
    CONTONE_TRY(const auto printer, route.open(address.uri));
    CONTONE_TRY(const PrivateFolder folder, PrivateFolder::make());
    const Path file = folder.file();
    CONTONE_TRY(const auto sink, route.sink(file));
    CONTONE_CHECK(writeDocument(*sink, ticket, page));
    CONTONE_TRY(const print::SchedulerJob job, printer->create(ticket));
    CONTONE_CHECK(printer->send(ticket, job, file));
    CONTONE_TRY(auto came, whatCame(capture, *printer, ticket.attempt, patience, queue.interrupt()));
    constexpr std::size_t most = 512U << 20;
    CONTONE_TRY(Bytes document, readFile(file, most));
    return CapturedPage{std::move(document), std::move(came)};
}

}  // namespace contone::printers
