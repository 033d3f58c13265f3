// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Writer: JSON text, one token after the other.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace contone::json {

/// Writes compact JSON on one line. The caller keeps the order: in an object, each value after its key. Text that is
/// not UTF-8 (names from old sticks, printers' messages) arrives with U+FFFD for its bad bytes. A number that is not
/// finite is written as null, which reading refuses.
class Writer {
  public:
    void beginObject() { open('{'); }
    void endObject() { close('}'); }
    void beginList() { open('['); }
    void endList() { close(']'); }
    void key(std::string_view name);
    void null() { word("null"); }
    void boolean(bool value) { word(value ? "true" : "false"); }
    void integer(std::int64_t value);
    void unsignedInteger(std::uint64_t value);
    void real(double value);  ///< the shortest text that reads back as the same number
    void text(std::string_view value);

    std::string take() { return std::move(m_text); }

  private:
    void separate() {
        if (m_needsComma) m_text += ',';
        m_needsComma = true;
    }
    void open(char bracket);
    void close(char bracket);
    void word(std::string_view word);
    void quoted(std::string_view value);

    std::string m_text;
    bool m_needsComma = false;
};

}  // namespace contone::json
