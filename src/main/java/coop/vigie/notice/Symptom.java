package coop.vigie.notice;

/**
 * A sign, and the sentence that people read about it.
 *
 * @param words may change as one likes: nothing but {@code sign} decides
 */
public record Symptom(Sign sign, String words) {}
