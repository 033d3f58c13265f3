// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Asking printers and schedulers, one connection a question.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "printers/ipp/ipp_wire.h"

namespace contone::printers {
namespace {

/// libcups would ask on the terminal.
const char* noPassword(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}
int giveUp(http_t*, void*) {
    return 0;
}

/// How long a page may stand still. A printer reads it while it prints, and its tray may be empty just then: whoever
/// breaks the connection cuts the print.
constexpr double pagePauseSeconds = 300;

std::unexpected<Error> unreachable(const std::string& detail) {
    return fail(Code::Unavailable, "printer-unreachable",
                "The printer does not answer. Check that it is on and connected.", detail);
}

}  // namespace

Result<IppAddress> IppAddress::parse(const std::string& uri) {
    std::array<char, 32> scheme{};
    std::array<char, 256> user{}, host{};
    std::array<char, 1024> resource{};
    int port = 0;
    const auto status = httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), scheme.size(), user.data(),
                                        user.size(), host.data(), host.size(), &port, resource.data(), resource.size());
    const std::string kind = scheme.data();
    if (status < HTTP_URI_STATUS_OK || (kind != "ipp" && kind != "ipps") || host[0] == '\0' || port <= 0)
        return fail(Code::Invalid, "bad-printer-uri",
                    "This is not a printer address. It looks like ipp://printer.local:631/ipp/print.", uri);
    return IppAddress{uri, host.data(), resource.data(), port, kind == "ipps"};
}

IppMessage Wire::request(ipp_op_t operation) const {
    IppMessage message(ippNewRequest(operation));
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, m_address.uri.c_str());
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    return message;
}

Result<Wire::Http> Wire::connect() const {
    cupsSetPasswordCB2(noPassword, nullptr);
    Http http(httpConnect2(m_address.host.c_str(), m_address.port, nullptr, AF_UNSPEC,
                           m_address.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                           static_cast<int>(m_timeout.count()), nullptr));
    if (!http) return unreachable("connect " + m_address.uri + ": " + cupsLastErrorString());
    httpSetTimeout(http.get(), static_cast<double>(m_timeout.count()) / 1000.0, giveUp, nullptr);
    return http;
}

Result<IppMessage> Wire::ask(IppMessage request) const {
    CONTONE_TRY(const Http http, connect());
    IppMessage answer(cupsDoRequest(http.get(), request.release(), m_address.resource.c_str()));
    if (!answer) return unreachable(m_address.uri + ": " + cupsLastErrorString());
    return answer;
}

Result<IppMessage> Wire::askWithFile(IppMessage request, const Path& file) const {
    CONTONE_TRY(const FileDescriptor document, openForReading(file));
    struct stat st{};
    if (::fstat(document.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat " + file.string()));
    CONTONE_TRY(const Http http, connect());
    httpSetTimeout(http.get(), std::max(pagePauseSeconds, static_cast<double>(m_timeout.count()) / 1000.0), giveUp,
                   nullptr);
    // The length is said beforehand, so that a page cut short is never taken for a whole one.
    const std::size_t length = ippLength(request.get()) + static_cast<std::size_t>(st.st_size);
    if (cupsSendRequest(http.get(), request.get(), m_address.resource.c_str(), length) != HTTP_STATUS_CONTINUE)
        return unreachable(m_address.uri + ": " + cupsLastErrorString());
    const auto lost = [&](const std::string& why) {
        return fail(Code::Unavailable, "answer-lost",
                    "The connection to the printer broke while a page was sent. Look whether it printed.",
                    m_address.uri + ": " + why);
    };
    std::vector<char> buffer(64 << 10);
    http_status_t status = HTTP_STATUS_CONTINUE;
    while (status == HTTP_STATUS_CONTINUE) {
        const ssize_t n = ::read(document.get(), buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return lost("reading the page: " + errorFromErrno(errno, file.string()).detail);
        if (n == 0) break;
        status = cupsWriteRequestData(http.get(), buffer.data(), static_cast<std::size_t>(n));
    }
    // A printer may refuse in the middle: its answer says more than our broken write.
    IppMessage answer(cupsGetResponse(http.get(), m_address.resource.c_str()));
    if (!answer) return lost(cupsLastErrorString());
    return answer;
}

Result<std::optional<std::string>> Wire::get(const std::string& resource) const {
    CONTONE_TRY(const Http http, connect());
    const FileDescriptor file(::memfd_create("contone-get", MFD_CLOEXEC));
    if (!file.isOpen()) return fail(errorFromErrno(errno, "memfd_create"));
    if (cupsGetFd(http.get(), resource.c_str(), file.get()) != HTTP_STATUS_OK) return std::nullopt;
    const off_t size = ::lseek(file.get(), 0, SEEK_END);
    constexpr off_t most = 4 << 20;  // the largest PPDs have 2 MB
    if (size < 0 || size > most) return std::nullopt;
    std::string text(static_cast<std::size_t>(size), '\0');
    if (::pread(file.get(), text.data(), text.size(), 0) != size)
        return fail(errorFromErrno(errno, "read " + resource));
    return text;
}

Error errorOf(ipp_status_t status, const std::string& detail) {
    const std::string said = std::string(ippErrorString(status)) + (detail.empty() ? "" : ": " + detail);
    switch (status) {
        case IPP_STATUS_ERROR_NOT_FOUND:
        case IPP_STATUS_ERROR_GONE:
            return {Code::NotFound, "queue-missing",
                    "There is no such printer or queue at this address. Check its name.", said};
        case IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS:
            return {Code::Unavailable, "not-accepting", "The printer takes no jobs now. Let it accept jobs again.",
                    said};
        case IPP_STATUS_ERROR_BUSY:
        case IPP_STATUS_ERROR_SERVICE_UNAVAILABLE:
        case IPP_STATUS_ERROR_TEMPORARY:
        case IPP_STATUS_ERROR_DEVICE:
        case IPP_STATUS_ERROR_TOO_MANY_JOBS:
        case IPP_STATUS_ERROR_PRINTER_IS_DEACTIVATED:
            return {Code::Unavailable, "printer-busy", "The printer is busy. The page is sent as soon as it is free.",
                    said};
        case IPP_STATUS_ERROR_NOT_AUTHENTICATED:
        case IPP_STATUS_ERROR_NOT_AUTHORIZED:
        case IPP_STATUS_ERROR_FORBIDDEN:
        case IPP_STATUS_ERROR_CUPS_AUTHENTICATION_CANCELED:
            return {Code::Denied, "printer-denied", "The printer does not let Contone print. Allow it in its settings.",
                    said};
        case IPP_STATUS_ERROR_ATTRIBUTES_OR_VALUES:  // what ippeveprinter says to a format it does not take
        case IPP_STATUS_ERROR_DOCUMENT_FORMAT_NOT_SUPPORTED:
        case IPP_STATUS_ERROR_DOCUMENT_FORMAT_ERROR:
        case IPP_STATUS_ERROR_DOCUMENT_UNPRINTABLE:
        case IPP_STATUS_ERROR_COMPRESSION_NOT_SUPPORTED:
            return {Code::Unsupported, "document-refused", "The printer refused the page. Verify its setup.", said};
        default:
            return {Code::Internal, "printer-answer", "The printer gave an answer that Contone does not understand.",
                    said};
    }
}

Result<void> checkStatus(const IppMessage& answer) {
    const ipp_status_t status = ippGetStatusCode(answer.get());
    if (status < IPP_STATUS_REDIRECTION_OTHER_SITE) return {};
    ipp_attribute_t* message = ippFindAttribute(answer.get(), "status-message", IPP_TAG_TEXT);
    const char* text = message != nullptr ? ippGetString(message, 0, nullptr) : nullptr;
    return fail(errorOf(status, text != nullptr ? text : ""));
}

}  // namespace contone::printers
