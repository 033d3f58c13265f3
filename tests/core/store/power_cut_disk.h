// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// PowerCutDisk: a disk in memory, as an SQLite VFS, that forgets what was not synced when its power is cut.
#pragma once

#include <sqlite3.h>

#include <functional>
#include <map>
#include <memory>
#include <random>
#include <string>
#include <vector>

namespace contone::storetest {

/// What a disk may do wrong without losing power.
enum class Fault { None, Full, WriteError, SyncError };

/// While it lives it is SQLite's default VFS, so that the real store runs on it, and the program's fsync() of a folder
/// is its own. One at a time, one thread. After a cut each unsynced write survives or not, by chance; some survive only
/// in some of their 512-byte sectors, and some of those hold garbage. Files whose name was not synced may be gone, and
/// deleted ones may be back.
class PowerCutDisk {
  public:
    explicit PowerCutDisk(unsigned seed);
    ~PowerCutDisk();
    PowerCutDisk(const PowerCutDisk&) = delete;
    PowerCutDisk& operator=(const PowerCutDisk&) = delete;

    /// The one that SQLite uses now; nullptr: a real disk.
    static PowerCutDisk* inUse();
    /// The power goes during the given write, sync, truncation or deletion from now (1: the next).
    void cutAfter(long operations) { m_cutAt = m_operations + operations; }
    /// From the given operation on; Fault::None mends the disk at once.
    void failAfter(long operations, Fault fault);
    /// While it says so, a full disk has space after all.
    void setRelief(std::function<bool()> relief) { m_relief = std::move(relief); }
    void cutNow() { m_cut = true; }
    bool isCut() const { return m_cut; }
    long operations() const { return m_operations; }
    /// Decides what survived and goes on with that.
    void powerOn();
    /// fsync of the folder: names and deletions are durable from now on.
    void syncNames();

  private:
    struct Write {
        long long offset = 0;
        std::vector<unsigned char> bytes;
        bool truncates = false;
    };
    struct Image;
    struct Handle;
    struct Calls;

    bool step();
    int fault(bool syncing) const;
    static void apply(std::vector<unsigned char>& content, const Write& write);
    std::vector<unsigned char> survivorsOf(const Image& image);

    sqlite3_vfs m_vfs{};
    sqlite3_vfs* m_before = nullptr;
    std::string m_name;
    std::map<std::string, std::shared_ptr<Image>> m_files, m_deleted;
    std::mt19937_64 m_random;
    long m_operations = 0, m_cutAt = -1, m_faultAt = -1;
    Fault m_fault = Fault::None;
    bool m_cut = false;
    std::function<bool()> m_relief = [] { return false; };
};

}  // namespace contone::storetest
