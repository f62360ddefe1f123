package io.journeyman.api.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** Google's sale_price_effective_date: {@code 2026-11-24T11:07+0530/2026-12-01T23:07+0530}; UTC where no zone is said. */
final class SaleDates {
    private static final String FIELD = "sale_price_effective_date";
    private static final DateTimeFormatter MOMENT = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm[:ss][XXX][XX][X]");

    private SaleDates() {}

    static void put(String text, ObjectNode variant) throws BadField {
        String[] ends = text.strip().split("\\s*/\\s*", -1);
        if (ends.length != 2) {
            throw new BadField(FIELD, "is not two moments parted by /");
        }
        variant.put("saleFrom", moment(ends[0]).toString());
        variant.put("saleUntil", moment(ends[1]).toString());
    }

    private static Instant moment(String text) throws BadField {
        try {
            var read = MOMENT.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return read instanceof OffsetDateTime zoned
                    ? zoned.toInstant()
                    : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw new BadField(FIELD, "is no moment such as 2026-11-24T11:07+0530");
        }
    }
}
