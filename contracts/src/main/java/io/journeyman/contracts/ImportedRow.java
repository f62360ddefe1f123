package io.journeyman.contracts;

import java.util.Optional;

/**
 * What became of a row of an import. The same row again is unchanged.
 *
 * @param field of a refused one, what it was refused for
 * @param reason why, in words that go on after the field's name: "is held for orders"
 */
public record ImportedRow(Result result, Optional<String> field, Optional<String> reason) {
    public enum Result {
        created,
        changed,
        unchanged,
        refused
    }

    public static ImportedRow of(Result result) {
        return new ImportedRow(result, Optional.empty(), Optional.empty());
    }

    public static ImportedRow refused(String field, String reason) {
        return new ImportedRow(Result.refused, Optional.of(field), Optional.of(reason));
    }
}
