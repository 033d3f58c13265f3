// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Opening the store: the lock, the file, its mode, its health, and nothing taken before all of it is on disk.
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <thread>

#include "core/store/check_store.h"
#include "core/store/epoch.h"
#include "core/store/personal.h"
#include "core/store/projections.h"
#include "core/store/schema.h"
#include "core/store/sqlite_store_p.h"

namespace contone::store {

namespace {

constexpr std::int64_t applicationId = 0x436f6e74;  // "Cont", in the file's header; set by the first migration

Error forWriting(Error error) {
    if (error.reason == "no-permission") error = errorFromErrno(EROFS, error.detail);
    return error;
}

Result<FileDescriptor> lockFolder(const Path& folder) {
    const Path path = folder / "lock";
    FileDescriptor fd(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (!fd.isOpen()) return fail(forWriting(errorFromErrno(errno, "open " + path.string())));
    ::fchmod(fd.get(), 0600);  // whatever the umask
    if (::flock(fd.get(), LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) return fail(errorFromErrno(errno, "flock " + path.string()));
        return fail(Code::Conflict, "store-in-use",
                    "Another Contone program is using these orders already. Close it, or let it do the work.",
                    path.string());
    }
    return fd;
}

// A healthy store of ours, of a version we know; or an empty file, when none was ever in use here.
Result<void> checkHealth(db::Database& database, bool wasInUse, Opening opening) {
    CONTONE_TRY(const std::int64_t id, database.integer("PRAGMA application_id"));
    CONTONE_TRY(const int version, db::schemaVersion(database));
    CONTONE_TRY(const std::int64_t tables, database.integer("SELECT count(*) FROM sqlite_schema"));
    if (id == 0 && version == 0 && tables == 0 && !wasInUse) return {};
    if (id != applicationId) return storeDamaged("not a Contone store");
    constexpr int absurd = 1000;  // no release makes so many migrations
    if (version < 1 || version > migrations().back().number + absurd)
        return storeDamaged("schema version " + std::to_string(version));
    if (version > migrations().back().number) return db::migrate(database, migrations());  // says store-newer
    if (opening == Opening::ToWorkAtOnce) return {};
    if (opening != Opening::ToWork) CONTONE_CHECK(database.run("REINDEX"));
    return checkPages(database);
}

// "acknowledged": the position of the last event that was committed, written after each commit and never synced. The
// operating system keeps it when the program dies; in a power cut it may be older than the record, never newer. So a
// record that ends before it has lost what somebody was told is safe.
constexpr std::size_t acknowledgedBytes = 20;

Result<std::int64_t> lastPosition(db::Database& database) {
    return database.integer("SELECT coalesce(max(position), 0) FROM event");
}

Result<std::int64_t> readAcknowledged(const FileDescriptor& file) {
    std::array<char, acknowledgedBytes> text{};
    const ssize_t n = ::pread(file.get(), text.data(), text.size(), 0);
    if (n < 0) return fail(errorFromErrno(errno, "read how far the record went"));
    std::int64_t position = 0;
    std::from_chars(text.data(), text.data() + n, position);  // an empty or torn file says nothing
    return position;
}

/// Orders that were lost had numbers that people know.
Result<void> skipLostNumbers(db::Database& database, std::int64_t lost) {
    return database.run(
        "INSERT INTO store (name, value) VALUES ('numbers-from', "
        "(SELECT coalesce(max(number), 1000) FROM orders) + ?1) "
        "ON CONFLICT (name) DO UPDATE SET value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER)) + ?1",
        {lost});
}

enum class Reach { Whole, LossAccepted };

Result<Reach> checkReach(db::Database& database, const FileDescriptor& acknowledged, Opening opening) {
    CONTONE_TRY(const std::int64_t told, readAcknowledged(acknowledged));
    CONTONE_TRY(const std::int64_t last, lastPosition(database));
    if (told <= last) return Reach::Whole;
    if (opening == Opening::AsItIs) {
        CONTONE_CHECK(skipLostNumbers(database, told - last));
        return Reach::LossAccepted;
    }
    return fail(Code::Corrupt, "store-behind",
                "The record of this shop ends " + std::to_string(told - last) +
                    " entries before it should: orders and prints may be missing from it. Put contone.db and its "
                    "contone.db-wal back as they were, or the newest backup. If there is none, look which prints are "
                    "there, then run: contone store rebuild --accept-loss",
                "last " + std::to_string(last) + ", acknowledged " + std::to_string(told));
}

Result<std::string> remembered(db::Database& database, const std::string& name) {
    auto value = database.text("SELECT value FROM store WHERE name = ?1", {name});
    if (!value && value.error().reason == "row-missing") return std::string();
    return value;
}

Result<void> remember(db::Database& database, const std::string& name, const std::string& value) {
    return database.run(
        "INSERT INTO store (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        {name, value});
}

/// The database and the marker of the folder belong together. The marker may be an epoch behind, when the power went
/// before it was written anew.
Result<void> checkOrigin(db::Database& database, const Path& marker, const std::string& origin) {
    CONTONE_TRY(std::string said, readTextFile(marker, 200));
    while (!said.empty() && (said.back() == '\n' || said.back() == ' ')) said.pop_back();
    CONTONE_TRY(const std::string before, remembered(database, "origin-before"));
    if (said == origin || (!before.empty() && said == before)) return {};
    return fail(Code::Corrupt, "store-foreign",
                "The record in this folder is another shop's. Put this shop's own contone.db back.",
                "origin " + origin + ", expected " + said);
}

Result<void> configureWriter(db::Database& database) {
    CONTONE_TRY(const std::string mode, database.text("PRAGMA journal_mode = WAL"));
    if (mode != "wal")
        return fail(Code::Internal, "store-error", "This disk cannot hold the store of orders. Use a local disk.",
                    mode);
    // FULL: WAL with NORMAL loses the last orders in a power cut. secure_delete: erased names leave no trace in free
    // pages.
    return database.script(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA secure_delete = ON; "
        "PRAGMA wal_autocheckpoint = 1000; PRAGMA journal_size_limit = 8388608;");
}

Result<std::string> originOf(db::Database& database, const Clock& clock) {
    CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(database, db::Lock::Immediate));
    CONTONE_CHECK(database.run("INSERT OR IGNORE INTO store (name, value) VALUES ('origin', ?1)",
                               {Uuid::generate(clock.now()).toString()}));
    CONTONE_TRY(std::string origin, database.text("SELECT value FROM store WHERE name = 'origin'"));
    CONTONE_CHECK(transaction.commit());
    return origin;
}

Result<void> renewProjections(db::Database& database, const Path& file, const RebuildProgress& told) {
    CONTONE_TRY(const std::string kept, remembered(database, "projections"));
    if (kept == std::to_string(projectionsVersion)) return {};
    {
        CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(database, db::Lock::Immediate));
        CONTONE_CHECK(noteAllProjectBlobs(database));
        CONTONE_CHECK(transaction.commit());
    }
    CONTONE_TRY(const std::int64_t last, lastPosition(database));
    if (last == 0) return remember(database, "projections", std::to_string(projectionsVersion));
    // Nothing is sold meanwhile: what an older version made may mean something else to this one.
    CONTONE_TRY(Rebuild rebuild, Rebuild::begin(file, Rebuild::How::GoOn));
    while (!rebuild.isInUse()) {
        CONTONE_CHECK(rebuild.step());
        CONTONE_CHECK(rebuild.checkpoint());
        if (told) told(rebuild.done(), rebuild.total());
    }
    // What is replaced goes later, beside the work, unless it is next to nothing.
    constexpr auto moment = std::chrono::milliseconds(100);
    const auto until = std::chrono::steady_clock::now() + moment;
    for (bool more = true; more && std::chrono::steady_clock::now() < until;) {
        CONTONE_TRY(more, rebuild.step());
    }
    return {};
}

/// A store that was restored or copied begins a new epoch before anything is done with it. Answers its origin.
Result<std::string> settle(db::Database& database, const Clock& clock, const Path& folder, Reach reach) {
    CONTONE_TRY(db::Transaction transaction, db::Transaction::begin(database, db::Lock::Immediate));
    CONTONE_TRY(std::string origin, remembered(database, "origin"));
    CONTONE_TRY(const std::string place, remembered(database, "place"));
    const std::string here = placeOf(folder);
    if (reach == Reach::LossAccepted || (!place.empty() && place != here)) {
        const char* reason = reach == Reach::LossAccepted ? "loss-accepted" : place == inBackup ? "restored" : "copied";
        CONTONE_TRY(origin, beginEpoch(database, clock, reason));
    }
    if (place != here) CONTONE_CHECK(remember(database, "place", here));
    CONTONE_CHECK(transaction.commit());
    return origin;
}

}  // namespace

SqliteStore::SqliteStore(std::unique_ptr<Impl> impl) : m_impl(std::move(impl)) {}
SqliteStore::~SqliteStore() = default;

bool SqliteStore::isIn(const Path& folder) {
    std::error_code failed;
    return std::filesystem::exists(folder / "origin", failed) || std::filesystem::exists(folder / "contone.db", failed);
}

void SqliteStore::Impl::acknowledge() {
    const auto last = lastPosition(writer);
    if (!last) return;
    std::array<char, acknowledgedBytes> text{};
    text.fill(' ');
    std::to_chars(text.data(), text.data() + text.size(), *last);
    text.back() = '\n';
    [[maybe_unused]] const ssize_t written = ::pwrite(acknowledged.get(), text.data(), text.size(), 0);
}

Result<std::unique_ptr<SqliteStore>> SqliteStore::open(const Path& folder, const Clock& clock, Opening opening,
                                                       const RebuildProgress& told) {
    if (auto made = makeDirectories(folder, Access::Private); !made) return fail(forWriting(made.error()));
    CONTONE_TRY(FileDescriptor lock, lockFolder(folder));
    // "origin" is written last when a store is made: from then on a missing or empty database is a loss, not a new
    // store.
    const Path file = folder / "contone.db", marker = folder / "origin";
    std::error_code unknown;
    const bool wasInUse = std::filesystem::exists(marker, unknown);
    if (unknown) return fail(errorFromErrno(unknown.value(), "look for " + marker.string()));

    auto opened = db::Database::open(file, wasInUse ? db::Missing::Fail : db::Missing::Create);
    if (!opened && wasInUse && opened.error().code == Code::NotFound) return storeDamaged("missing: " + file.string());
    CONTONE_TRY(db::Database writer, std::move(opened));
    // What is refused stays as it is: a -wal that is cut may be put back beside the database that it belongs to.
    writer.whenClosed(db::Database::Close::LeavesFiles);
    // SQLite would remove the -wal of an empty file at the first look, before anybody could put the file back.
    if (wasInUse && writer.fileSize() == 0) return storeDamaged("an empty file");
    CONTONE_CHECK(harden(writer));
    CONTONE_CHECK(checkHealth(writer, wasInUse, opening));
    CONTONE_CHECK(configureWriter(writer));
    CONTONE_CHECK(db::migrate(writer, migrations()));
    CONTONE_CHECK(opening == Opening::ToWorkAtOnce ? checkNames(writer) : checkSchema(writer));
    CONTONE_TRY(const std::string known, originOf(writer, clock));
    if (wasInUse) CONTONE_CHECK(checkOrigin(writer, marker, known));
    CONTONE_CHECK(renewProjections(writer, file, told));
    const Path reach = folder / "acknowledged";
    FileDescriptor acknowledged(::open(reach.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600));
    if (!acknowledged.isOpen()) return fail(forWriting(errorFromErrno(errno, "open " + reach.string())));
    ::fchmod(acknowledged.get(), 0600);
    CONTONE_TRY(const Reach lost, checkReach(writer, acknowledged, opening));
    // What a shop has to print on a day is compared before it sells; where far more waits, beside the work.
    constexpr std::size_t quickly = 500;
    if (opening == Opening::ToWork) CONTONE_CHECK(checkOpenOrders(writer));
    if (opening == Opening::ToWorkAtOnce) CONTONE_CHECK(checkOpenOrders(writer, quickly));
    CONTONE_TRY(std::string origin, settle(writer, clock, folder, lost));
    writer.whenClosed(db::Database::Close::Tidies);
    CONTONE_CHECK(writer.run("PRAGMA wal_checkpoint(TRUNCATE)"));
    CONTONE_CHECK(syncDirectory(folder));
    if (!wasInUse || readTextFile(marker, 200) != origin + "\n") {
        CONTONE_CHECK(writeFileDurably(marker, origin + "\n"));
        ::chmod(marker.c_str(), 0600);  // the folder's group uses the socket, not the files
    }

    CONTONE_TRY(db::Database reader, db::Database::open(file, db::Missing::Fail));
    CONTONE_CHECK(harden(reader));
    CONTONE_CHECK(reader.run("PRAGMA query_only = ON"));
    auto impl = std::unique_ptr<Impl>(new Impl{clock, file, std::move(lock), std::move(origin)});
    impl->writer = std::move(writer);
    impl->reader = std::move(reader);
    impl->acknowledged = std::move(acknowledged);
    impl->isChecked = opening != Opening::ToWorkAtOnce;
    impl->acknowledge();
    impl->reserve.keep();
    return std::unique_ptr<SqliteStore>(new SqliteStore(std::move(impl)));
}

Result<void> SqliteStore::check() const {
    CONTONE_CHECK(checkBeside(m_impl->file));
    m_impl->isChecked = true;
    return {};
}

Result<void> SqliteStore::Impl::compareOnce(db::Database& database, const print::Sheet& sheet) {
    if (isChecked || comparedOrders.contains(sheet.order)) return {};
    CONTONE_CHECK(checkOrder(database, sheet.order, sheet.job));
    comparedOrders.insert(sheet.order);
    return {};
}

Result<void> SqliteStore::rebuildProjections(const RebuildProgress& told) {
    return m_impl->rebuildBeside(Rebuild::How::Anew, told);
}

Result<void> SqliteStore::tidy() {
    return m_impl->rebuildBeside(Rebuild::How::OnlyTidy, {});
}

Result<void> SqliteStore::Impl::rebuildBeside(Rebuild::How how, const RebuildProgress& told) {
    CONTONE_TRY(Rebuild rebuild, Rebuild::begin(file, how));
    // Who sells does not do the rebuild's share of the log.
    const auto setShare = [this](const char* pages) {
        const std::scoped_lock guard(writing);
        return writer.run(std::string("PRAGMA wal_autocheckpoint = ") + pages);
    };
    CONTONE_CHECK(setShare("0"));
    const auto done = [&]() -> Result<void> {
        for (bool more = true; more;) {
            while (waiting > 0) std::this_thread::sleep_for(std::chrono::microseconds(200));  // they come first
            {
                const std::scoped_lock guard(writing);
                CONTONE_TRY(more, rebuild.step());
            }
            {
                const std::scoped_lock guard(folding);
                CONTONE_CHECK(rebuild.checkpoint());
            }
            if (told) told(rebuild.done(), rebuild.total());
        }
        return {};
    }();
    CONTONE_CHECK(setShare("1000"));
    return done;
}

}  // namespace contone::store
