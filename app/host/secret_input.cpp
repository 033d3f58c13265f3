// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// The terminal without its echo.
#include "app/host/secret_input.h"

#include <fcntl.h>
#include <termios.h>
#include <unistd.h>

#include "core/base/file.h"

namespace contone::app {
namespace {

constexpr std::size_t longest = 200;

/// One line, byte by byte: what follows is the next question's.
Result<std::string> lineOf(int file) {
    std::string line;
    for (char c = 0; line.size() < longest;) {
        const ssize_t n = ::read(file, &c, 1);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return fail(errorFromErrno(errno, "read a PIN"));
        if (n == 0 || c == '\n') break;
        if (c != '\r') line += c;
    }
    return line;
}

/// Echo is off until destroyed.
class Unseen {
  public:
    explicit Unseen(int terminal) : m_terminal(terminal) {
        if (::tcgetattr(terminal, &m_before) != 0) return;
        termios quiet = m_before;
        quiet.c_lflag &= ~static_cast<tcflag_t>(ECHO);
        m_isChanged = ::tcsetattr(terminal, TCSAFLUSH, &quiet) == 0;
    }
    ~Unseen() {
        if (m_isChanged) ::tcsetattr(m_terminal, TCSAFLUSH, &m_before);
    }
    Unseen(const Unseen&) = delete;
    Unseen& operator=(const Unseen&) = delete;

  private:
    const int m_terminal;
    termios m_before{};
    bool m_isChanged = false;
};

}  // namespace

Result<std::string> readSecret(const std::string& prompt, const std::string& file) {
    if (file == "-") return lineOf(STDIN_FILENO);
    if (!file.empty()) {
        const FileDescriptor opened(::open(file.c_str(), O_RDONLY | O_CLOEXEC));
        if (!opened.isOpen()) return fail(errorFromErrno(errno, file));
        return lineOf(opened.get());
    }
    const FileDescriptor terminal(::open("/dev/tty", O_RDWR | O_CLOEXEC));
    if (!terminal.isOpen())
        return fail(Code::Invalid, "bad-options",
                    "There is no terminal to type a PIN at. Say where it stands: --pin-file FILE, or - for the input.");
    const Unseen unseen(terminal.get());
    const auto say = [&](const std::string& text) { (void)!::write(terminal.get(), text.data(), text.size()); };
    say(prompt + ": ");
    auto typed = lineOf(terminal.get());
    say("\n");
    return typed;
}

}  // namespace contone::app
