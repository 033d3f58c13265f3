// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DriverQueue: chooses the options of a Gutenprint queue for a medium, and verifies that its pages arrive unchanged.
#pragma once

#include "core/print/printer.h"
#include "printers/gutenprint/driver_ppd_p.h"
#include "printers/ipp/ipp_wire.h"
#include "printers/ipp/verification_report.h"

namespace contone::printers {

/// Every option and choice is in the PPD. Fails: Conflict "driver-option" with all that are not.
Result<void> checkChoices(const DriverPpd& ppd, const Choices& choices);

class DriverQueue {
  public:
    DriverQueue(Wire queue, print::PrinterModel model, std::chrono::milliseconds timeout)
        : m_queue(std::move(queue)), m_model(std::move(model)), m_timeout(timeout) {}

    /// Fails: Conflict "driver-missing" when the queue has none; as Wire::get.
    Result<DriverPpd> ppd() const;
    /// PageSize, cut, finish and pinned options. Fails: Conflict "driver-option" when the model cannot say them.
    Result<Choices> choicesFor(const print::Medium& medium, const std::string& finish) const;
    enum class TestPage { Sent, None };
    Result<print::Verification> verify(const print::PrinterSetup& setup, const print::Medium& medium, Instant at,
                                       TestPage testPage) const;

  private:
    void checkDriver(VerificationReport& report, const DriverPpd& ppd, const std::string& text,
                     const print::PrinterSetup& setup, const print::Medium& medium) const;
    void comparePage(VerificationReport& report, const std::string& ppd, const std::string& finish,
                     const print::Medium& medium, Instant at) const;

    Wire m_queue;
    print::PrinterModel m_model;
    std::chrono::milliseconds m_timeout;
};

}  // namespace contone::printers
