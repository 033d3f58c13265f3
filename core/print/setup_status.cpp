// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A printer's notices as plain text.
#include "core/print/setup_status.h"

namespace contone::print {

std::vector<std::string> sentencesOf(const SetupStatus& status) {
    std::vector<std::string> sentences;
    sentences.reserve(status.notices.size());
    for (const Notice& notice : status.notices) sentences.push_back(notice.message);
    return sentences;
}

std::vector<std::string> reasonsOf(const SetupStatus& status) {
    std::vector<std::string> reasons;
    reasons.reserve(status.notices.size());
    for (const Notice& notice : status.notices) reasons.push_back(notice.reason);
    return reasons;
}

}  // namespace contone::print
