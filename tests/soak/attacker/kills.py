# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""The agent dies in mid-work, again and again: SIGKILL, SIGTERM, and at its commit points. Every copy is on paper once."""
import random
import time

from agent import eventually
from liars import AlwaysBusy, CutsWhilePageComes, Forgets, ListsTwice
from lying import Street, judge

POINTS = ("created", "sending", "document-sent", "sent", "out")
REST = 60  # s: until all that waits has come to its end when nothing dies any more


def look_in_trays(client, printer, order):
    """A person says of each sheet in question what lies in the tray."""
    for sheet in client.sheets(order=order):
        if sheet["state"] == "unknown":
            there = f"contone-{sheet['attempt']}" in printer.printed
            client.ask("report-outcome", {"sheet": sheet["id"], "outcome": "in-tray" if there else "not-printed",
                                          "reason": "looked", "then": "none" if there else "reprint"})


def attack(world, seed, seconds, say):
    chance = random.Random(seed)
    street = Street(world, "killed", [CutsWhilePageComes(), Forgets(), AlwaysBusy(), ListsTwice()])
    agent, client, findings = street.agent, street.agent.client, world.findings
    street.honest.page_seconds = 0.15
    street.begin()
    orders, copies, kills, slowest = [], 0, {}, 0.0
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if not orders or all(s["state"] in ("out", "unknown") for s in client.sheets(order=orders[-1])):
            orders.append(client.order(3, street.original))
            client.print(orders[-1], "honest")
            copies += 3
        time.sleep(chance.uniform(0.02, 0.6))
        how = chance.choice(("SIGKILL", "SIGKILL", "SIGTERM", "commit point"))
        kills[how] = kills.get(how, 0) + 1
        if how == "SIGTERM":
            slowest = max(slowest, agent.stop())
        else:
            agent.kill()
        if how == "commit point":
            agent.arguments = ("--die-at", f"{chance.choice(POINTS)}:{chance.randrange(1, 4)}")
            agent.start()
            eventually(lambda: agent.process.poll() is not None, 1.5)
            agent.kill()
            agent.arguments = ()
        if not findings.check(agent.start(), f"no start after {how}: {agent.said()}"):
            return
    done = lambda: all(s["state"] in ("out", "unknown") for o in orders for s in client.sheets(order=o))
    findings.check(eventually(done, REST), "not all sheets came to an end after the kills")
    asked = sum(s["state"] == "unknown" for o in orders for s in client.sheets(order=o))
    for order in orders:
        look_in_trays(client, street.honest, order)
    finals = ("out", "spoiled", "cancelled")
    done = lambda: all(s["state"] in finals for o in orders for s in client.sheets(order=o)) and \
        len(street.honest.printed) >= copies
    findings.check(eventually(done, REST), "not all sheets came to an end after a person had looked")
    sheets = [s for o in orders for s in client.sheets(order=o)]
    judge(findings, street.honest, sheets, "the honest printer")
    printed = street.honest.printed
    findings.check(len(printed) == copies == len(set(printed)), f"{copies} were ordered, {len(printed)} came out")
    for i, printer in enumerate(street.liars):
        judge(findings, printer, client.sheets(order=street.orders[i]), printer.liar.name, 2 * sum(kills.values()) + 1)
    agent.check_modes()
    slowest = max(slowest, agent.stop())
    told = ", ".join(f"{n} {how}" for how, n in sorted(kills.items()))
    say(f"kills: {told}; {len(printed)} of {copies} copies on paper, once each, {asked} asked about; "
        f"SIGTERM at most {slowest:.1f} s")
