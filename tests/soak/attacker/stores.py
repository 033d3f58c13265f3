# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Damaged stores: the agent refuses to start, with its sentence and without touching them, or says the same as before."""
import hashlib
import os
import pathlib
import random
import re
import shutil
import sqlite3

from agent import Agent, Refused, eventually, photo
from printer import Printer

# "contone-agent: What is wrong and what to do.", then "  (reason: detail)".
SENTENCE = re.compile(r"^contone-agent: \S[^\n]{20,}\n  \(([a-z-]+)(?:: [^\n]*)?\)$", re.M)


def exit_codes():
    """The table of docs/cli.md."""
    text = (pathlib.Path(__file__).parents[3] / "docs/cli.md").read_text()
    return {reason: int(code) for code, reason in re.findall(r"^\| (\d+) \| ([a-z0-9-]+) \|", text, re.M)}


def flip(path, at, bit):
    with open(path, "r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ (1 << bit)]))


def pages(database):
    """Where the pages begin, and which of them belong to indexes (SQLite's file format, 1.6)."""
    data = database.read_bytes()
    size = int.from_bytes(data[16:18], "big")
    size = 65536 if size == 1 else size
    starts = range(0, len(data), size)
    return size, list(starts), [at for at in starts if at and data[at] in (2, 10)]


def edit(home, *statements):
    """By SQLite, as somebody with a database browser would; what is in the -wal goes into the database."""
    with sqlite3.connect(home / "contone.db") as db:
        for statement in statements:
            db.execute(statement)
    db.close()


def damages(chance, other):
    """Each damage: its name, what it does, and whether the store must be refused then. `other`: another shop."""

    def a_bit(home):
        database = home / "contone.db"
        flip(database, chance.randrange(100, database.stat().st_size), chance.randrange(8))

    def an_index(home):
        database = home / "contone.db"
        size, _, indexes = pages(database)
        flip(database, chance.choice(indexes) + chance.randrange(size), chance.randrange(8))

    def many_bits(home):
        for _ in range(200):
            a_bit(home)

    def wal_bit(home):
        wal = home / "contone.db-wal"
        flip(wal, chance.randrange(wal.stat().st_size), chance.randrange(8))

    def cut(name, share):
        return lambda home: os.truncate(home / name, int((home / name).stat().st_size * share))

    def remove(name):
        return lambda home: (home / name).unlink()

    def write(name, data):
        return lambda home: (home / name).write_bytes(data)

    def copy(*names):
        def does(home):
            (home / "contone.db-wal").unlink()
            for name in names:
                shutil.copy(other / name, home / name)
        return does

    def folder(name):
        def does(home):
            (home / name).unlink()
            (home / name).mkdir()
        return does

    def drop(table):
        return lambda home: edit(home, "PRAGMA foreign_keys=OFF", f"DROP TABLE {table}")

    def version(value):
        return lambda home: edit(home, f"PRAGMA user_version={value}")

    junk = chance.randbytes(70000)
    return [
        ("one bit", a_bit, False), ("one bit of an index", an_index, False), ("200 bits", many_bits, False),
        ("one bit of the wal", wal_bit, False), ("half the wal", cut("contone.db-wal", 0.5), True),
        ("an empty wal", cut("contone.db-wal", 0), True), ("no wal", remove("contone.db-wal"), True),
        ("junk for a wal", write("contone.db-wal", junk), True), ("junk for a shm", write("contone.db-shm", junk), False),
        ("half the database", cut("contone.db", 0.5), True), ("100 bytes of it", lambda h: os.truncate(h / "contone.db", 100), True),
        ("an empty database", cut("contone.db", 0), True), ("no database", remove("contone.db"), True),
        ("a text for a database", write("contone.db", b"Dear Sir or Madam,\n" * 999), True),
        ("a folder for a database", folder("contone.db"), True), ("another shop's", copy("contone.db"), True),
        ("no origin", remove("origin"), False), ("junk for an origin", write("origin", junk[:40]), True),
        ("junk for acknowledged", write("acknowledged", junk[:40]), False),
        ("version 9999", version(9999), True), ("version -7", version(-7), True), ("version 0", version(0), True),
        ("no sheets", drop("sheet"), True), ("no events", drop("event"), True), ("no jobs", drop("job"), True),
        ("a waiting sheet less", lambda h: edit(h, "DELETE FROM sheet WHERE id=(SELECT id FROM sheet WHERE state='planned')"), True),
        ("a sheet back to planned", lambda h: edit(h, "UPDATE sheet SET state='planned'"), True),
    ]


def digest(home):
    return {name: hashlib.sha256((home / name).read_bytes() if (home / name).is_file() else b"").hexdigest()
            for name in ("contone.db", "contone.db-wal", "origin", "acknowledged")}


class Shop:
    """A shop that died: an order is out, another waits for paper; some of it is in the database, the rest in the wal."""

    def __init__(self, world, name, good, empty):
        self.agent = Agent(world, world.folder / name)
        client = self.agent.client
        if not self.agent.start():
            raise SystemExit(self.agent.said())
        original = client.ask("add-original", raw=photo())["original"]
        client.add_setup("good", good.uri)
        client.add_setup("empty", empty.uri)
        self.out = client.order(3, original)
        client.print(self.out, "good")
        self._until_out()
        self.agent.stop()
        self.agent.start()
        empty.empty_tray = True
        self.waits = client.order(2, original)
        client.print(self.waits, "empty")
        more = client.order(1, original)
        client.print(more, "good")
        self._until_out()
        self.ledger = self.read(client)
        self.agent.kill()

    def _until_out(self):
        done = lambda: all(s["state"] == "out" for s in self.agent.client.sheets()
                           if s["order"] != getattr(self, "waits", None))
        eventually(done, 60)

    @staticmethod
    def read(client):
        return sorted((s["id"], s["state"], s["attempt"]) for s in client.sheets())


def attack(world, seed, seconds, say):
    chance, findings, codes = random.Random(seed), world.findings, exit_codes()
    good, empty = Printer(), Printer()
    shop = Shop(world, "sound", good, empty)
    other = Shop(world, "other", Printer(), Printer())
    printed, rounds, told = len(good.printed), 1 if seconds < 30 else seconds // 20, {}
    for turn in range(rounds):
        for name, damage, must_refuse in damages(chance, pathlib.Path(other.agent.home)):
            for again in range(1 if must_refuse or seconds < 30 else 4):
                home = world.folder / "damaged"
                shutil.rmtree(home, ignore_errors=True)
                shutil.copytree(shop.agent.home, home, ignore=shutil.ignore_patterns("agent.sock*"))
                damage(home)
                before, agent = digest(home), Agent(world, home)
                where = f"{name} (round {turn}.{again})"
                if agent.start():
                    what = "opened"
                    findings.check(not must_refuse, f"{where}: the agent started as if nothing were")
                    findings.check(shop.read(agent.client) == shop.ledger, f"{where}: the ledger says something else")
                    try:
                        agent.client.print(shop.out, "good")
                        findings.check(False, f"{where}: an order that is out was planned again")
                    except Refused as refused:
                        findings.check(refused.reason == "order-done", f"{where}: {refused}")
                    agent.check_modes()
                    agent.stop()
                else:
                    words = agent.said().strip()
                    what = f"refused ({agent.process.returncode})"
                    findings.check(agent.process.poll() is not None, f"{where}: neither ready nor gone")
                    findings.check((agent.process.poll() or 0) > 1, f"{where}: ended with {agent.process.poll()}: {words}")
                    said = SENTENCE.search(words)
                    findings.check(said and agent.process.poll() == codes.get(said[1]), f"{where}: no sentence: {words!r}")
                    findings.check(digest(home) == before, f"{where}: the damaged store was changed")
                    agent.kill()
                told.setdefault(name, {}).setdefault(what, 0)
                told[name][what] += 1
    findings.check(len(good.printed) == printed and not empty.printed, "a damaged store printed something")
    # The sound one goes on where it stood.
    empty.empty_tray = False
    if findings.check(shop.agent.start(), f"the sound store: {shop.agent.said()}"):
        done = lambda: all(s["state"] == "out" for s in shop.agent.client.sheets())
        findings.check(eventually(done, 60) and len(empty.printed) == 2, "the sound store did not go on")
        shop.agent.stop()
    for name, ends in told.items():
        say(f"  {name}: " + ", ".join(f"{count} {what}" for what, count in ends.items()))
    say(f"stores: {sum(sum(e.values()) for e in told.values())} damaged stores of {len(told)} kinds, nothing printed from them")
