// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Wire: sends IPP requests to one address within deadlines, and owns libcups' connection handles.
#pragma once

#include <cups/cups.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "printers/ipp/interrupt.h"
#include "printers/ipp/patience_p.h"

namespace contone::printers {

struct IppDelete {
    void operator()(ipp_t* message) const { ippDelete(message); }
};
using IppMessage = std::unique_ptr<ipp_t, IppDelete>;

/// Where an ipp:// or ipps:// URI leads.
struct IppAddress {
    std::string uri, host, resource;
    int port = 631;
    bool encrypted = false;
    /// Fails: Invalid "bad-printer-uri", also above 1023 bytes; "printer-host-long".
    static Result<IppAddress> parse(const std::string& uri);
};

/// A connection is opened for each question: nothing depends on CUPS_SERVER, and a stale one cannot make an answer
/// ambiguous. Never asks anybody for a password; shows a scheduler of this computer the certificate that it leaves for
/// root and administrators. Printers are not trusted: what they answer is bounded in bytes, depth and time.
class Wire {
  public:
    /// `interrupt`: cuts every question.
    Wire(IppAddress address, std::chrono::milliseconds timeout, Interrupt interrupt = {})
        : m_address(std::move(address)), m_timeout(timeout), m_interrupt(std::move(interrupt)) {}
    /// To another address, as patient and cut by the same.
    Wire at(IppAddress address) const { return {std::move(address), m_timeout, m_interrupt}; }
    const Interrupt& interrupt() const { return m_interrupt; }

    /// With charset, language, printer-uri and requesting-user-name.
    IppMessage request(ipp_op_t operation) const;
    /// The answer, whatever its status code. Fails: Unavailable "printer-unreachable", also for answers that take
    /// longer than three timeouts; Denied "printer-denied"; Internal "printer-answer" for more than 16 MB.
    Result<IppMessage> ask(IppMessage request) const;
    /// The same with a document; the other side may pause for five minutes. Fails: Unavailable "printer-unreachable"
    /// and Denied before the first byte of it, Unavailable "answer-lost" after.
    Result<IppMessage> askWithFile(IppMessage request, const Path& file) const;
    /// A small text file over HTTP; nullopt when the server does not give it to us.
    Result<std::optional<std::string>> get(const std::string& resource) const;
    const IppAddress& address() const { return m_address; }

  private:
    struct HttpClose {
        void operator()(http_t* http) const { httpClose(http); }
    };
    /// A connection, closed before its patience ends.
    struct Http {
        std::unique_ptr<Patience> patience;
        std::unique_ptr<http_t, HttpClose> http;
        http_t* get() const { return http.get(); }
    };
    /// How the next try is made.
    struct Manners {
        bool encrypted = false;
        std::string authorization{};
        int tries = 0;
    };
    Result<Http> connect(const Manners& manners) const;
    /// What the other side wants beforehand is in `manners` then.
    bool mayAskAgain(http_t* http, http_status_t status, Manners& manners) const;

    IppAddress m_address;
    std::chrono::milliseconds m_timeout;
    Interrupt m_interrupt;
};

/// What a status code other than "successful" means here: busy and not-accepting are Unavailable, not-found is NotFound
/// "queue-missing", refusals of the document are Unsupported "document-refused", refusals of us Denied
/// "printer-denied".
Error errorOf(ipp_status_t status, const std::string& detail);
/// Fails as errorOf.
Result<void> checkStatus(const IppMessage& answer);

}  // namespace contone::printers
