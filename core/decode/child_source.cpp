// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Every strip is checked against what must come next; each row is copied once, out of memory that the child still sees.
#include "core/decode/child_source.h"

#include <algorithm>
#include <cstring>

#include "core/decode/facts_message.h"
#include "core/image/photo_problem.h"

namespace contone::decode {

ChildSource::ChildSource(Child child, const Order& order, image::PhotoFacts facts, RingShape shape, Mapping ring)
    : m_child(std::move(child)),
      m_order(order),
      m_facts(std::move(facts)),
      m_warnings(m_facts.warnings),
      m_shape(shape),
      m_ring(std::move(ring)) {}

Result<std::unique_ptr<image::PhotoSource>> ChildSource::open(Child& child, const Order& order) {
    CONTONE_CHECK(child.send(compose(Open{order.request, order.limits})));
    CONTONE_TRY(const auto packet, child.receive(order.deadlines.facts, order.cancel));
    auto facts = parseFacts(packet);
    if (!facts) return child.forged("facts");
    if (const auto right = checkFacts(*facts, order.request, order.limits); !right)
        return child.forged(right.error().detail.c_str());
    const RingShape shape = RingShape::of(facts->size, facts->pixels);
    CONTONE_TRY(const FileDescriptor memory, makeSealedMemory(shape.bytes()));
    CONTONE_TRY(Mapping ring, Mapping::of(memory, shape.bytes(), Mapping::Access::Read));
    const std::array<int, 1> going{memory.get()};
    CONTONE_CHECK(child.send(compose(Start{shape.rows, shape.slots}), going));
    return std::unique_ptr<image::PhotoSource>(
        new ChildSource(std::move(child), order, *std::move(facts), shape, std::move(ring)));
}

/// The next strip must continue where the last one ended. All earlier ones were released before this is called, so any
/// slot is free.
Result<void> ChildSource::nextStrip() {
    const auto limit = m_strips == 0 ? m_order.deadlines.firstStrip : m_order.deadlines.nextStrip;
    CONTONE_TRY(const auto packet, m_child.receive(limit, m_order.cancel));
    const auto strip = parse<Strip>(packet);
    if (!strip) return m_child.forged("a strip was due");
    if (strip->sequence != m_strips || strip->slot >= m_shape.slots) return m_child.forged("a strip out of order");
    if (strip->slot != static_cast<int>(m_strips % static_cast<std::uint32_t>(m_shape.slots)))
        return m_child.forged("a slot that is not free");
    if (strip->firstRow != m_row || strip->rows > m_shape.rows || strip->rows > m_facts.size.height - m_row)
        return m_child.forged("rows that are not there");
    m_current = *strip;
    m_taken = 0;
    ++m_strips;
    return {};
}

Result<void> ChildSource::awaitDone() {
    CONTONE_TRY(const auto packet, m_child.receive(m_order.deadlines.nextStrip, m_order.cancel));
    const auto done = parse<Done>(packet);
    if (!done) return m_child.forged("the end was due");
    m_warnings.add(image::PhotoWarnings(done->warnings));
    m_isDone = true;
    m_child.kill();
    return {};
}

int ChildSource::copyRows(image::MutableStrip strip, int from) {
    const int rows = std::min(strip.rows - from, m_current.rows - m_taken);
    const std::byte* row = m_ring.bytes().data() + m_shape.slotBytes() * static_cast<std::size_t>(m_current.slot) +
                           m_shape.rowBytes * static_cast<std::size_t>(m_taken);
    for (int y = 0; y < rows; ++y, row += m_shape.rowBytes)
        std::memcpy(strip.row<std::byte>(from + y), row, m_shape.rowBytes);
    m_taken += rows;
    m_row += rows;
    return rows;
}

Result<int> ChildSource::read(image::MutableStrip strip) {
    if (strip.width != m_facts.size.width || strip.format != m_facts.pixels || strip.rows < 1 ||
        strip.stride < m_shape.rowBytes)
        return image::photoProblem("strip-mismatch");
    // A failure after some rows is told at the next call: the rows before it are right.
    const auto failed = [&](Error error, int rows) -> Result<int> {
        m_child.kill();
        m_failure = std::move(error);
        if (rows > 0) return rows;
        return fail(*m_failure);
    };
    if (m_failure) return fail(*m_failure);
    int rows = 0;
    while (rows < strip.rows && m_row < m_facts.size.height) {
        if (m_taken == m_current.rows)
            if (auto next = nextStrip(); !next) return failed(std::move(next).error(), rows);
        rows += copyRows(strip, rows);
        if (m_taken < m_current.rows) continue;
        if (auto told = m_child.send(compose(Release{m_current.sequence})); !told)
            return failed(std::move(told).error(), rows);
    }
    if (m_row == m_facts.size.height && !m_isDone)
        if (auto done = awaitDone(); !done) return failed(std::move(done).error(), rows);
    return rows;
}

}  // namespace contone::decode
