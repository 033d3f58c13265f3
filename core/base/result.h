// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Result<T>: how every function that the outside world can make fail says so.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <utility>

namespace contone {

/// The generic kinds of failure. Only Unavailable means "the same call may work later".
enum class Code { Invalid, NotFound, Conflict, Denied, Unsupported, Corrupt, Unavailable, Cancelled, Internal };

/// The code's name in lower case, for logs and JSON: "invalid", "not-found", ...
const char* toString(Code code);

/// A failure. A value; copying and moving are free of side effects.
struct Error {
    Code code = Code::Internal;
    /// A stable, greppable identifier of what went wrong, in kebab case: "photo-truncated", "queue-filters".
    /// Scripts, translations and exit codes hang on it; it never changes once released.
    std::string reason;
    /// One plain sentence for the person in front of it: what happened and what to do. No paths of ours, no errno.
    std::string message;
    /// For the log: the technical truth. May be empty.
    std::string detail;

    /// The same error with `what` in front of its detail: "reading the photo: read: Input/output error".
    [[nodiscard]] Error during(std::string_view what) const;
    bool operator==(const Error&) const = default;
};

template <class T>
using Result = std::expected<T, Error>;

/// `return fail(Code::Corrupt, "photo-truncated", "This photo is incomplete. Copy it again.", "premature EOI")`.
[[nodiscard]] inline std::unexpected<Error> fail(Code code, std::string reason, std::string message,
                                                 std::string detail = {}) {
    return std::unexpected<Error>(Error{code, std::move(reason), std::move(message), std::move(detail)});
}
[[nodiscard]] inline std::unexpected<Error> fail(Error error) {
    return std::unexpected<Error>(std::move(error));
}

/// An Error from errno after a system call on a file. ENOSPC, EDQUOT, EFBIG: Unavailable "disk-full". EROFS: Denied
/// "not-writable". EACCES, EPERM: Denied "no-permission". ENOENT, ENOTDIR: NotFound "file-missing". EISDIR: Invalid
/// "file-is-folder". ENAMETOOLONG: Invalid "name-too-long". Otherwise Internal "io-error".
/// @param what  the call and the object, for the detail: "write originals/ab/cd".
Error errorFromErrno(int errnum, std::string_view what);

}  // namespace contone

// NOLINTBEGIN(bugprone-macro-parentheses)
#define CONTONE_JOIN2(a, b) a##b
#define CONTONE_JOIN(a, b) CONTONE_JOIN2(a, b)
/// CONTONE_TRY(auto image, load(path)); returns from the calling function when load fails.
#define CONTONE_TRY(declaration, expression)                                           \
    auto CONTONE_JOIN(contoneTry, __LINE__) = (expression);                            \
    if (!CONTONE_JOIN(contoneTry, __LINE__))                                           \
        return std::unexpected(std::move(CONTONE_JOIN(contoneTry, __LINE__)).error()); \
    declaration = std::move(*CONTONE_JOIN(contoneTry, __LINE__))
/// CONTONE_CHECK(save(path)); the same for a Result<void> or a value that is not needed.
#define CONTONE_CHECK(expression) \
    if (auto contoneCheck = (expression); !contoneCheck) return std::unexpected(std::move(contoneCheck).error())
// NOLINTEND(bugprone-macro-parentheses)
