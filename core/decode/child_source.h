// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ChildSource: a photo that a child decodes, as facts and strips that were checked on this side.
#pragma once

#include "core/decode/child.h"
#include "core/decode/decoder.h"
#include "core/decode/ring.h"

namespace contone::decode {

class ChildSource final : public image::PhotoSource {
  public:
    struct Order {
        image::PhotoRequest request;
        image::Limits limits;
        Deadlines deadlines;
        CancelToken cancel;
    };
    /// Asks for the facts, checks them, hands over the ring. The child works ahead from now on. Fails as
    /// Child::receive(). `child` stays with the caller on failure.
    static Result<std::unique_ptr<image::PhotoSource>> open(Child& child, const Order& order);

    const image::PhotoFacts& facts() const override { return m_facts; }
    Result<int> read(image::MutableStrip strip) override;
    image::PhotoWarnings warnings() const override { return m_warnings; }

  private:
    ChildSource(Child child, const Order& order, image::PhotoFacts facts, RingShape shape, Mapping ring);
    Result<void> nextStrip();
    Result<void> awaitDone();
    int copyRows(image::MutableStrip strip, int from);

    Child m_child;
    Order m_order;
    image::PhotoFacts m_facts;
    image::PhotoWarnings m_warnings;
    RingShape m_shape;
    Mapping m_ring;
    Strip m_current;             ///< rows that are being taken
    int m_taken = 0;             ///< of m_current.rows
    int m_row = 0;               ///< rows given to the caller
    std::uint32_t m_strips = 0;  ///< that were announced
    bool m_isDone = false;
    std::optional<Error> m_failure;
};

}  // namespace contone::decode
