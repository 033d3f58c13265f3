// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// CardTerminal: the port to a device that takes money from cards, whichever protocol it speaks.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/cancel.h"
#include "core/base/enum_words.h"
#include "core/base/money.h"
#include "core/base/result.h"

/// Common rules. A card's number is nowhere in these values, not even masked. Texts are what the terminal says,
/// printable ASCII. Amounts are in minor units of ISO 4217. No sentence for customers is made here: reasons are kebab
/// case, for the log and for whoever finds the words.
namespace contone::devices {

/// What one operation with a card was, as the terminal says.
struct TerminalSale {
    std::string terminal;         ///< its id, "52500038"; empty: it has not said
    int receipt = 0, trace = 0;   ///< 1…9999 and 1…999999, both begin anew after the last; 0: it has not said
    std::optional<Money> amount;  ///< none: it has not said, or in a currency that is not known
    std::string authorisation;    ///< of the card's bank, "750071"
    std::string card;             ///< its kind, "VISA"
    std::string aid;              ///< the application on the chip in hexadecimal, "A0000000041010"
    std::string time;             ///< month, day and the time of the terminal's clock, "1201 112233"; may be empty
    bool operator==(const TerminalSale&) const = default;
};

/// The newest operation that the terminal remembers.
struct LastSale {
    bool isKnown = false;     ///< the terminal told; false: it cannot, or was not reached
    bool hasSale = false;     ///< false although it told: none yet
    bool isDeclined = false;  ///< it was tried, and no money moved
    bool isReversal = false;  ///< it took an earlier one back
    TerminalSale sale;
    bool operator==(const LastSale&) const = default;
};

/// Whether money moved. Unknown is an answer: it must be settled before money is asked for again.
enum class Charged { Yes, No, Unknown };

/// How asking for money went. There is no error beside it: what is not certain is Unknown.
///   Yes      the terminal said so and ended properly, with the amount, currency and terminal id that were asked for.
///            No reason.
///   No       proved. Nothing was asked: "terminal-unreachable", "terminal-lost", "terminal-silent", "terminal-busy",
///            "terminal-refused", "terminal-currency", "terminal-foreign", "terminal-unnamed", "answer-unreadable",
///            "bad-amount", "bad-receipt", "bad-terminal", "cancelled". Or the terminal said no: "declined",
///            "cancelled" (at the terminal, for lack of a card, or because it was asked to stop), "host-unreachable",
///            "already-reversed", "not-reversible", "terminal-currency", "terminal-refused".
///   Unknown  it was asked, and: "terminal-lost" (cut), "terminal-silent", "terminal-slow" (it says that it works, for
///            too long), "answer-unreadable", "answer-incomplete", "answers-differ", "amount-differs",
///            "currency-differs", "terminal-differs".
struct ChargeResult {
    Charged charged = Charged::Unknown;
    std::string reason;
    TerminalSale sale;  ///< what was told of it, also where it is not Yes; may be empty
    bool operator==(const ChargeResult&) const = default;
};

/// What a customer should do, or learn, now.
enum class TerminalPrompt {
    InsertCard,     ///< or hold it to the reader
    RemoveCard,     ///< it is not needed any more
    ConfirmAmount,  ///< on the terminal
    EnterPin,       ///< look at the terminal
    WrongPin,
    NotReadable,  ///< the card could not be read; another try
    NotAccepted,  ///< this card, or not for this
    Declined,
    Waiting,  ///< for the bank
    Approved  ///< so the terminal shows; what counts is the ChargeResult
};
constexpr auto wordsOf(TerminalPrompt) {
    using enum TerminalPrompt;
    return enumWords<TerminalPrompt>("bad-prompt", "There is no such prompt of a card terminal.",
                                     {{InsertCard, "insert-card"},
                                      {RemoveCard, "remove-card"},
                                      {ConfirmAmount, "confirm-amount"},
                                      {EnterPin, "enter-pin"},
                                      {WrongPin, "wrong-pin"},
                                      {NotReadable, "not-readable"},
                                      {NotAccepted, "not-accepted"},
                                      {Declined, "declined"},
                                      {Waiting, "waiting"},
                                      {Approved, "approved"}});
}
/// Called by the thread that asked for money, between two messages; it must return soon. May be empty.
using Tell = std::function<void(TerminalPrompt)>;

/// A terminal that is ready.
struct TerminalStatus {
    std::string terminal;  ///< its id
    std::string currency;  ///< that it was told to take, "EUR"
    bool operator==(const TerminalStatus&) const = default;
};

/// Of one kind of card.
struct CardTotal {
    std::string card;  ///< "girocard", "Mastercard", "VISA", "American Express", "Diners", "JCB", "other"
    int count = 0;
    Money amount;
    bool operator==(const CardTotal&) const = default;
};

/// What the terminal settled with the bank.
struct DayTotals {
    std::string terminal;
    int receiptFrom = 0, receiptTo = 0;  ///< 0: it has not said
    int count = 0;                       ///< of all kinds; 0 where it tells no kinds
    Money amount;
    std::vector<CardTotal> cards;  ///< kinds that occurred; empty where it tells none
    bool operator==(const DayTotals&) const = default;
};

/// Functions block and are thread-safe: one at a time, the others wait. What fails as Unavailable may be tried again.
/// The failures of a Result: Unavailable "terminal-unreachable", "terminal-lost", "terminal-silent", "terminal-busy";
/// Conflict "terminal-refused", "terminal-foreign" (another terminal than the shop's); Corrupt "answer-unreadable",
/// "terminal-unnamed"; Unsupported "terminal-currency"; Invalid "bad-terminal" (settings); Cancelled "cancelled".
class CardTerminal {
  public:
    virtual ~CardTerminal() = default;

    /// Connects if need be and says which terminal this is. The other functions do so themselves.
    virtual Result<TerminalStatus> connect(const CancelToken& cancel) = 0;

    /// Asks for the newest operation; moves no money. Cancelling ends the wait.
    virtual Result<LastSale> lastSale(const CancelToken& cancel) = 0;

    /// Takes `amount` (1… minor units) from a card. Cancelling asks the terminal to stop and goes on waiting for its
    /// word: it may still be Yes. It may take minutes. Never call it again before an Unknown was settled.
    virtual ChargeResult pay(const Money& amount, const Tell& tell, const CancelToken& cancel) = 0;
    /// Gives `amount` back to a card. Yes: it was given back. As `pay` otherwise.
    virtual ChargeResult refund(const Money& amount, const Tell& tell, const CancelToken& cancel) = 0;
    /// Takes a sale back by its receipt (1…9999), before the day is closed; some terminals take only the last one back.
    /// `amount` is what it was, and what the terminal must say. Yes: it was taken back. As `pay` otherwise.
    virtual ChargeResult reverse(int receipt, const Money& amount, const Tell& tell, const CancelToken& cancel) = 0;

    /// Closes the terminal's day. Cancelling counts until it was asked; then it waits. Fails besides: Corrupt
    /// "totals-missing" (the day is closed, what it came to was not told).
    virtual Result<DayTotals> endOfDay(const CancelToken& cancel) = 0;
};

}  // namespace contone::devices
