// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JSON lines through spdlog.
#include "core/base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

#include "core/base/clock.h"
#include "core/base/printable.h"

namespace contone {

/// A printer that fails each second would fill the log with one line. Warnings and errors that come again within a
/// minute are counted; the count stands in the next one. Thread-safe.
class Repeats {
  public:
    /// How often the line was left out since it was written last; empty: leave it out now.
    std::optional<int> note(const std::string& body) {
        const std::lock_guard lock(m_mutex);
        const auto now = std::chrono::steady_clock::now();
        std::erase_if(m_lines, [&](const auto& l) { return l.second.leftOut == 0 && now - l.second.at >= pause; });
        const auto known = m_lines.find(body);
        if (known == m_lines.end()) {
            if (m_lines.size() < mostLines) m_lines[body] = {now, 0};
            return 0;
        }
        Line& line = known->second;
        if (now - line.at < pause) {
            line.leftOut++;
            return {};
        }
        line.at = now;
        return std::exchange(line.leftOut, 0);
    }
    /// What was counted and not said.
    std::map<std::string, int> rest() const {
        const std::lock_guard lock(m_mutex);
        std::map<std::string, int> left;
        for (const auto& [body, line] : m_lines)
            if (line.leftOut > 0) left[body] = line.leftOut;
        return left;
    }

  private:
    static constexpr std::chrono::seconds pause{60};
    static constexpr std::size_t mostLines = 256;
    struct Line {
        std::chrono::steady_clock::time_point at;
        int leftOut = 0;
    };
    mutable std::mutex m_mutex;
    std::map<std::string, Line> m_lines;
};

struct Log::Sink {
    explicit Sink(const spdlog::sink_ptr& sink, Level level) : logger("contone", sink), from(level) {
        logger.set_pattern("%v");
        logger.set_level(spdlog::level::trace);
        logger.flush_on(spdlog::level::trace);
    }
    spdlog::logger logger;
    Level from;
    Repeats repeats;
    std::atomic<int> lost{0};  ///< lines that there was no memory for

    ~Sink() {
        try {
            for (const auto& [body, times] : repeats.rest()) put(body, times);
        } catch (const std::exception&) {  // nobody is left to tell
            lost = 0;
        }
    }
    Sink(const Sink&) = delete;
    Sink& operator=(const Sink&) = delete;
    /// `body`: the line behind its time.
    void put(const std::string& body, int repeated);
};

namespace {

void appendString(std::string& out, std::string_view text) {
    out += '"';
    out += printableJson(text);
    out += '"';
}

void appendField(std::string& out, std::string_view name, std::string_view value) {
    out += ',';
    appendString(out, name);
    out += ':';
    appendString(out, value);
}

/// A log names files and people; each new file of it is its owner's alone.
spdlog::file_event_handlers forItsOwner() {
    spdlog::file_event_handlers events;
    events.after_open = [](const spdlog::filename_t&, std::FILE* file) { ::fchmod(::fileno(file), 0600); };
    return events;
}

}  // namespace

Log Log::toStderr(Level from) {
    Log log;
    log.m_sink = std::make_shared<Sink>(std::make_shared<spdlog::sinks::stderr_sink_mt>(), from);
    return log;
}

Result<Log> Log::toFile(const std::filesystem::path& path, Level from) {
    try {
        Log log;
        log.m_sink = std::make_shared<Sink>(
            std::make_shared<spdlog::sinks::rotating_file_sink_mt>(path.string(), 10 << 20, 5, false, forItsOwner()),
            from);
        return log;
    } catch (const std::exception& e) {
        return fail(Code::Denied, "log-not-writable", "The log cannot be written. Check the folder's permissions.",
                    e.what());
    }
}

std::string LogField::copyOf(std::string_view text) noexcept {
    try {
        return std::string(text);
    } catch (const std::bad_alloc&) {
        return {};
    }
}

void Log::write(Level level, std::string_view event, const Error* error,
                std::initializer_list<LogField> fields) const noexcept {
    if (!m_sink || level < m_sink->from) return;
    try {
        writeLine(level, event, error, fields);
    } catch (...) {  // whoever tells of a failure must not fail of it
        m_sink->lost.fetch_add(1, std::memory_order_relaxed);
    }
}

void Log::writeLine(Level level, std::string_view event, const Error* error,
                    std::initializer_list<LogField> fields) const {
    static constexpr const char* names[] = {"debug", "info", "warning", "error"};
    std::string body;
    appendField(body, "level", names[static_cast<int>(level)]);
    appendField(body, "event", event);
    if (error) {
        appendField(body, "code", toString(error->code));
        appendField(body, "reason", error->reason);
        appendField(body, "detail", error->detail);
    }
    for (const LogField& f : fields) appendField(body, f.name, f.value);
    const auto repeated = level >= Level::Warning ? m_sink->repeats.note(body) : std::optional(0);
    if (repeated) m_sink->put(body, *repeated);
}

void Log::Sink::put(const std::string& body, int repeated) {
    std::string line = "{\"at\":";
    appendString(line, toString(SystemClock().now()));
    line += body;
    if (repeated > 0) appendField(line, "repeated", std::to_string(repeated));
    if (const int before = lost.exchange(0, std::memory_order_relaxed); before > 0)
        appendField(line, "linesLostBefore", std::to_string(before));
    line += '}';
    logger.log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
}

void Log::debug(std::string_view e, std::initializer_list<LogField> f) const {
    write(Level::Debug, e, nullptr, f);
}
void Log::info(std::string_view e, std::initializer_list<LogField> f) const {
    write(Level::Info, e, nullptr, f);
}
void Log::warning(std::string_view e, std::initializer_list<LogField> f) const {
    write(Level::Warning, e, nullptr, f);
}
void Log::error(std::string_view e, std::initializer_list<LogField> f) const {
    write(Level::Error, e, nullptr, f);
}
void Log::error(std::string_view e, const Error& error, std::initializer_list<LogField> f) const {
    write(Level::Error, e, &error, f);
}

}  // namespace contone
