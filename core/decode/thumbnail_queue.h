// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// ThumbnailQueue: small pictures of thousands of files, what a person looks at first, one after another, on a thread of
// its own.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <limits>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "core/decode/decoder.h"

namespace contone::decode {

/// A copy in memory of a file's first bytes, or of all of it: nothing is parsed where the customer's medium can change
/// it or go away.
struct FileCopy {
    FileDescriptor bytes;
    std::int64_t fileBytes = 0;  ///< how long the file itself is
};
/// Copies the first `most` bytes of the file with this number. Called in the queue's thread alone.
using CopyFile = std::function<Result<FileCopy>(std::size_t index, std::int64_t most, const CancelToken& cancel)>;

/// Whether the pictures of a file's head are compared with their photos, which takes the whole files.
enum class HeadPictures {
    AreShown,  ///< as they are; they say that they are embedded
    AreProved  ///< those of visible files, after all heads: what does not show its photo is replaced
};

enum class Quality {
    Embedded,  ///< the picture that the file carries in its head
    Full,      ///< of the size that was asked for, made from the whole file
};

/// What is known of one file now.
struct SeenPhoto {
    std::size_t index = 0;
    /// Or why there is none. Not final and "photo-no-preview": only the whole file will tell. `quality` is about the
    /// size; what the picture was made from it says itself.
    Result<image::SmallPicture> picture;
    Quality quality = Quality::Full;
    bool isFinal = true;  ///< false: a better one may follow
};

/// Each file is looked at twice at most: its head, for the picture that a camera put there, and the whole file, when
/// there was none or it is too small. The order is: heads of the visible files, whole visible files, heads of all
/// others from the visible ones on, proofs of visible ones, whole others in the same order. Nothing is kept: results
/// are handed over, one file is open at a time.
///
/// Failures are answers too (as Decoder::thumbnail and CopyFile). When the medium is gone, or photos cannot be read at
/// all (Unavailable), every file that is still waited for gets that answer at once and nothing is read any more.
class ThumbnailQueue {
  public:
    struct Options {
        int longSide = 160;  ///< pixels, 1…2048; 160 is what EXIF thumbnails have
        /// EXIF takes 64 KB at most; what stands before and between is small.
        std::int64_t headBytes = 128 << 10;
        /// Longer files are not copied as a whole: "photo-no-preview".
        std::int64_t mostBytes = 256 << 20;
        /// How many of the others, counted from the visible ones on, may be read as a whole. 0: none.
        std::size_t wholeAhead = std::numeric_limits<std::size_t>::max();
        HeadPictures headPictures = HeadPictures::AreShown;
    };
    /// Called in the queue's thread, never after the destructor. It may block (the queue waits) and call the queue.
    using Tell = std::function<void(SeenPhoto)>;

    /// Starts at once. `decoder` outlives it.
    ThumbnailQueue(Decoder& decoder, std::size_t count, Options options, CopyFile copy, Tell tell);
    /// Kills the child that is at work and waits for the thread.
    ~ThumbnailQueue();
    ThumbnailQueue(const ThumbnailQueue&) = delete;
    ThumbnailQueue& operator=(const ThumbnailQueue&) = delete;

    /// The files [first, end) are seen now. Work on a whole file that is not is put back. Thread-safe.
    void setVisible(std::size_t first, std::size_t end);
    /// The picture is not kept any more: it is made again when the file is visible. Thread-safe.
    void drop(std::size_t index);
    /// Ends all work; only the destructor is to follow. Thread-safe.
    void cancel();
    /// Waits until nothing is left to do. Thread-safe; not from Tell.
    void waitUntilIdle();

  private:
    enum class State : std::uint8_t { Unseen, NeedsWhole, TooSmall, Unproved, Done, Dropped };
    enum class Pass { Head, Whole, Proof };
    struct Job {
        std::size_t index;
        Pass pass;
    };
    void run();
    std::optional<Job> next();
    std::optional<Job> nextVisible() const;
    std::optional<Job> nextOtherHead();
    std::optional<Job> nextProof() const;
    std::optional<Job> nextOtherWhole();
    SeenPhoto look(const Job& job, const CancelToken& cancel);
    Result<image::SmallPicture> make(const Job& job, SeenPhoto& seen, const CancelToken& cancel);
    void noteMedium(const Error* error);
    void settle(const Job& job, const SeenPhoto& seen);
    bool isLongEnough(const image::Picture& picture) const;
    bool isVisible(std::size_t index) const { return index >= m_first && index < m_end; }

    Decoder& m_decoder;
    const Options m_options;
    const CopyFile m_copy;
    const Tell m_tell;
    // Of the thread alone:
    int m_failures = 0;           ///< of the medium, one after another
    std::optional<Error> m_over;  ///< the answer for all that is left
    // Shared:
    std::mutex m_mutex;
    std::condition_variable m_wake, m_idle;
    std::vector<State> m_states;
    std::size_t m_first = 0, m_end = 0;                ///< the visible ones
    std::size_t m_headsPassed = 0, m_wholePassed = 0;  ///< of the others, from m_end on
    std::optional<Job> m_inHand;
    CancelToken m_cancel;  ///< of what is in hand
    bool m_isStopped = false;
    std::thread m_thread;
};

}  // namespace contone::decode
