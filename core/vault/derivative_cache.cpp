// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// One file an entry: its bytes, then what they are, then a hash and the length of that. Named by recipe and maker; the
// time of the file is its last use.
#include "core/vault/derivative_cache.h"

#define XXH_INLINE_ALL
#include <xxhash.h>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <condition_variable>
#include <mutex>
#include <set>

#include "core/base/id.h"

namespace contone::vault {

/// What disks and memory forget is found by 128 bits as well as by SHA-256, at a tenth of the time (decision 0013).
class ByteSum {
  public:
    ByteSum() { XXH3_128bits_reset(&m_state); }
    void update(std::span<const std::byte> bytes) { XXH3_128bits_update(&m_state, bytes.data(), bytes.size()); }
    std::string digits() const {
        const XXH128_hash_t sum = XXH3_128bits_digest(&m_state);
        return fmt::format("{:016x}{:016x}", sum.high64, sum.low64);
    }

  private:
    XXH3_state_t m_state;
};

namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "contone-derivative-2";
constexpr std::size_t hashDigits = 64, lengthDigits = 8, largestLabel = 1 << 20;
/// A copy in the making that nobody has touched for so long belongs to nobody.
constexpr std::chrono::hours stale{1};
constexpr std::string_view unfinished = ".part";

std::string nameOf(const Sha256& recipe, const std::string& maker) {
    return recipe.toString() + "-" + Sha256::of(maker).toString().substr(0, 16);
}

std::string labelOf(const Derivative& what) {
    std::string text = fmt::format("{}\n{}\n{}\n{}\n{}\n{}\n{}\n", magic, what.recipe.toString(), what.maker, what.note,
                                   what.hash.toString(), what.bytes, what.sum);
    for (const Sha256& original : what.originals) text += original.toString() + "\n";
    return text + Sha256::of(text).toString() + fmt::format("{:08}", text.size());
}

/// The next line of `text`, taken off it.
std::string_view line(std::string_view& text) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view one = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    return one;
}

std::optional<std::uint64_t> number(std::string_view digits) {
    std::uint64_t value = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (problem != std::errc{} || end != digits.data() + digits.size()) return {};
    return value;
}

std::optional<Derivative> parseLabel(std::string_view text) {
    Derivative what;
    if (line(text) != magic) return {};
    const auto recipe = Sha256::parse(line(text));
    what.maker = line(text);
    what.note = line(text);
    const auto hash = Sha256::parse(line(text));
    const auto bytes = number(line(text));
    what.sum = line(text);
    if (!recipe || !hash || !bytes) return {};
    what.recipe = *recipe;
    what.hash = *hash;
    what.bytes = *bytes;
    while (!text.empty()) {
        const auto original = Sha256::parse(line(text));
        if (!original) return {};
        what.originals.push_back(*original);
    }
    return what;
}

std::optional<std::string> textAt(int fd, std::uint64_t from, std::size_t bytes) {
    std::string text(bytes, '\0');
    for (std::size_t have = 0; have < bytes;) {
        const ssize_t n = ::pread(fd, text.data() + have, bytes - have, static_cast<off_t>(from + have));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return {};
        have += static_cast<std::size_t>(n);
    }
    return text;
}

/// What the file says it is; nothing when it does not add up.
std::optional<Derivative> read(int fd) {
    struct stat st{};
    if (::fstat(fd, &st) != 0) return {};
    const auto size = static_cast<std::uint64_t>(st.st_size);
    constexpr std::size_t ending = hashDigits + lengthDigits;
    if (size < ending) return {};
    const auto end = textAt(fd, size - ending, ending);
    if (!end) return {};
    const auto length = number(std::string_view(*end).substr(hashDigits));
    if (!length || *length > largestLabel || *length + ending > size) return {};
    const auto text = textAt(fd, size - ending - *length, static_cast<std::size_t>(*length));
    if (!text || Sha256::of(*text).toString() != end->substr(0, hashDigits)) return {};
    auto what = parseLabel(*text);
    if (!what || what->bytes != size - ending - *length) return {};
    return what;
}

bool bytesAreWhole(int fd, const Derivative& what) {
    ByteSum sum;
    Bytes piece(1 << 18);
    for (std::uint64_t at = 0; at < what.bytes;) {
        const auto want = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), what.bytes - at));
        const ssize_t n = ::pread(fd, piece.data(), want, static_cast<off_t>(at));
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        sum.update({piece.data(), static_cast<std::size_t>(n)});
        at += static_cast<std::uint64_t>(n);
    }
    return sum.digits() == what.sum;
}

FileDescriptor openEntry(const Path& path) {
    return FileDescriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW));
}

}  // namespace

struct DerivativeCache::Impl {
    Path folder;
    Limits limits;
    std::mutex mutex;
    std::condition_variable free;
    std::set<Sha256> busy;                    ///< recipes whose turn somebody has
    std::atomic<std::uint64_t> forgotten{0};  ///< how often forget() was called

    /// Whole and right, else removed and nothing.
    std::optional<Found> take(const Path& path) const {
        FileDescriptor file = openEntry(path);
        if (!file.isOpen()) return {};
        auto what = read(file.get());
        if (!what || path.filename() != nameOf(what->recipe, what->maker) || !bytesAreWhole(file.get(), *what)) {
            ::unlink(path.c_str());
            return {};
        }
        ::futimens(file.get(), nullptr);
        return Found{std::move(*what), std::move(file)};
    }
    std::vector<Path> ofRecipe(const Sha256& recipe) const {
        std::vector<Path> all;
        std::error_code ignored;  // what cannot be listed is not there
        const std::string prefix = recipe.toString() + "-";
        for (const auto& entry : fs::directory_iterator(folder, ignored))
            if (entry.path().filename().string().starts_with(prefix)) all.push_back(entry.path());
        return all;
    }
};

DerivativeCache::DerivativeCache(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
DerivativeCache::~DerivativeCache() = default;

Result<std::unique_ptr<DerivativeCache>> DerivativeCache::open(const Path& folder, const Limits& limits) {
    CONTONE_CHECK(makeDirectories(folder, Access::Private));
    auto impl = std::make_unique<Impl>();
    impl->folder = folder;
    impl->limits = limits;
    std::unique_ptr<DerivativeCache> cache(new DerivativeCache(std::move(impl)));
    CONTONE_CHECK(cache->makeRoom());
    return cache;
}

// ---- turns ----------------------------------------------------------------------------------

DerivativeCache::Turn DerivativeCache::turn(const Sha256& recipe) {
    std::unique_lock lock(m_impl->mutex);
    m_impl->free.wait(lock, [&] { return !m_impl->busy.contains(recipe); });
    m_impl->busy.insert(recipe);
    return {*this, recipe};
}

DerivativeCache::Turn::Turn(Turn&& other) noexcept
    : m_cache(std::exchange(other.m_cache, nullptr)), m_recipe(other.m_recipe) {}

DerivativeCache::Turn::~Turn() {
    if (!m_cache) return;
    const std::lock_guard lock(m_cache->m_impl->mutex);
    m_cache->m_impl->busy.erase(m_recipe);
    m_cache->m_impl->free.notify_all();
}

// ---- looking --------------------------------------------------------------------------------

std::optional<DerivativeCache::Found> DerivativeCache::find(const Sha256& recipe, const std::string& maker) {
    return m_impl->take(m_impl->folder / nameOf(recipe, maker));
}

std::optional<DerivativeCache::Found> DerivativeCache::find(const Sha256& recipe, const Sha256& hash) {
    for (const Path& path : m_impl->ofRecipe(recipe))
        if (auto found = m_impl->take(path); found && found->what.hash == hash) return found;
    return {};
}

bool DerivativeCache::mayHave(const Sha256& recipe) const {
    return !m_impl->ofRecipe(recipe).empty();
}

// ---- keeping --------------------------------------------------------------------------------

DerivativeCache::Pending::Pending(DerivativeCache& cache) : m_cache(&cache), m_sum(std::make_unique<ByteSum>()) {}
DerivativeCache::Pending::Pending(Pending&&) noexcept = default;

DerivativeCache::Pending DerivativeCache::begin(std::uint64_t bytes) {
    Pending pending(*this);
    pending.m_forgotten = m_impl->forgotten;
    if (bytes > m_impl->limits.bytes / 2) return pending;
    pending.m_path = m_impl->folder / (Uuid::generate({0}).toString() + std::string(unfinished));
    pending.m_file =
        FileDescriptor(::open(pending.m_path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600));
    return pending;
}

DerivativeCache::Pending::~Pending() {
    if (m_file.isOpen()) ::unlink(m_path.c_str());
}

void DerivativeCache::Pending::write(std::span<const std::byte> bytes) {
    if (!m_file.isOpen()) return;
    m_bytes += bytes.size();
    m_sum->update(bytes);
    if (m_bytes <= m_cache->m_impl->limits.bytes / 2 && writeAll(m_file.get(), bytes, "derivative")) return;
    ::unlink(m_path.c_str());
    m_file.reset();
}

void DerivativeCache::Pending::keep(Derivative what) {
    what.bytes = m_bytes;
    what.sum = m_sum->digits();
    const std::string label = labelOf(what);
    write(std::as_bytes(std::span(label)));
    // A label of more lines than it should have would be read as something else.
    const bool isOneLineEach = (what.maker + what.note).find('\n') == std::string::npos;
    if (!m_file.isOpen() || !isOneLineEach) return;  // the destructor removes it
    DerivativeCache::Impl& cache = *m_cache->m_impl;
    {
        const std::lock_guard lock(cache.mutex);
        if (cache.forgotten != m_forgotten ||
            ::rename(m_path.c_str(), (cache.folder / nameOf(what.recipe, what.maker)).c_str()) != 0)
            return;
    }
    m_file.reset();
    (void)m_cache->makeRoom();  // what is too much now is too much at the next entry
}

Result<void> DerivativeCache::makeRoom() {
    struct Entry {
        fs::file_time_type used;
        std::uint64_t bytes;
        Path path;
    };
    const std::lock_guard lock(m_impl->mutex);
    std::vector<Entry> entries;
    std::error_code error, ignored;
    const auto now = fs::file_time_type::clock::now();
    for (fs::directory_iterator it(m_impl->folder, error), end; !error && it != end; it.increment(error)) {
        const auto used = it->last_write_time(ignored);
        const bool isUnfinished = it->path().extension() == unfinished;
        if (used < now - (isUnfinished ? stale : m_impl->limits.unused))
            fs::remove(it->path(), ignored);
        else if (!isUnfinished)
            entries.push_back({used, it->file_size(ignored), it->path()});
    }
    if (error) return fail(errorFromErrno(error.value(), "list " + m_impl->folder.string()));
    std::ranges::sort(entries, std::greater(), &Entry::used);
    std::uint64_t total = 0;
    for (const Entry& entry : entries)
        if ((total += entry.bytes) > m_impl->limits.bytes) fs::remove(entry.path, ignored);
    return {};
}

// ---- forgetting -----------------------------------------------------------------------------

Result<void> DerivativeCache::forget(const Sha256& original) {
    const std::lock_guard lock(m_impl->mutex);
    ++m_impl->forgotten;  // whatever is being made now is not kept
    std::error_code error;
    std::vector<Path> gone;
    for (fs::directory_iterator it(m_impl->folder, error), end; !error && it != end; it.increment(error)) {
        if (it->path().extension() == unfinished) continue;
        const FileDescriptor file = openEntry(it->path());
        const auto what = file.isOpen() ? read(file.get()) : std::nullopt;
        if (!what || std::ranges::find(what->originals, original) != what->originals.end()) gone.push_back(it->path());
    }
    if (error) return fail(errorFromErrno(error.value(), "list " + m_impl->folder.string()));
    for (const Path& path : gone)
        if (::unlink(path.c_str()) != 0 && errno != ENOENT)
            return fail(errorFromErrno(errno, "unlink " + path.string()));
    return {};
}

}  // namespace contone::vault
