-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- What the originals in the vault say of themselves. No event and no projection: opening the photo gives it again.
-- version: order::OriginalFacts::version of what read it.

CREATE TABLE photo_facts (
    original TEXT PRIMARY KEY,
    version INTEGER NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
