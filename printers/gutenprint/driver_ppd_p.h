// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DriverPpd: reads what a Gutenprint PPD offers, and which CUPS raster page its driver takes for chosen options.
#pragma once

#include <cups/raster.h>

#include <map>
#include <memory>
#include <string>

#include "core/base/result.h"

struct ppd_file_s;

namespace contone::printers {

using Choices = std::map<std::string, std::string>;  ///< option → choice

class DriverPpd {
  public:
    /// Fails: Corrupt "driver-missing".
    static Result<DriverPpd> parse(const std::string& text);

    const std::string& nickname() const { return m_nickname; }  ///< maker, model and version of the driver
    bool isGutenprint() const;
    std::string driver() const;  ///< Gutenprint's short name: "dnp-ds620"; empty: another maker's PPD
    bool offers(const std::string& option, const std::string& choice) const;
    /// Every option with its choice: the PPD's default, or ours. A job that says them all prints the same whatever
    /// defaults somebody gives the queue.
    Choices allWith(const Choices& ours) const;
    /// The page header for these choices. Fails: Corrupt "driver-missing".
    Result<cups_page_header2_t> headerFor(const Choices& choices) const;

  private:
    struct Close {
        void operator()(ppd_file_s* ppd) const;
    };
    DriverPpd() = default;
    void mark(const Choices& choices) const;
    std::unique_ptr<ppd_file_s, Close> m_ppd;
    std::string m_nickname;
};

}  // namespace contone::printers
