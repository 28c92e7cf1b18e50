package coop.vigie.config;

import java.time.Duration;

/** At most so many messages in each such span, written {@code 30/min}; {@code per} is a second, a minute or an hour. */
public record Rate(int messages, Duration per) {

    public Rate {
        if (messages < 1 || per.isNegative() || per.isZero()) {
            throw new IllegalArgumentException("not a rate: " + messages + " per " + per);
        }
    }
}
