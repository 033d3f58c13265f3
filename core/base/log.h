// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Log: one JSON object a line, for the people who look after the machine. Customers never read it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "core/base/result.h"

namespace contone {

/// A named value of a log line.
struct LogField {
    std::string_view name;
    std::string value;
    LogField(std::string_view n, std::string v) : name(n), value(std::move(v)) {}
    LogField(std::string_view n, std::string_view v) noexcept : name(n), value(copyOf(v)) {}
    LogField(std::string_view n, const char* v) noexcept : name(n), value(copyOf(v)) {}
    LogField(std::string_view n, std::int64_t v) : name(n), value(std::to_string(v)) {}

  private:
    /// Empty when there is no memory: that is told where somebody has just run out of it.
    static std::string copyOf(std::string_view text) noexcept;
};

/// Writes {"at":…,"level":…,"event":…, fields…}. Never a customer's name, phone or picture. Thread-safe; copies share
/// one sink. A default Log writes nothing. Nothing throws: of lines that there was no
/// memory for the next one says how many they were.
class Log {
  public:
    enum class Level { Debug, Info, Warning, Error };

    Log() = default;
    static Log toStderr(Level from = Level::Info);
    /// Rotates at 10 MB and keeps five files: no file that only grows. Fails: Denied, Unavailable.
    static Result<Log> toFile(const std::filesystem::path& path, Level from = Level::Info);

    void debug(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void info(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void warning(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    void error(std::string_view event, std::initializer_list<LogField> fields = {}) const;
    /// An Error with its code, reason and detail.
    void error(std::string_view event, const Error& error, std::initializer_list<LogField> fields = {}) const;

  private:
    struct Sink;
    void write(Level level, std::string_view event, const Error* error,
               std::initializer_list<LogField> fields) const noexcept;
    void writeLine(Level level, std::string_view event, const Error* error,
                   std::initializer_list<LogField> fields) const;
    std::shared_ptr<Sink> m_sink;
};

}  // namespace contone
