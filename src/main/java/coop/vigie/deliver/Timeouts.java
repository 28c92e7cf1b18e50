package coop.vigie.deliver;

import java.time.Duration;

/**
 * How long the mail server may take. RFC 5321, section 4.5.3.2 grants minutes; a shorter wait for the answer to the whole
 * message would make doubles, since the server may have it already.
 */
record Timeouts(Duration connect, Duration answer, Duration afterMessage) {

    static final Timeouts USUAL = new Timeouts(Duration.ofSeconds(20), Duration.ofMinutes(2), Duration.ofMinutes(10));
}
