// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ScriptedTerminal: a card terminal on loopback that speaks ZVT and acts out one story. It makes and reads its bytes
// itself, so that it is a peer of the code under test and not a mirror of it.
#pragma once

#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace contone::devices::testing {

/// How it answers when money is asked for (06 01, 06 30, 06 31), unless another command is named.
enum class Story {
    Approve,
    ClosesAfterwards,       ///< approves, then ends the connection
    SaysMoreAfterwards,     ///< approves, then sends the status once more, unasked
    Decline,                ///< 04 0F with 27 05, then 06 1E
    Abort,                  ///< 06 1E 6C alone
    Refuse,                 ///< 84 83 to the command
    BusyTwice,              ///< 84 9C two times, then approves
    AlwaysBusy,             ///< 84 9C each time
    Silent,                 ///< not even 80 00 00
    SilentAfterAccepting,   ///< 80 00 00 and then nothing
    HangUpBeforeCharge,     ///< ends the connection after 80 00 00; no card was charged
    HangUpAfterCharge,      ///< the card is charged, then the connection ends
    HangUpAfterStatus,      ///< 04 0F with 27 00, and no 06 0F
    Slow,                   ///< takes five times 150 ms and says each time that it works
    Endless,                ///< says that it works, for ever
    Twice,                  ///< the status is sent two times
    TwoStatuses,            ///< two that differ
    WrongAmount,            ///< a cent more
    WrongCurrency,          ///< 840 instead of what was asked
    WrongTerminal,          ///< another id than it registered with
    NoCurrency,             ///< a status without 49
    GarbageAfterApproval,   ///< 04 0F with 27 00, then bytes that are no message
    UnknownField,           ///< a good status with a field that nobody knows, then 06 0F
    HalfAMessage,           ///< the first half of the status, then nothing
    ApprovedThenAborted,    ///< 04 0F with 27 00, then 06 1E
    DeclinedThenCompleted,  ///< 04 0F with 27 05, then 06 0F
    CompletedAlone,         ///< 06 0F without a status
    StopsWhenAsked,         ///< waits for 06 B0, then 06 1E 6C
    ApprovesThoughStopped,  ///< waits for 06 B0 and approves all the same
    TellsCardNumbers,       ///< approves, with a card's number wherever one can be
    RefuseRegistration,     ///< 84 83 to 06 00
    Unnamed,                ///< registers without its id
    OtherCurrency           ///< registers with 840
};

/// What it remembers of the newest operation, and what the answers to 06 20 are made of.
struct Memory {
    int receipt = 0, trace = 0;
    std::int64_t amount = 0;
    std::uint8_t result = 0;
    bool hasSale = false;
};

/// Listens on 127.0.0.1 until destroyed. Its id is 52500038. Thread-safe.
class ScriptedTerminal {
  public:
    explicit ScriptedTerminal(Story story, Memory memory = {});
    ~ScriptedTerminal();
    ScriptedTerminal(const ScriptedTerminal&) = delete;
    ScriptedTerminal& operator=(const ScriptedTerminal&) = delete;

    std::uint16_t port() const { return m_port; }
    void setStory(Story story);
    /// Every command that came, as hexadecimal digits, acknowledgements left out.
    std::vector<std::string> heard() const;
    /// Messages of its own that nobody acknowledged.
    int unacknowledged() const;
    /// Cards that money was taken from.
    int charged() const;

    static constexpr const char* cardNumber = "4111111111111111";

  private:
    using Bytes = std::vector<std::uint8_t>;
    struct Sold {
        int receipt;
        std::int64_t amount;
    };

    void serve(const std::stop_token& stop);
    bool read(const std::stop_token& stop, Bytes& message, int patienceMs);
    bool send(const Bytes& message);
    bool say(const std::stop_token& stop, const Bytes& message);
    bool answer(const std::stop_token& stop, const Bytes& message);
    bool registers(const std::stop_token& stop);
    bool money(const std::stop_token& stop, const Bytes& message);
    bool decline(const std::stop_token& stop, std::int64_t amount, Story story);
    bool approve(const std::stop_token& stop, std::int64_t amount, Story story);
    bool sayStatus(const std::stop_token& stop, std::int64_t amount, Story story);
    bool closeDay(const std::stop_token& stop);
    bool waitForStop(const std::stop_token& stop);
    std::int64_t amountOf(const Bytes& message) const;
    Bytes status(std::int64_t amount, std::uint8_t result, Story story) const;
    Story story() const;

    int m_listen = -1, m_socket = -1;
    std::uint16_t m_port = 0;
    mutable std::mutex m_mutex;  // guards all below
    Story m_story;
    Memory m_memory;
    std::vector<Sold> m_sold;
    std::vector<std::string> m_heard;
    int m_unacknowledged = 0, m_charged = 0, m_busy = 0;
    Bytes m_currency{0x09, 0x78};
    bool m_isToStop = false;
    std::jthread m_thread;  // last: it uses the others
};

}  // namespace contone::devices::testing
