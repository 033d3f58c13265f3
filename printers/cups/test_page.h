// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// captureTestPage: prints a test page through a copy of a queue into a capture: same scheduler, same PPD, no paper.
#pragma once

#include <functional>

#include "core/image/strip_sink.h"
#include "printers/ipp/ipp_wire.h"
#include "printers/ipp/verification_report.h"

namespace contone::printers {

/// Noise above, ramps below: nothing on the way can leave it unchanged by luck, and nobody who sees the capture's port
/// can put there what is expected: the noise is another each time. 8 or 16 bits, any channels.
image::Picture testPattern(image::PixelSize size, image::PixelFormat format);

/// What the device of a queue like this one is sent.
struct CapturedPage {
    Bytes document;                  ///< what went in, as the route writes it
    std::vector<Bytes> atTheDevice;  ///< what came out, and what other programs of this computer sent there
};

/// How the route that is tested makes and sends a page.
struct TestRoute {
    std::function<Result<std::unique_ptr<image::StripSink>>(const Path& file)>
        sink;  ///< a document of the route's kind
    std::function<Result<std::unique_ptr<print::Printer>>(const std::string& queueUri)> open;  ///< on another queue
};

/// Makes a queue "contone-test-…" with this PPD for a moment, prints the test pattern on it and removes it.
/// The scheduler must be on this computer and let us administer it. Fails: Unsupported "no-capture" with the reason in
/// `detail` as part of a sentence when there can be none; Corrupt "test-page" when CUPS took the page and nothing came
/// out within `patience`; then as the printer's calls.
Result<CapturedPage> captureTestPage(const Wire& queue, const std::string& ppd, const print::Ticket& ticket,
                                     const image::Picture& page, const TestRoute& route,
                                     std::chrono::milliseconds patience);

}  // namespace contone::printers
