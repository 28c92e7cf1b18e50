package coop.vigie.digest;

import java.time.ZoneId;
import java.util.Map;

/**
 * What stands around the items of every digest, and how codes are named.
 *
 * @param brand name of the cooperative or of its watch, the mail's headline
 * @param help one or two sentences for the reader, in the reader's language; empty for none
 * @param footer who sends this; empty for none
 * @param readerZone in which the reader lives; a deadline's zone is named only where it differs
 * @param answers how the reader answers, and ends the mails
 * @param sourcesRead how many sources were asked since the last digest
 * @param colours of the HTML, where the reader has not asked for dark ones
 */
public record Frame(
        String brand,
        String help,
        String footer,
        ZoneId readerZone,
        Answers answers,
        int sourcesRead,
        Labels labels,
        Colours colours) {

    /** Each as {@code #rrggbb}. */
    public record Colours(String accent, String background, String text) {

        /** What a template sees of them. */
        public Map<String, Object> model() {
            return Map.of("accent", accent, "background", background, "text", text);
        }
    }

    /** The same frame for another reader. */
    public Frame answeredBy(Answers others) {
        return new Frame(brand, help, footer, readerZone, others, sourcesRead, labels, colours);
    }
}
