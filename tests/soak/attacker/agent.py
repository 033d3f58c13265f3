# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""The agent under attack, its one honest client, and what the attack finds wrong."""
import http.client
import json
import os
import pathlib
import resource
import signal
import socket
import struct
import subprocess
import time
import zlib

READY, STOPPED = 30, 5  # s: until it answers on a busy machine; until it is gone after SIGTERM, as docs/security.md says


class Findings:
    """What went wrong. Nothing else decides whether the attack was survived."""

    def __init__(self):
        self.all = []

    def check(self, good, what):
        if not good:
            self.all.append(what)
            print(f"attack: FOUND: {what}", flush=True)
        return bool(good)


class _UnixConnection(http.client.HTTPConnection):
    def __init__(self, path, timeout):
        super().__init__("localhost", timeout=timeout)
        self.path = path

    def connect(self):
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self.timeout)
        self.sock.connect(self.path)


class Refused(Exception):
    """The agent's own error."""

    def __init__(self, status, body):
        super().__init__(f"{status} {body}")
        self.status, self.reason = status, body.get("reason", "") if isinstance(body, dict) else ""


class Client:
    def __init__(self, path):
        self.path = str(path)

    def ask(self, operation, fields=None, timeout=60, raw=None):
        connection = _UnixConnection(self.path, timeout)
        try:
            kind = "application/json" if raw is None else "application/octet-stream"
            body = json.dumps(fields or {}).encode() if raw is None else raw
            connection.request("POST", f"/v1/{operation}", body, {"Content-Type": kind})
            answer = connection.getresponse()
            text = answer.read()
            value = json.loads(text) if text else {}
            if answer.status != 200:
                raise Refused(answer.status, value)
            return value
        finally:
            connection.close()

    def sheets(self, **which):
        out, after = [], None
        while True:
            page = self.ask("list-sheets", {"after": after, "limit": 1000, **which})
            out += page["items"]
            if not page["more"]:
                return out
            after = out[-1]["id"]

    # ---- what the shop does

    def add_setup(self, name, uri):
        route = {"kind": "direct", "uri": uri}
        self.ask("save-setup", {"name": name, "route": route, "model": "generic-ipp-photo", "medium": "4x6"})
        setup = self.ask("verify-setup", {"setup": name})
        if not setup["verification"]["passed"]:
            raise Refused(200, {"reason": str(setup["verification"]["problems"])})

    def order(self, copies, original):
        line = {"original": original, "fileName": "a.png", "product": "10x15", "copies": copies, "choices": {}}
        return self.ask("place-order", {"lines": [line]})["id"]

    def print(self, order, setup):
        return self.ask("print-order", {"order": order, "setup": setup})["id"]


def photo():
    """A PNG of 900 x 600 pixels, enough for a 10x15: 300 x 200 colourful squares of nine."""
    rows = b"".join((b"\0" + b"".join(bytes((x * (c + 1) + y * (3 - c)) % 256 for c in range(3)) * 3 for x in range(300))) * 3
                    for y in range(200))

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 900, 600, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def eventually(good, seconds, pause=0.05):
    until = time.monotonic() + seconds
    while not good():
        if time.monotonic() > until:
            return False
        time.sleep(pause)
    return True


class World:
    """A folder with all that an attack makes: shops in it, and around them places that no shop may touch."""

    def __init__(self, folder, programs, findings, memory_factor=1):
        self.folder, self.programs, self.findings = pathlib.Path(folder), pathlib.Path(programs).resolve(), findings
        self.memory_factor, self.peak = memory_factor, 0  # peak: KB, of all agents
        self.outside = self.folder / "outside"  # where the agent's HOME, TMPDIR and working folder are
        for name in ("home", "tmp", "cwd", "run"):
            (self.outside / name).mkdir(parents=True)
        (self.outside / "cwd" / "letter").write_text("not the shop's")
        self.before = self._around()

    def _around(self):
        return {str(p): (p.lstat().st_mode, p.lstat().st_size, p.lstat().st_mtime_ns) for p in self.outside.rglob("*")}

    def check_around(self):
        now = self._around()
        changed = sorted({p for p in now.keys() | self.before.keys() if now.get(p) != self.before.get(p)})
        self.findings.check(not changed, f"files outside the shop's folder were touched: {changed[:5]}")


class Agent:
    def __init__(self, world, home, *arguments, limits=None):
        self.world, self.home, self.findings = world, pathlib.Path(home), world.findings
        self.client = Client(self.home / "agent.sock")
        self.arguments, self.limits, self.process = arguments, limits or {}, None
        self.output = world.folder / (self.home.name + ".out")

    def start(self):
        """True when it answers; False when it ended instead: `said` has its words."""
        around = self.world.outside
        environment = {"PATH": os.environ.get("PATH", ""), "HOME": str(around / "home"), "TMPDIR": str(around / "tmp"),
                       "XDG_RUNTIME_DIR": str(around / "run"), "LC_ALL": "C.UTF-8"}
        environment |= {k: v for k, v in os.environ.items() if k.endswith("SAN_OPTIONS")}

        def prepare():
            os.umask(0o000)
            for what, value in self.limits.items():
                # The agent raises what it may of its descriptors; memory comes back after the storm.
                hard = value if what == resource.RLIMIT_NOFILE else resource.getrlimit(what)[1]
                resource.setrlimit(what, (value, hard))

        with open(self.output, "wb") as out:
            self.process = subprocess.Popen(
                [self.world.programs / "contone-agent", "--home", self.home, *self.arguments], cwd=around / "cwd",
                env=environment, stdin=subprocess.DEVNULL, stdout=out, stderr=out, preexec_fn=prepare)
        eventually(lambda: self.process.poll() is not None or "ready at" in self.said(), READY, 0.01)
        return self.process.poll() is None and "ready at" in self.said()

    def said(self):
        return self.output.read_text("utf-8", "replace")

    def lives(self, during):
        self.note_peak()
        dead = self.process.poll()
        return self.findings.check(dead is None, f"the agent died ({dead}) {during}: {self.said()[-300:]}")

    def note_peak(self):
        try:
            status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        except OSError:
            return 0
        peak = next((int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM:")), 0)
        self.world.peak = max(self.world.peak, peak)
        return peak

    def check_open_files(self):
        """What it holds open for writing is in its own folder."""
        for link in pathlib.Path(f"/proc/{self.process.pid}/fd").iterdir():
            try:
                target, info = os.readlink(link), (link.parent.parent / "fdinfo" / link.name).read_text()
            except OSError:
                continue
            flags = int(next(line.split()[1] for line in info.splitlines() if line.startswith("flags:")), 8)
            own = target.startswith((str(self.home), str(self.output), "/dev/", "/memfd:", "/dmabuf"))
            self.findings.check(flags & 3 == 0 or own or not target.startswith("/"), f"it writes to {target}")

    def check_modes(self):
        """Folders are for the owner (the shop's own also for the group), files for the owner."""
        for path in [self.home, *self.home.rglob("*")]:
            mode = path.lstat().st_mode & 0o777
            most = 0o750 if path == self.home else 0o660 if path.is_socket() else 0o700 if path.is_dir() else 0o640
            self.findings.check(mode & ~most == 0, f"{path.relative_to(self.home.parent)} has mode {mode:o}")

    def kill(self):
        self.note_peak()
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self):
        """SIGTERM; how long it took, in s."""
        self.note_peak()
        began = time.monotonic()
        if self.process.poll() is None:
            os.kill(self.process.pid, signal.SIGTERM)
        try:
            self.process.wait(60)
        except subprocess.TimeoutExpired:
            self.kill()
        took = time.monotonic() - began
        self.findings.check(took <= STOPPED, f"SIGTERM took {took:.1f} s, {STOPPED} are promised")
        self.findings.check(self.process.returncode == 0, f"after SIGTERM it ended with {self.process.returncode}")
        return took
