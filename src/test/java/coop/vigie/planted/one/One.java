package coop.vigie.planted.one;

import coop.vigie.planted.two.Two;

/** One half of a cycle that the architecture test must find. */
public final class One {
    public Two two() {
        return new Two();
    }
}
