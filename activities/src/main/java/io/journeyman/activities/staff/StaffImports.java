package io.journeyman.activities.staff;

import java.time.InstantSource;
import org.jdbi.v3.core.Jdbi;

/** Who of the staff brought the shop's data in, when, and what came of it. */
public final class StaffImports {
    private final Jdbi jdbi;
    private final InstantSource clock;

    public StaffImports(Jdbi jdbi, InstantSource clock) {
        this.jdbi = jdbi;
        this.clock = clock;
    }

    /** Writes it down, once for each key. @param kind such as products @param summary the report's last line, in JSON */
    public void did(String staff, String key, String kind, String summary) {
        jdbi.useHandle(handle -> handle.createUpdate("""
                        INSERT INTO staff_import (staff, key, kind, summary, ended_at)
                        VALUES (:staff, :key, :kind, CAST(:summary AS jsonb), :now)
                        ON CONFLICT (staff, key) DO NOTHING""")
                .bind("staff", staff)
                .bind("key", key)
                .bind("kind", kind)
                .bind("summary", summary)
                .bind("now", clock.instant())
                .execute());
    }
}
