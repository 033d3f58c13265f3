// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// VirtualPrinter: runs an IPP photo printer (ippeveprinter) on loopback that keeps each page instead of printing it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/base/length.h"
#include "core/image/pixels.h"
#include "printers/virtual/child_process.h"

namespace contone::printers {

struct VirtualMedium {
    std::string name;  ///< PWG 5101.1: "na_index-4x6_4x6in"
    Length width, height;
};

struct VirtualPrinterOptions {
    Path programs;  ///< the folder of contone-capture; its sibling lib/ has the preload library
    std::string name = "Contone Virtual Photo Printer";
    /// PwgAndUrf is what makes a CUPS "everywhere" queue prefer URF and filter PWG. NoRaster refuses our documents.
    enum class Formats { Pwg, PwgAndUrf, NoRaster } formats = Formats::Pwg;
    std::vector<std::string> rasterTypes{"rgb_8", "srgb_8", "sgray_8", "rgb_16", "srgb_16"};
    std::vector<VirtualMedium>
        media;  ///< each with and without borders; empty: the common photo sizes. The first is loaded.
    std::vector<std::string> finishes{"photographic-glossy", "photographic-matte"};  ///< media-type keywords
    int port = 0;                                                                    ///< 0: a free one
    std::string announceOn;  ///< a bus with an Avahi (PrivateDnsSd); empty: it is not announced and needs none
};

/// What is broken, for pages from now on. Written to a file that contone-capture reads.
struct VirtualFaults {
    int fromSheet = 0;  ///< nothing of this before the sheet of this number, the first is 1; 0: at once
    bool mediaEmpty = false, mediaJam = false, coverOpen = false, ribbonEmpty = false;  ///< pages wait until mended
    bool abort = false;  ///< the printer gives a page up; no paper
    bool spoil = false;  ///< it gives a page up after its paper came out
    int delayMs = 0;     ///< before paper moves
    std::string text() const;
};

/// A page that reached paper.
struct Capture {
    Path document;
    std::map<std::string, std::string> attributes;  ///< IPP_JOB_NAME, IPP_MEDIA_COL, IPP_PRINT_QUALITY …, CONTENT_TYPE;
                                                    ///< CONTONE_BEGAN_NS: when the printer had it, since 1970
};

class VirtualPrinter {
  public:
    /// Ready when it returns. `folder` is made; captures of earlier runs in it stay. Listens on loopback only.
    /// Fails: NotFound "program-missing", Unavailable "virtual-printer" with the server's last words.
    static Result<VirtualPrinter> start(const Path& folder, const VirtualPrinterOptions& options);

    /// "ipp://localhost:PORT/ipp/print"
    std::string uri() const;
    int port() const { return m_port; }
    /// In the order in which paper moved.
    Result<std::vector<Capture>> captures() const;
    /// The one page of a captured PWG raster document. Fails as readPwg; Corrupt "pwg-corrupt" for more pages.
    static Result<image::Picture> pictureOf(const Capture& capture);
    Result<void> setFaults(const VirtualFaults& faults);
    /// A roll of `of` prints with `left` on it: counted down with each sheet, told as Gutenprint tells it, and pages
    /// wait at 0. Known to clients from the next page on.
    Result<void> loadRoll(int left, int of);
    /// What lies in its tray, told at once: a PWG name, and how many sheets of it; 0 is an empty tray. Only told: pages
    /// are kept all the same. Fails: Unavailable "virtual-printer".
    Result<void> loadTray(const std::string& medium, int sheets);
    void stop() { m_process.stop(); }
    /// As if unplugged: SIGKILL, and the page in it is lost.
    void killHard() { m_process.killHard(); }
    bool isRunning() { return m_process.isRunning(); }
    /// The same printer again, on the same port, after stop() or killHard(); it has forgotten its jobs. Fails as
    /// start().
    Result<void> restart();

  private:
    VirtualPrinter() = default;
    Result<void> launch();
    Path m_folder;
    VirtualPrinterOptions m_options;
    int m_port = 0;
    ChildProcess m_process;
};

}  // namespace contone::printers
