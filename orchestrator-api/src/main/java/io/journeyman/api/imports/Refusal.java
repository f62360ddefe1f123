package io.journeyman.api.imports;

/**
 * A row of a file that did not go in.
 *
 * @param line where it begins, counted from 1
 * @param id the row's own, as the file says it; empty where it says none
 * @param field as the file names it; {@code row} for all of it
 */
record Refusal(long line, String id, String field, String reason) {}
