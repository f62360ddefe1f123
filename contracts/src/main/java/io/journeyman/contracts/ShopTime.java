package io.journeyman.contracts;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;

/** Where the shop's days begin and end: people read dates and times of this place, whatever the shop's currency. */
public final class ShopTime {
    public static final ZoneId ZONE = ShopPlace.here().zone();

    private ShopTime() {}

    /** Which day it is there at that moment. */
    public static LocalDate dayOf(Instant moment) {
        return LocalDate.ofInstant(moment, ZONE);
    }
}
