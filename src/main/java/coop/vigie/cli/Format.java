package coop.vigie.cli;

/** How a list is printed. */
enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV;

    @Override
    public String toString() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
