package io.journeyman.activities.staff;

import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Who of the staff brought the shop's data in, when, and what came of it: also where it was cut off. */
public final class StaffImports {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public StaffImports(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Writes down that it begins. @param kind such as products @return false when the key stands with another kind: nothing may be done then */
    public boolean begin(String staff, String key, String kind) {
        return jdbi.inTransaction(handle -> {
            handle.createUpdate("""
                            INSERT INTO staff_import (staff, key, kind, begun_at) VALUES (:staff, :key, :kind, :now)
                            ON CONFLICT (staff, key) DO NOTHING""")
                    .bind("staff", staff)
                    .bind("key", key)
                    .bind("kind", kind)
                    .bind("now", clock.instant())
                    .execute();
            return handle.createQuery("SELECT kind = :kind FROM staff_import WHERE staff = :staff AND key = :key")
                    .bind("staff", staff)
                    .bind("key", key)
                    .bind("kind", kind)
                    .mapTo(Boolean.class)
                    .one();
        });
    }

    /** Writes down what came of it; of a file that was read whole the first word stands. @param summary the report's last line, in JSON */
    public void ended(String staff, String key, String summary) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        UPDATE staff_import SET summary = CAST(:summary AS jsonb), ended_at = :now
                        WHERE staff = :staff AND key = :key AND (summary IS NULL OR summary ->> 'complete' <> 'true')""")
                .bind("staff", staff)
                .bind("key", key)
                .bind("summary", summary)
                .bind("now", clock.instant())
                .execute());
    }
}
