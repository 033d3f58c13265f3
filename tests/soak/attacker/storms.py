# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Storms of requests, each from a process of its own, while an honest client asks on: it is answered in time."""
import functools
import os
import pathlib
import random
import re
import resource
import socket
import subprocess
import sys
import threading
import time

ANSWER = 10      # s: until the honest client has its answer, whatever storms, on a machine of two busy processors
MEMORY = 700     # MB that the agent may ever have had resident; 64 clients with bodies of 24 MB would ask for 6 GB
SMALL_MEMORY = (100 << 20, 200 << 20, 400 << 20, 600 << 20)  # of address space beyond what it has: less than a storm wants
FEW_FILES = 96


def connect(path, timeout=10):
    one = socket.socket(socket.AF_UNIX)
    one.settimeout(timeout)
    one.connect(path)
    return one


def request(operation, body=b"", head=""):
    return f"POST /v1/{operation} HTTP/1.1\r\nContent-Length: {len(body)}\r\n{head}\r\n".encode() + body


def hear(one):
    """Up to the end of an answer, or of patience."""
    try:
        while one.recv(1 << 16):
            pass
    except OSError:
        pass


OPERATIONS = ("list-sheets", "place-order", "save-setup", "quote-order", "print-order", "follow-changes", "report-outcome")


# Each storm does one thing once; it is done again and again, by several threads.

def deep(path, chance):
    piece = chance.choice((b"[", b'{"a":', b'[{"a":'))
    with connect(path) as one:
        one.sendall(request(chance.choice(OPERATIONS), piece * 300000 if chance.random() < 0.3 else piece * 60000,
                            "Connection: close\r\n"))
        hear(one)


def siblings(path, chance):
    kinds = (b'{"product":"10x15","copies":1}', b"{}", b"[]", b'{"a":0}', b"0")
    one_kind = chance.choice(kinds)
    body = b'{"lines":[' + b",".join([one_kind] * min(80000, (1 << 20) // (len(one_kind) + 1) - 20)) + b"]}"
    with connect(path) as one:
        one.sendall(request("quote-order", body, "Connection: close\r\n"))
        hear(one)


@functools.cache
def large_bodies():
    route = b'{"name":"a","route":{"kind":"sim","uri":"x"},"model":"generic-ipp-photo","medium":"4x6","profile":'
    fillings = (b'"' + b"QUJD" * 6_200_000 + b'"', b"[" + b"{}," * 8_000_000 + b"0]", b'"' + b"\\u0041" * 4_000_000 + b'"')
    return [route + filling + b"}" for filling in fillings]


def large(path, chance):
    with connect(path, 60) as one:
        one.sendall(request("save-setup", chance.choice(large_bodies()), "Connection: close\r\n"))
        hear(one)


def half_open(path, chance):
    with connect(path) as one:
        one.sendall(request("list-sheets", b'{"limit": 3}')[:chance.randrange(1, 60)])
        time.sleep(chance.uniform(0, 3))


def slow_heads(path, chance):
    with connect(path) as one:
        for byte in request("list-sheets", b"{}"):
            one.sendall(bytes([byte]))
            time.sleep(chance.uniform(0, 0.1))
        one.shutdown(socket.SHUT_WR)
        hear(one)


def leavers(path, chance):
    with connect(path) as one:
        body = chance.choice((b"{}", b'{"token":"","waitMs":30000}', b'{"limit":1000}', b"x" * 900_000))
        one.sendall(request(chance.choice(OPERATIONS), body))


def never_read(path, chance):
    with connect(path) as one:
        one.settimeout(0.5)
        try:
            for _ in range(300):
                one.sendall(request("list-setups", b'{"limit":1000}'))
        except OSError:
            pass
        time.sleep(chance.uniform(0, 2))


def crowd(path, chance):
    """As many clients as there can be, from one process."""
    all_of_them = []
    try:
        for _ in range(400):
            all_of_them.append(connect(path, 2))
        time.sleep(chance.uniform(1, 3))
    finally:
        for one in all_of_them:
            one.close()


def junk(path, chance):
    with connect(path) as one:
        one.sendall(chance.randbytes(chance.randrange(1, 100_000)))
        one.shutdown(socket.SHUT_WR)
        hear(one)


def unknown(path, chance):
    word = chance.choice(("", "list-sheets2", "../../etc/passwd", "%00", "a" * 5000, "\x1b[2J".replace("\x1b", "%1b")))
    with connect(path) as one:
        one.sendall(request(word, b"{}", "Connection: close\r\n"))
        hear(one)


def wrong_types(path, chance):
    values = (b"null", b"true", b"-1", b"1e400", b"99999999999999999999", b'"\\u0000\\ud800"', b"[]", b"{}", b'"' + b"a" * 70000 + b'"',
              b'"' + b"\xff" * 50 + b'"')
    names = (b"order", b"limit", b"setup", b"lines", b"name", b"route", b"sheet", b"outcome", b"copies", b"token", b"after")
    fields = b",".join(b'"' + chance.choice(names) + b'":' + chance.choice(values) for _ in range(chance.randrange(1, 12)))
    with connect(path) as one:
        one.sendall(request(chance.choice(OPERATIONS), b"{" + fields + b"}", "Connection: close\r\n"))
        hear(one)


def two_meanings(path, chance):
    lines = chance.choice(("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "Transfer-Encoding: chunked, gzip\r\n",
                           "Content-Length: -1\r\n", "Content-Length: 99999999999999999999\r\n", "X: " + "y" * 70000 + "\r\n"))
    with connect(path) as one:
        one.sendall(f"POST /v1/list-sheets HTTP/1.1\r\n{lines}\r\n".encode() + b"fffffffff\r\n" * 5)
        hear(one)


STORMS = {"deep JSON": deep, "80,000 siblings": siblings, "bodies of 24 MB": large, "half-open": half_open,
          "slow heads": slow_heads, "clients that leave": leavers, "clients that never read": never_read,
          "400 clients of one process": crowd, "junk": junk, "unknown operations": unknown, "wrong types": wrong_types,
          "two meanings": two_meanings}


def storm(path, name, seed, seconds):
    """In a process of its own: its clients are other clients than the honest one."""
    large_bodies()
    print("ready", flush=True)
    until, done = time.monotonic() + seconds, [0]

    def blow(number):
        chance = random.Random(seed * 100 + number)
        while time.monotonic() < until:
            try:
                done[0] += 1
                STORMS[name](path, chance)
            except OSError:  # turned away, or closed in mid-sentence
                time.sleep(0.02)

    threads = [threading.Thread(target=blow, args=(i,), daemon=True) for i in range(4 if name == "400 clients of one process" else 12)]
    for one in threads:
        one.start()
    while time.monotonic() < until:
        time.sleep(0.05)
    print(done[0], flush=True)


def start_storm(agent, name, seed, seconds):
    process = subprocess.Popen([sys.executable, "-B", __file__, agent.client.path, name, str(seed), str(seconds)],
                               stdout=subprocess.PIPE, text=True)
    process.stdout.readline()
    return process


def processor_seconds(agent):
    fields = pathlib.Path(f"/proc/{agent.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def siblings_are_linear(agent):
    """Four times as many objects side by side may cost eight times the processor time, not sixteen."""
    def cost(objects):
        body = b'{"lines":[' + b",".join([b'{"a":0}'] * objects) + b"]}"
        before = processor_seconds(agent)
        for _ in range(40):
            with connect(agent.client.path) as one:
                one.sendall(request("quote-order", body, "Connection: close\r\n"))
                hear(one)
        return max(processor_seconds(agent) - before, 0.02)

    small, large = cost(20_000), cost(80_000)
    agent.findings.check(large < 8 * small, f"80,000 siblings cost {large:.2f} s, 20,000 {small:.2f} s (40 times each)")
    return large / 40


def ask_through(agent, name, seed, seconds):
    """The honest client's worst answer while it storms, in s, and how many requests the storm made."""
    findings, worst = agent.findings, 0.0
    process = start_storm(agent, name, seed, seconds)
    while process.poll() is None:
        began = time.monotonic()
        try:
            agent.client.ask("list-setups", timeout=ANSWER * 3)
        except Exception as error:  # whatever it is, it is no answer
            findings.check(False, f"{name}: the honest client got {error!r}")
            break
        worst = max(worst, time.monotonic() - began)
        time.sleep(0.05)
    findings.check(worst <= ANSWER, f"{name}: the honest client waited {worst:.1f} s")
    return worst, int(process.communicate()[0] or 0)


def attack(world, seed, seconds, say):
    from agent import Agent, photo
    from lying import judge_honest
    from printer import Printer
    findings, honest = world.findings, Printer(page_seconds=0.1)
    agent = Agent(world, world.folder / "stormed")
    if not findings.check(agent.start(), f"no agent: {agent.said()}"):
        return
    client = agent.client
    original = client.ask("add-original", raw=photo())["original"]
    client.add_setup("honest", honest.uri)
    order, copies = client.order(5, original), 5
    client.print(order, "honest")
    share, worst, total = seconds / (len(STORMS) + 2), 0.0, 0
    each = siblings_are_linear(agent)
    for number, name in enumerate(STORMS):
        took, requests = ask_through(agent, name, seed + number, share)
        say(f"  {name}: {requests} times; the honest client waited at most {took:.2f} s")
        worst, total = max(worst, took), total + requests
        if not agent.lives(f"in the storm \"{name}\""):
            return
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and len(honest.printed) < copies:
        client.sheets()
        time.sleep(0.1)
    judge_honest(findings, honest, client.sheets(order=order), copies, "the honest printer in the storm")
    peak = agent.note_peak() // 1024
    findings.check(peak <= MEMORY * world.memory_factor, f"the agent had {peak} MB, {MEMORY} are the limit")
    agent.check_open_files()
    agent.stop()
    # With few descriptors, then with little memory: requests fail, the agent does not.
    for what, value, name in ((resource.RLIMIT_NOFILE, FEW_FILES, "400 clients of one process"),
                              (resource.RLIMIT_AS, None, "bodies of 24 MB")):
        if value is None and world.memory_factor > 1:  # a sanitizer's shadow needs address space without end
            continue
        if value is None:
            agent.limits = {}
            agent.start()
            status = pathlib.Path(f"/proc/{agent.process.pid}/status").read_text()
            value = int(re.search(r"VmSize:\s+(\d+)", status)[1]) * 1024 + random.Random(seed).choice(SMALL_MEMORY)
            agent.stop()
        agent.limits = {what: value}
        if not findings.check(agent.start(), f"no start with limit {what}: {agent.said()}"):
            return
        try:
            _, requests = scarcity(agent, name, seed, share)
        except Exception as error:
            findings.check(agent.lives(f"in {name} with little") and False, f"{name} with little: {error!r}")
            return
        if not agent.lives(f"with little of resource {what}"):
            return
        if what == resource.RLIMIT_AS:  # there is memory again: what waited for it goes on
            most = resource.prlimit(agent.process.pid, what)[1]
            resource.prlimit(agent.process.pid, what, (most, most))
        order = client.order(2, original)
        client.print(order, "honest")
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline and any(s["state"] != "out" for s in client.sheets(order=order)):
            time.sleep(0.1)
        copies += 2
        findings.check(len(honest.printed) == copies, f"after {name} with little {len(honest.printed)} of {copies} came out")
        agent.stop()
    say(f"  80,000 siblings cost {1000 * each:.0f} ms of processor time, four times what 20,000 cost")
    say(f"storms: {total} requests of {len(STORMS)} kinds, the honest client waited at most {worst:.2f} s, "
        f"the agent had at most {peak} MB; few descriptors and little memory survived")


def scarcity(agent, name, seed, seconds):
    """A storm when the agent has little: an honest client may be told 503 then, and is answered after."""
    process = start_storm(agent, name, seed, seconds)
    told = {}
    while process.poll() is None:
        try:
            agent.client.ask("list-setups", timeout=ANSWER)
            told["answered"] = told.get("answered", 0) + 1
        except Exception as error:
            told[str(error)[:60]] = told.get(str(error)[:60], 0) + 1
        time.sleep(0.05)
    requests = int(process.communicate()[0] or 0)
    time.sleep(0.5)
    agent.client.ask("list-setups", timeout=ANSWER)
    print(f"attack:   {name} with little: {requests} times; {told}", flush=True)
    return told, requests


if __name__ == "__main__":
    storm(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
