package io.journeyman.kit;

import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Several questions answered as of one moment: what is booked meanwhile is in all of the answers, or in none. */
public final class OneMoment {
    private OneMoment() {}

    public static <A> A of(Jdbi jdbi, Function<Handle, A> look) {
        return jdbi.inTransaction(handle -> {
            // said in the transaction: by the connection's own setting it would be four more questions to the database
            handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            return look.apply(handle);
        });
    }
}
