package coop.vigie.planted.two;

import coop.vigie.planted.one.One;

/** The other half. */
public final class Two {
    public One one() {
        return new One();
    }
}
