package io.journeyman.api.imports;

/** A file cannot be read any further: what came before this line was read. */
final class FeedUnreadable extends RuntimeException {
    private final long line;

    FeedUnreadable(long line, String reason) {
        super(reason);
        this.line = line;
    }

    long line() {
        return line;
    }
}
