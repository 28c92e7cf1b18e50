package coop.vigie.backup;

import coop.vigie.store.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a backup holds.
 *
 * @param format of the backup itself; another number cannot be restored
 * @param made when, by the clock of the command
 */
public record Manifest(int format, Instant made, List<Part> parts) {

    static final String NAME = "manifest.json";
    static final int FORMAT = 1;
    static final String DATA = "data/";

    public Manifest {
        Objects.requireNonNull(made, "made"); // JSON may say null
        parts = List.copyOf(parts);
    }

    /**
     * One file.
     *
     * @param name as in the home, with slashes
     * @param sha256 in hexadecimal
     * @param schema version of a database's schema; null for other files
     * @param rows rows of each table of a database
     */
    public record Part(
            String name,
            long bytes,
            String sha256,
            @Nullable Integer schema,
            Map<String, Long> rows) {

        public Part {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(sha256, "sha256");
            rows = Map.copyOf(rows);
        }
    }

    /** False for a home that has no groups yet, and for a backup that has lost them. */
    public boolean hasMembers() {
        return has(Schema.MEMBERS);
    }

    boolean has(Schema schema) {
        return parts.stream().anyMatch(part -> part.name().equals(DATA + schema.fileName()));
    }

    /** Of all parts together. */
    public long bytes() {
        return parts.stream().mapToLong(Part::bytes).sum();
    }

    /** Rows of that table in whichever database has it; 0 if none does. */
    public long rows(String table) {
        return parts.stream()
                .mapToLong(part -> part.rows().getOrDefault(table, 0L))
                .sum();
    }
}
