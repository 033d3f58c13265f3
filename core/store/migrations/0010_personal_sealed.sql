-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- What is personal lies sealed under a key of its order; what is to be destroyed stands in a list until it is.

-- One row an order or project that was not erased. key: of the ring; empty: its rows in personal are not sealed yet.
-- phone: HMAC of the customer's number, so that all orders of a person who asks are found.
CREATE TABLE order_key (
    order_id TEXT PRIMARY KEY,
    key TEXT NOT NULL,
    phone TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID;
CREATE INDEX order_key_by_phone ON order_key (phone) WHERE phone <> '';
CREATE INDEX order_key_not_sealed ON order_key (order_id) WHERE key = '';

-- what: 'customer', 'project', or the hash of a layout.
CREATE TABLE personal (
    order_id TEXT NOT NULL REFERENCES order_key (order_id),
    what TEXT NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (order_id, what)
) STRICT, WITHOUT ROWID;

INSERT INTO order_key (order_id, key) SELECT order_id, '' FROM customer;
INSERT INTO order_key (order_id, key) SELECT id, '' FROM project WHERE id NOT IN (SELECT order_id FROM customer);
INSERT INTO personal (order_id, what, content)
    SELECT order_id, 'customer', CAST(json_object('name', name, 'fileNames', json(file_names)) AS BLOB) FROM customer;
INSERT INTO personal (order_id, what, content)
    SELECT order_id, hash, CAST(json AS BLOB) FROM layout WHERE order_id IN (SELECT order_id FROM order_key);
INSERT INTO personal (order_id, what, content) SELECT id, 'project', CAST(json AS BLOB) FROM project;
DROP TABLE customer;
DROP TABLE layout;
ALTER TABLE project DROP COLUMN json;

-- Which blobs of the vault an order shows, photos and set texts: made of events. And a project, ever: by its saves.
-- A blob is needed while one of these orders has its row in order_key.
CREATE TABLE order_blob (
    blob TEXT NOT NULL,
    order_id TEXT NOT NULL,
    PRIMARY KEY (blob, order_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX order_blob_by_order ON order_blob (order_id);
CREATE TABLE project_blob (
    project_id TEXT NOT NULL,
    blob TEXT NOT NULL,
    PRIMARY KEY (project_id, blob)
) STRICT, WITHOUT ROWID;
CREATE INDEX project_blob_by_blob ON project_blob (blob);
DROP INDEX order_line_by_original;
DROP INDEX order_line_designed;

-- Reports read what happened in a day.
CREATE INDEX event_by_time ON event (at);

-- Erased in the record, and still to be destroyed: keys of the ring, blobs that nobody else needs.
CREATE TABLE erasing (
    kind TEXT NOT NULL CHECK (kind IN ('key', 'blob')),
    name TEXT NOT NULL,
    PRIMARY KEY (kind, name)
) STRICT, WITHOUT ROWID;
