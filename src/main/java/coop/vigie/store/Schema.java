package coop.vigie.store;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** The two databases: file name, scripts, and how hard a commit must hit the disk. */
public enum Schema {
    /** All that is public. A power cut may cost the last commits, which the next fetch brings again. */
    PUBLIC("vigie.db", "NORMAL", 8),
    /** Persons, matches, ledger, outbox. What was told must be on the disk before the mail leaves. */
    MEMBERS("members.db", "FULL", 11);

    private final String fileName;
    private final String synchronous;
    private final int version;

    Schema(String fileName, String synchronous, int version) {
        this.fileName = fileName;
        this.synchronous = synchronous;
        this.version = version;
    }

    public String fileName() {
        return fileName;
    }

    String synchronous() {
        return synchronous;
    }

    /** The version that this program reads and writes. */
    public int version() {
        return version;
    }

    /** The statements that lead from {@code version - 1} to {@code version}. */
    List<String> script(int target) {
        String name = "sqlite/%s-%d.sql".formatted(name().toLowerCase(java.util.Locale.ROOT), target);
        try (InputStream in = Schema.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new StoreException("the migration script " + name + " is missing from the program", null);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?m)^--.*$", "");
            return Arrays.stream(text.split(";"))
                    .map(String::strip)
                    .filter(each -> !each.isEmpty())
                    .toList();
        } catch (IOException failure) {
            throw new StoreException("could not read the migration script " + name, failure);
        }
    }
}
