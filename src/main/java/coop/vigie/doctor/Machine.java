package coop.vigie.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Java, disk, clock and the rights on the home. */
final class Machine {

    private static final long ENOUGH_BYTES = 1_000_000_000;
    /** No clock that is right says less: the program is younger. */
    private static final Instant EARLIEST = Instant.parse("2026-01-01T00:00:00Z");

    private static final Instant LATEST = Instant.parse("2100-01-01T00:00:00Z");
    /** Disks of other machines may go a little ahead. */
    private static final Duration TOLERANCE = Duration.ofMinutes(2);

    private final Path home;
    private final Instant clock;

    /** @param clock what the machine takes for now, whatever {@code --now} says */
    Machine(Path home, Instant clock) {
        this.home = home;
        this.clock = clock;
    }

    List<Finding> look() {
        return List.of(java(), disk(), clock(), rights());
    }

    private static Finding java() {
        return Finding.ok(
                "java.ok",
                Runtime.version().toString(),
                System.getProperty("java.vendor"),
                System.getProperty("java.home"));
    }

    private Finding disk() {
        try {
            long free = Files.getFileStore(home).getUsableSpace();
            double gigabytes = Math.floor(free / 1e8) / 10;
            return free < ENOUGH_BYTES ? Finding.warning("disk.low", gigabytes) : Finding.ok("disk.ok", gigabytes);
        } catch (IOException failure) {
            return Finding.warning("disk.unknown", failure.getMessage());
        }
    }

    private Finding clock() {
        Instant now = clock.truncatedTo(ChronoUnit.SECONDS);
        if (clock.isBefore(EARLIEST) || clock.isAfter(LATEST)) {
            return Finding.problem("clock.wrong", now);
        }
        return youngerThanNow()
                .map(file -> Finding.warning("clock.behind", now, home.relativize(file)))
                .orElseGet(() -> Finding.ok("clock.ok", now));
    }

    /** A file that was changed later than now: the machine's clock went back, or the disk goes by another one. */
    private Optional<Path> youngerThanNow() {
        try (Stream<Path> files = Files.walk(home, 2)) {
            for (Path file : files.sorted().toList()) {
                if (Files.getLastModifiedTime(file).toInstant().isAfter(clock.plus(TOLERANCE))) {
                    return Optional.of(file);
                }
            }
            return Optional.empty();
        } catch (IOException changing) {
            return Optional.empty();
        }
    }

    private Finding rights() {
        List<Path> places = new ArrayList<>(List.of(home));
        for (String place : List.of("data", "data/vigie.db", "data/members.db", "data/index/public", "data/outbox")) {
            if (Files.exists(home.resolve(place))) {
                places.add(home.resolve(place));
            }
        }
        return places.stream()
                .filter(place -> !Files.isWritable(place))
                .findFirst()
                .map(place -> Finding.problem("home.read-only", place, System.getProperty("user.name")))
                .orElseGet(() -> Finding.ok("home.ok", home));
    }
}
