// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// memfd, seals, mmap.
#include "core/decode/ring.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <utility>

namespace contone::decode {

RingShape RingShape::of(image::PixelSize size, image::PixelFormat format) {
    constexpr std::size_t slotBytes = 256 << 10;
    RingShape shape;
    shape.rowBytes = static_cast<std::size_t>(size.width) * format.bytesPerPixel();
    const auto fitting = static_cast<int>(slotBytes / shape.rowBytes);
    shape.rows = std::clamp(fitting, 1, std::clamp(size.height, 1, 64));
    shape.slots = 4;
    return shape;
}

Result<Mapping> Mapping::of(const FileDescriptor& memory, std::size_t bytes, Access access) {
    const int protection = access == Access::Read ? PROT_READ : PROT_READ | PROT_WRITE;
    void* at = ::mmap(nullptr, bytes, protection, MAP_SHARED, memory.get(), 0);
    if (at == MAP_FAILED) return fail(errorFromErrno(errno, "map the ring"));
    Mapping mapping;
    mapping.m_bytes = {static_cast<std::byte*>(at), bytes};
    return mapping;
}

Mapping::Mapping(Mapping&& other) noexcept : m_bytes(std::exchange(other.m_bytes, {})) {}

Mapping& Mapping::operator=(Mapping&& other) noexcept {
    std::swap(m_bytes, other.m_bytes);
    return *this;
}

Mapping::~Mapping() {
    if (!m_bytes.empty()) ::munmap(m_bytes.data(), m_bytes.size());
}

Result<FileDescriptor> makeSealedMemory(std::size_t bytes) {
    FileDescriptor memory(::memfd_create("contone-strips", MFD_CLOEXEC | MFD_ALLOW_SEALING));
    if (!memory.isOpen()) return fail(errorFromErrno(errno, "memfd_create"));
    if (::ftruncate(memory.get(), static_cast<off_t>(bytes)) != 0) return fail(errorFromErrno(errno, "size the ring"));
    if (::fcntl(memory.get(), F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
        return fail(errorFromErrno(errno, "seal the ring"));
    return memory;
}

}  // namespace contone::decode
