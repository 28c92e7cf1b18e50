package coop.vigie.fetch;

/**
 * A piece that was there and was not read.
 *
 * @param position as in {@link Payload#position()}
 * @param reason end of a sentence, such as "larger than 15 MB"
 */
public record Skipped(String position, String reason) {}
