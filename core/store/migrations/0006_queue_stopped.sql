-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- The words with which a print queue stopped itself: that no person stopped it is known over a restart.

ALTER TABLE printer_condition ADD COLUMN stopped_with TEXT NOT NULL DEFAULT '';
