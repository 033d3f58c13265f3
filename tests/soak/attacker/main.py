# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Attacks a real agent from all sides and says what it found. tests/soak/attack starts it."""
import argparse
import random
import sys
import tempfile
import time

import kills
import lying
import silence
import storms
import stores
from agent import Findings, World


def main():
    words = argparse.ArgumentParser(prog="attack")
    words.add_argument("--programs", required=True, help="the folder of contone-agent")
    words.add_argument("--short", action="store_true", help="a minute of it")
    words.add_argument("--seed", type=int, default=random.SystemRandom().randrange(1, 1 << 31))
    words.add_argument("--only", help="one kind")
    words.add_argument("--memory-factor", type=int, default=1, help="of agents that a sanitizer watches")
    asked = words.parse_args()
    print(f"attack: seed {asked.seed}", flush=True)
    kinds = {"lying": (lying.attack, 2, 90), "storms": (storms.attack, 7, 140), "kills": (kills.attack, 5, 120),
             "stores": (stores.attack, 1, 80), "silence": (silence.attack, 1, 1)}  # seconds: short, full
    findings, began = Findings(), time.monotonic()
    with tempfile.TemporaryDirectory(prefix="contone-attack.") as folder:
        for name, (attack, short, full) in kinds.items():
            if asked.only in (None, name):
                world = World(f"{folder}/{name}", asked.programs, findings, asked.memory_factor)
                seconds = short if asked.short else full
                attack(world, asked.seed, seconds, lambda line: print(f"attack: {line}", flush=True))
                world.check_around()
                print(f"attack: {name}: at most {world.peak // 1024} MB, {time.monotonic() - began:.0f} s", flush=True)
    print(f"attack: {len(findings.all)} faults found in {time.monotonic() - began:.0f} s, seed {asked.seed}")
    return 1 if findings.all else 0


sys.exit(main())
