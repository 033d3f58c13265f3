// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CUPS-Add-Modify-Printer and CUPS-Delete-Printer (cups.org/doc/spec-ipp.html).
#include "printers/cups/queue_admin.h"

#include <sys/mman.h>

#include <algorithm>

#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

bool isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
           c == '.';
}

/// What CUPS takes; nothing that a program could take for one of its options.
bool isQueueName(const std::string& name) {
    if (name.empty() || name.size() > 127 || name.front() == '-') return false;
    for (const char c : name)
        if (static_cast<unsigned char>(c) <= ' ' || c == '/' || c == '#' || c == '?' || c == '\'' || c == '"' ||
            c == '\\' || c == 127)
            return false;
    return true;
}

std::string encoded(const std::string& name) {
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string out;
    for (const char c : name) {
        const auto byte = static_cast<unsigned char>(c);
        if (isWordCharacter(c))
            out += c;
        else
            out.append({'%', digits[byte >> 4], digits[byte & 15]});
    }
    return out;
}

std::unexpected<Error> badQueueName(const std::string& name) {
    return fail(Code::Invalid, "bad-queue-name",
                "A queue's name has letters, digits, \"-\", \"_\" and \".\", at most 127 of them, and does not begin "
                "with \"-\".",
                sanitizedText(name));
}

/// Administration is posted to /admin/, where schedulers ask who it is.
Wire adminWire(IppAddress queue, std::chrono::milliseconds timeout) {
    queue.resource = "/admin/";
    return {std::move(queue), timeout};
}

void addName(ipp_t* to, const char* name, const std::string& value) {
    ippAddString(to, IPP_TAG_PRINTER, IPP_TAG_NAME, name, nullptr, value.c_str());
}

Result<IppMessage> askWithText(const Wire& wire, IppMessage request, const std::string& text) {
    const FileDescriptor file(::memfd_create("contone-ppd", MFD_CLOEXEC));
    if (!file.isOpen()) return fail(errorFromErrno(errno, "memfd_create"));
    CONTONE_CHECK(writeAll(file.get(), std::as_bytes(std::span(text)), "a PPD"));
    return wire.askWithFile(std::move(request), "/proc/self/fd/" + std::to_string(file.get()));
}

}  // namespace

Error adminError(Error error) {
    if (error.code != Code::Denied) return error;
    return {Code::Denied, "admin-denied",
            "The print system does not let you change its queues. Do this as root or as a member of the group lpadmin.",
            error.detail};
}

Result<void> checkNewQueueName(const std::string& name) {
    if (!isQueueName(name) || !std::ranges::all_of(name, isWordCharacter)) return badQueueName(name);
    return {};
}

Result<IppAddress> queueAddress(const IppAddress& scheduler, const std::string& name) {
    if (!isQueueName(name)) return badQueueName(name);
    const bool v6 = scheduler.host.find(':') != std::string::npos;
    return IppAddress::parse(std::string(scheduler.encrypted ? "ipps" : "ipp") + "://" + (v6 ? "[" : "") +
                             scheduler.host + (v6 ? "]" : "") + ":" + std::to_string(scheduler.port) + "/printers/" +
                             encoded(name));
}

Result<void> putQueue(const IppAddress& scheduler, const QueueWish& wish, std::chrono::milliseconds timeout) {
    CONTONE_TRY(IppAddress queue, queueAddress(scheduler, wish.name));
    CONTONE_CHECK(checkNewQueueName(wish.name));
    // CUPS writes it into printers.conf as it is, where a line's end begins another setting.
    if (!isDeviceUri(wish.deviceUri))
        return fail(Code::Invalid, "bad-printer-uri",
                    "This is not a device address. It has no blanks, quotes or line ends; write them as %20 and so on.",
                    sanitizedText(wish.deviceUri));
    const Wire wire = adminWire(std::move(queue), timeout);
    IppMessage request = wire.request(IPP_OP_CUPS_ADD_MODIFY_PRINTER);
    ipp_t* r = request.get();
    if (wish.ppd.empty() && !wish.ppdName.empty())
        ippAddString(r, IPP_TAG_PRINTER, IPP_TAG_NAME, "ppd-name", nullptr, wish.ppdName.c_str());
    ippAddString(r, IPP_TAG_PRINTER, IPP_TAG_URI, "device-uri", nullptr, wish.deviceUri.c_str());
    if (!wish.info.empty()) ippAddString(r, IPP_TAG_PRINTER, IPP_TAG_TEXT, "printer-info", nullptr, wish.info.c_str());
    addName(r, "printer-error-policy", wish.errorPolicy);
    addName(r, "printer-op-policy", wish.operationPolicy);
    ippAddBoolean(r, IPP_TAG_PRINTER, "printer-is-shared", 0);
    ippAddBoolean(r, IPP_TAG_PRINTER, "printer-is-accepting-jobs", 1);
    ippAddInteger(r, IPP_TAG_PRINTER, IPP_TAG_ENUM, "printer-state", IPP_PSTATE_IDLE);
    static const char* const noBanners[] = {"none", "none"};
    ippAddStrings(r, IPP_TAG_PRINTER, IPP_TAG_NAME, "job-sheets-default", 2, nullptr, noBanners);
    const auto answer =
        wish.ppd.empty() ? wire.ask(std::move(request)) : askWithText(wire, std::move(request), wish.ppd);
    if (!answer) return fail(adminError(answer.error()));
    const auto done = checkStatus(*answer);
    // CUPS says "internal error" when it cannot copy the PPD of that name.
    if (!done && !wish.ppdName.empty() && done.error().detail.find("PPD") != std::string::npos)
        return fail(Code::Unsupported, "driver-missing",
                    "The print system has no such driver. Install it, or name another one.", done.error().detail);
    return done ? done : fail(adminError(done.error()));
}

Result<std::vector<DriverChoice>> driversOf(const IppAddress& scheduler, std::chrono::milliseconds timeout) {
    IppAddress at = scheduler;
    at.resource = "/";
    // CUPS reads all its drivers when it is asked for the first time.
    const Wire wire(at, std::max(timeout, std::chrono::milliseconds(60'000)));
    IppMessage request = wire.request(IPP_OP_CUPS_GET_PPDS);
    static const char* const wanted[] = {"ppd-name", "ppd-make-and-model", "ppd-device-id"};
    ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", std::size(wanted), nullptr,
                  wanted);
    CONTONE_TRY(const IppMessage answer, wire.ask(std::move(request)));
    if (ippGetStatusCode(answer.get()) == IPP_STATUS_ERROR_NOT_FOUND) return std::vector<DriverChoice>{};
    CONTONE_CHECK(checkStatus(answer));
    std::vector<DriverChoice> all;
    DriverChoice next;
    const auto keep = [&] {
        constexpr std::string_view tail = "/expert";
        const auto slashes = next.ppdName.find("://");
        if (next.ppdName.starts_with("gutenprint.") && next.ppdName.ends_with(tail) && slashes != std::string::npos) {
            next.driver = next.ppdName.substr(slashes + 3, next.ppdName.size() - slashes - 3 - tail.size());
            all.push_back(std::move(next));
        }
        next = {};
    };
    for (ipp_attribute_t* a = ippFirstAttribute(answer.get()); a != nullptr; a = ippNextAttribute(answer.get())) {
        const char* name = ippGetName(a);
        if (ippGetGroupTag(a) != IPP_TAG_PRINTER || name == nullptr) {
            keep();  // a separator: the next driver begins
            continue;
        }
        const char* text = ippGetString(a, 0, nullptr);
        if (text == nullptr) continue;
        if (std::string_view(name) == "ppd-name") next.ppdName = text;
        if (std::string_view(name) == "ppd-make-and-model") next.makeAndModel = text;
        if (std::string_view(name) == "ppd-device-id") next.deviceId = text;
    }
    keep();
    std::ranges::sort(all, {}, &DriverChoice::driver);
    return all;
}

Result<void> removeQueue(const IppAddress& scheduler, const std::string& name, std::chrono::milliseconds timeout) {
    CONTONE_TRY(IppAddress queue, queueAddress(scheduler, name));
    const Wire wire = adminWire(std::move(queue), timeout);
    const auto answer = wire.ask(wire.request(IPP_OP_CUPS_DELETE_PRINTER));
    if (!answer) return fail(adminError(answer.error()));
    if (ippGetStatusCode(answer->get()) == IPP_STATUS_ERROR_NOT_FOUND) return {};
    const auto done = checkStatus(*answer);
    return done ? done : fail(adminError(done.error()));
}

}  // namespace contone::printers
