package io.journeyman.db;

import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;

/** What keeps a database from doing now what it could do before and can do again: whoever asks is told to come back. */
public enum DatabaseTrouble {
    /** It is not reached, starts or stops, or takes no more connections (SQLSTATE classes 08 and 53, and 57P: PostgreSQL, appendix A). */
    away("the database does not answer"),

    /** SQLSTATE 53100: what is stored can be read, and nothing can be added. */
    full("the database's disk is full: nothing can be stored until there is room");

    private final String words;

    DatabaseTrouble(String words) {
        this.words = words;
    }

    /** What an error says of the database; empty when it is about something else. */
    public static Optional<DatabaseTrouble> of(Throwable error) {
        return SqlState.causes(error).flatMap(cause -> known(cause).stream()).findFirst();
    }

    private static Optional<DatabaseTrouble> known(Throwable cause) {
        String state = cause instanceof SQLException sql && sql.getSQLState() != null ? sql.getSQLState() : "";
        if (state.equals("53100")) {
            return Optional.of(full);
        }
        boolean lost = cause instanceof SQLTransientException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57P");
        return lost ? Optional.of(away) : Optional.empty();
    }

    /** Writes a trouble into the log when it begins and when it is over, however many requests meet it. */
    public static final class Watch {
        private final Logger log;
        private final AtomicReference<Optional<DatabaseTrouble>> now = new AtomicReference<>(Optional.empty());

        public Watch(Logger log) {
            this.log = log;
        }

        public void saw(DatabaseTrouble trouble) {
            if (!now.getAndSet(Optional.of(trouble)).equals(Optional.of(trouble))) {
                log.warn(trouble.words);
            }
        }

        /** Something was stored: whatever it was, it is over. */
        public void stored() {
            if (now.get().isPresent() && now.getAndSet(Optional.empty()).isPresent()) {
                log.info("the database stores again");
            }
        }
    }
}
