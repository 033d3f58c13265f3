// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Asks printers and schedulers, with one connection for each question.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>

#include "printers/ipp/deadline_p.h"
#include "printers/ipp/ipp_wire.h"
#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

/// libcups would ask on the terminal.
const char* noPassword(const char*, http_t*, const char*, const char*, void*) {
    return nullptr;
}

/// How long a page may stand still. A printer reads it while it prints, and its tray may be empty just then: whoever
/// breaks the connection cuts the print.
constexpr std::chrono::milliseconds pagePause{300'000};

/// Nobody who says what is true needs more: the facts of a printer take 100 KB, the names of all drivers 2 MB.
constexpr std::size_t mostOfAnAnswer = 16U << 20;
constexpr int deepestCollection = 8;      // PWG 5100.3 nests three
constexpr std::size_t longestUri = 1023;  // RFC 8011 5.1.6
constexpr int mostTries = 3;              // as asked, as somebody, encrypted

std::unexpected<Error> unreachable(const std::string& detail) {
    return fail(Code::Unavailable, "printer-unreachable",
                "The printer does not answer. Check that it is on and connected.", detail);
}

/// Sends the request; `length` with what follows it. The answer's status, or CONTINUE while there is none.
http_status_t post(http_t* http, ipp_t* request, const std::string& resource, const std::string& authorization,
                   std::size_t length, http_status_t expect) {
    httpClearFields(http);
    httpSetField(http, HTTP_FIELD_CONTENT_TYPE, "application/ipp");
    httpSetField(http, HTTP_FIELD_AUTHORIZATION, authorization.c_str());
    httpSetExpect(http, expect);
    httpSetLength(http, length);
    if (httpPost(http, resource.c_str()) != 0) return HTTP_STATUS_ERROR;
    ippSetState(request, IPP_STATE_IDLE);
    ipp_state_t state = IPP_STATE_IDLE;
    while ((state = ippWrite(http, request)) != IPP_STATE_DATA && state != IPP_STATE_ERROR) {
    }
    if (state == IPP_STATE_ERROR || httpFlushWrite(http) < 0) return HTTP_STATUS_ERROR;
    return HTTP_STATUS_CONTINUE;
}

/// Reads on to the end of the answer's head.
http_status_t statusOf(http_t* http) {
    http_status_t status = HTTP_STATUS_CONTINUE;
    while (status == HTTP_STATUS_CONTINUE && httpGetState(http) != HTTP_STATE_WAITING) status = httpUpdate(http);
    return status;
}

/// What libcups reads of an answer. It would read without end, and enter collections in collections until its stack
/// ends.
struct Intake {
    http_t* http;
    std::size_t left = mostOfAnAnswer;
    int depth = 0;
    int tag = 0;  ///< a byte read by itself: a tag when two follow, the length of its name

    static ssize_t take(void* context, ipp_uchar_t* to, std::size_t count) {
        auto& intake = *static_cast<Intake*>(context);
        intake.left -= std::min(count, intake.left);
        if (intake.left == 0) return -1;
        std::size_t got = 0;
        while (got < count) {
            const ssize_t n = httpRead2(intake.http, reinterpret_cast<char*>(to) + got, count - got);
            if (n <= 0) return -1;
            got += static_cast<std::size_t>(n);
        }
        if (count == 2 && intake.tag == IPP_TAG_BEGIN_COLLECTION) ++intake.depth;
        if (count == 2 && intake.tag == IPP_TAG_END_COLLECTION) --intake.depth;
        intake.tag = count == 1 ? to[0] : 0;
        if (intake.depth > deepestCollection) intake.left = 0;
        return intake.depth > deepestCollection ? -1 : static_cast<ssize_t>(count);
    }
};

Result<IppMessage> readAnswer(http_t* http, const std::string& who) {
    Intake intake{http};
    IppMessage answer(ippNew());
    ipp_state_t state = IPP_STATE_IDLE;
    while ((state = ippReadIO(&intake, Intake::take, 1, nullptr, answer.get())) != IPP_STATE_DATA &&
           state != IPP_STATE_ERROR) {
    }
    if (state == IPP_STATE_DATA) return answer;
    if (intake.left == 0) return fail(errorOf(IPP_STATUS_ERROR_INTERNAL, who + ": an answer without end"));
    return unreachable(who + ": the answer broke off");
}

/// All of it, or until the printer answers; CONTINUE: it has not yet.
Result<http_status_t> writeFile(http_t* http, Patience& patience, int document, http_status_t status) {
    if (::lseek(document, 0, SEEK_SET) != 0) return fail(errorFromErrno(errno, "rewind a page"));
    std::vector<char> buffer(64 << 10);
    while (status == HTTP_STATUS_CONTINUE) {
        const ssize_t n = ::read(document, buffer.data(), buffer.size());
        if (n < 0 && errno == EINTR) continue;
        if (n < 0)
            return fail(Code::Unavailable, "answer-lost",
                        "The connection to the printer broke while a page was sent. Check whether it was printed.",
                        errorFromErrno(errno, "reading the page").detail);
        if (n == 0) break;
        status = cupsWriteRequestData(http, buffer.data(), static_cast<std::size_t>(n));
        patience.renew();
    }
    return status;
}

/// RFC 1035 2.3.4.
bool isTooLong(std::string_view host) {
    if (host.size() > 253) return true;
    for (std::size_t label = 0; label < host.size();) {
        const std::size_t dot = std::min(host.find('.', label), host.size());
        if (dot - label > 63) return true;
        label = dot + 1;
    }
    return false;
}

bool isRefusal(http_status_t status) {
    return status == HTTP_STATUS_UNAUTHORIZED || status == HTTP_STATUS_FORBIDDEN ||
           status == HTTP_STATUS_CUPS_AUTHORIZATION_CANCELED;
}

std::unexpected<Error> notAnswered(http_status_t status, const std::string& who) {
    if (isRefusal(status)) return fail(errorOf(IPP_STATUS_ERROR_FORBIDDEN, who + ": " + httpStatus(status)));
    if (status == HTTP_STATUS_ERROR || status == HTTP_STATUS_CONTINUE) return unreachable(who + ": no answer");
    return unreachable(who + ": " + httpStatus(status));
}

}  // namespace

Result<IppAddress> IppAddress::parse(const std::string& uri) {
    // libcups cuts what does not fit, and what is left may be another host's name.
    std::string scheme(uri.size() + 2, '\0'), user = scheme, host = scheme, resource = scheme;
    const int room = static_cast<int>(scheme.size());
    int port = 0;
    const auto status = httpSeparateURI(HTTP_URI_CODING_ALL, uri.c_str(), scheme.data(), room, user.data(), room,
                                        host.data(), room, &port, resource.data(), room);
    const std::string kind = scheme.data();
    const auto bad = fail(Code::Invalid, "bad-printer-uri",
                          "This is not a printer address. It looks like ipp://printer.local:631/ipp/print.",
                          uri.substr(0, longestUri));
    if (status < HTTP_URI_STATUS_OK || (kind != "ipp" && kind != "ipps") || host[0] == '\0' || port <= 0) return bad;
    const std::string name = host.data();
    if (isTooLong(name))
        return fail(Code::Invalid, "printer-host-long",
                    "The name of the printer's computer is too long: at most 253 characters, and 63 between two dots. "
                    "Check the address.",
                    name.substr(0, 80) + "…");
    if (uri.size() > longestUri) return bad;
    // What follows "?" is for CUPS' backend, not for the printer.
    const std::string path = resource.data();
    return IppAddress{uri.substr(0, uri.find('?')), name, path.substr(0, path.find('?')), port, kind == "ipps"};
}

IppMessage Wire::request(ipp_op_t operation) const {
    IppMessage message(ippNewRequest(operation));
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_URI, "printer-uri", nullptr, m_address.uri.c_str());
    ippAddString(message.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "requesting-user-name", nullptr, cupsUser());
    return message;
}

Result<Wire::Http> Wire::connect(const Manners& manners) const {
    cupsSetPasswordCB2(noPassword, nullptr);
    if (m_interrupt.isCut()) return unreachable("connect " + m_address.uri + ": Contone is stopping");
    Http http{std::make_unique<Patience>(m_interrupt, m_timeout), nullptr};
    http.http.reset(httpConnect2(m_address.host.c_str(), m_address.port, nullptr, AF_UNSPEC,
                                 manners.encrypted ? HTTP_ENCRYPTION_ALWAYS : HTTP_ENCRYPTION_IF_REQUESTED, 1,
                                 static_cast<int>(m_timeout.count()), m_interrupt.flag()));
    const char* why = cupsLastErrorString();  // nothing when it was cut
    if (!http.http) return unreachable("connect " + m_address.uri + ": " + (why != nullptr ? why : "given up"));
    http.patience->renew();
    httpSetTimeout(http.get(), Patience::look, Patience::waitOn, http.patience.get());
    return http;
}

bool Wire::mayAskAgain(http_t* http, http_status_t status, Manners& manners) const {
    if (++manners.tries >= mostTries) return false;
    if (status == HTTP_STATUS_UPGRADE_REQUIRED && !manners.encrypted) {
        manners.encrypted = true;
        return true;
    }
    // Root and administrators show the certificate that CUPS leaves for them on this computer.
    if (status != HTTP_STATUS_UNAUTHORIZED || cupsDoAuthentication(http, "POST", m_address.resource.c_str()) != 0)
        return false;
    const char* authorization = httpGetAuthString(http);
    manners.authorization = authorization != nullptr ? authorization : "";
    return !manners.authorization.empty();
}

Result<IppMessage> Wire::ask(IppMessage request) const {
    for (Manners manners{m_address.encrypted};;) {
        CONTONE_TRY(const Http http, connect(manners));
        const Deadline deadline(httpGetFd(http.get()), m_interrupt, 3 * m_timeout);
        http_status_t status = post(http.get(), request.get(), m_address.resource, manners.authorization,
                                    ippLength(request.get()), HTTP_STATUS_NONE);
        if (status == HTTP_STATUS_CONTINUE) status = statusOf(http.get());
        if (status == HTTP_STATUS_OK) return readAnswer(http.get(), m_address.uri);
        if (!mayAskAgain(http.get(), status, manners)) return notAnswered(status, m_address.uri);
    }
}

Result<IppMessage> Wire::askWithFile(IppMessage request, const Path& file) const {
    CONTONE_TRY(const FileDescriptor document, openForReading(file));
    struct stat st{};
    if (::fstat(document.get(), &st) != 0) return fail(errorFromErrno(errno, "fstat " + file.string()));
    // The length is said beforehand, so that a page cut short is never taken for a whole one.
    const std::size_t length = ippLength(request.get()) + static_cast<std::size_t>(st.st_size);
    const auto lost = [&](const std::string& why) {
        return fail(Code::Unavailable, "answer-lost",
                    "The connection to the printer broke while a page was sent. Check whether it was printed.",
                    m_address.uri + ": " + why);
    };
    for (Manners manners{m_address.encrypted};;) {
        CONTONE_TRY(const Http http, connect(manners));
        const auto pause = std::max(pagePause, m_timeout);
        http.patience->setLimit(pause);
        Deadline deadline(httpGetFd(http.get()), m_interrupt);
        http_status_t status =
            post(http.get(), request.get(), m_address.resource, manners.authorization, length, HTTP_STATUS_CONTINUE);
        // Who refuses says so before the page is sent; who does not know the question is silent.
        if (status == HTTP_STATUS_CONTINUE && httpWait(http.get(), 1000) != 0) status = httpUpdate(http.get());
        if (status != HTTP_STATUS_CONTINUE && status != HTTP_STATUS_OK) {
            if (mayAskAgain(http.get(), status, manners)) continue;
            return notAnswered(status, m_address.uri);
        }
        CONTONE_TRY(status, writeFile(http.get(), *http.patience, document.get(), status));
        // It may still print what it reads; but an answer that drips ends too.
        deadline.set(pause + 3 * m_timeout);
        // A printer may refuse in the middle: its answer says more than our broken write. Of an early answer libcups
        // has read a line; one that refuses it has read to the end.
        if (httpGetState(http.get()) != HTTP_STATE_WAITING) status = statusOf(http.get());
        if (status == HTTP_STATUS_OK) {
            auto answer = readAnswer(http.get(), m_address.uri);
            return answer ? std::move(answer) : lost(answer.error().detail);
        }
        if (isRefusal(status) || status == HTTP_STATUS_UPGRADE_REQUIRED) {  // nothing was taken
            if (mayAskAgain(http.get(), status, manners)) continue;
            return notAnswered(status, m_address.uri);
        }
        return lost(notAnswered(status, m_address.uri).error().detail);
    }
}

Result<std::optional<std::string>> Wire::get(const std::string& resource) const {
    CONTONE_TRY(const Http http, connect({m_address.encrypted}));
    const Deadline deadline(httpGetFd(http.get()), m_interrupt, 3 * m_timeout);
    const FileDescriptor file(::memfd_create("contone-get", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    constexpr off_t most = 4 << 20;  // the largest PPDs have 2 MB
    // Sealed: libcups would write what it gets without end.
    if (!file.isOpen() || ::ftruncate(file.get(), most) != 0 ||
        ::fcntl(file.get(), F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK) != 0)
        return fail(errorFromErrno(errno, "memfd_create"));
    if (cupsGetFd(http.get(), resource.c_str(), file.get()) != HTTP_STATUS_OK) return std::nullopt;
    const off_t size = ::lseek(file.get(), 0, SEEK_CUR);
    if (size < 0 || size >= most) return std::nullopt;
    std::string text(static_cast<std::size_t>(size), '\0');
    if (::pread(file.get(), text.data(), text.size(), 0) != size)
        return fail(errorFromErrno(errno, "read " + resource));
    return text;
}

Error errorOf(ipp_status_t status, const std::string& detail) {
    const std::string said = std::string(ippErrorString(status)) + (detail.empty() ? "" : ": " + sanitizedText(detail));
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
