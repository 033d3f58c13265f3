// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The VFS calls, the locks that two connections need, and the dice that are thrown when the power goes.
#include "tests/core/store/power_cut_disk.h"

#include <sys/stat.h>

#include <algorithm>
#include <cstring>

namespace contone::storetest {

struct PowerCutDisk::Image {
    std::vector<unsigned char> content, durable;  ///< as programs see it; as it is certain to survive
    std::vector<Write> pending;
    bool nameIsDurable = false;
    int shared = 0;
    Handle *reserved = nullptr, *pendingLock = nullptr, *exclusive = nullptr;
    std::vector<std::unique_ptr<unsigned char[]>> regions;  ///< the WAL index
    int shmShared[SQLITE_SHM_NLOCK] = {};
    Handle* shmExclusive[SQLITE_SHM_NLOCK] = {};
};

struct PowerCutDisk::Handle {
    PowerCutDisk* disk;
    std::shared_ptr<Image> image;
    std::string name;
    bool deleteOnClose;
    int lock = SQLITE_LOCK_NONE;
};

namespace {
struct File {
    sqlite3_file base;
    void* handle;
};
}  // namespace

struct PowerCutDisk::Calls {
    static Handle& of(sqlite3_file* file) { return *static_cast<Handle*>(reinterpret_cast<File*>(file)->handle); }
    static PowerCutDisk& of(sqlite3_vfs* vfs) { return *static_cast<PowerCutDisk*>(vfs->pAppData); }

    static int close(sqlite3_file* file) {
        Handle* h = &of(file);
        unlock(file, SQLITE_LOCK_NONE);
        if (h->deleteOnClose) h->disk->m_files.erase(h->name);
        delete h;
        return SQLITE_OK;
    }
    static int read(sqlite3_file* file, void* to, int size, sqlite3_int64 offset) {
        if (of(file).disk->m_cut) return SQLITE_IOERR_READ;
        const auto& content = of(file).image->content;
        std::memset(to, 0, static_cast<std::size_t>(size));
        const auto have = std::clamp<sqlite3_int64>(static_cast<sqlite3_int64>(content.size()) - offset, 0, size);
        if (have > 0) std::memcpy(to, content.data() + offset, static_cast<std::size_t>(have));
        return have < size ? SQLITE_IOERR_SHORT_READ : SQLITE_OK;
    }
    static int change(sqlite3_file* file, Write write, int error) {
        PowerCutDisk& disk = *of(file).disk;
        if (disk.m_cut) return error;
        const bool alive = disk.step();
        if (const int fault = disk.fault(false); fault != 0 && !write.truncates) return fault;
        apply(of(file).image->content, write);  // the write that the cut hits may still reach the disk
        of(file).image->pending.push_back(std::move(write));
        return alive ? SQLITE_OK : error;
    }
    static int write(sqlite3_file* file, const void* from, int size, sqlite3_int64 offset) {
        const auto* bytes = static_cast<const unsigned char*>(from);
        return change(file, {offset, {bytes, bytes + size}, false}, SQLITE_IOERR_WRITE);
    }
    static int truncate(sqlite3_file* file, sqlite3_int64 size) {
        return change(file, {size, {}, true}, SQLITE_IOERR_TRUNCATE);
    }
    static int sync(sqlite3_file* file, int) {
        PowerCutDisk& disk = *of(file).disk;
        if (!disk.step()) return SQLITE_IOERR_FSYNC;
        if (const int fault = disk.fault(true); fault != 0) return fault;
        Image& image = *of(file).image;
        image.durable = image.content;
        image.pending.clear();
        image.nameIsDurable = true;
        return SQLITE_OK;
    }
    static int size(sqlite3_file* file, sqlite3_int64* size) {
        *size = static_cast<sqlite3_int64>(of(file).image->content.size());
        return SQLITE_OK;
    }
    static int lock(sqlite3_file* file, int level) {
        Handle& h = of(file);
        Image& image = *h.image;
        const auto foreign = [&](const Handle* other) { return other != nullptr && other != &h; };
        if (level <= h.lock) return SQLITE_OK;
        if (level == SQLITE_LOCK_SHARED) {
            if (foreign(image.pendingLock) || foreign(image.exclusive)) return SQLITE_BUSY;
            image.shared++;
        } else {
            if (foreign(image.reserved) || foreign(image.pendingLock)) return SQLITE_BUSY;
            if (level == SQLITE_LOCK_RESERVED) image.reserved = &h;
            if (level == SQLITE_LOCK_EXCLUSIVE) {
                image.pendingLock = &h;
                if (image.shared > 1) return SQLITE_BUSY;
                image.exclusive = &h;
            }
        }
        h.lock = level;
        return SQLITE_OK;
    }
    static int unlock(sqlite3_file* file, int level) {
        Handle& h = of(file);
        for (Handle** holder : {&h.image->reserved, &h.image->pendingLock, &h.image->exclusive})
            if (*holder == &h) *holder = nullptr;
        if (level == SQLITE_LOCK_NONE && h.lock >= SQLITE_LOCK_SHARED) h.image->shared--;
        h.lock = std::min(h.lock, level);
        return SQLITE_OK;
    }
    static int isReserved(sqlite3_file* file, int* reserved) {
        *reserved = of(file).image->reserved != nullptr ? 1 : 0;
        return SQLITE_OK;
    }
    static int control(sqlite3_file*, int, void*) { return SQLITE_NOTFOUND; }
    static int sectorSize(sqlite3_file*) { return 512; }
    static int characteristics(sqlite3_file*) { return 0; }
    static int shmMap(sqlite3_file* file, int region, int size, int, void volatile** to) {
        auto& regions = of(file).image->regions;
        while (static_cast<int>(regions.size()) <= region)
            regions.push_back(std::make_unique<unsigned char[]>(static_cast<std::size_t>(size)));
        *to = regions[static_cast<std::size_t>(region)].get();
        return SQLITE_OK;
    }
    static int shmLock(sqlite3_file* file, int first, int count, int flags) {
        Handle& h = of(file);
        Image& image = *h.image;
        for (int i = first; i < first + count && (flags & SQLITE_SHM_LOCK) != 0; i++) {
            if (image.shmExclusive[i] != nullptr && image.shmExclusive[i] != &h) return SQLITE_BUSY;
            if ((flags & SQLITE_SHM_EXCLUSIVE) != 0 && image.shmShared[i] > 0) return SQLITE_BUSY;
        }
        for (int i = first; i < first + count; i++) {
            if ((flags & SQLITE_SHM_SHARED) != 0) image.shmShared[i] += (flags & SQLITE_SHM_LOCK) != 0 ? 1 : -1;
            if ((flags & SQLITE_SHM_EXCLUSIVE) != 0)
                image.shmExclusive[i] = (flags & SQLITE_SHM_LOCK) != 0 ? &h : nullptr;
        }
        return SQLITE_OK;
    }
    static void shmBarrier(sqlite3_file*) {}
    static int shmUnmap(sqlite3_file* file, int deleteIt) {
        if (deleteIt != 0) of(file).image->regions.clear();
        return SQLITE_OK;
    }

    static int open(sqlite3_vfs* vfs, const char* path, sqlite3_file* file, int flags, int* outFlags) {
        static constexpr sqlite3_io_methods methods{
            2,        close,      read,    write,      truncate,        sync,   size,    lock,
            unlock,   isReserved, control, sectorSize, characteristics, shmMap, shmLock, shmBarrier,
            shmUnmap, nullptr,    nullptr};
        PowerCutDisk& disk = of(vfs);
        file->pMethods = nullptr;
        if (disk.m_cut) return SQLITE_CANTOPEN;
        const std::string name = path != nullptr ? path : "temporary-" + std::to_string(disk.m_random());
        auto& image = disk.m_files[name];
        if (!image && (flags & SQLITE_OPEN_CREATE) == 0) {
            disk.m_files.erase(name);
            return SQLITE_CANTOPEN;
        }
        if (!image) image = std::make_shared<Image>();
        reinterpret_cast<File*>(file)->handle =
            new Handle{&disk, image, name, (flags & SQLITE_OPEN_DELETEONCLOSE) != 0};
        file->pMethods = &methods;
        if (outFlags != nullptr) *outFlags = flags;
        return SQLITE_OK;
    }
    static int remove(sqlite3_vfs* vfs, const char* path, int syncFolder) {
        PowerCutDisk& disk = of(vfs);
        if (!disk.step()) return SQLITE_IOERR_DELETE;
        const auto it = disk.m_files.find(path);
        if (it == disk.m_files.end()) return SQLITE_IOERR_DELETE_NOENT;
        if (it->second->nameIsDurable) disk.m_deleted[path] = it->second;
        disk.m_files.erase(it);
        if (syncFolder != 0) disk.syncNames();
        return SQLITE_OK;
    }
    static int access(sqlite3_vfs* vfs, const char* path, int, int* result) {
        *result = of(vfs).m_files.contains(path) ? 1 : 0;
        return SQLITE_OK;
    }
    static int fullPath(sqlite3_vfs*, const char* path, int size, char* out) {
        sqlite3_snprintf(size, out, "%s", path);
        return SQLITE_OK;
    }
    static int randomness(sqlite3_vfs* vfs, int size, char* out) {
        for (int i = 0; i < size; i++) out[i] = static_cast<char>(of(vfs).m_random());
        return size;
    }
    static int sleep(sqlite3_vfs*, int us) { return us; }
    static int time(sqlite3_vfs*, double* days) {
        *days = 2461000.5;  // a Julian day of 2025
        return SQLITE_OK;
    }
};

PowerCutDisk::PowerCutDisk(unsigned seed)
    : m_before(sqlite3_vfs_find(nullptr)), m_name("power-cut-" + std::to_string(seed)), m_random(seed) {
    m_vfs.iVersion = 1;
    m_vfs.szOsFile = sizeof(File);
    m_vfs.mxPathname = 512;
    m_vfs.zName = m_name.c_str();
    m_vfs.pAppData = this;
    m_vfs.xOpen = Calls::open;
    m_vfs.xDelete = Calls::remove;
    m_vfs.xAccess = Calls::access;
    m_vfs.xFullPathname = Calls::fullPath;
    m_vfs.xRandomness = Calls::randomness;
    m_vfs.xSleep = Calls::sleep;
    m_vfs.xCurrentTime = Calls::time;
    sqlite3_vfs_register(&m_vfs, 1);
}

PowerCutDisk::~PowerCutDisk() {
    sqlite3_vfs_unregister(&m_vfs);
    sqlite3_vfs_register(m_before, 1);
}

PowerCutDisk* PowerCutDisk::inUse() {
    const sqlite3_vfs* vfs = sqlite3_vfs_find(nullptr);
    return vfs->xOpen == Calls::open ? static_cast<PowerCutDisk*>(vfs->pAppData) : nullptr;
}

void PowerCutDisk::failAfter(long operations, Fault fault) {
    m_faultAt = m_operations + operations;
    m_fault = fault;
}

bool PowerCutDisk::step() {
    if (m_cut) return false;
    m_cut = ++m_operations == m_cutAt;
    return !m_cut;
}

int PowerCutDisk::fault(bool syncing) const {
    if (m_fault == Fault::None || m_operations < m_faultAt) return 0;
    if (m_fault == Fault::SyncError) return syncing ? SQLITE_IOERR_FSYNC : 0;
    if (syncing) return 0;
    if (m_fault == Fault::Full) return m_relief() ? 0 : SQLITE_FULL;
    return SQLITE_IOERR_WRITE;
}

void PowerCutDisk::apply(std::vector<unsigned char>& content, const Write& write) {
    const auto offset = static_cast<std::size_t>(write.offset);
    if (write.truncates) {
        content.resize(std::min(content.size(), offset));
        return;
    }
    if (content.size() < offset + write.bytes.size()) content.resize(offset + write.bytes.size());
    std::ranges::copy(write.bytes, content.begin() + write.offset);
}

std::vector<unsigned char> PowerCutDisk::survivorsOf(const Image& image) {
    enum { Nothing, Everything, WholeWrites, Sectors };
    const auto mode = m_random() % 4;
    std::vector<unsigned char> content = image.durable;
    for (const Write& write : image.pending) {
        if (mode == Nothing || (mode != Everything && m_random() % 2 == 0)) continue;
        if (mode != Sectors || write.truncates) {
            apply(content, write);
            continue;
        }
        for (std::size_t at = 0; at < write.bytes.size(); at += 512) {
            if (m_random() % 2 == 0) continue;
            const auto end = std::min(at + 512, write.bytes.size());
            Write sector{
                write.offset + static_cast<long long>(at), {write.bytes.data() + at, write.bytes.data() + end}, false};
            if (m_random() % 16 == 0)
                for (unsigned char& byte : sector.bytes) byte = static_cast<unsigned char>(m_random());
            apply(content, sector);
        }
    }
    return content;
}

void PowerCutDisk::powerOn() {
    std::map<std::string, std::shared_ptr<Image>> survived;
    const auto keep = [&](const std::string& name, const Image& image) {
        auto copy = std::make_shared<Image>();
        copy->content = copy->durable = survivorsOf(image);
        copy->nameIsDurable = true;
        survived[name] = copy;
    };
    for (const auto& [name, image] : m_files)
        if (image->nameIsDurable || m_random() % 2 == 0) keep(name, *image);
    for (const auto& [name, image] : m_deleted)
        if (!survived.contains(name) && m_random() % 2 == 0) keep(name, *image);
    m_files = std::move(survived);
    m_deleted.clear();
    m_cut = false;
    m_cutAt = m_faultAt = -1;
    m_fault = Fault::None;
}

void PowerCutDisk::syncNames() {
    if (m_cut) return;
    m_deleted.clear();
    for (auto& [name, image] : m_files) image->nameIsDurable = true;
}

}  // namespace contone::storetest

// Takes the place of the C library's fsync in this program: the simulated disk must learn when the store syncs its
// folder (a store that forgets to may find an old journal back after a cut), and nothing here needs the real disk.
extern "C" int fsync(int fd) {
    struct stat st{};
    if (::fstat(fd, &st) == 0 && S_ISDIR(st.st_mode))
        if (auto* disk = contone::storetest::PowerCutDisk::inUse()) disk->syncNames();
    return 0;
}
