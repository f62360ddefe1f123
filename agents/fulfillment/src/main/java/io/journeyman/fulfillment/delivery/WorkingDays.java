package io.journeyman.fulfillment.delivery;

import io.journeyman.contracts.ShopPlace;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** The carriers' calendar: Monday to Saturday, and in India without its three national holidays. */
record WorkingDays(Set<MonthDay> holidays) {
    private static final Set<MonthDay> INDIAS = Set.of(MonthDay.of(1, 26), MonthDay.of(8, 15), MonthDay.of(10, 2));

    static WorkingDays in(ShopPlace place) {
        return new WorkingDays(place.isIndia() ? INDIAS : Set.of());
    }

    boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SUNDAY && !holidays.contains(MonthDay.from(day));
    }

    /** The first working day that is {@code day} or later. */
    LocalDate atOrAfter(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /** {@code days} working days after {@code day}. */
    LocalDate after(LocalDate day, int days) {
        LocalDate candidate = day;
        for (int i = 0; i < days; i++) {
            candidate = atOrAfter(candidate.plusDays(1));
        }
        return candidate;
    }
}
