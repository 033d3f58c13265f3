// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Printing on a queue that leads to ourselves.
#include "printers/ipp/test_page.h"

#include "printers/ipp/capture_socket.h"
#include "printers/ipp/queue_admin.h"

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

struct RemoveFile {
    Path path;
    ~RemoveFile() {
        std::error_code ignored;
        std::filesystem::remove(path, ignored);
    }
};

Result<void> writeDocument(image::StripSink& sink, const print::Ticket& ticket, const image::Picture& page) {
    CONTONE_CHECK(sink.begin({page.size, page.format, ticket.medium.dpiX, ticket.medium.dpiY, {}}));
    CONTONE_CHECK(sink.write(page.strip()));
    return sink.finish();
}

}  // namespace

image::Picture testPattern(image::PixelSize size, image::PixelFormat format) {
    auto page = image::Picture::ofSize(size, format);
    std::uint32_t seed = 1;
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
    const RemoveFile file{std::filesystem::temp_directory_path() / name};
    CONTONE_TRY(const auto sink, route.sink(file.path));
    CONTONE_CHECK(writeDocument(*sink, ticket, page));
    CONTONE_TRY(const print::SchedulerJob job, printer->create(ticket));
    CONTONE_CHECK(printer->send(ticket, job, file.path));
    if (!capture.waitFor(1, patience)) {
        const auto sight = printer->find(ticket.attempt);
        return fail(Code::Corrupt, "test-page", "The print system took a test page, but nothing came out of it.",
                    sight && *sight ? (*sight)->message : std::string());
    }
    constexpr std::size_t most = 512U << 20;
    CONTONE_TRY(Bytes document, readFile(file.path, most));
    return CapturedPage{std::move(document), capture.jobs().front()};
}

}  // namespace contone::printers
