package io.journeyman.db;

import java.sql.SQLException;
import java.util.Set;
import java.util.stream.Stream;

/** What PostgreSQL says went wrong, somewhere under an error: its SQLSTATE codes (PostgreSQL, appendix A). */
public final class SqlState {
    private static final int DEEPEST_CAUSE = 20;

    /** A character that the encoding does not have, NUL first of all, in text or in JSON; a time beyond the calendar. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05", "22008");

    /** What whoever sent it is told. */
    public static final String UNSTORABLE_WORDS =
            "Something in the request cannot be stored: a text with NUL in it, or a time that is out of reach.";

    private SqlState() {}

    public static Stream<String> of(Throwable error) {
        return causes(error)
                .flatMap(cause ->
                        cause instanceof SQLException sql ? Stream.ofNullable(sql.getSQLState()) : Stream.empty());
    }

    /** Whether what was sent is to blame, whoever sends it and however often. */
    public static boolean isUnstorable(Throwable error) {
        return of(error).anyMatch(UNSTORABLE::contains);
    }

    static Stream<Throwable> causes(Throwable error) {
        return Stream.iterate(error, cause -> cause != null && cause != cause.getCause(), Throwable::getCause)
                .limit(DEEPEST_CAUSE);
    }
}
