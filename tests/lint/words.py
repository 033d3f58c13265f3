# SPDX-License-Identifier: Apache-2.0
# Copyright 2026 The Contone authors
"""Nothing that belongs to one machine, nothing unfinished, no stray whitespace."""
import re
from common import CPP, files, main, read

# The patterns are spelled so that they do not find themselves.
EVERYWHERE = [
    (re.compile(r"(?<![\w.}])/(?:work|farm|home|Users)/\w"), "a path of one machine"),
    (re.compile(r"(?<!\w)/(?:tmp/wt|root/\w)"), "a path of one machine"),
    (re.compile(r"://(?:deb|registry|proxy|mirror)[.]|registry[.][a-z]+[.]"), "a package host"),
    (re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b"), "unfinished: do it, or say in a decision why not"),
    (re.compile(r"\b(?:QSKI[P]|GTEST_SKI[P])\b"), "a test that skips; a machine that cannot run it must not look green"),
    (re.compile(r"^(?:<{7}|>{7}) "), "a conflict marker"),
]
IN_CODE = [
    (re.compile(r"[ \t]+$"), "trailing whitespace"),
    (re.compile(r"\t"), "a tab"),
    (re.compile(r"\r"), "a carriage return"),
]


def check(root):
    complaints = []
    for path in files(root):
        text = read(root, path)
        if text is None or path == "LICENSE":
            continue
        patterns = EVERYWHERE + (IN_CODE if path.endswith((*CPP, ".py")) else [])
        for number, line in enumerate(text.split("\n"), 1):
            complaints += [f"{path}:{number}: {what}: {line.strip()[:80]}" for pattern, what in patterns if pattern.search(line)]
    return complaints


main(check, [
    ({"a.md": "see /wo" + "rk/main/x\n"}, "one machine"),
    ({"a.cpp": 'open("/ho' + 'me/ann/a.jpg")\n'}, "one machine"),
    ({"a.sh": "http:/" + "/deb.example.org/\n"}, "package host"),
    ({"a.h": "// TO" + "DO later\n"}, "unfinished"),
    ({"a_test.cpp": 'QSK' + 'IP("no printer")\n'}, "skips"),
    ({"a.h": "int a; \n"}, "trailing"),
    ({"a.h": "\tint a;\n"}, "a tab"),
    ({"a.md": "<" * 7 + " main\n"}, "conflict"),
], {"a.md": "A page at work/ and homework/x, https://example.org/home/  \n", "a.h": "int a;\n"})
