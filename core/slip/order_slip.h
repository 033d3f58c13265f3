// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// What stands on the slip of an order: its code, its prints, what they cost, and what was paid.
#pragma once

#include <string>
#include <vector>

#include "core/order/order.h"
#include "core/order/payment.h"
#include "core/slip/slip.h"
#include "core/words/locale.h"

namespace contone::slip {

/// Who gives the slip.
struct SlipHead {
    std::string shop;
    std::vector<std::string> address;
    std::string taxNumber;
    std::vector<std::string> footer;
    /// The slip is a receipt of the region's law, because an adapter signed it. Else it says that it is none.
    bool isReceipt = false;
};

/// A line of the order, in words.
struct SlipLine {
    std::string product;  ///< "10 × 15 cm"
    int copies = 1;
    Money price;
    std::vector<std::string> notes = {};  ///< "No changes to colour or light"
};

/// Whatever else stands between the lines and the total, or below it: "Rush", "Of it 19 % VAT".
struct SlipAmount {
    std::string what;
    Money amount;
};

struct OrderSlip {
    SlipHead head;
    order::OrderCode code;
    int number = 0;
    std::string placed;  ///< when, in words
    std::vector<SlipLine> lines;
    std::vector<SlipAmount> extras;    ///< that are part of the total
    std::vector<std::string> remarks;  ///< on how it was priced
    Money total;
    std::vector<SlipAmount> taxes;  ///< that the total has in it
    order::Payment payment;
};

/// The same for customer and staff. All of it in the locale's language.
Slip slipOf(const words::Locale& locale, const OrderSlip& order);

}  // namespace contone::slip
