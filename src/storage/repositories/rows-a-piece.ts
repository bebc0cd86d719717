/** One piece of clearing up removes at most this many rows, so that others get their turn. */
export const ROWS_A_PIECE = 500
