// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The command, its answer, then the terminal leads until 06 0F or 06 1E.
#include "core/devices/zvt/dialogue_p.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace contone::devices::zvt {
namespace {

using SteadyTime = std::chrono::steady_clock;

class Dialogue {
  public:
    Dialogue(Connection& connection, const ZvtTimeouts& timeouts, const Tell& tell, const CancelToken& cancel,
             OnCancel onCancel)
        : m_connection(connection),
          m_timeouts(timeouts),
          m_tell(tell),
          m_cancel(cancel),
          m_onCancel(onCancel),
          m_end(SteadyTime::now() + timeouts.longest) {}

    Answer run(const Bytes& command) {
        Ending ending = begin(command);
        while (ending == Ending::Busy && ++m_tries < m_timeouts.busyTries && pause()) ending = begin(command);
        if (ending == Ending::Completed && !m_isDone) ending = follow();
        m_answer.ending = ending;
        return std::move(m_answer);
    }

  private:
    static Ending endingOf(Stop stop) {
        switch (stop) {
            case Stop::Lost:
                return Ending::Lost;
            case Stop::Silent:
                return Ending::Silent;
            case Stop::Cancelled:
                return Ending::Cancelled;
            case Stop::Unreadable:
                break;
        }
        return Ending::Unreadable;
    }

    /// False: cancelled meanwhile.
    bool pause() const {
        const Moment until = SteadyTime::now() + m_timeouts.busyPause;
        while (!m_cancel.isCancelled() && SteadyTime::now() < until)
            std::this_thread::sleep_for(std::min(m_timeouts.busyPause, std::chrono::milliseconds(50)));
        return !m_cancel.isCancelled();
    }

    /// Sends the command. Completed: it was accepted, or the terminal has begun to lead.
    Ending begin(const Bytes& command) {
        switch (m_connection.send(command)) {
            case Connection::Sent::Nothing:
                return Ending::NotSent;
            case Connection::Sent::Some:
                return Ending::Lost;
            case Connection::Sent::All:
                break;
        }
        auto answer = m_connection.receive(SteadyTime::now() + m_timeouts.answer, nullptr);
        if (!answer) return endingOf(answer.error());
        if (answer->verb.group == verbs::refuses && answer->verb.instruction != 0) {
            if (answer->verb.instruction == verbs::pleaseWait) return Ending::Busy;
            m_answer.code = answer->verb.instruction;
            return Ending::Refused;
        }
        if (answer->verb.group == verbs::accepts || answer->verb.group == verbs::refuses) return Ending::Completed;
        const auto ending = take(*answer);
        m_isDone = ending.has_value();
        return ending.value_or(Ending::Completed);
    }

    Ending follow() {
        Moment until = SteadyTime::now() + m_timeouts.message;
        for (;;) {
            const bool looksForCancel = m_onCancel != OnCancel::Wait && !m_hasAskedToStop;
            auto message = m_connection.receive(std::min(until, m_end), looksForCancel ? &m_cancel : nullptr);
            if (message) {
                until = SteadyTime::now() + m_timeouts.message;
                if (const auto ending = take(*message)) return *ending;
                if (until > m_end && SteadyTime::now() >= m_end) return Ending::Slow;
            } else if (message.error() == Stop::Cancelled && m_onCancel == OnCancel::AskToStop) {
                m_hasAskedToStop = true;  // if it does not arrive, the wait for an answer says so
                (void)m_connection.send(encode(verbs::abort));
            } else if (message.error() == Stop::Silent && until > m_end) {
                return Ending::Slow;
            } else {
                return endingOf(message.error());
            }
        }
    }

    std::optional<Ending> take(const Apdu& message) {
        if (message.verb.group == verbs::accepts || message.verb.group == verbs::refuses) return {};  // to 06 B0
        const bool isAcknowledged = m_connection.send(encode(verbs::accepted)) == Connection::Sent::All;
        const auto data = message.data.bytes();
        if (message.verb == verbs::status) takeStatus(data);
        if (message.verb == verbs::completion) {
            if (auto fields = parseFields(data))
                m_answer.completion = std::move(*fields);
            else
                m_answer.unreadable = fields.error().detail;
            return Ending::Completed;
        }
        if (message.verb == verbs::aborted) {
            if (data.empty()) return Ending::Unreadable;
            m_answer.code = data.front();
            return Ending::Aborted;
        }
        if (message.verb == verbs::progress && !data.empty() && m_tell)
            if (const auto prompt = promptOf(data.front())) m_tell(*prompt);
        return isAcknowledged ? std::nullopt : std::optional(Ending::Lost);
    }

    void takeStatus(std::span<const std::uint8_t> data) {
        auto fields = parseFields(data);
        if (!fields)
            m_answer.unreadable = fields.error().detail;
        else if (!m_answer.status)
            m_answer.status = std::move(*fields);
        else
            m_answer.statusesDiffer = m_answer.statusesDiffer || *m_answer.status != *fields;
    }

    Connection& m_connection;
    const ZvtTimeouts& m_timeouts;
    const Tell& m_tell;
    const CancelToken& m_cancel;
    OnCancel m_onCancel;
    Moment m_end;
    Answer m_answer;
    int m_tries = 0;
    bool m_isDone = false, m_hasAskedToStop = false;
};

}  // namespace

Answer ask(Connection& connection, const Bytes& command, const ZvtTimeouts& timeouts, const Tell& tell,
           const CancelToken& cancel, OnCancel onCancel) {
    Answer answer = Dialogue(connection, timeouts, tell, cancel, onCancel).run(command);
    const bool isInStep = answer.ending == Ending::Refused || answer.ending == Ending::Busy ||
                          answer.ending == Ending::Completed || answer.ending == Ending::Aborted;
    if (!isInStep) connection.close();
    return answer;
}

std::optional<TerminalPrompt> promptOf(std::uint8_t progress) {
    // 41…5D are 01…1D with "please remove card".
    const std::uint8_t base = progress >= 0x41 && progress <= 0x5D ? progress - 0x40 : progress;
    switch (base) {
        case 0x00:
            return TerminalPrompt::ConfirmAmount;
        case 0x01:
        case 0x02:
        case 0x6A:
        case 0x6B:
        case 0x6C:
        case 0xCC:
            return TerminalPrompt::EnterPin;
        case 0x03:
        case 0x07:
        case 0x08:
        case 0x09:
        case 0x10:
        case 0x13:
        case 0x19:
            return TerminalPrompt::NotAccepted;
        case 0x04:
        case 0x0E:
        case 0x17:
        case 0x6D:
        case 0xD2:
        case 0xD3:
            return TerminalPrompt::Waiting;
        case 0x0A:
            return progress == 0x4A ? TerminalPrompt::RemoveCard : TerminalPrompt::InsertCard;
        case 0x0B:
            return TerminalPrompt::RemoveCard;
        case 0x0C:
            return TerminalPrompt::NotReadable;
        case 0x14:
        case 0x16:
        case 0x18:
        case 0x1D:
            return TerminalPrompt::Declined;
        case 0x15:
            return TerminalPrompt::WrongPin;
        case 0x1B:
        case 0x1C:
            return TerminalPrompt::Approved;
        default:
            return {};
    }
}

}  // namespace contone::devices::zvt
