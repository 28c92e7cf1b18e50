package coop.vigie.digest;

import java.time.ZoneId;

/**
 * What stands around the items of every digest, and how codes are named.
 *
 * @param brand name of the cooperative or of its watch, the mail's headline
 * @param help one or two sentences for the reader, in the reader's language; empty for none
 * @param footer who sends this; empty for none
 * @param readerZone in which the reader lives; a deadline's zone is named only where it differs
 * @param unsubscribe a {@code mailto:} address that ends the mails; empty where no person is written to
 * @param sourcesRead how many sources were asked since the last digest
 */
public record Frame(
        String brand,
        String help,
        String footer,
        ZoneId readerZone,
        String unsubscribe,
        int sourcesRead,
        Labels labels) {

    /** The same for what is written to no person in particular. */
    public Frame withoutUnsubscribe() {
        return new Frame(brand, help, footer, readerZone, "", sourcesRead, labels);
    }
}
