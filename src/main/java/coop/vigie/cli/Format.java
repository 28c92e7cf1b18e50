package coop.vigie.cli;

/** How a list is printed. */
enum Format {
    TABLE,
    JSON,
    JSONL,
    CSV
}
