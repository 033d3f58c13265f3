# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""33 printers that stand still: they take connections and never read, or stop in the middle of a page. SIGTERM must end the
agent all the same, and nothing may be announced after it."""
import fcntl
import threading
import time

import ipp
from agent import Agent, eventually, photo
from lying import judge
from printer import Lie, Printer

PRINTERS = 33
IN_FLIGHT = 0.3  # s: an announcement that left before the word may arrive so much after it


class StandsStill(Lie):
    """Does nothing where it stands, until it is woken; `reached` says that somebody waits there."""
    name = "stands still"

    def __init__(self):
        self.awake, self.reached = threading.Event(), threading.Event()

    def stand(self):
        self.reached.set()
        self.awake.wait(120)


class NeverReads(StandsStill):
    def meet(self, printer, peer):
        self.stand()


class StopsInThePage(StandsStill):
    def page(self, peer):
        self.stand()


class SilentAtFacts(StandsStill):
    """Answers some questions about itself and not the next: of those before a job is announced each has its printer."""

    def __init__(self, answers):
        super().__init__()
        self.answers, self.asked = answers, 0

    def deliver(self, peer, head, body, request):
        self.asked += request.operation == ipp.GET_PRINTER_ATTRIBUTES
        if self.asked > self.answers:
            self.stand()
        super().deliver(peer, head, body, request)


class SilentInHandshake(StandsStill):
    """Asks for encryption, and says nothing when it begins: a wait that libcups lets nobody cut."""

    def __init__(self):
        super().__init__()
        self.asked = False

    def meet(self, printer, peer):
        if self.asked:
            self.stand()

    def deliver(self, peer, head, body, request):
        if self.awake.is_set():
            return super().deliver(peer, head, body, request)
        self.asked = True
        peer.sendall(b"HTTP/1.1 426 Upgrade Required\r\nUpgrade: TLS/1.2\r\nContent-Length: 0\r\n\r\n")
        return None


class Slow(Lie):
    """Takes its time for each sheet, and has more to do."""
    name = "slow"


def stop_among(findings, agent, still, slow, printers, wake_after):
    """SIGTERM when all stand still or are busy: how long it took, and how many jobs were announced after it."""
    if not eventually(lambda: all(lie.reached.is_set() for lie in still), 60):
        findings.check(False, f"not asked: {[type(lie).__name__ for lie in still if not lie.reached.is_set()]}")
    findings.check(eventually(lambda: all(p.created for p in slow), 30), "the slow printers have nothing to do")
    word = time.monotonic()
    waker = threading.Timer(wake_after or 0, lambda: [lie.awake.set() for lie in still if wake_after])
    waker.start()
    took = agent.stop()
    waker.join()
    with open(agent.home / "lock", "rb+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            findings.check(False, "the store's lock is still held")
    late = sum(1 for p in printers for at in p.created if at > word + IN_FLIGHT)
    findings.check(late == 0, f"{late} jobs were announced after the word")
    return took, late


def attack(world, seed, seconds, say):
    del seed, seconds
    findings, agent = world.findings, Agent(world, world.folder / "silent")
    kinds = [NeverReads, StopsInThePage, lambda: SilentAtFacts(len(printers) // 10), SilentInHandshake, Slow,
             lambda: SilentAtFacts(len(printers) // 10)]
    printers = []
    while len(printers) < PRINTERS:
        printers.append(Printer(kinds[len(printers) % len(kinds)](), page_seconds=0.7))
    if not findings.check(agent.start(), f"no agent: {agent.said()}"):
        return
    client, orders = agent.client, []
    original = client.ask("add-original", raw=photo())["original"]
    for i, printer in enumerate(printers):
        client.add_setup(f"printer-{i}", printer.uri)
        orders.append(client.order(2, original))
    for printer in printers:
        printer.begin_to_lie()
    for i, order in enumerate(orders):
        client.print(order, f"printer-{i}")
    still = [p.liar for p in printers if isinstance(p.liar, StandsStill)]
    slow = [p for p in printers if not isinstance(p.liar, StandsStill)]
    # First nobody ever answers; then all could go on half a second after the word.
    silent, _ = stop_among(findings, agent, still, slow, printers, None)
    for lie in still:
        lie.reached.clear()
        lie.asked = 0
    if not findings.check(agent.start(), f"no start among silent printers: {agent.said()}"):
        return
    woken, late = stop_among(findings, agent, still, slow, printers, 0.5)
    # They have been woken: the next start finds out what became of each page, and goes on.
    if not findings.check(agent.start(), f"no start after silence: {agent.said()}"):
        return
    settled = lambda: all(s["state"] in ("out", "unknown") for s in client.sheets())
    findings.check(eventually(settled, 120), f"not settled: {[s['state'] for s in client.sheets()]}")
    for printer, order in zip(printers, orders):
        judge(findings, printer, client.sheets(order=order), printer.liar.name)
    states = [s["state"] for s in client.sheets()]
    agent.stop()
    say(f"silence: {PRINTERS} printers stood still or were busy: SIGTERM {silent:.1f} s, {woken:.1f} s when they could "
        f"go on, {late} jobs announced after it; after the next start {states.count('out')} sheets out, {states.count('unknown')} with staff")
    for printer in printers:
        printer.close()
