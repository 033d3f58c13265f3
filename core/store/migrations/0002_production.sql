-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Priorities, holds, moved sheets, reprints with reason and cost, what is known of a printer, and quick history.

ALTER TABLE job ADD COLUMN priority TEXT NOT NULL DEFAULT 'in-store';
ALTER TABLE job ADD COLUMN held TEXT NOT NULL DEFAULT '';
ALTER TABLE job ADD COLUMN released_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE job ADD COLUMN engine TEXT NOT NULL DEFAULT '';

-- The owner is empty where no reason was asked for.
ALTER TABLE sheet ADD COLUMN reprint_reason TEXT NOT NULL DEFAULT '';
ALTER TABLE sheet ADD COLUMN cost_owner TEXT NOT NULL DEFAULT '';
ALTER TABLE sheet ADD COLUMN moved_from TEXT REFERENCES sheet (id);
CREATE INDEX sheet_by_change ON sheet (changed_at);

-- trouble: words of obstacles, sorted, a space between.
CREATE TABLE printer_condition (
    setup TEXT PRIMARY KEY,
    trouble TEXT NOT NULL,
    low INTEGER NOT NULL,
    paused INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
