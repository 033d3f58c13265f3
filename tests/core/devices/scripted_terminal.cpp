// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The stories, byte by byte.
#include "tests/core/devices/scripted_terminal.h"

#include <arpa/inet.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <chrono>
#include <initializer_list>

namespace contone::devices::testing {
namespace {

using Bytes = std::vector<std::uint8_t>;
constexpr int tickMs = 5;

Bytes decimals(std::int64_t number, std::size_t size) {
    Bytes bytes(size);
    for (std::size_t i = size; i-- > 0; number /= 100)
        bytes[i] = static_cast<std::uint8_t>(number / 10 % 10 * 16 + number % 10);
    return bytes;
}

std::int64_t numberIn(const Bytes& bytes, std::size_t at, std::size_t size) {
    std::int64_t number = 0;
    for (std::size_t i = at; i < at + size && i < bytes.size(); ++i)
        number = number * 100 + (bytes[i] >> 4U) * 10 + (bytes[i] & 15U);
    return number;
}

Bytes text(std::string_view letters) {
    return {letters.begin(), letters.end()};
}

Bytes joined(std::initializer_list<Bytes> parts) {
    Bytes all;
    for (const Bytes& part : parts) all.insert(all.end(), part.begin(), part.end());
    return all;
}

Bytes message(std::uint8_t group, std::uint8_t instruction, const Bytes& data) {
    Bytes bytes{group, instruction};
    if (data.size() < 255)
        bytes.push_back(static_cast<std::uint8_t>(data.size()));
    else
        bytes.insert(bytes.end(), {0xFF, static_cast<std::uint8_t>(data.size() % 256),
                                   static_cast<std::uint8_t>(data.size() / 256)});
    return joined({bytes, data});
}

/// A tag, a length of `digits` bytes F0…F9, the value.
Bytes counted(std::uint8_t tag, int digits, const Bytes& value) {
    Bytes bytes{tag};
    const std::string length = std::to_string(value.size());
    for (int i = digits - static_cast<int>(length.size()); i > 0; --i) bytes.push_back(0xF0);
    for (const char digit : length) bytes.push_back(static_cast<std::uint8_t>(0xF0 + digit - '0'));
    return joined({bytes, value});
}

/// A TLV object of less than 128 bytes.
Bytes tlv(const Bytes& tag, const Bytes& value) {
    return joined({tag, {static_cast<std::uint8_t>(value.size())}, value});
}

std::string hexOf(const Bytes& bytes) {
    std::string hex;
    for (const std::uint8_t b : bytes) {
        hex += "0123456789abcdef"[b >> 4U];
        hex += "0123456789abcdef"[b & 15U];
    }
    return hex;
}

const Bytes accepted{0x80, 0x00, 0x00};
const Bytes working{0x04, 0xFF, 0x01, 0x04};

}  // namespace

ScriptedTerminal::ScriptedTerminal(Story story, Memory memory) : m_story(story), m_memory(memory) {
    m_listen = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    if (::bind(m_listen, reinterpret_cast<sockaddr*>(&address), size) == 0 && ::listen(m_listen, 8) == 0 &&
        ::getsockname(m_listen, reinterpret_cast<sockaddr*>(&address), &size) == 0)
        m_port = ntohs(address.sin_port);
    m_thread = std::jthread([this](const std::stop_token& stop) { serve(stop); });
}

ScriptedTerminal::~ScriptedTerminal() {
    m_thread.request_stop();
    m_thread.join();
    ::close(m_listen);
}

void ScriptedTerminal::setStory(Story story) {
    const std::lock_guard lock(m_mutex);
    m_story = story;
}

Story ScriptedTerminal::story() const {
    const std::lock_guard lock(m_mutex);
    return m_story;
}

std::vector<std::string> ScriptedTerminal::heard() const {
    const std::lock_guard lock(m_mutex);
    return m_heard;
}

int ScriptedTerminal::unacknowledged() const {
    const std::lock_guard lock(m_mutex);
    return m_unacknowledged;
}

int ScriptedTerminal::charged() const {
    const std::lock_guard lock(m_mutex);
    return m_charged;
}

void ScriptedTerminal::serve(const std::stop_token& stop) {
    while (!stop.stop_requested()) {
        pollfd waiting{m_listen, POLLIN, 0};
        if (::poll(&waiting, 1, tickMs) <= 0) continue;
        m_socket = ::accept4(m_listen, nullptr, nullptr, SOCK_CLOEXEC);
        m_isToStop = false;
        for (Bytes command; read(stop, command, 60'000) && answer(stop, command);) {
        }
        ::close(m_socket);
    }
}

/// One whole message; commands are noted.
bool ScriptedTerminal::read(const std::stop_token& stop, Bytes& out, int patienceMs) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::milliseconds(patienceMs);
    out.clear();
    std::size_t wanted = 3;
    while (out.size() < wanted) {
        pollfd waiting{m_socket, POLLIN, 0};
        if (stop.stop_requested() || std::chrono::steady_clock::now() > until) return false;
        if (::poll(&waiting, 1, tickMs) <= 0) continue;
        std::uint8_t byte = 0;
        if (::recv(m_socket, &byte, 1, 0) != 1) return false;
        out.push_back(byte);
        if (out.size() == 3) wanted = out[2] == 0xFF ? 5 : 3U + out[2];
        if (out.size() == 5 && out[2] == 0xFF) wanted = 5U + out[3] + 256U * out[4];
    }
    const std::lock_guard lock(m_mutex);
    if (out[0] != 0x80 && out[0] != 0x84) m_heard.push_back(hexOf(out));
    return true;
}

bool ScriptedTerminal::send(const Bytes& bytes) {
    return ::send(m_socket, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

/// Sends and waits for 80 00 00. The other side may ask it to stop meanwhile.
bool ScriptedTerminal::say(const std::stop_token& stop, const Bytes& bytes) {
    if (!send(bytes)) return false;
    for (Bytes answer; read(stop, answer, 1000);) {
        if (answer == accepted) return true;
        if (answer[0] == 0x06 && answer[1] == 0xB0) m_isToStop = send(accepted);
    }
    const std::lock_guard lock(m_mutex);
    ++m_unacknowledged;
    return false;
}

bool ScriptedTerminal::answer(const std::stop_token& stop, const Bytes& command) {
    if (command[0] == 0x80 || command[0] == 0x84) return true;
    if (command[0] != 0x06) return send({0x84, 0x83, 0x00});
    switch (command[1]) {
        case 0x00: {
            const std::lock_guard lock(m_mutex);
            m_currency.assign(command.end() - 2, command.end());
        }
            return registers(stop);
        case 0x01:
        case 0x30:
        case 0x31:
            return money(stop, command);
        case 0x20: {
            Memory memory;
            {
                const std::lock_guard lock(m_mutex);
                memory = m_memory;
            }
            return send(accepted) &&
                   (!memory.hasSale || say(stop, status(memory.amount, memory.result, Story::Approve))) &&
                   say(stop, {0x06, 0x0F, 0x00});
        }
        case 0x50:
            return closeDay(stop);
        case 0xB0:
            return send(accepted);
        default:
            return send({0x84, 0x83, 0x00});
    }
}

bool ScriptedTerminal::registers(const std::stop_token& stop) {
    const Story story = this->story();
    if (story == Story::RefuseRegistration) return send({0x84, 0x83, 0x00});
    Bytes data{0x19, 0x10};
    if (story != Story::Unnamed) data = joined({data, {0x29, 0x52, 0x50, 0x00, 0x38}});
    data = joined({data, {0x49}, story == Story::OtherCurrency ? Bytes{0x08, 0x40} : m_currency});
    return send(accepted) && say(stop, message(0x06, 0x0F, data));
}

std::int64_t ScriptedTerminal::amountOf(const Bytes& command) const {
    if (command[1] == 0x01) return numberIn(command, 4, 6);
    if (command[1] == 0x31) return numberIn(command, 7, 6);
    const std::lock_guard lock(m_mutex);
    for (const Sold& sold : m_sold)
        if (sold.receipt == numberIn(command, 7, 2)) return sold.amount;
    return 0;
}

bool ScriptedTerminal::waitForStop(const std::stop_token& stop) {
    for (Bytes command; !m_isToStop && read(stop, command, 2000);)
        if (command[0] == 0x06 && command[1] == 0xB0) m_isToStop = send(accepted);
    return m_isToStop;
}

bool ScriptedTerminal::money(const std::stop_token& stop, const Bytes& command) {
    const Story story = this->story();
    const std::int64_t amount = amountOf(command);
    if (story == Story::Silent) return true;
    if (story == Story::Refuse) return send({0x84, 0x83, 0x00});
    if (story == Story::AlwaysBusy || (story == Story::BusyTwice && m_busy++ < 2)) return send({0x84, 0x9C, 0x00});
    m_isToStop = false;
    if (!send(accepted)) return false;
    if (story == Story::HangUpBeforeCharge) return false;
    if (story == Story::SilentAfterAccepting) return true;
    if (!say(stop, {0x04, 0xFF, 0x02, 0x0A, 0x02})) return false;  // insert the card
    for (int i = 0; (story == Story::Slow && i < 5) || story == Story::Endless; ++i) {
        std::this_thread::sleep_for(std::chrono::milliseconds(story == Story::Slow ? 150 : 20));
        if (!say(stop, working)) return false;
    }
    if ((story == Story::StopsWhenAsked || story == Story::ApprovesThoughStopped) && !waitForStop(stop)) return false;
    if (story == Story::StopsWhenAsked || story == Story::Abort) return say(stop, {0x06, 0x1E, 0x01, 0x6C});
    if (story == Story::CompletedAlone) return say(stop, {0x06, 0x0F, 0x00});
    if (story == Story::Decline || story == Story::DeclinedThenCompleted) return decline(stop, amount, story);
    return approve(stop, amount, story);
}

bool ScriptedTerminal::decline(const std::stop_token& stop, std::int64_t amount, Story story) {
    {
        const std::lock_guard lock(m_mutex);
        m_memory = {m_memory.receipt, m_memory.trace + 1, amount, 0x05, true};
    }
    return say(stop, {0x04, 0xFF, 0x01, 0x1D}) && say(stop, status(amount, 0x05, story)) &&
           say(stop, story == Story::Decline ? Bytes{0x06, 0x1E, 0x01, 0x05} : Bytes{0x06, 0x0F, 0x00});
}

bool ScriptedTerminal::approve(const std::stop_token& stop, std::int64_t amount, Story story) {
    {
        const std::lock_guard lock(m_mutex);
        m_memory = {m_memory.receipt % 9999 + 1, m_memory.trace % 999999 + 1, amount, 0x00, true};
        m_sold.push_back({m_memory.receipt, amount});
        ++m_charged;
    }
    if (story == Story::HangUpAfterCharge || !sayStatus(stop, amount, story)) return false;
    if (story == Story::HangUpAfterStatus) return false;
    if (story == Story::GarbageAfterApproval) return send({0x4D, 0x5A, 0x90, 0x00, 0x03});
    if (story == Story::ApprovedThenAborted) return say(stop, {0x06, 0x1E, 0x01, 0x6C});
    const Bytes number = text(cardNumber);
    if (story == Story::TellsCardNumbers &&
        (!say(stop, message(0x06, 0xD1, joined({{0x00}, text("Card "), number}))) ||
         !say(stop, message(0x06, 0xD3, joined({{0x06}, tlv({0x25}, tlv({0x07}, number))})))))
        return false;
    const bool isOver = say(stop, {0x06, 0x0F, 0x00});
    if (story == Story::SaysMoreAfterwards) return isOver && send(status(amount, 0x00, story));
    return isOver && story != Story::ClosesAfterwards;
}

bool ScriptedTerminal::sayStatus(const std::stop_token& stop, std::int64_t amount, Story story) {
    const Bytes bytes = status(amount + (story == Story::WrongAmount ? 1 : 0), 0x00, story);
    if (story == Story::HalfAMessage) {
        send({bytes.begin(), bytes.begin() + 20});
        Bytes none;
        read(stop, none, 1000);
        return false;
    }
    if (!say(stop, bytes)) return false;
    if (story == Story::Twice) return say(stop, bytes);
    return story != Story::TwoStatuses || say(stop, status(amount, 0x05, story));
}

Bytes ScriptedTerminal::status(std::int64_t amount, std::uint8_t result, Story story) const {
    const std::lock_guard lock(m_mutex);
    Bytes data = joined({{0x27, result, 0x04}, decimals(amount, 6)});
    if (story != Story::NoCurrency)
        data = joined({data, {0x49}, story == Story::WrongCurrency ? Bytes{0x08, 0x40} : m_currency});
    data = joined({data,
                   {0x0B},
                   decimals(m_memory.trace, 3),
                   {0x0C, 0x11, 0x22, 0x33, 0x0D, 0x12, 0x01},
                   {0x29, 0x52, 0x50, 0x00, static_cast<std::uint8_t>(story == Story::WrongTerminal ? 0x39 : 0x38)},
                   {0x87},
                   decimals(m_memory.receipt, 2)});
    if (story == Story::UnknownField) data = joined({data, {0xEE, 0x01}});
    if (story != Story::TellsCardNumbers)
        return message(0x04, 0x0F,
                       joined({data,
                               counted(0x22, 2, {0x47, 0x11, 0xEE, 0xEE, 0xEE, 0xEE, 0x12, 0x34}),
                               {0x3B},
                               text("750071"),
                               {0x00, 0x00},
                               counted(0x8B, 2, joined({text("VISA"), {0x00}})),
                               {0x06},
                               tlv({}, tlv({0x60}, tlv({0x43}, {0xA0, 0x00, 0x00, 0x00, 0x03, 0x10, 0x10})))}));
    const Bytes number{0x41, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11}, letters = text(cardNumber);
    return message(0x04, 0x0F,
                   joined({data,
                           counted(0x22, 2, number),
                           counted(0x23, 2, joined({number, {0xD2, 0x61, 0x2F}})),
                           counted(0x24, 3, letters),
                           counted(0x2D, 2, joined({text("B"), letters})),
                           counted(0x2E, 3, letters),
                           counted(0x3C, 3, letters),
                           counted(0x8B, 2, joined({text("VISA "), letters})),
                           counted(0xA7, 2, letters),
                           {0x06},
                           tlv({}, joined({tlv({0x1F, 0x14}, letters), tlv({0x4C}, number),
                                           tlv({0x60}, tlv({0x43}, number)), tlv({0x43}, letters)}))}));
}

bool ScriptedTerminal::closeDay(const std::stop_token& stop) {
    Bytes data, none(7);
    {
        const std::lock_guard lock(m_mutex);
        std::int64_t sum = 0;
        for (const Sold& sold : m_sold) sum += sold.amount;
        const Bytes from = decimals(m_sold.empty() ? 0 : m_sold.front().receipt, 2);
        const Bytes to = decimals(m_sold.empty() ? 0 : m_sold.back().receipt, 2);
        const Bytes visa = joined({{static_cast<std::uint8_t>(m_sold.size())}, decimals(sum, 6)});
        data = joined({{0x27, 0x00, 0x04},
                       decimals(sum, 6),
                       {0x49},
                       m_currency,
                       counted(0x60, 3, joined({from, to, none, none, none, none, visa, none, none}))});
        m_sold.clear();
    }
    return send(accepted) && say(stop, message(0x04, 0x0F, data)) && say(stop, {0x06, 0x0F, 0x00});
}

}  // namespace contone::devices::testing
