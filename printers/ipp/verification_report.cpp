// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The fingerprint covers the setup, the medium and every note.
#include "printers/ipp/verification_report.h"

#include "core/print/setup_json.h"

namespace contone::printers {

VerificationReport::VerificationReport(const char* kind, const print::PrinterSetup& setup,
                                       const print::Medium& medium) {
    note(kind, print::toJson(print::whatPrints(setup)));
    note("medium", medium.id + " " + medium.ippMedia + " " + std::to_string(medium.raster.width) + "x" +
                       std::to_string(medium.raster.height) + " " + std::to_string(medium.dpiX.value) + "x" +
                       std::to_string(medium.dpiY.value) + " " + std::to_string(medium.sheet.width.um()) + "x" +
                       std::to_string(medium.sheet.height.um()));
}

void VerificationReport::problem(std::string sentence) {
    m_result.problems.push_back(std::move(sentence));
    m_refused = true;
}

void VerificationReport::atLeastOnce(std::string sentence) {
    m_result.problems.push_back(std::move(sentence));
    m_result.atLeastOnce = true;
}

print::Verification VerificationReport::finish(Instant at) {
    m_result.at = at;
    m_result.passed = !m_refused;
    m_result.fingerprint = Sha256::of(m_text + (m_result.atLeastOnce ? "at-least-once\n" : ""));
    return m_result;
}

}  // namespace contone::printers
