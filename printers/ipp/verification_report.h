// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// VerificationReport: collects the findings of a verification, and the text whose hash is its fingerprint.
#pragma once

#include "core/print/printer.h"

namespace contone::printers {

/// Collects sentences, and everything that a later change must not go unnoticed of.
class VerificationReport {
  public:
    /// `kind` names the rules that are checked: other rules, another fingerprint.
    VerificationReport(const char* kind, const print::PrinterSetup& setup, const print::Medium& medium);
    void note(const char* name, const std::string& value) { m_text += std::string(name) + "=" + value + "\n"; }
    void verified(std::string sentence) { m_result.verified.push_back(std::move(sentence)); }
    void problem(std::string sentence);
    /// Pages arrive untouched, but perhaps twice after a scheduler's restart.
    void atLeastOnce(std::string sentence);
    void check(bool good, std::string sentence, std::string otherwise) {
        good ? verified(std::move(sentence)) : problem(std::move(otherwise));
    }
    bool isRefused() const { return m_refused; }
    print::Verification finish(Instant at);

  private:
    print::Verification m_result;
    std::string m_text;
    bool m_refused = false;
};

}  // namespace contone::printers
