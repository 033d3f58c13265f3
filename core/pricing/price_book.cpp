// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Finds out by the file's stamp whether it has to be read.
#include "core/pricing/price_book.h"

#include <sys/stat.h>

namespace contone::pricing {

namespace {
constexpr std::int64_t restMs = 1000;
}

PriceBook::PriceBook(PriceFiles files, const catalog::Catalog& catalog, const Clock& clock,
                     std::function<void(const Error&)> whenWrong)
    : m_files(std::move(files)), m_catalog(catalog), m_clock(clock), m_whenWrong(std::move(whenWrong)) {}

std::optional<PriceBook::Stamp> PriceBook::stampOf(const Path& file) {
    struct stat is{};
    if (::stat(file.c_str(), &is) != 0) return std::nullopt;
    return Stamp{std::int64_t(is.st_dev), std::int64_t(is.st_ino), std::int64_t(is.st_size),
                 std::int64_t(is.st_mtim.tv_sec) * 1'000'000'000 + is.st_mtim.tv_nsec};
}

void PriceBook::look() {
    const Instant now = m_clock.now();
    if (m_lookedAt && now.ms - m_lookedAt->ms < restMs && now >= *m_lookedAt) return;
    m_lookedAt = now;
    auto stamp = stampOf(m_files.own);
    Path file = stamp ? m_files.own : m_files.standard;
    const bool wasOwn = m_file == m_files.own && !m_file.empty();
    if (!stamp && wasOwn && !m_isOwnGone) {
        m_isOwnGone = true;
        return;
    }
    m_isOwnGone = false;
    if (!stamp) stamp = stampOf(file);
    if (file == m_file && stamp == m_stamp && stamp) return;
    // Before it is read: what changes meanwhile is read at the next look.
    m_file = std::move(file);
    m_stamp = stamp;
    auto list = PriceList::read(m_file, m_catalog);
    if (list) {
        m_list = std::make_shared<const PriceList>(*std::move(list));
        m_trouble.reset();
    } else {
        const bool isNew = m_trouble != list.error();
        m_trouble = list.error();
        if (isNew && m_whenWrong) m_whenWrong(*m_trouble);
    }
}

Result<std::shared_ptr<const PriceList>> PriceBook::current() {
    const std::lock_guard lock(m_mutex);
    look();
    if (m_list) return m_list;
    return fail(*m_trouble);
}

std::optional<Error> PriceBook::trouble() {
    const std::lock_guard lock(m_mutex);
    look();
    return m_trouble;
}

Path PriceBook::file() {
    const std::lock_guard lock(m_mutex);
    look();
    return m_file;
}

}  // namespace contone::pricing
