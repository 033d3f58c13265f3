-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- What a printer counted last, and what a setup sent since: the count of prints left survives a restart.

ALTER TABLE printer_condition ADD COLUMN counted INTEGER;
ALTER TABLE printer_condition ADD COLUMN sent_since INTEGER NOT NULL DEFAULT 0;
