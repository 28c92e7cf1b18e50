package coop.vigie.call;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** How many of the flagged pairs are right, and how many of the right ones are flagged. */
final class PairScore {

    private static final double PRECISION = 0.98;

    int possible;
    private int right;
    private int wrong;

    void flagged(boolean same, String pair) {
        if (same) {
            right++;
        } else {
            wrong++;
            if (System.getProperty("vigie.show") != null) {
                System.out.println("wrong: " + pair);
            }
        }
    }

    void mustBePrecise(String suite) {
        double precision = (double) right / Math.max(1, right + wrong);
        System.out.println("%s: precision %.3f (%d of %d), recall %.3f (%d of %d)"
                .formatted(
                        suite,
                        precision,
                        right,
                        right + wrong,
                        (double) right / Math.max(1, possible),
                        right,
                        possible));
        assertTrue(right > 0 && precision >= PRECISION, () -> suite + ": precision " + precision);
    }
}
