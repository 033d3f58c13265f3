// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Asks the scheduler, listens to DNS-SD, and asks every printer that it learns of.
#include "printers/discovery/find_printers.h"

#include <algorithm>
#include <array>
#include <memory>

#include "printers/discovery/suggest_p.h"
#include "printers/guard/guard_uri.h"
#include "printers/ipp/sanitized_text.h"

namespace contone::printers {
namespace {

using std::chrono::milliseconds;

std::string sheetName(const MediaChoice& choice) {
    return std::to_string((choice.width + 50) / 100) + " × " + std::to_string((choice.height + 50) / 100) + " mm";
}

void take(FoundPrinter& found, const PrinterFacts& facts) {
    found.formats = facts.formats;
    found.resolutions = facts.rasterDpi;
    constexpr std::size_t mostSheets = 100;
    for (const MediaChoice& choice : facts.media)
        if (choice.borderless && found.media.size() < mostSheets &&
            std::ranges::find(found.media, sheetName(choice)) == found.media.end())
            found.media.push_back(sheetName(choice));
    found.state = stateOf(facts);
    if (!facts.makeAndModel.empty()) found.makeAndModel = facts.makeAndModel;
}

std::string stpDriver(const std::string& ppd) {
    constexpr std::string_view key = "*StpDriverName:";
    const auto line = ppd.find(key);
    const auto open = line == std::string::npos ? line : ppd.find('"', line);
    const auto close = open == std::string::npos ? open : ppd.find('"', open + 1);
    return close == std::string::npos ? std::string() : ppd.substr(open + 1, close - open - 1);
}

/// The device without our guard.
std::string plainDevice(const std::string& uri) {
    const auto guard = GuardUri::parse(uri);
    return guard ? guard->device : uri;
}

/// A printer is reached with and without encryption.
bool isSameDevice(const std::string& one, const std::string& other) {
    if (one == other) return true;
    const auto a = IppAddress::parse(one), b = IppAddress::parse(other);
    return a && b && a->host == b->host && a->port == b->port && a->resource == b->resource;
}

struct FreeDest {
    void operator()(cups_dest_t* dest) const { cupsFreeDests(1, dest); }
};
using Heard = std::vector<std::unique_ptr<cups_dest_t, FreeDest>>;

/// The printers that announce themselves while we listen.
int hear(void* user, unsigned flags, cups_dest_t* dest) {
    auto& heard = *static_cast<Heard*>(user);
    std::erase_if(heard, [&](const auto& known) { return std::string_view(known->name) == dest->name; });
    cups_dest_t* copy = nullptr;
    if ((flags & CUPS_DEST_FLAGS_REMOVED) == 0 && cupsCopyDest(dest, 0, &copy) == 1) heard.emplace_back(copy);
    return 1;  // go on
}

/// As it is called in the announcement; libcups makes a queue's name of it.
std::string serviceName(const cups_dest_t& dest) {
    const char* info = cupsGetOption("printer-info", dest.num_options, dest.options);
    return info != nullptr && *info != '\0' ? info : dest.name;
}

/// ipp://host.local:631/ipp/print of an announced printer; empty when nobody answers for its name.
std::string addressOf(cups_dest_t* dest, milliseconds timeout) {
    std::array<char, 1024> resource{};
    struct Close {
        void operator()(http_t* http) const { httpClose(http); }
    };
    const std::unique_ptr<http_t, Close> http(cupsConnectDest(dest, CUPS_DEST_FLAGS_DEVICE,
                                                              static_cast<int>(timeout.count()), nullptr,
                                                              resource.data(), resource.size(), nullptr, nullptr));
    if (!http) return {};
    std::array<char, 256> host{};
    if (httpGetHostname(http.get(), host.data(), static_cast<int>(host.size())) == nullptr) return {};
    const bool encrypted = httpIsEncrypted(http.get()) != 0;
    return std::string(encrypted ? "ipps" : "ipp") + "://" + host.data() + ":" +
           std::to_string(httpAddrPort(httpGetAddress(http.get()))) + resource.data();
}

class Finder {
  public:
    Finder(const Models& models, const FindOptions& options) : m_models(models), m_options(options) {}

    FoundPrinters run() {
        if (const auto scheduler = IppAddress::parse(m_options.scheduler)) {
            IppAddress at = *scheduler;
            at.resource = "/";
            if (const auto done = askScheduler(at); !done)
                tellNoScheduler(done.error());
            else if (const auto devices = askDevices(at); !devices)
                trouble("Contone could not look for printers on cables: ", adminError(devices.error()));
        } else {
            trouble("", scheduler.error());
        }
        for (const std::string& address : m_options.addresses)
            askPrinter(FoundPrinter::Where::Address, address, address);
        if (m_options.listen.count() > 0) listen();
        return std::move(m_result);
    }

  private:
    void tellNoScheduler(const Error& error) {
        if (error.code != Code::Unavailable) return trouble("Contone could not ask the print system: ", error);
        m_result.troubles.push_back(
            "The print system (CUPS) does not answer, so its queues and what is on this "
            "computer's cables are not listed. Start it: systemctl start cups. (" +
            error.detail + ")");
    }
    void trouble(const std::string& what, const Error& error) {
        m_result.troubles.push_back(what + error.message + (error.detail.empty() ? "" : " (" + error.detail + ")"));
    }
    bool isKnown(const std::string& uri) const {
        return std::ranges::any_of(m_result.printers, [&](const FoundPrinter& p) {
            return isSameDevice(p.device, uri) || isSameDevice(p.uri, uri);
        });
    }

    Result<void> askScheduler(const IppAddress& at) {
        CONTONE_TRY(const auto names, queueNames(at));
        for (const std::string& name : names)
            if (const auto asked = askQueue(at, name); !asked)
                trouble("The queue " + sanitizedText(name) + ": ", asked.error());
        return {};
    }

    Result<std::vector<std::string>> queueNames(const IppAddress& at) const {
        IppMessage request = Wire(at, m_options.timeout).request(IPP_OP_CUPS_GET_PRINTERS);
        ippAddString(request.get(), IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes", nullptr,
                     "printer-name");
        CONTONE_TRY(const IppMessage answer, Wire(at, m_options.timeout).ask(std::move(request)));
        std::vector<std::string> names;
        if (ippGetStatusCode(answer.get()) == IPP_STATUS_ERROR_NOT_FOUND) return names;  // no queue at all
        CONTONE_CHECK(checkStatus(answer));
        for (ipp_attribute_t* a = ippFirstAttribute(answer.get()); a != nullptr; a = ippNextAttribute(answer.get()))
            if (const char* name = ippGetName(a); name != nullptr && std::string_view(name) == "printer-name")
                if (const char* text = ippGetString(a, 0, nullptr)) names.emplace_back(text);
        return names;
    }

    Result<void> askQueue(const IppAddress& at, const std::string& name) {
        CONTONE_TRY(const IppAddress address, queueAddress(at, name));
        const Wire queue(address, m_options.timeout);
        CONTONE_TRY(const PrinterFacts facts, readFacts(queue));
        CONTONE_TRY(const auto ppd, queue.get(address.resource + ".ppd"));
        FoundPrinter found{.where = FoundPrinter::Where::Queue, .name = name, .uri = address.uri};
        found.device = plainDevice(facts.deviceUri);
        take(found, facts);
        found.driver = stpDriver(ppd.value_or(""));
        std::optional<PrinterFacts> behind;
        if (const auto printer = IppAddress::parse(found.device))
            if (auto asked = readFacts(Wire(*printer, m_options.timeout))) behind = std::move(*asked);
        if (behind) take(found, *behind);  // a queue knows neither loaded paper nor resolutions
        if (ppd)
            suggestQueue(found, m_models, *ppd, behind);
        else
            found.why = "The queue is raw: CUPS drops the paper size. Install a queue with: contone printers install";
        m_result.printers.push_back(std::move(found));
        return {};
    }

    Result<void> askDevices(const IppAddress& at) {
        IppMessage request = Wire(at, m_options.timeout).request(IPP_OP_CUPS_GET_DEVICES);
        // The network is asked directly: CUPS would wait for it, and show every printer several times.
        static const char* const others[] = {
            "dnssd", "snmp", "lpd",           "socket",   "ipp",        "ipps",           "http",
            "https", "beh",  "contone-guard", "cups-brf", "driverless", "driverless-fax", "mdns"};
        ippAddStrings(request.get(), IPP_TAG_OPERATION, IPP_TAG_NAME, "exclude-schemes", std::size(others), nullptr,
                      others);
        ippAddInteger(request.get(), IPP_TAG_OPERATION, IPP_TAG_INTEGER, "timeout", 5);
        CONTONE_TRY(const IppMessage answer, Wire(at, m_options.timeout).ask(std::move(request)));
        if (ippGetStatusCode(answer.get()) == IPP_STATUS_ERROR_NOT_FOUND) return {};
        CONTONE_CHECK(checkStatus(answer));
        std::vector<std::array<std::string, 3>> devices;  // URI, make and model, IEEE 1284 id
        bool inDevice = false;
        for (ipp_attribute_t* a = ippFirstAttribute(answer.get()); a != nullptr; a = ippNextAttribute(answer.get())) {
            const char* name = ippGetName(a);
            if (name == nullptr || ippGetGroupTag(a) != IPP_TAG_PRINTER) {
                inDevice = false;
                continue;
            }
            if (!inDevice) devices.emplace_back();
            inDevice = true;
            const char* text = ippGetString(a, 0, nullptr);
            if (text == nullptr) continue;
            if (std::string_view(name) == "device-uri") devices.back()[0] = text;
            if (std::string_view(name) == "device-make-and-model") devices.back()[1] = text;
            if (std::string_view(name) == "device-id") devices.back()[2] = text;
        }
        // A backend without a printer lists its bare scheme. What stands in a URI comes from the device, which may be
        // anybody's: such a one could not become a queue either.
        std::erase_if(devices, [](const auto& d) { return !isDeviceUri(d[0]) || !d[0].contains("://"); });
        if (devices.empty()) return {};
        CONTONE_TRY(const auto drivers, driversOf(at, m_options.timeout));
        for (const auto& [uri, makeAndModel, id] : devices) {
            if (isKnown(uri)) continue;
            const std::string name = sanitizedText(makeAndModel);
            FoundPrinter found{.where = FoundPrinter::Where::Cable, .name = name, .uri = uri, .device = uri};
            found.makeAndModel = name;
            found.driver = driverOfDevice(drivers, uri, id);
            suggestInstall(found, m_models);
            m_result.printers.push_back(std::move(found));
        }
        return {};
    }

    void askPrinter(FoundPrinter::Where where, const std::string& name, const std::string& uri) {
        const auto address = IppAddress::parse(uri);
        if (!address) return trouble(name + ": ", address.error());
        const auto facts = readFacts(Wire(*address, m_options.timeout));
        if (!facts) return trouble(name + ": ", facts.error());
        FoundPrinter found{.where = where, .name = name, .uri = uri};
        take(found, *facts);
        suggestDirect(found, m_models, *facts);
        m_result.printers.push_back(std::move(found));
    }

    void listen() {
        Heard heard;
        if (cupsEnumDests(CUPS_DEST_FLAGS_NONE, static_cast<int>(m_options.listen.count()), nullptr,
                          CUPS_PRINTER_DISCOVERED, CUPS_PRINTER_DISCOVERED, hear, &heard) == 0)
            m_result.troubles.emplace_back(
                "Contone cannot find printers on the network: avahi-daemon does not run here. Give their addresses.");
        // Anybody on the network can announce what they like, as often as they like.
        const auto end = std::chrono::steady_clock::now() + m_options.patience;
        for (const auto& service : heard) {
            const std::string name = sanitizedText(serviceName(*service), 63);  // DNS-SD has no longer ones
            if (std::chrono::steady_clock::now() > end) {
                m_result.troubles.push_back("Not all of the " + std::to_string(heard.size()) +
                                            " printers that announce themselves were asked: it took too long. Give the "
                                            "address of a printer that is missing.");
                return;
            }
            const std::string uri = addressOf(service.get(), m_options.timeout);
            if (uri.empty())
                m_result.troubles.push_back(name +
                                            " announces itself on the network, but this computer does not find it by "
                                            "its name. Install libnss-mdns, or give its address.");
            else if (!isKnown(uri))
                askPrinter(FoundPrinter::Where::Network, name, uri);
        }
    }

    const Models& m_models;
    const FindOptions& m_options;
    FoundPrinters m_result;
};

}  // namespace

const char* toString(FoundPrinter::Where where) {
    switch (where) {
        case FoundPrinter::Where::Queue:
            return "queue";
        case FoundPrinter::Where::Cable:
            return "cable";
        case FoundPrinter::Where::Network:
            return "network";
        case FoundPrinter::Where::Address:
            return "address";
    }
    return "queue";
}

FoundPrinters findPrinters(const Models& models, const FindOptions& options) {
    return Finder(models, options).run();
}

}  // namespace contone::printers
