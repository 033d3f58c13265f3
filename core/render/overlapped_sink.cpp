// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// A bounded queue with one writer thread behind it.
#include "core/render/overlapped_sink.h"

#include <cstring>

namespace contone::render {

OverlappedSink::~OverlappedSink() {
    end(Ending::Now);
}

void OverlappedSink::end(Ending ending) {
    if (!m_thread.joinable()) return;
    {
        const std::lock_guard lock(m_mutex);
        m_ending = ending;
    }
    m_changed.notify_all();
    m_thread.join();
}

Result<void> OverlappedSink::begin(const image::PageHeader& header) {
    CONTONE_CHECK(m_next.begin(header));
    m_thread = std::thread([this] { run(); });
    return {};
}

Result<void> OverlappedSink::write(image::StripView strip) {
    {
        std::unique_lock lock(m_mutex);
        m_changed.wait(lock, [&] { return m_failure || m_filled - m_written < slots; });
        if (m_failure) return fail(*m_failure);
    }
    // The thread does not look at this slot until it is counted as filled.
    Slot& slot = m_slots[m_filled % slots];
    const std::size_t rowBytes = static_cast<std::size_t>(strip.width) * strip.format.bytesPerPixel();
    slot.bytes.resize(rowBytes * static_cast<std::size_t>(strip.rows));
    for (int y = 0; y < strip.rows; y++)
        std::memcpy(slot.bytes.data() + rowBytes * static_cast<std::size_t>(y), strip.row<std::byte>(y), rowBytes);
    slot.strip = {slot.bytes.data(), strip.width, strip.rows, rowBytes, strip.format};
    {
        const std::lock_guard lock(m_mutex);
        m_filled++;
    }
    m_changed.notify_all();
    return {};
}

void OverlappedSink::run() {
    std::unique_lock lock(m_mutex);
    while (!m_failure) {
        m_changed.wait(lock, [&] { return m_ending != Ending::No || m_written < m_filled; });
        if (m_ending == Ending::Now || m_written == m_filled) return;
        const image::StripView strip = m_slots[m_written % slots].strip;
        lock.unlock();
        auto written = m_next.write(strip);
        lock.lock();
        if (!written) m_failure = std::move(written).error();
        m_written++;
        m_changed.notify_all();
    }
}

Result<void> OverlappedSink::finish() {
    end(Ending::WhenWritten);
    if (m_failure) return fail(*m_failure);
    return m_next.finish();
}

}  // namespace contone::render
