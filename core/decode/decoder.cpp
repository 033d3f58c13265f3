// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Which program reads a photo, when its zygote is started, and what is tried again.
#include "core/decode/decoder.h"

#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <mutex>
#include <optional>
#include <string>

#include "core/decode/child_source.h"
#include "core/decode/face_child.h"
#include "core/decode/file_head.h"
#include "core/decode/thumbnail_child.h"
#include "core/decode/zygote_client.h"
#include "core/image/photo_problem.h"

namespace contone::decode {
namespace {

using image::PhotoSource;

/// A child must not be able to write: whatever the caller may do with the file, it gets a descriptor that only reads.
Result<FileDescriptor> readOnly(FileDescriptor file) {
    const int flags = ::fcntl(file.get(), F_GETFL);
    if (flags < 0) return fail(errorFromErrno(errno, "look at the photo"));
    if ((flags & (O_ACCMODE | O_PATH)) == O_RDONLY) return file;
    return openForReading("/proc/self/fd/" + std::to_string(file.get()));
}

std::uint32_t secondsOf(std::chrono::milliseconds time) {
    return static_cast<std::uint32_t>(std::chrono::ceil<std::chrono::seconds>(time).count());
}

/// The processor time of one photo: a backstop far behind the deadlines, for a child that nobody waits for.
std::uint32_t cpuSeconds(const Deadlines& deadlines) {
    return 4 * secondsOf(deadlines.facts + deadlines.firstStrip + deadlines.nextStrip) + 60;
}

}  // namespace

/// One of the two programs: its zygote and the child that makes thumbnails.
struct Reader {
    const char* name;
    std::mutex starting;
    std::shared_ptr<Zygote> zygote;
    std::mutex thumbnails;
    std::optional<ThumbnailChild> thumbnailChild;
};

struct Decoder::Impl {
    explicit Impl(Options o) : options(std::move(o)) {}
    Result<Reader*> readerOf(const FileDescriptor& file);
    Result<std::shared_ptr<Zygote>> zygoteOf(Reader& reader);
    Result<Child> spawn(Reader& reader, const Spawn& order, const FileDescriptor* photo);

    const Options options;
    std::array<Reader, 2> readers{Reader{"contone-decoder", {}, {}, {}, {}},
                                  Reader{"contone-decoder-longtail", {}, {}, {}, {}}};
    std::mutex faces;
    std::optional<FaceChild> faceChild;  ///< of the second reader
};

Result<Reader*> Decoder::Impl::readerOf(const FileDescriptor& file) {
    CONTONE_TRY(const Sniffed kind, sniffFile(file, options.limits));
    // A name without a reader is no photo. No name at all: a few cameras' raw photos bear no mark; the child judges.
    if (kind.family != Family::Unknown || kind.name.empty()) return &readers[kind.family == Family::LongTail ? 1 : 0];
    return notAPhoto(kind);
}

Result<std::shared_ptr<Zygote>> Decoder::Impl::zygoteOf(Reader& reader) {
    const std::lock_guard turn(reader.starting);
    if (reader.zygote && !reader.zygote->isRetired()) return reader.zygote;
    reader.zygote.reset();
    CONTONE_TRY(reader.zygote, Zygote::start(options.programs / reader.name, options));
    return reader.zygote;
}

/// A zygote that died since the last photo is noticed here and replaced once.
Result<Child> Decoder::Impl::spawn(Reader& reader, const Spawn& order, const FileDescriptor* photo) {
    for (bool isFirst = true;; isFirst = false) {
        CONTONE_TRY(const auto zygote, zygoteOf(reader));
        auto child = zygote->spawn(order, photo);
        if (child || !isFirst || !zygote->isRetired()) return child;
    }
}

Decoder::Decoder(Options options) : m_impl(std::make_shared<Impl>(std::move(options))) {}
Decoder::~Decoder() = default;

Result<std::unique_ptr<PhotoSource>> Decoder::open(FileDescriptor file, const image::PhotoRequest& request,
                                                   const CancelToken& cancel) {
    CONTONE_TRY(Reader * reader, m_impl->readerOf(file));
    CONTONE_TRY(const FileDescriptor photo, readOnly(std::move(file)));
    const Options& options = m_impl->options;
    const Spawn order{Purpose::Photo, cpuSeconds(options.deadlines)};
    for (bool isFirst = true;; isFirst = false) {
        CONTONE_CHECK(cancel.check());
        CONTONE_TRY(Child child, m_impl->spawn(*reader, order, &photo));
        auto source = ChildSource::open(child, {request, options.limits, options.deadlines, cancel});
        if (source || !child.isLost() || !isFirst) return source;
    }
}

Result<std::unique_ptr<PhotoSource>> Decoder::open(const Path& path, const image::PhotoRequest& request,
                                                   const CancelToken& cancel) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return open(std::move(file), request, cancel);
}

Result<image::SmallPicture> Decoder::thumbnail(FileDescriptor file, int longSide, ThumbnailFrom from,
                                               const CancelToken& cancel) {
    if (longSide < 1 || longSide > ThumbnailChild::longestSide)
        return fail(Code::Invalid, "bad-size", "A thumbnail is 1 to 2048 pixels long.", std::to_string(longSide));
    CONTONE_TRY(Reader * reader, m_impl->readerOf(file));
    CONTONE_TRY(const FileDescriptor photo, readOnly(std::move(file)));
    const Options& options = m_impl->options;
    // Processor time for as many photos as one child serves, were each to take all of its time.
    const Spawn order{Purpose::Thumbnails, secondsOf(options.deadlines.thumbnail) * ThumbnailChild::mostPhotos + 60};
    const std::lock_guard turn(reader->thumbnails);
    auto& child = reader->thumbnailChild;
    for (bool isFirst = true;; isFirst = false) {
        CONTONE_CHECK(cancel.check());
        if (child && child->isWorn()) child.reset();
        if (!child) {
            CONTONE_TRY(Child fresh, m_impl->spawn(*reader, order, nullptr));
            CONTONE_TRY(child, ThumbnailChild::begin(std::move(fresh), options.limits));
        }
        auto picture = child->make(photo, longSide, from, options.deadlines.thumbnail, cancel);
        if (picture || picture.error().code == Code::Unsupported) return picture;
        const bool isLost = child->isLost();
        child.reset();
        if (!isLost || !isFirst) return picture;
    }
}

Result<image::SmallPicture> Decoder::thumbnail(const Path& path, int longSide, ThumbnailFrom from,
                                               const CancelToken& cancel) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return thumbnail(std::move(file), longSide, from, cancel);
}

Result<std::vector<vision::Face>> Decoder::faces(FileDescriptor file, const CancelToken& cancel) {
    CONTONE_TRY(const image::SmallPicture picture,
                thumbnail(std::move(file), vision::pictureSide, ThumbnailFrom::Anything, cancel));
    return faces(picture, picture.saysOrientation ? vision::Turns::None : vision::Turns::Quarter, cancel);
}

Result<std::vector<vision::Face>> Decoder::faces(const Path& path, const CancelToken& cancel) {
    CONTONE_TRY(FileDescriptor file, openForReading(path));
    return faces(std::move(file), cancel);
}

Result<std::vector<vision::Face>> Decoder::faces(const image::Picture& picture, vision::Turns turns,
                                                 const CancelToken& cancel) {
    CONTONE_CHECK(FaceChild::check(picture));
    const Options& options = m_impl->options;
    const Spawn order{Purpose::Faces, secondsOf(options.deadlines.faces) * FaceChild::mostPictures + 60};
    const std::lock_guard turn(m_impl->faces);
    auto& child = m_impl->faceChild;
    for (bool isFirst = true;; isFirst = false) {
        CONTONE_CHECK(cancel.check());
        if (child && child->isWorn()) child.reset();
        if (!child) {
            CONTONE_TRY(Child fresh, m_impl->spawn(m_impl->readers[1], order, nullptr));
            CONTONE_TRY(child, FaceChild::begin(std::move(fresh)));
        }
        auto found = child->find(picture, turns, options.deadlines.faces, cancel);
        if (found) return found;
        const bool isLost = child->isLost();
        child.reset();
        if (!isLost || !isFirst) return found;
    }
}

}  // namespace contone::decode
