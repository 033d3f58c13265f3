// SPDX-License-Identifier: Apache-2.0
// Copyright 2026 The Contone authors
// Settings for a bus on which everybody may everything, and for an Avahi that knows only loopback.
#include "printers/virtual/private_dnssd.h"

#include <unistd.h>

#include <chrono>
#include <functional>
#include <thread>

namespace contone::printers {
namespace {

using namespace std::chrono_literals;

std::string busConf(const Path& socket) {
    return "<!DOCTYPE busconfig PUBLIC \"-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN\"\n"
           " \"http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd\">\n<busconfig>\n  <type>session</type>\n"
           "  <listen>unix:path=" +
           socket.string() +
           "</listen>\n  <auth>EXTERNAL</auth>\n  <policy context=\"default\">\n    <allow user=\"*\"/>\n"
           "    <allow own=\"*\"/>\n    <allow send_destination=\"*\"/>\n    <allow receive_sender=\"*\"/>\n  "
           "</policy>\n</busconfig>\n";
}

/// Two of these hear each other on loopback: each has its own host name.
std::string avahiConf() {
    return "[server]\nhost-name=contone-" + std::to_string(::getpid()) +
           "\nallow-interfaces=lo\nuse-ipv4=yes\nuse-ipv6=no\nenable-dbus=yes\ndisallow-other-stacks=no\n"
           "[wide-area]\nenable-wide-area=no\n[publish]\npublish-hinfo=no\npublish-workstation=no\n"
           "[reflector]\n[rlimits]\n";
}

/// Until `ready`, at most 10 s; false when the process is gone before.
Result<void> waitUntil(ChildProcess& process, const Path& log, const std::function<bool()>& ready) {
    for (int i = 0; i < 1000 && process.isRunning(); ++i) {
        if (ready()) return {};
        std::this_thread::sleep_for(10ms);
    }
    process.stop();
    std::string said = readTextFile(log, 1 << 20).value_or("");
    if (said.size() > 800) said.erase(0, said.size() - 800);
    return fail(Code::Unavailable, "private-dnssd", "The private DNS-SD did not start.", said);
}

}  // namespace

Result<PrivateDnsSd> PrivateDnsSd::start(const Path& folder, const Path& programs) {
    CONTONE_CHECK(makeDirectories(folder));
    const Path socket = folder / "bus", busLog = folder / "bus.log", avahiLog = folder / "avahi.log";
    CONTONE_CHECK(writeFileDurably(folder / "bus.conf", busConf(socket)));
    CONTONE_CHECK(writeFileDurably(folder / "avahi.conf", avahiConf()));
    PrivateDnsSd dnsSd;
    dnsSd.m_address = "unix:path=" + socket.string();
    CONTONE_TRY(dnsSd.m_bus, ChildProcess::start("dbus-daemon",
                                                 {"--config-file=" + (folder / "bus.conf").string(), "--nofork",
                                                  "--nopidfile", "--nosyslog"},
                                                 {}, busLog));
    CONTONE_CHECK(waitUntil(dnsSd.m_bus, busLog, [&] {
        std::error_code unknown;
        return std::filesystem::exists(socket, unknown);
    }));
    auto environment = dnsSd.environment();
    environment["LD_PRELOAD"] = (programs.parent_path() / "lib/libcontone-avahi-apart.so").string();
    CONTONE_TRY(dnsSd.m_avahi, ChildProcess::start("avahi-daemon",
                                                   {"--no-drop-root", "--no-chroot", "--no-rlimits", "--no-proc-title",
                                                    "-f", (folder / "avahi.conf").string()},
                                                   environment, avahiLog));
    CONTONE_CHECK(waitUntil(dnsSd.m_avahi, avahiLog, [&] {
        return readTextFile(avahiLog, 1 << 20).value_or("").find("Server startup complete") != std::string::npos;
    }));
    return dnsSd;
}

}  // namespace contone::printers
