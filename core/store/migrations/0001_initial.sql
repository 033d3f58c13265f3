-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Events, the erasable customer, and the projections that rebuildProjections() can drop and make again.

PRAGMA application_id = 1131376244; -- "Cont"

CREATE TABLE store (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    position INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    origin_seq INTEGER NOT NULL,
    stream TEXT NOT NULL,
    stream_seq INTEGER NOT NULL,
    type TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    causation TEXT,
    json TEXT NOT NULL,
    at INTEGER NOT NULL,
    actor TEXT NOT NULL,
    UNIQUE (stream, stream_seq),
    UNIQUE (origin, origin_seq)
) STRICT;

CREATE TRIGGER event_is_never_edited BEFORE UPDATE ON event
BEGIN SELECT RAISE(ABORT, 'events are never edited'); END;
CREATE TRIGGER event_is_never_deleted BEFORE DELETE ON event
BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END;

-- Personal data. Nothing refers to it; a row may go at any time. file_names: a JSON array.
CREATE TABLE customer (
    order_id TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    file_names TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Projections.
CREATE TABLE orders (
    id TEXT PRIMARY KEY,
    number INTEGER NOT NULL UNIQUE,
    state TEXT NOT NULL,
    total_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    placed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE order_line (
    id TEXT PRIMARY KEY,
    order_id TEXT NOT NULL REFERENCES orders (id),
    position INTEGER NOT NULL,
    original TEXT NOT NULL,
    product TEXT NOT NULL,
    copies INTEGER NOT NULL,
    placement TEXT NOT NULL,
    price_minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    UNIQUE (order_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE recipe (
    hash TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT;

-- position: of the event that planned it; the order of jobs, whatever the clock said.
CREATE TABLE job (
    id TEXT PRIMARY KEY,
    position INTEGER NOT NULL UNIQUE,
    order_id TEXT NOT NULL REFERENCES orders (id),
    setup_name TEXT NOT NULL,
    setup_json TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    sheets INTEGER NOT NULL
) STRICT;

CREATE TABLE sheet (
    id TEXT PRIMARY KEY,
    job_id TEXT NOT NULL REFERENCES job (id),
    order_id TEXT NOT NULL REFERENCES orders (id),
    line_id TEXT NOT NULL REFERENCES order_line (id),
    number INTEGER NOT NULL,
    copy INTEGER NOT NULL,
    state TEXT NOT NULL,
    attempt TEXT NOT NULL UNIQUE,
    attempts INTEGER NOT NULL,
    scheduler_job INTEGER NOT NULL,
    reason TEXT NOT NULL,
    message TEXT NOT NULL,
    recipe TEXT NOT NULL REFERENCES recipe (hash),
    raster TEXT,
    reprint_of TEXT REFERENCES sheet (id),
    changed_at INTEGER NOT NULL,
    UNIQUE (job_id, number)
) STRICT;
CREATE INDEX sheet_by_order ON sheet (order_id);
CREATE INDEX sheet_by_line ON sheet (line_id);
CREATE INDEX sheet_open ON sheet (job_id) WHERE state NOT IN ('out', 'spoiled', 'cancelled');

CREATE TABLE setup (
    name TEXT PRIMARY KEY,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
