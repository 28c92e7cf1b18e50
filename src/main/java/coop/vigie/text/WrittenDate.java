package coop.vigie.text;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Day, month and year as written, before anybody asked whether that day exists.
 *
 * @param month 0 if not written (the first half of "3 au 15 mars")
 * @param year 0 if not written
 * @param weekdays what the weekday beside it may mean; null if none
 * @param unclear true when the digits could be read in another order
 * @param first index of its first token
 * @param next index of the token after it
 */
record WrittenDate(
        int day, int month, int year, @Nullable Set<DayOfWeek> weekdays, boolean unclear, int first, int next) {

    boolean isPossible() {
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= YearMonth.of(year == 0 ? 2024 : year, month).lengthOfMonth();
    }

    /** The date; without a year its next occurrence on or after {@code reference}; null if there is none. */
    @Nullable
    LocalDate value(@Nullable LocalDate reference) {
        if (!isPossible()) {
            return null;
        }
        if (year > 0) {
            return LocalDate.of(year, month, day);
        }
        if (reference == null) {
            return null;
        }
        for (int candidate = reference.getYear(); candidate <= reference.getYear() + 8; candidate++) {
            if (day <= YearMonth.of(candidate, month).lengthOfMonth()) {
                LocalDate date = LocalDate.of(candidate, month, day);
                if (!date.isBefore(reference)) {
                    return date;
                }
            }
        }
        return null;
    }

    boolean contradictsWeekday(LocalDate date) {
        return weekdays != null && !weekdays.contains(date.getDayOfWeek());
    }

    WrittenDate starting(int token, @Nullable Set<DayOfWeek> weekdays) {
        return new WrittenDate(day, month, year, weekdays, unclear, token, next);
    }

    WrittenDate completedBy(WrittenDate later) {
        int fullMonth = month == 0 ? later.month : month;
        int fullYear = year > 0 || later.year == 0 ? year : fullMonth > later.month ? later.year - 1 : later.year;
        return new WrittenDate(day, fullMonth, fullYear, weekdays, unclear, first, next);
    }
}
