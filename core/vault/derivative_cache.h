// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// DerivativeCache: what was made of originals and can be made again: within a bytes budget, the least used goes first.
// It never knows better than its maker: an entry that is damaged, half-written or of another maker is not there.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/base/file.h"
#include "core/base/result.h"
#include "core/base/sha256.h"

namespace contone::vault {

/// Everything that there is to say about an entry besides its bytes.
struct Derivative {
    Sha256 recipe;                  ///< what it is
    std::string maker;              ///< what made it, with versions: one line
    std::vector<Sha256> originals;  ///< photos and set texts that it shows: it goes when one of them is forgotten
    std::string note;               ///< the maker's own, one line
    Sha256 hash;                    ///< the maker's own name for what it shows: of a page its raster hash
    std::uint64_t bytes = 0;        ///< counted by the cache
    std::string sum;                ///< of its bytes, made by the cache: XXH3, 128 bits in hexadecimal digits
    bool operator==(const Derivative&) const = default;
};

class ByteSum;

/// A folder. Thread-safe; several processes may use it at the same time. Nothing here is synced: after a power cut an
/// entry may be damaged, which is seen by its sum, and then it is made again.
class DerivativeCache {
  public:
    struct Limits {
        std::uint64_t bytes = 512'000'000;  ///< of the folder; an entry above half of it is not kept
        std::chrono::hours unused = std::chrono::hours(7 * 24);  ///< pictures of people are not kept for ever
    };
    /// Makes the folder, for its owner alone. Fails as makeDirectories.
    static Result<std::unique_ptr<DerivativeCache>> open(const Path& folder, const Limits& limits);
    ~DerivativeCache();
    DerivativeCache(const DerivativeCache&) = delete;
    DerivativeCache& operator=(const DerivativeCache&) = delete;

    /// The turn of a recipe: while one lives, turn() of the same recipe waits in all other threads of this process. Who
    /// looks, makes and keeps within one turn makes nothing twice.
    class Turn {
      public:
        Turn(Turn&& other) noexcept;
        Turn& operator=(Turn&&) = delete;
        ~Turn();

      private:
        friend class DerivativeCache;
        Turn(DerivativeCache& cache, const Sha256& recipe) : m_cache(&cache), m_recipe(recipe) {}
        DerivativeCache* m_cache;
        Sha256 m_recipe;
    };
    Turn turn(const Sha256& recipe);

    /// An entry whose bytes were read and have their sum. `file` stands at the first of them.
    struct Found {
        Derivative what;
        FileDescriptor file;
    };
    /// Counts as a use.
    std::optional<Found> find(const Sha256& recipe, const std::string& maker);
    /// By whoever it was made, of that hash.
    std::optional<Found> find(const Sha256& recipe, const Sha256& hash);
    /// Whether there may be anything of this recipe: cheap, and wrong only in saying yes.
    bool mayHave(const Sha256& recipe) const;

    /// An entry in the making. Best effort: what cannot be written is not kept, and nobody need know. One thread.
    class Pending {
      public:
        Pending(Pending&&) noexcept;
        Pending& operator=(Pending&&) = delete;
        ~Pending();
        void write(std::span<const std::byte> bytes);
        /// `what.bytes` and `what.sum` are made here. Takes the place of the entry of the same recipe
        /// and maker, then makes room. Nothing is kept when an original of it was forgotten since begin().
        void keep(Derivative what);

      private:
        friend class DerivativeCache;
        explicit Pending(DerivativeCache& cache);
        DerivativeCache* m_cache;
        std::unique_ptr<ByteSum> m_sum;
        FileDescriptor m_file;
        Path m_path;
        std::uint64_t m_bytes = 0, m_forgotten = 0;
    };
    /// `bytes`: how many will come; too many and all is thrown away.
    Pending begin(std::uint64_t bytes);

    /// Removes every entry that shows `original`, and every entry of which nobody can tell. Fails as errorFromErrno.
    Result<void> forget(const Sha256& original);

  private:
    struct Impl;
    explicit DerivativeCache(std::unique_ptr<Impl> impl);
    Result<void> makeRoom();
    std::unique_ptr<Impl> m_impl;
};

}  // namespace contone::vault
