-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Designed pages: what they show stands with their order line, as JSON, empty: none. Their layouts have a customer's
-- words. Nothing refers to those rows; one may go at any time.

ALTER TABLE order_line ADD COLUMN design TEXT NOT NULL DEFAULT '';

CREATE TABLE layout (
    order_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (order_id, hash)
) STRICT, WITHOUT ROWID;

-- What people work on before it is an order: personal, and gone when it is ordered or erased.
CREATE TABLE project (
    id TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    changed_at INTEGER NOT NULL,
    lines INTEGER NOT NULL,
    prints INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX project_by_change ON project (changed_at, id);
