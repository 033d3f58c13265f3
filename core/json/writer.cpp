// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Most text is plain ASCII and most numbers are whole; both are appended as they are.
#include "core/json/writer.h"

#include <charconv>

#include "core/json/quoting_p.h"

namespace contone::json {
namespace {

/// Stands for itself between quotes: neither escapes nor anything that might not be UTF-8.
bool isPlain(std::string_view text) {
    bool plain = true;  // of all, without a way out between: that the compiler does many bytes at once
    for (const char c : text) plain &= c >= ' ' && c < 0x7f && c != '"' && c != '\\';
    return plain;
}

template <class Int>
void append(std::string& text, Int value) {
    char digits[24];
    text.append(digits, std::to_chars(std::begin(digits), std::end(digits), value).ptr);
}

}  // namespace

void Writer::open(char bracket) {
    separate();
    m_text += bracket;
    m_needsComma = false;
}

void Writer::close(char bracket) {
    m_text += bracket;
    m_needsComma = true;
}

void Writer::key(std::string_view name) {
    separate();
    quoted(name);
    m_text += ':';
    m_needsComma = false;
}

void Writer::word(std::string_view word) {
    separate();
    m_text += word;
}

void Writer::integer(std::int64_t value) {
    separate();
    append(m_text, value);
}

void Writer::unsignedInteger(std::uint64_t value) {
    separate();
    append(m_text, value);
}

void Writer::real(double value) {
    word(shortestText(value));
}

void Writer::text(std::string_view value) {
    separate();
    quoted(value);
}

void Writer::quoted(std::string_view value) {
    if (!isPlain(value)) {
        m_text += quotedWithCare(value);
        return;
    }
    m_text += '"';
    m_text += value;
    m_text += '"';
}

}  // namespace contone::json
