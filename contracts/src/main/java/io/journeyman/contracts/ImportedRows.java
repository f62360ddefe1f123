package io.journeyman.contracts;

import java.util.List;

/** What became of each row of an import, in the order given. */
public record ImportedRows(List<ImportedRow> rows) {}
