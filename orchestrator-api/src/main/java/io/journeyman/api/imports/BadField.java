package io.journeyman.api.imports;

/** A field of a row says what cannot be understood; the message says why, and never quotes it. */
final class BadField extends Exception {
    private final String field;

    BadField(String field, String reason) {
        super(reason);
        this.field = field;
    }

    Refusal of(long line, String id) {
        return new Refusal(line, id, field, getMessage());
    }
}
