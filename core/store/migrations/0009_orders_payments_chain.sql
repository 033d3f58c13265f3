-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Three machines an order, its code and quote; payments and receipts; each event's hash over itself and the one before.
-- Events of before have no hash: the first that has one is chained to all of them (core/store/event_chain.h).

ALTER TABLE event ADD COLUMN hash TEXT NOT NULL DEFAULT '';

-- number: minus the position of its first event, while it is a draft.
ALTER TABLE orders ADD COLUMN code TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN payment TEXT NOT NULL DEFAULT 'due';
ALTER TABLE orders ADD COLUMN production TEXT NOT NULL DEFAULT 'none';
ALTER TABLE orders ADD COLUMN reason TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN newer TEXT NOT NULL DEFAULT '';
ALTER TABLE orders ADD COLUMN quote TEXT NOT NULL DEFAULT '';
CREATE UNIQUE INDEX order_by_code ON orders (code) WHERE code <> '';

-- price_minor of an order_line is that of all its copies from here on. Projections are made anew from the events when
-- this step is done.

CREATE TABLE payment (
    order_id TEXT PRIMARY KEY REFERENCES orders (id),
    is_open INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX payment_open ON payment (order_id) WHERE is_open = 1;

CREATE TABLE receipt (
    series TEXT NOT NULL,
    number INTEGER NOT NULL,
    order_id TEXT NOT NULL REFERENCES orders (id),
    charge TEXT NOT NULL,
    PRIMARY KEY (series, number)
) STRICT, WITHOUT ROWID;

-- Whether an order has sheets that a person must look for, without looking at all that are open.
CREATE INDEX sheet_unknown_of_order ON sheet (order_id) WHERE state = 'unknown';

-- Which orders name an original: what is erased goes when no other one needs it.
CREATE INDEX order_line_by_original ON order_line (original);
CREATE INDEX order_line_designed ON order_line (order_id) WHERE design <> '';
