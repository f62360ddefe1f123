package io.journeyman.kit;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Tells what would come of something: all of it is done, and undone. */
public final class Rehearsal {
    private Rehearsal() {}

    public static <R> R of(Jdbi jdbi, Function<Handle, R> effect) {
        return jdbi.withHandle(handle -> {
            handle.begin();
            try {
                return effect.apply(handle);
            } finally {
                handle.rollback();
            }
        });
    }
}
