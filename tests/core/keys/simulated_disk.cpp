// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Inodes with writes that are not synced, names with changes that are not synced, and chance.
#include "tests/core/keys/simulated_disk.h"

#include <algorithm>
#include <cerrno>
#include <cstring>

namespace contone::keystest {

namespace {
constexpr std::size_t sector = 512;

std::unexpected<Error> failed(int problem, const std::string& what) {
    return fail(errorFromErrno(problem, what));
}
}  // namespace

class SimulatedDisk::File final : public DiskFile {
  public:
    File(SimulatedDisk& disk, std::shared_ptr<Inode> inode, bool writes)
        : m_disk(disk), m_inode(std::move(inode)), m_writes(writes) {
        if (m_writes) m_inode->writers++;
    }
    ~File() override {
        if (m_writes) m_inode->writers--;
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    Result<void> write(std::span<const std::byte> bytes, std::uint64_t at) override {
        if (!m_writes) return failed(EBADF, "write");
        if (m_disk.m_isCut) return failed(EIO, "write: no power");
        auto done = m_disk.step(true);
        // A cut, a full or a failing disk may still have taken a part of it.
        if (!done) bytes = bytes.first(bytes.empty() ? 0 : m_disk.m_random() % bytes.size());
        Write one{at, Bytes(bytes.begin(), bytes.end())};
        if (m_disk.m_lie == Lie::NotInPlace && at < m_inode->durable.size())
            m_inode->elsewhere.push_back(m_inode->durable);
        apply(m_inode->now, one);
        m_inode->unsynced.push_back(std::move(one));
        return done;
    }
    Result<std::size_t> read(std::span<std::byte> to, std::uint64_t at) const override {
        if (m_disk.m_isCut) return failed(EIO, "read: no power");
        const Bytes& bytes = m_inode->now;
        if (at >= bytes.size()) return 0;
        const std::size_t n = std::min(to.size(), bytes.size() - static_cast<std::size_t>(at));
        std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), n, to.begin());
        return n;
    }
    Result<std::uint64_t> size() const override {
        if (m_disk.m_isCut) return failed(EIO, "size: no power");
        return m_inode->now.size();
    }
    Result<void> makeReadOnly() override { return {}; }
    Result<void> sync() override {
        m_disk.m_syncs++;
        CONTONE_CHECK(m_disk.step());
        if (m_disk.m_lie == Lie::FilesNotSynced) return {};
        m_inode->durable = m_inode->now;
        m_inode->unsynced.clear();
        return {};
    }

  private:
    SimulatedDisk& m_disk;
    std::shared_ptr<Inode> m_inode;
    bool m_writes;
};

SimulatedDisk::SimulatedDisk(unsigned seed, Lie lie) : m_random(seed), m_lie(lie) {}
SimulatedDisk::~SimulatedDisk() = default;

void SimulatedDisk::failAfter(long operations, Fault fault, bool once) {
    m_faultAt = m_operations + operations;
    m_fault = fault;
    m_faultsOnce = once;
}

Result<void> SimulatedDisk::step(bool writesData) {
    m_operations++;
    if (m_cutAt >= 0 && m_operations >= m_cutAt) m_isCut = true;
    if (m_isCut) return failed(EIO, "no power");
    if (m_fault == Fault::None || m_operations < m_faultAt) return {};
    if (m_fault == Fault::Full) return writesData ? Result<void>(failed(ENOSPC, "write")) : Result<void>();
    if (m_faultsOnce) m_fault = Fault::None;
    return failed(EIO, "simulated");
}

// ---- cuts ---------------------------------------------------------------------------------------

void SimulatedDisk::apply(Bytes& content, const Write& write) {
    const std::size_t end = static_cast<std::size_t>(write.at) + write.bytes.size();
    if (content.size() < end) content.resize(end);
    std::ranges::copy(write.bytes, content.begin() + static_cast<std::ptrdiff_t>(write.at));
}

void SimulatedDisk::apply(Names& names, const NameChange& change) {
    if (change.kind != NameChange::Kind::Create)
        if (const auto old = names.find(change.from); old != names.end() && old->second == change.inode)
            names.erase(old);
    if (change.kind != NameChange::Kind::Remove) names[change.to] = change.inode;
}

Bytes SimulatedDisk::survivorsOf(const Inode& inode) {
    Bytes content = inode.durable;
    for (const Write& write : inode.unsynced) {
        const unsigned fate = static_cast<unsigned>(m_random() % 3);
        if (fate == 0) continue;
        if (fate == 1) {
            apply(content, write);
            continue;
        }
        for (std::size_t i = 0; i < write.bytes.size();) {
            const std::size_t n = std::min(write.bytes.size() - i, sector - (write.at + i) % sector);
            if (!chance(2)) {
                const auto from = write.bytes.begin() + static_cast<std::ptrdiff_t>(i);
                Write part{write.at + i, Bytes(from, from + static_cast<std::ptrdiff_t>(n))};
                if (chance(4))
                    for (std::byte& b : part.bytes) b = static_cast<std::byte>(m_random());
                apply(content, part);
            }
            i += n;
        }
    }
    return content;
}

void SimulatedDisk::powerOn() {
    for (const NameChange& change : m_unsynced)
        if (chance(2)) apply(m_durableNames, change);
    m_unsynced.clear();
    m_names = m_durableNames;
    for (const auto& inode : m_inodes) {
        inode->durable = inode->now = survivorsOf(*inode);
        inode->unsynced.clear();
    }
    m_isCut = false;
    m_cutAt = -1;
}

// ---- looking ------------------------------------------------------------------------------------

bool SimulatedDisk::holds(std::span<const std::byte> bytes) const {
    const auto in = [&](const Bytes& content) {
        return ::memmem(content.data(), content.size(), bytes.data(), bytes.size()) != nullptr;
    };
    return std::ranges::any_of(m_inodes, [&](const auto& inode) {
        return in(inode->now) || in(inode->durable) || std::ranges::any_of(inode->elsewhere, in) ||
               std::ranges::any_of(inode->unsynced, [&](const Write& write) { return in(write.bytes); });
    });
}

std::optional<Bytes> SimulatedDisk::behind(std::span<const std::byte> mark, std::size_t bytes) const {
    for (const auto& inode : m_inodes) {
        const auto* found =
            static_cast<const std::byte*>(::memmem(inode->now.data(), inode->now.size(), mark.data(), mark.size()));
        const std::byte* end = inode->now.data() + inode->now.size();
        if (found && end - found >= static_cast<std::ptrdiff_t>(mark.size() + bytes))
            return Bytes(found + mark.size(), found + mark.size() + bytes);
    }
    return {};
}

void SimulatedDisk::put(const Path& file, std::span<const std::byte> bytes) {
    std::shared_ptr<Inode>& inode = m_names[file];
    if (!inode) inode = m_inodes.emplace_back(std::make_shared<Inode>());
    inode->now.assign(bytes.begin(), bytes.end());
    inode->durable = inode->now;
    m_durableNames[file] = inode;
}

void SimulatedDisk::openToOthers(const Path& file) {
    m_names.at(file)->isOpenToOthers = true;
}

// ---- the port -----------------------------------------------------------------------------------

Result<std::unique_ptr<DiskFile>> SimulatedDisk::create(const Path& file) {
    if (m_names.contains(file)) return fail(Code::Conflict, "name-taken", "There is such a file already.");
    if (!m_folders.contains(file.parent_path())) return failed(ENOENT, "create " + file.string());
    CONTONE_CHECK(step(true));
    m_inodes.push_back(std::make_shared<Inode>());
    m_unsynced.push_back({NameChange::Kind::Create, {}, file, m_inodes.back()});
    apply(m_names, m_unsynced.back());
    return std::make_unique<File>(*this, m_inodes.back(), true);
}

Result<std::unique_ptr<DiskFile>> SimulatedDisk::open(const Path& file, Open how) {
    if (m_isCut) return failed(EIO, "open: no power");
    const auto found = m_names.find(file);
    if (found == m_names.end()) return failed(ENOENT, "open " + file.string());
    return std::make_unique<File>(*this, found->second, how == Open::ToOverwrite);
}

Result<FileState> SimulatedDisk::look(const Path& file) const {
    if (m_isCut) return failed(EIO, "look: no power");
    const auto found = m_names.find(file);
    if (found == m_names.end()) return failed(ENOENT, "look " + file.string());
    return FileState{found->second->now.size(), found->second->isOpenToOthers};
}

Result<void> SimulatedDisk::rename(const Path& from, const Path& to) {
    const auto found = m_names.find(from);
    if (found == m_names.end()) return failed(ENOENT, "rename " + from.string());
    CONTONE_CHECK(step());
    m_unsynced.push_back({NameChange::Kind::Rename, from, to, found->second});
    apply(m_names, m_unsynced.back());
    return {};
}

Result<void> SimulatedDisk::remove(const Path& file) {
    const auto found = m_names.find(file);
    if (found == m_names.end()) return failed(ENOENT, "remove " + file.string());
    CONTONE_CHECK(step());
    m_unsynced.push_back({NameChange::Kind::Remove, file, {}, found->second});
    apply(m_names, m_unsynced.back());
    return {};
}

Result<void> SimulatedDisk::makeFolder(const Path& folder) {
    if (m_isCut) return failed(EIO, "makeFolder: no power");
    m_folders.insert(folder);
    return {};
}

Result<std::vector<std::string>> SimulatedDisk::list(const Path& folder) const {
    if (m_isCut) return failed(EIO, "list: no power");
    std::vector<std::string> names;
    for (const auto& [path, inode] : m_names)
        if (path.parent_path() == folder) names.push_back(path.filename().string());
    return names;
}

Result<void> SimulatedDisk::syncFolder(const Path& folder) {
    m_syncs++;
    CONTONE_CHECK(step());
    if (m_lie == Lie::FoldersNotSynced) return {};
    // From now on the folder is as it is now. A renaming into or out of it is done at its other end too.
    const auto isHere = [&](const Path& file) { return file.parent_path() == folder; };
    std::erase_if(m_unsynced, [&](const NameChange& change) {
        if (!isHere(change.from) && !isHere(change.to)) return false;
        apply(m_durableNames, change);
        return true;
    });
    std::erase_if(m_durableNames, [&](const auto& entry) { return isHere(entry.first); });
    for (const auto& [file, inode] : m_names)
        if (isHere(file)) m_durableNames[file] = inode;
    return {};
}

Result<void> SimulatedDisk::removeAbandoned(const Path& folder, const LastLook& last) {
    CONTONE_TRY(const std::vector<std::string> names, list(folder));
    for (const std::string& name : names) {
        const auto inode = m_names.at(folder / name);
        if (inode->writers > 0) continue;
        File abandoned(*this, inode, false);
        CONTONE_CHECK(last(abandoned));
        CONTONE_CHECK(remove(folder / name));
    }
    return {};
}

}  // namespace contone::keystest
