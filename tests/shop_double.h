// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ShopDouble: a shop that answers what a test needs of it, and refuses the rest.
#pragma once

#include "core/shop/shop.h"

namespace contone::testing {

/// `Double` has an answer(const Asked&) for each operation that its test uses. Internal "not-in-double" for others.
template <class Double>
class ShopDouble : public shop::Shop {
  public:
    Result<std::any> perform(const shop::Operation& operation) final {
        return std::visit(
            [this]<class Asked>(const Asked& asked) -> Result<std::any> {
                Double& self = static_cast<Double&>(*this);
                if constexpr (requires { self.answer(asked); }) {
                    Result<typename Asked::Answer> answer = self.answer(asked);
                    if (!answer) return std::unexpected(std::move(answer).error());
                    return std::any(std::move(*answer));
                } else {
                    return fail(Code::Internal, "not-in-double", "This test's shop cannot do that.",
                                std::string(Asked::terms.name));
                }
            },
            operation);
    }
};

}  // namespace contone::testing
