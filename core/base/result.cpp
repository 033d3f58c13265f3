// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Names of codes and the translation of errno.
#include "core/base/result.h"

#include <cerrno>
#include <cstring>

#include "core/base/enum_words.h"

namespace contone {

const char* toString(Code code) {
    return toString<Code>(code);
}

Error Error::during(std::string_view what) const {
    Error copy = *this;
    copy.detail = std::string(what) + (detail.empty() ? "" : ": " + detail);
    return copy;
}

Error errorFromErrno(int errnum, std::string_view what) {
    std::string detail = std::string(what) + ": " + std::strerror(errnum);  // NOLINT(concurrency-mt-unsafe)
    switch (errnum) {
        case ENOSPC:
        case EDQUOT:
        case EFBIG:
            return {Code::Unavailable, "disk-full",
                    "The disk is full. Free some space and try again; nothing was lost.", detail};
        case EROFS:
            return {Code::Denied, "not-writable",
                    "This place can only be read. Choose a folder that can be written to.", detail};
        case EACCES:
        case EPERM:
            return {Code::Denied, "no-permission", "This user may not open that file or folder. Check its permissions.",
                    detail};
        case ENOENT:
        case ENOTDIR:
            return {Code::NotFound, "file-missing", "There is no such file. Check the name.", detail};
        case ENAMETOOLONG:
            return {Code::Invalid, "name-too-long",
                    "The name of that file or folder is too long. Choose a shorter one.", detail};
        case EISDIR:
            return {Code::Invalid, "file-is-folder", "That is a folder, not a file.", detail};
        default:
            return {Code::Internal, "io-error", "The disk or medium reported an error. Try again or use another.",
                    detail};
    }
}

}  // namespace contone
