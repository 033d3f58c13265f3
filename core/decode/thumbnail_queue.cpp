// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Chooses what is next under a lock, works without it.
#include "core/decode/thumbnail_queue.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

/// One file that cannot be read may be a bad spot on a card; so many in a row are a card that was pulled.
constexpr int mostFailures = 3;

/// What may be said of a head although the whole file is well.
bool isOfHeadAlone(const Error& error) {
    constexpr std::array<std::string_view, 6> reasons{"photo-no-preview", "photo-truncated",  "photo-damaged",
                                                      "photo-feature",    "photo-no-picture", "photo-memory"};
    return std::ranges::find(reasons, error.reason) != reasons.end();
}

}  // namespace

ThumbnailQueue::ThumbnailQueue(Decoder& decoder, std::size_t count, Options options, CopyFile copy, Tell tell)
    : m_decoder(decoder),
      m_options(options),
      m_copy(std::move(copy)),
      m_tell(std::move(tell)),
      m_states(count, State::Unseen),
      m_thread([this] { run(); }) {}

ThumbnailQueue::~ThumbnailQueue() {
    cancel();
    m_thread.join();
}

void ThumbnailQueue::cancel() {
    const std::lock_guard lock(m_mutex);
    m_isStopped = true;
    m_cancel.cancel();
    m_wake.notify_all();
    m_idle.notify_all();
}

void ThumbnailQueue::setVisible(std::size_t first, std::size_t end) {
    const std::lock_guard lock(m_mutex);
    m_end = std::min(end, m_states.size());
    m_first = std::min(first, m_end);
    m_headsPassed = m_wholePassed = 0;
    if (m_inHand && m_inHand->pass != Pass::Head && !isVisible(m_inHand->index) && nextVisible()) m_cancel.cancel();
    m_wake.notify_all();
}

void ThumbnailQueue::drop(std::size_t index) {
    const std::lock_guard lock(m_mutex);
    if (index >= m_states.size()) return;
    State& state = m_states[index];
    if (state == State::Done || state == State::TooSmall || state == State::Unproved) state = State::Dropped;
    m_wake.notify_all();
}

void ThumbnailQueue::waitUntilIdle() {
    std::unique_lock lock(m_mutex);
    m_idle.wait(lock, [this] { return m_isStopped || (!m_inHand && !next()); });
}

std::optional<ThumbnailQueue::Job> ThumbnailQueue::nextVisible() const {
    for (std::size_t i = m_first; i < m_end; ++i)
        if (m_states[i] == State::Unseen || m_states[i] == State::Dropped) return Job{i, Pass::Head};
    for (std::size_t i = m_first; i < m_end; ++i)
        if (m_states[i] == State::NeedsWhole || m_states[i] == State::TooSmall) return Job{i, Pass::Whole};
    return std::nullopt;
}

std::optional<ThumbnailQueue::Job> ThumbnailQueue::nextOtherHead() {
    const std::size_t count = m_states.size();
    for (; m_headsPassed < count; ++m_headsPassed) {
        const std::size_t i = (m_end + m_headsPassed) % count;
        if (m_states[i] == State::Unseen) return Job{i, Pass::Head};
    }
    return std::nullopt;
}

std::optional<ThumbnailQueue::Job> ThumbnailQueue::nextProof() const {
    for (std::size_t i = m_first; i < m_end; ++i)
        if (m_states[i] == State::Unproved) return Job{i, Pass::Proof};
    return std::nullopt;
}

std::optional<ThumbnailQueue::Job> ThumbnailQueue::nextOtherWhole() {
    const std::size_t count = m_states.size();
    for (; m_wholePassed < std::min(count, m_options.wholeAhead); ++m_wholePassed) {
        const std::size_t i = (m_end + m_wholePassed) % count;
        if (m_states[i] == State::NeedsWhole || m_states[i] == State::TooSmall) return Job{i, Pass::Whole};
    }
    return std::nullopt;
}

std::optional<ThumbnailQueue::Job> ThumbnailQueue::next() {
    if (const auto visible = nextVisible()) return visible;
    if (const auto head = nextOtherHead()) return head;
    if (const auto proof = nextProof()) return proof;
    return nextOtherWhole();
}

void ThumbnailQueue::run() {
    for (std::unique_lock lock(m_mutex);;) {
        std::optional<Job> job;
        m_wake.wait(lock, [&] {
            if (m_isStopped) return true;
            job = next();
            if (!job) m_idle.notify_all();
            return job.has_value();
        });
        if (m_isStopped || !job) return;
        m_inHand = job;
        const CancelToken cancel = m_cancel = CancelToken();
        lock.unlock();
        SeenPhoto seen = look(*job, cancel);
        lock.lock();
        // What was interrupted is as it was before. A picture that could not be proved stays.
        const bool isOver = seen.picture || seen.picture.error().code != Code::Cancelled;
        if (isOver) settle(*job, seen);
        const bool isNews = isOver && (seen.picture || job->pass != Pass::Proof);
        if (isNews && !m_isStopped) {
            lock.unlock();
            m_tell(std::move(seen));
            lock.lock();
        }
        m_inHand.reset();
    }
}

void ThumbnailQueue::settle(const Job& job, const SeenPhoto& seen) {
    State& state = m_states[job.index];
    if (seen.isFinal)
        state = State::Done;
    else if (!seen.picture)
        state = State::NeedsWhole;
    else
        state = isLongEnough(*seen.picture) ? State::Unproved : State::TooSmall;
}

SeenPhoto ThumbnailQueue::look(const Job& job, const CancelToken& cancel) {
    SeenPhoto seen{.index = job.index};
    seen.quality = job.pass == Pass::Head ? Quality::Embedded : Quality::Full;
    if (m_over)
        seen.picture = std::unexpected(*m_over);
    else
        seen.picture = make(job, seen, cancel);
    if (seen.quality == Quality::Full) return seen;
    if (seen.picture) {
        seen.isFinal = isLongEnough(*seen.picture) && m_options.headPictures == HeadPictures::AreShown;
    } else if (isOfHeadAlone(seen.picture.error())) {
        seen.picture = image::photoProblem("photo-no-preview", seen.picture.error().detail);
        seen.isFinal = false;
    }
    return seen;
}

bool ThumbnailQueue::isLongEnough(const image::Picture& picture) const {
    return std::max(picture.size.width, picture.size.height) >= m_options.longSide;
}

Result<image::SmallPicture> ThumbnailQueue::make(const Job& job, SeenPhoto& seen, const CancelToken& cancel) {
    const std::int64_t most = job.pass == Pass::Head ? m_options.headBytes : m_options.mostBytes;
    auto copy = m_copy(job.index, most, cancel);
    noteMedium(copy ? nullptr : &copy.error());
    if (!copy) return std::unexpected(std::move(copy).error());
    const bool isWhole = copy->fileBytes <= most;
    if (isWhole) seen.quality = Quality::Full;
    if (!isWhole && job.pass != Pass::Head)
        return image::photoProblem("photo-no-preview", std::to_string(copy->fileBytes) + " bytes");
    const auto from = isWhole ? Decoder::ThumbnailFrom::Anything : Decoder::ThumbnailFrom::EmbeddedOnly;
    auto picture = m_decoder.thumbnail(std::move(copy->bytes), m_options.longSide, from, cancel);
    if (!picture && picture.error().code == Code::Unavailable) m_over = picture.error();
    return picture;
}

void ThumbnailQueue::noteMedium(const Error* error) {
    if (error == nullptr || error->reason != "medium-removed")
        m_failures = 0;
    else if (++m_failures >= mostFailures)
        m_over = *error;
}

}  // namespace contone::decode
