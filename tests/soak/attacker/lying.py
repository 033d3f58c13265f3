# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Printers that lie, beside one that is honest: its order is printed once, and the ledger claims nothing for the others."""
import re
import time

from agent import Agent, eventually, photo
from liars import all_liars
from printer import Printer

# Control characters, and what turns the direction of a text.
HARMFUL = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")
TRIES = 6  # of a page that a printer ends without printing it, for each start of the agent (docs/security.md)
HONEST = 60  # s: until an honest order is out, whatever the others do


def judge(findings, printer, sheets, who, starts=1):
    """What holds of any printer: nothing came twice, and nothing counts as out that never was there."""
    names = [f"contone-{sheet['attempt']}" for sheet in sheets]
    out = {n for n, sheet in zip(names, sheets) if sheet["state"] == "out"}
    received, printed = list(printer.received), list(printer.printed)
    findings.check(len(received) == len(set(received)), f"{who}: a page was sent twice under one name")
    findings.check(out <= set(received), f"{who}: out without a page that was sent: {sorted(out - set(received))}")
    taken = len(received) - printer.refused
    findings.check(taken <= len(sheets), f"{who}: took {taken} pages for {len(sheets)} sheets")
    findings.check(printer.refused <= TRIES * len(sheets) * starts, f"{who}: refused {printer.refused} pages and got more")
    findings.check(len(printed) <= len(sheets), f"{who}: {len(printed)} sheets printed, {len(sheets)} were ordered")
    waiting = {n for n, sheet in zip(names, sheets) if sheet["state"] in ("planned", "cancelled")}
    findings.check(not waiting & set(printed), f"{who}: printed, but to be printed again: {waiting & set(printed)}")


def judge_honest(findings, printer, sheets, copies, who):
    judge(findings, printer, sheets, who)
    states = sorted(sheet["state"] for sheet in sheets)
    findings.check(states == ["out"] * copies, f"{who}: {copies} were ordered, the ledger says {states}")
    names = sorted(f"contone-{sheet['attempt']}" for sheet in sheets)
    findings.check(sorted(printer.printed) == names, f"{who}: {copies} were ordered, {len(printer.printed)} came out")


class Street:
    """A shop whose printers are one honest one and all the liars, each with an order of two sheets."""

    def __init__(self, world, name, liars, copies=2):
        self.findings, self.copies = world.findings, copies
        self.agent = Agent(world, world.folder / name)
        self.honest, self.liars = Printer(), [Printer(lie) for lie in liars]
        self.orders, self.honest_orders, self.honest_copies = {}, [], 0
        if not self.findings.check(self.agent.start(), f"no agent: {self.agent.said()}"):
            raise SystemExit(1)
        client = self.agent.client
        self.original = client.ask("add-original", raw=photo())["original"]
        client.add_setup("honest", self.honest.uri)
        for i, printer in enumerate(self.liars):
            client.add_setup(f"liar-{i}", printer.uri)
            self.orders[i] = client.order(copies, self.original)

    def begin(self):
        for printer in self.liars:
            printer.begin_to_lie()
        for i, order in self.orders.items():
            self.agent.client.print(order, f"liar-{i}")

    def honest_order(self, copies):
        """Placed and out within the time; how long it took."""
        began = time.monotonic()
        order = self.agent.client.order(copies, self.original)
        self.agent.client.print(order, "honest")
        self.honest_orders.append(order)
        self.honest_copies += copies
        done = lambda: all(s["state"] == "out" for s in self.agent.client.sheets(order=order))
        self.findings.check(eventually(done, HONEST), f"the honest order is not out after {HONEST} s among liars")
        return time.monotonic() - began

    def judge(self):
        client = self.agent.client
        sheets = [s for order in self.honest_orders for s in client.sheets(order=order)]
        judge_honest(self.findings, self.honest, sheets, self.honest_copies, "the honest printer")
        for i, printer in enumerate(self.liars):
            judge(self.findings, printer, client.sheets(order=self.orders[i]), printer.liar.name)
            told = client.ask("show-setup-status", {"setup": f"liar-{i}"})
            said = "".join(n["message"] for n in told["notices"]) + "".join(s["name"] for s in told["supplies"])
            self.findings.check(not HARMFUL.search(said), f"{printer.liar.name}: staff are shown {said!r}")

    def lines(self):
        for i, printer in enumerate(self.liars):
            sheets = self.agent.client.sheets(order=self.orders[i])
            states = ", ".join(s["state"] + (f" ({s['reason']})" if s["reason"] else "") for s in sheets)
            yield f"  {printer.liar.name}: {len(printer.created)} jobs, {len(printer.received)} pages whole; {states}"


def attack(world, seed, seconds, say):
    liars = all_liars(seed)
    street = Street(world, "lying", liars)
    street.begin()
    until, took = time.monotonic() + seconds, []
    while not took or time.monotonic() < until:
        took.append(street.honest_order(3))
        time.sleep(min(2, max(0, until - time.monotonic())))
        street.agent.check_open_files()
        if not street.agent.lives("among liars"):
            return
    street.judge()
    stop = street.agent.stop()
    if not world.findings.check(street.agent.start(), f"no start among liars: {street.agent.said()}"):
        return
    took.append(street.honest_order(2))
    street.judge()
    street.agent.check_modes()
    for line in street.lines():
        say(line)
    street.agent.stop()
    say(f"lying: {len(liars)} kinds of liars, {street.honest_copies} honest sheets out once each, "
        f"an order at most {max(took):.1f} s; SIGTERM {stop:.1f} s")
