package coop.vigie.cli;

import coop.vigie.group.Cadence;
import coop.vigie.group.Member;
import coop.vigie.group.Role;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.time.Period;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a member wants to be told, as options; what is not given stays as it is. */
final class Wishes {

    /** How often; {@code GROUP}: as the group is. */
    enum Every {
        DAY,
        WEEK,
        MONTH,
        GROUP
    }

    @Option(names = "--name", paramLabel = "TEXT")
    @Nullable
    String name;

    @Option(names = "--language", paramLabel = "fr|nl|en")
    @Nullable
    String language;

    @Option(names = "--reads", paramLabel = "LANG,…", split = ",")
    @Nullable
    List<String> reads;

    @Option(names = "--cadence", paramLabel = "day|week|month|group")
    @Nullable
    Every cadence;

    @Option(names = "--on", paramLabel = "monday|…|1-28")
    @Nullable
    String on;

    @Option(names = "--at", paramLabel = "HH:MM")
    @Nullable
    String at;

    @Option(names = "--reminders", paramLabel = "14d,3d|none|group")
    @Nullable
    String reminders;

    @Option(names = "--role", paramLabel = "member|coordinator")
    @Nullable
    Role role;

    /** The member with these wishes. @throws UsageException if one of them cannot be */
    Member applyTo(Member member, Words words) {
        return new Member(
                member.mail(),
                name == null ? member.name() : name,
                language == null ? member.language() : language(language, words),
                reads == null
                        ? member.reads()
                        : reads.stream().map(each -> language(each, words)).toList(),
                member.status(),
                member.consent(),
                role == null ? member.role() : role,
                cadence(member.cadence(), words),
                reminders == null ? member.reminders() : reminders(reminders, words),
                member.answersFirst());
    }

    /** What is given, for the log: {@code cadence, language}. */
    String given() {
        var given = new ArrayList<String>();
        add(given, "name", name);
        add(given, "language", language);
        add(given, "reads", reads);
        add(given, "cadence", cadence == null && on == null ? at : cadence);
        add(given, "reminders", reminders);
        add(given, "role", role);
        return String.join(", ", given);
    }

    private static void add(List<String> given, String what, @Nullable Object value) {
        if (value != null) {
            given.add(what);
        }
    }

    private static String language(String written, Words words) {
        String code = written.strip().toLowerCase(Locale.ROOT);
        if (!code.matches("[a-z]{2}")) {
            throw new UsageException(words.text("member.bad-language", written));
        }
        return code;
    }

    private @Nullable Cadence cadence(@Nullable Cadence present, Words words) {
        if (cadence == null && on == null && at == null) {
            return present;
        }
        if (cadence == Every.GROUP) {
            return null;
        }
        Every every = cadence == null ? every(present) : cadence;
        LocalTime time = at == null ? (present == null ? Cadence.DEFAULT : present).at() : time(at, words);
        return switch (every) {
            case DAY, GROUP -> new Cadence.Daily(time);
            case WEEK ->
                new Cadence.Weekly(
                        on != null
                                ? weekday(on, words)
                                : present instanceof Cadence.Weekly week ? week.on() : DayOfWeek.MONDAY,
                        time);
            case MONTH ->
                new Cadence.Monthly(
                        on != null ? dayOfMonth(on, words) : present instanceof Cadence.Monthly month ? month.on() : 1,
                        time);
        };
    }

    private static Every every(@Nullable Cadence present) {
        return present instanceof Cadence.Daily
                ? Every.DAY
                : present instanceof Cadence.Monthly ? Every.MONTH : Every.WEEK;
    }

    private static LocalTime time(String written, Words words) {
        try {
            return LocalTime.parse(written.length() == 4 ? "0" + written : written);
        } catch (DateTimeParseException wrong) {
            throw new UsageException(words.text("member.bad-time", written));
        }
    }

    private static DayOfWeek weekday(String written, Words words) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> day.name().equalsIgnoreCase(written.strip()))
                .findFirst()
                .orElseThrow(() -> new UsageException(words.text("member.bad-weekday", written)));
    }

    private static int dayOfMonth(String written, Words words) {
        if (!written.matches("[1-9]|1\\d|2[0-8]")) {
            throw new UsageException(words.text("member.bad-day", written));
        }
        return Integer.parseInt(written);
    }

    private static @Nullable List<Period> reminders(String written, Words words) {
        if (written.equals("group")) {
            return null;
        }
        if (written.equals("none")) {
            return List.of();
        }
        List<Period> days = new ArrayList<>();
        for (String each : written.split(",", -1)) {
            if (!each.strip().matches("\\d{1,3}d")) {
                throw new UsageException(words.text("member.bad-reminders", written));
            }
            days.add(Period.ofDays(Integer.parseInt(each.strip().replace("d", ""))));
        }
        return days;
    }
}
