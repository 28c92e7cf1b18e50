package coop.vigie.doctor;

import coop.vigie.deliver.Outbox;
import coop.vigie.index.Index;
import coop.vigie.notice.VigieException;
import coop.vigie.store.ChangeLog;
import coop.vigie.store.Database;
import coop.vigie.store.Schema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The databases, the index and the outbox. */
final class Stored {

    /** SQLITE_BUSY and SQLITE_LOCKED, in the low byte of its codes (https://sqlite.org/rescode.html). */
    private static final Set<Integer> HELD = Set.of(5, 6);

    private final Path data;
    private final List<Finding> findings = new ArrayList<>();

    Stored(Path data) {
        this.data = data;
    }

    List<Finding> look() {
        database(Schema.PUBLIC, this::index);
        database(Schema.MEMBERS, this::outbox);
        return findings;
    }

    private interface Look {
        void at(Database database);
    }

    private void database(Schema schema, Look further) {
        Path file = data.resolve(schema.fileName());
        if (Files.notExists(file)) {
            findings.add(Finding.ok("store.none", schema.fileName()));
            return;
        }
        if (isEmpty(file)) {
            // To SQLite this is a new database; to a home that was used, all is lost.
            findings.add(Finding.problem("store.empty", file));
            return;
        }
        try (Database database = Database.openAsItIs(data, schema)) {
            List<String> damage = database.damage();
            int version = database.version();
            if (!damage.isEmpty()) {
                findings.add(Finding.problem("store.damaged", file, damage.getFirst()));
            } else if (version > schema.version()) {
                findings.add(Finding.problem("store.newer", schema.fileName(), version, schema.version()));
            } else if (version < schema.version()) {
                findings.add(Finding.ok("store.older", schema.fileName(), version, schema.version()));
            } else {
                findings.add(Finding.ok("store.ok", schema.fileName(), version));
                further.at(database);
            }
        } catch (VigieException failure) {
            findings.add(
                    isHeld(failure)
                            ? Finding.warning("store.held", file)
                            : Finding.problem("store.damaged", file, failure.getMessage()));
        }
    }

    private static boolean isEmpty(Path file) {
        try {
            return Files.size(file) == 0;
        } catch (IOException unreadable) {
            return false; // opening it says why
        }
    }

    /** A file that another process keeps for itself may be quite whole. */
    private static boolean isHeld(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql && HELD.contains(sql.getErrorCode() & 0xff)) {
                return true;
            }
        }
        return false;
    }

    private void index(Database database) {
        long last = new ChangeLog(database).last();
        Path folder = data.resolve("index").resolve("public");
        if (Index.isMissingOrOutdated(folder)) {
            findings.add(last == 0 ? Finding.ok("index.none") : Finding.warning("index.unusable", folder));
            return;
        }
        try (Index index = Index.openReadOnly(folder)) {
            long behind = last - index.committedChange();
            findings.add(behind > 0 ? Finding.warning("index.behind", behind) : Finding.ok("index.ok", last));
        } catch (VigieException failure) {
            findings.add(Finding.warning("index.unusable", folder));
        }
    }

    private void outbox(Database database) {
        Map<Outbox.State, Long> counts = new Outbox(database).counts();
        long waiting = number(counts.get(Outbox.State.PENDING)) + number(counts.get(Outbox.State.SENDING));
        long failed = number(counts.get(Outbox.State.FAILED));
        if (failed > 0) {
            findings.add(Finding.problem("outbox.failed", failed));
        }
        if (waiting > 0) {
            findings.add(Finding.warning("outbox.waiting", waiting));
        }
        if (failed + waiting == 0) {
            findings.add(Finding.ok("outbox.ok", number(counts.get(Outbox.State.SENT))));
        }
    }

    private static long number(@Nullable Long count) {
        return count == null ? 0 : count;
    }
}
