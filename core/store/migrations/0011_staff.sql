-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- The people who sign in. Somebody who is gone keeps the row, without a name: their number stays taken.

CREATE TABLE staff (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    pin_hash TEXT NOT NULL,
    must_change INTEGER NOT NULL DEFAULT 1,
    wrong INTEGER NOT NULL DEFAULT 0,
    locked_until INTEGER NOT NULL DEFAULT 0,
    is_gone INTEGER NOT NULL DEFAULT 0
) STRICT;
