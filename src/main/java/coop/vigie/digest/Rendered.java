package coop.vigie.digest;

/**
 * An edition as a mail shows it. Text and HTML say the same, in the same order.
 *
 * @param subject one line, at most {@value #SUBJECT_AT_MOST} characters
 * @param text lines of at most 72 columns, but for addresses, which are never broken; ends with a line feed
 * @param html a complete page that loads nothing
 */
public record Rendered(String subject, String text, String html) {

    static final int SUBJECT_AT_MOST = 120;
}
