-- SPDX-License-Identifier: Apache-2.0
-- Copyright 2026 The Contone authors
-- Finding orders by what few of them have, and counting them without reading their rows: what is asked of an order
-- stands in the index.

CREATE INDEX order_by_state ON orders (state, payment, placed_at, number);
CREATE INDEX order_by_time ON orders (placed_at);
CREATE INDEX order_line_by_product ON order_line (product, order_id);
