// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Running ippeveprinter as a photo printer, and reading back what it was given.
#include "printers/virtual/virtual_printer.h"

#include <algorithm>
#include <chrono>
#include <sstream>
#include <thread>

#include "printers/raster/pwg_reader.h"

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

std::vector<VirtualMedium> commonPhotoSizes() {
    return {{"na_index-4x6_4x6in", inches(4), inches(6)},
            {"na_5x7_5x7in", inches(5), inches(7)},
            {"custom_square-photo_6x6in", inches(6), inches(6)},
            {"na_index-4x6-ext_6x8in", inches(6), inches(8)},
            {"na_govt-letter_8x10in", inches(8), inches(10)}};
}

std::string hundredths(Length length) {
    return std::to_string((length.um() + 5) / 10);
}

std::string sizeMember(const VirtualMedium& medium) {
    return "{ MEMBER integer x-dimension " + hundredths(medium.width) + " MEMBER integer y-dimension " +
           hundredths(medium.height) + " }";
}

std::string mediaCol(const VirtualMedium& medium, const std::string& finish, int margin) {
    std::string text = "{ MEMBER keyword media-key \"" + medium.name + "_main_" + finish +
                       (margin == 0 ? "_borderless" : "") + "\" MEMBER collection media-size " + sizeMember(medium) +
                       " MEMBER keyword media-size-name \"" + medium.name + "\"";
    for (const char* edge : {"bottom", "left", "right", "top"})
        text += std::string(" MEMBER integer media-") + edge + "-margin " + std::to_string(margin);
    return text + " MEMBER keyword media-source \"main\" MEMBER keyword media-type \"" + finish + "\" }";
}

std::string keywords(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "\"" : ",\"") + word + "\"";
    return text;
}

std::string mediaAttributes(const std::vector<VirtualMedium>& media, const std::vector<std::string>& finishes) {
    std::string database, sizes;
    std::vector<std::string> names;
    for (const VirtualMedium& medium : media) {
        names.push_back(medium.name);
        sizes += (sizes.empty() ? "" : ",") + sizeMember(medium);
        for (const std::string& finish : finishes)
            for (const int margin : {0, 340})
                database += (database.empty() ? "" : ",") + mediaCol(medium, finish, margin);
    }
    const std::string loaded = mediaCol(media.front(), finishes.front(), 0);
    return "ATTR collection media-col-database " + database + "\nATTR collection media-col-default " + loaded +
           "\nATTR collection media-col-ready " + loaded + "\nATTR keyword media-default \"" + media.front().name +
           "\"\nATTR keyword media-ready \"" + media.front().name + "\"\nATTR keyword media-supported " +
           keywords(names) + "\nATTR collection media-size-supported " + sizes +
           "\nATTR keyword media-type-supported " + keywords(finishes) + "\n";
}

std::string formatAttributes(const VirtualPrinterOptions& options) {
    using Formats = VirtualPrinterOptions::Formats;
    std::string text = "ATTR mimeMediaType document-format-supported \"application/octet-stream\",\"image/jpeg\"";
    if (options.formats != Formats::NoRaster) text += ",\"image/pwg-raster\"";
    if (options.formats == Formats::PwgAndUrf) text += ",\"image/urf\"";
    text += "\n";
    if (options.formats == Formats::PwgAndUrf)
        text +=
            "ATTR keyword urf-supported "
            "\"V1.4\",\"CP99\",\"W8\",\"SRGB24\",\"RS300\",\"IS1\",\"MT1\",\"OB10\",\"PQ3-4-5\"\n";
    if (options.formats != Formats::NoRaster)
        text +=
            "ATTR resolution pwg-raster-document-resolution-supported 300dpi\n"
            "ATTR keyword pwg-raster-document-sheet-back \"normal\"\n"
            "ATTR keyword pwg-raster-document-type-supported " +
            keywords(options.rasterTypes) + "\n";
    return text;
}

constexpr const char* fixedAttributes = R"(ATTR boolean color-supported true
ATTR integer copies-default 1
ATTR rangeOfInteger copies-supported 1-99
ATTR collection finishings-col-database { MEMBER keyword finishing-template "none" }
ATTR collection finishings-col-default { MEMBER keyword finishing-template "none" }
ATTR collection finishings-col-ready { MEMBER keyword finishing-template "none" }
ATTR keyword finishings-col-supported "finishing-template"
ATTR enum finishings-default 3
ATTR enum finishings-ready 3
ATTR enum finishings-supported 3
ATTR integer media-bottom-margin-supported 0,340
ATTR integer media-left-margin-supported 0,340
ATTR integer media-right-margin-supported 0,340
ATTR integer media-top-margin-supported 0,340
ATTR keyword media-source-supported "main"
ATTR enum orientation-requested-default 3
ATTR enum orientation-requested-supported 3
ATTR keyword output-bin-default "face-up"
ATTR keyword output-bin-supported "face-up"
ATTR integer pages-per-minute 4
ATTR integer pages-per-minute-color 4
ATTR keyword print-color-mode-default "color"
ATTR keyword print-color-mode-supported "color","monochrome","auto"
ATTR keyword print-content-optimize-default "auto"
ATTR keyword print-content-optimize-supported "auto","photo"
ATTR enum print-quality-default 5
ATTR enum print-quality-supported 3,4,5
ATTR keyword print-rendering-intent-default "auto"
ATTR keyword print-rendering-intent-supported "auto","perceptual","relative","relative-bpc"
ATTR keyword print-scaling-default "none"
ATTR keyword print-scaling-supported "none","auto","fill","fit"
ATTR text printer-device-id "MFG:Contone;MDL:Virtual Photo Printer;CMD:PWG;"
ATTR text printer-make-and-model "Contone Virtual Photo Printer"
ATTR octetString printer-input-tray "type=sheetFeedAutoRemovableTray;mediafeed=0;mediaxfeed=0;maxcapacity=250;level=-3;status=0;name=main"
ATTR resolution printer-resolution-default 300dpi
ATTR resolution printer-resolution-supported 300dpi
ATTR octetString printer-supply "index=1;class=supplyThatIsConsumed;type=inkRibbon;unit=percent;maxcapacity=100;level=62;colorantname=unknown;"
ATTR text printer-supply-description "Ribbon"
ATTR keyword sides-default "one-sided"
ATTR keyword sides-supported "one-sided"
)";

std::unexpected<Error> notStarted(const Path& log) {
    std::string said = readTextFile(log, 8 << 20).value_or("");
    if (said.size() > 500) said.erase(0, said.size() - 500);
    return fail(Code::Unavailable, "virtual-printer", "The virtual printer did not start.", said);
}

}  // namespace

std::string VirtualFaults::text() const {
    std::string out;
    if (fromSheet != 0) out += "from-sheet " + std::to_string(fromSheet) + "\n";
    if (mediaEmpty) out += "media-empty\n";
    if (mediaJam) out += "media-jam\n";
    if (coverOpen) out += "cover-open\n";
    if (ribbonEmpty) out += "ribbon-empty\n";
    if (abort) out += "abort\n";
    if (spoil) out += "spoil\n";
    if (delayMs != 0) out += "delay-ms " + std::to_string(delayMs) + "\n";
    return out;
}

Result<VirtualPrinter> VirtualPrinter::start(const Path& folder, const VirtualPrinterOptions& options) {
    const Path captures = folder / "captures", spool = folder / "spool";
    CONTONE_CHECK(makeDirectories(captures));
    CONTONE_CHECK(makeDirectories(spool));
    const auto media = options.media.empty() ? commonPhotoSizes() : options.media;
    CONTONE_CHECK(writeFileDurably(folder / "printer.conf", fixedAttributes + formatAttributes(options) +
                                                                mediaAttributes(media, options.finishes)));
    VirtualPrinter printer;
    printer.m_folder = folder;
    printer.m_options = options;
    for (int attempt = 0;; ++attempt) {  // another program may take the port in between
        printer.m_port = options.port;
        if (options.port == 0) {
            CONTONE_TRY(printer.m_port, freeLoopbackPort());
        }
        const auto launched = printer.launch();
        if (launched) return printer;
        if (options.port != 0 || attempt == 4) return fail(launched.error());
    }
}

Result<void> VirtualPrinter::launch() {
    const Path log = m_folder / "printer.log", stub = m_options.programs.parent_path() / "lib/libcontone-avahi-stub.so";
    const bool announced = !m_options.announceOn.empty();
    std::map<std::string, std::string> environment{{"CONTONE_CAPTURE_DIR", (m_folder / "captures").string()}};
    if (announced)
        environment["DBUS_SYSTEM_BUS_ADDRESS"] = m_options.announceOn;
    else
        environment["LD_PRELOAD"] = stub.string();
    // "-n 127.0.0.1" fails for want of an IPv6 listener; localhost binds loopback only.
    CONTONE_TRY(m_process,
                ChildProcess::start("ippeveprinter",
                                    {"-v", "-r", announced ? "_print" : "off", "-n", "localhost", "-p",
                                     std::to_string(m_port), "-d", (m_folder / "spool").string(), "-K",
                                     (m_folder / "spool").string(), "-a", (m_folder / "printer.conf").string(), "-c",
                                     (m_options.programs / "contone-capture").string(), m_options.name},
                                    environment, log));
    for (int i = 0; i < 500 && m_process.isRunning(); ++i) {
        if (answersOnLoopback(m_port)) return {};
        std::this_thread::sleep_for(10ms);
    }
    m_process.stop();
    return notStarted(log);
}

Result<void> VirtualPrinter::restart() {
    m_process.stop();
    return launch();
}

std::string VirtualPrinter::uri() const {
    return "ipp://localhost:" + std::to_string(m_port) + "/ipp/print";
}

Result<std::vector<Capture>> VirtualPrinter::captures() const {
    std::vector<Path> files;
    std::error_code error;
    for (const auto& entry : std::filesystem::directory_iterator(m_folder / "captures", error))
        if (entry.path().extension() == ".doc") files.push_back(entry.path());
    if (error) return fail(errorFromErrno(error.value(), "read " + m_folder.string()));
    std::sort(files.begin(), files.end());
    std::vector<Capture> captures;
    for (const Path& file : files) {
        Capture capture{file, {}};
        Path attributes = file;
        attributes.replace_extension(".attributes");
        CONTONE_TRY(const std::string text, readTextFile(attributes, 1 << 20));
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);)
            if (const auto equals = line.find('='); equals != std::string::npos)
                capture.attributes[line.substr(0, equals)] = line.substr(equals + 1);
        captures.push_back(std::move(capture));
    }
    return captures;
}

Result<image::Picture> VirtualPrinter::pictureOf(const Capture& capture) {
    CONTONE_TRY(auto pages, readPwg(capture.document));
    if (pages.size() != 1)
        return fail(Code::Corrupt, "pwg-corrupt", "This print file has more than one page.", capture.document.string());
    return std::move(pages.front().picture);
}

Result<void> VirtualPrinter::setFaults(const VirtualFaults& faults) {
    return writeFileDurably(m_folder / "captures" / "faults", faults.text());
}

Result<void> VirtualPrinter::loadRoll(int left, int of) {
    return writeFileDurably(m_folder / "captures" / "roll", std::to_string(left) + " " + std::to_string(of) + "\n");
}

Result<void> VirtualPrinter::loadTray(const std::string& medium, int sheets) {
    // The page of ippeveprinter on which a person would say so.
    const std::string request = "GET /media?size0=" + medium + "&type0=" + m_options.finishes.front() +
                                "&level0=" + std::to_string(sheets) +
                                " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    const std::string answer = tellOnLoopback(m_port, request, "\r\n0\r\n\r\n");  // chunked
    if (answer.starts_with("HTTP/1.1 200")) return {};
    return fail(Code::Unavailable, "virtual-printer", "The virtual printer does not answer.", answer.substr(0, 80));
}

}  // namespace contone::printers
