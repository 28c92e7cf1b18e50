package coop.vigie.spine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.Upkeep;
import coop.vigie.Vigie;
import coop.vigie.cli.HomeInTest;
import coop.vigie.digest.Item;
import coop.vigie.pipeline.Sent;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The daemon over three weeks of simulated time, with a machine that is off for nine days in between. */
class ThreeWeeksTest {

    private static final long SEED = 20261102;
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");
    private static final Instant START = Instant.parse("2026-11-02T00:10:00Z");
    private static final Instant OFF = Instant.parse("2026-11-09T03:10:00Z");
    private static final Instant ON_AGAIN = Instant.parse("2026-11-18T03:10:00Z");
    private static final Instant END = Instant.parse("2026-11-23T12:00:00Z");
    private static final List<String> READERS = List.of(
            "daily@example.org",
            "monthly@example.org",
            "weekly@example.org",
            "own0@example.org",
            "own1@example.org",
            "own2@example.org");

    private final Random random = new Random(SEED);
    private final Map<String, Published> published = new HashMap<>();
    private final List<Mailed> mails = new ArrayList<>();

    /** A call with the moment at which the daemon first could know of it. */
    private record Published(String publication, Instant stored, Instant closes) {}

    /** A mail with what it told. */
    private record Mailed(String recipient, Instant at, boolean shortMail, Set<String> told) {}

    @Test
    void tellsEverythingInTime_keepsEveryRhythm_andRepeatsNothing(@TempDir Path folder) {
        var home = new HomeInTest(folder, START.toString());
        home.feeds(Entries.notices("one", "one").stripTrailing() + "\n  every: 2h\n");
        home.write("one/readme.txt", "notices come later");
        home.groups(
                group("daily", "{ every: day, at: \"07:30\" }"),
                group("weekly", "{ every: week, on: monday, at: \"07:30\" }"),
                group("monthly", "{ every: month, on: 16, at: \"07:30\" }"),
                ownRhythms());

        for (Instant now = START; now.isBefore(END); now = now.plus(Duration.ofHours(2))) {
            if (now.isBefore(OFF) || now.isAfter(ON_AGAIN)) {
                publishSomething(home, now);
                tick(folder, now);
            }
        }

        assertTrue(published.size() > 20, () -> "too little was published: " + published.size());
        everyOpenMatchWasToldBeforeItClosed();
        nobodyWasToldTwice();
        everyRhythmWasKept();
    }

    private static String group(String id, String cadence) {
        return Entries.group(id, "query: \"*\"", Entries.member(id + "@example.org", "fr"))
                        .stripTrailing() + "\n  cadence: " + cadence + "\n";
    }

    /** Members with a rhythm of their own, whatever it is. */
    private String ownRhythms() {
        var chance = new Random(SEED);
        var members = new StringBuilder();
        for (int i = 0; i < 3; i++) {
            String time = "%02d:%02d".formatted(chance.nextInt(24), chance.nextInt(60));
            String rhythm =
                    switch (chance.nextInt(3)) {
                        case 0 -> "day";
                        case 1 ->
                            "week, on: "
                                    + DayOfWeek.of(1 + chance.nextInt(7)).name().toLowerCase(Locale.ROOT);
                        default -> "month, on: " + (1 + chance.nextInt(28));
                    };
            members.append(Entries.member("own" + i + "@example.org", "nl")
                    .replace("status:", "cadence: { every: %s, at: \"%s\" }, status:".formatted(rhythm, time)));
        }
        return Entries.group("own", "query: \"*\"", members.toString());
    }

    private void publishSomething(HomeInTest home, Instant now) {
        if (random.nextInt(4) > 0) {
            return;
        }
        String number = "%08d-2026".formatted(1000 + published.size());
        LocalDate closes = LocalDate.ofInstant(now, ZONE).plusDays(1 + random.nextInt(30));
        home.write(
                "one/" + number + ".xml",
                Eforms.competition(number, "procedure-" + number, closes.toString())
                        .published(LocalDate.ofInstant(now, ZONE).toString())
                        .xml());
        published.put(
                number,
                new Published(number, now, closes.atTime(11, 0).atZone(ZONE).toInstant()));
    }

    private void tick(Path folder, Instant now) {
        try (var vigie = new Vigie(folder, now, Map.of())) {
            Upkeep.Done done = new Upkeep(vigie).now();
            assertEquals(List.of(), done.remarks());
            done.digests().forEach(sent -> mails.add(mailed(vigie, sent, now, false)));
            done.shortMails().forEach(sent -> mails.add(mailed(vigie, sent, now, true)));
        }
    }

    private static Mailed mailed(Vigie vigie, Sent sent, Instant now, boolean shortMail) {
        Set<String> told = new HashSet<>();
        vigie.outbox().find(sent.edition()).orElseThrow().edition().blocks().stream()
                .filter(block -> block.name().telling())
                .flatMap(block -> block.items().stream())
                .map(Item::call)
                .forEach(call -> told.add(call.id().nativeId() + " " + call.revision()));
        return new Mailed(sent.recipient(), now, shortMail, told);
    }

    /** But for what closed while the machine was off: nobody could have known that it would be. */
    private void everyOpenMatchWasToldBeforeItClosed() {
        List<String> late = new ArrayList<>();
        for (Published call : published.values()) {
            boolean closedWhileOff = call.closes().isAfter(OFF) && call.closes().isBefore(ON_AGAIN);
            boolean stillToCome = !call.closes().isBefore(END);
            for (String reader : READERS) {
                boolean inTime = mails.stream()
                        .anyMatch(mail -> mail.recipient().equals(reader)
                                && mail.told().stream().anyMatch(told -> told.startsWith(number(call)))
                                && mail.at().isBefore(call.closes()));
                if (!inTime && !closedWhileOff && !stillToCome) {
                    late.add(reader + " was not told of " + call);
                }
            }
        }
        assertEquals(List.of(), late);
    }

    private static String number(Published call) {
        return call.publication().replaceFirst("^0+", "") + " ";
    }

    private void nobodyWasToldTwice() {
        Set<String> seen = new HashSet<>();
        for (Mailed mail : mails) {
            for (String told : mail.told()) {
                assertTrue(
                        seen.add(mail.recipient() + " " + told),
                        () -> mail.recipient() + " was told " + told + " twice");
            }
        }
    }

    private void everyRhythmWasKept() {
        // First edition at once; then each morning from 3 to 9 November, one after the stop, and each morning to the
        // 23rd.
        assertEquals(List.of(), tooOften("daily@example.org", Duration.ofHours(20)));
        assertEquals(List.of(), tooOften("weekly@example.org", Duration.ofDays(4)));
        assertTrue(count("weekly@example.org") <= 4, () -> "weekly: " + count("weekly@example.org"));
        assertTrue(count("monthly@example.org") <= 2, () -> "monthly: " + count("monthly@example.org"));
        long afterTheStop = mails.stream()
                .filter(mail -> !mail.shortMail() && mail.recipient().equals("daily@example.org"))
                .filter(mail -> mail.at().isAfter(ON_AGAIN.minusSeconds(1))
                        && mail.at().isBefore(ON_AGAIN.plus(Duration.ofHours(24))))
                .count();
        assertTrue(afterTheStop <= 2, () -> "a flood after the stop: " + afterTheStop);
    }

    private long count(String reader) {
        return mails.stream()
                .filter(mail -> !mail.shortMail() && mail.recipient().equals(reader))
                .count();
    }

    private List<String> tooOften(String reader, Duration least) {
        List<Instant> regular = mails.stream()
                .filter(mail -> !mail.shortMail() && mail.recipient().equals(reader))
                .map(Mailed::at)
                .sorted()
                .toList();
        List<String> tooOften = new ArrayList<>();
        for (int i = 2; i < regular.size(); i++) {
            Duration pause = Duration.between(regular.get(i - 1), regular.get(i));
            boolean catchesUp = regular.get(i - 1).isBefore(ON_AGAIN.plus(Duration.ofHours(12)))
                    && regular.get(i).isAfter(ON_AGAIN);
            if (pause.compareTo(least) < 0 && !catchesUp) {
                tooOften.add(reader + " " + regular.get(i - 1) + " " + regular.get(i));
            }
        }
        return tooOften;
    }
}
