package io.journeyman.contracts;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/** Moments and days as they come from outside. Their years have four digits (RFC 3339), so that every part of the shop can reckon with them and keep them. */
public final class Moments {
    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Moments() {}

    /** @throws DateTimeException when the text is no such moment */
    public static Instant instant(String text) {
        return kept(Instant.parse(text));
    }

    /** @throws DateTimeException when the text is no such day */
    public static LocalDate day(String text) {
        LocalDate day = LocalDate.parse(text);
        kept(day.atStartOfDay(ZoneOffset.UTC).toInstant());
        return day;
    }

    /** @throws DateTimeException when its year has not four digits */
    public static Instant kept(Instant moment) {
        if (moment.isBefore(FIRST) || moment.isAfter(LAST)) {
            throw new DateTimeException("the year of " + moment + " has not four digits");
        }
        return moment;
    }
}
