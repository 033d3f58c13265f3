-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Whether an order still has sheets to come, without looking at the thousands that are done.

CREATE INDEX sheet_open_of_order ON sheet (order_id) WHERE state NOT IN ('out', 'spoiled', 'cancelled');
