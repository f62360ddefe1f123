package io.journeyman.fulfillment.delivery;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.MonthDay;
import java.util.Set;

/** The carriers' calendar: Monday to Saturday, without India's three national holidays. */
final class WorkingDays {
    private static final Set<MonthDay> NATIONAL_HOLIDAYS =
            Set.of(MonthDay.of(1, 26), MonthDay.of(8, 15), MonthDay.of(10, 2));

    private WorkingDays() {}

    static boolean isWorkingDay(LocalDate day) {
        return day.getDayOfWeek() != DayOfWeek.SUNDAY && !NATIONAL_HOLIDAYS.contains(MonthDay.from(day));
    }

    /** The first working day that is {@code day} or later. */
    static LocalDate atOrAfter(LocalDate day) {
        LocalDate candidate = day;
        while (!isWorkingDay(candidate)) {
            candidate = candidate.plusDays(1);
        }
        return candidate;
    }

    /** {@code days} working days after {@code day}. */
    static LocalDate after(LocalDate day, int days) {
        LocalDate candidate = day;
        for (int i = 0; i < days; i++) {
            candidate = atOrAfter(candidate.plusDays(1));
        }
        return candidate;
    }
}
