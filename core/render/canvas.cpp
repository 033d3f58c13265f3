// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Mapped memory, with or without a file behind it.
#include "core/render/canvas.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <utility>

namespace contone::render {
namespace {

/// Not every file system makes files without a name; elsewhere it is taken away at once.
Result<FileDescriptor> namelessFile(const Path& folder) {
    FileDescriptor file(::open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600));
    if (file.isOpen()) return file;
    std::string name = (folder / "canvas-XXXXXX").string();
    file = FileDescriptor(::mkostemp(name.data(), O_CLOEXEC));
    if (!file.isOpen()) return fail(errorFromErrno(errno, "make a scratch file in " + folder.string()));
    if (::unlink(name.c_str()) != 0) return fail(errorFromErrno(errno, "unlink " + name));
    return file;
}

}  // namespace

Result<Canvas> Canvas::create(std::size_t bytes, std::size_t budget, const Path& folder) {
    FileDescriptor file;
    if (bytes > budget && !folder.empty()) {
        CONTONE_CHECK(makeDirectories(folder, Access::Private));
        CONTONE_TRY(file, namelessFile(folder));
        // A full disk is told here and not by SIGBUS.
        if (const int error = ::posix_fallocate(file.get(), 0, static_cast<off_t>(bytes)); error != 0)
            return fail(errorFromErrno(error, "make room in " + folder.string()));
    }
    const int flags = file.isOpen() ? MAP_SHARED : MAP_PRIVATE | MAP_ANONYMOUS;
    void* at = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, flags, file.get(), 0);
    if (at == MAP_FAILED) return fail(errorFromErrno(errno, "map a page of " + std::to_string(bytes) + " bytes"));
    return Canvas(static_cast<std::byte*>(at), bytes);
}

Canvas::Canvas(Canvas&& other) noexcept
    : m_data(std::exchange(other.m_data, nullptr)), m_bytes(std::exchange(other.m_bytes, 0)) {}

Canvas& Canvas::operator=(Canvas&& other) noexcept {
    std::swap(m_data, other.m_data);
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

Canvas::~Canvas() {
    if (m_data) ::munmap(m_data, m_bytes);
}

}  // namespace contone::render
