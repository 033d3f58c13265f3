-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- What rendered a sheet's page, with versions. Sheets of before say nothing.

ALTER TABLE sheet ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
