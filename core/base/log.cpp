// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// JSON lines through spdlog.
#include "core/base/log.h"

#include <spdlog/logger.h>
#include <spdlog/sinks/rotating_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <sys/stat.h>

#include "core/base/clock.h"
#include "core/base/printable.h"

namespace contone {

struct Log::Sink {
    explicit Sink(const spdlog::sink_ptr& sink, Level level) : logger("contone", sink), from(level) {
        logger.set_pattern("%v");
        logger.set_level(spdlog::level::trace);
        logger.flush_on(spdlog::level::trace);
    }
    spdlog::logger logger;
    Level from;
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

void Log::write(Level level, std::string_view event, const Error* error, std::initializer_list<LogField> fields) const {
    if (!m_sink || level < m_sink->from) return;
    static constexpr const char* names[] = {"debug", "info", "warning", "error"};
    std::string line = "{\"at\":";
    appendString(line, toString(SystemClock().now()));
    appendField(line, "level", names[static_cast<int>(level)]);
    appendField(line, "event", event);
    if (error) {
        appendField(line, "code", toString(error->code));
        appendField(line, "reason", error->reason);
        appendField(line, "detail", error->detail);
    }
    for (const LogField& f : fields) appendField(line, f.name, f.value);
    line += '}';
    m_sink->logger.log(spdlog::level::info, spdlog::string_view_t(line.data(), line.size()));
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
