package coop.vigie.text;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How likely a letter follows the letters before it in one language, for runs of one to five letters inside a word.
 *
 * <p>A run is kept as a 32-bit fingerprint and its probability as one byte, so a language takes 5 bytes a run. A run that
 * is not in the table is read without its first letter, at a price. Among 70,000 runs one in 60,000 unknown ones is taken for
 * a known one, which decides nothing.
 */
final class LetterRuns {

    static final int LONGEST = 5;
    private static final int BITS = 10;
    private static final float STEPS = 16;
    private static final float SHORTER = (float) Math.log(0.4);
    private static final float UNSEEN = -16;

    private final int[] fingerprints;
    private final byte[] prices;

    private LetterRuns(int[] fingerprints, byte[] prices) {
        this.fingerprints = fingerprints;
        this.prices = prices;
    }

    /** True for the letters of Latin alphabets, the only ones in the tables. */
    static boolean isCovered(char letter) {
        return letter < (1 << BITS);
    }

    /** @param logarithms of the probability of each run's last letter after the others, from -16 to 0 */
    static LetterRuns of(Map<String, Float> logarithms) {
        var sorted = new TreeMap<Integer, Byte>();
        logarithms.forEach((run, logarithm) ->
                sorted.put(fingerprint(pack(run), run.length()), (byte) Math.min(255, Math.round(-logarithm * STEPS))));
        var runs = new LetterRuns(new int[sorted.size()], new byte[sorted.size()]);
        int at = 0;
        for (Map.Entry<Integer, Byte> entry : sorted.entrySet()) {
            runs.fingerprints[at] = entry.getKey();
            runs.prices[at++] = entry.getValue();
        }
        return runs;
    }

    static LetterRuns read(DataInputStream in) throws IOException {
        int size = in.readInt();
        var runs = new LetterRuns(new int[size], new byte[size]);
        in.readFully(runs.prices);
        long fingerprint = Integer.MIN_VALUE;
        for (int i = 0; i < size; i++) {
            fingerprint += gap(in);
            runs.fingerprints[i] = (int) fingerprint;
        }
        return runs;
    }

    void write(DataOutputStream out) throws IOException {
        out.writeInt(prices.length);
        out.write(prices);
        long before = Integer.MIN_VALUE;
        for (int fingerprint : fingerprints) {
            long gap = fingerprint - before;
            before = fingerprint;
            for (; gap >= 0x80; gap >>>= 7) {
                out.write((int) gap | 0x80);
            }
            out.write((int) gap);
        }
    }

    private static long gap(DataInputStream in) throws IOException {
        long gap = 0;
        for (int shift = 0; ; shift += 7) {
            int part = in.readUnsignedByte();
            gap |= (part & 0x7FL) << shift;
            if (part < 0x80) {
                return gap;
            }
        }
    }

    /** Logarithm of the probability of this word's letters, one after the other. */
    double logarithm(String word) {
        double sum = 0;
        long packed = 0;
        for (int i = 0; i < word.length(); i++) {
            packed = (packed << BITS) | word.charAt(i);
            sum += last(packed, Math.min(i + 1, LONGEST));
        }
        return sum;
    }

    private float last(long packed, int length) {
        float price = 0;
        for (int letters = length; letters > 0; letters--) {
            int at = Arrays.binarySearch(fingerprints, fingerprint(packed, letters));
            if (at >= 0) {
                return price - (prices[at] & 0xFF) / STEPS;
            }
            price += SHORTER;
        }
        return UNSEEN;
    }

    private static long pack(String run) {
        long packed = 0;
        for (int i = 0; i < run.length(); i++) {
            packed = (packed << BITS) | run.charAt(i);
        }
        return packed;
    }

    private static int fingerprint(long packed, int letters) {
        long run = packed & ((1L << (BITS * letters)) - 1);
        long mixed = ((run << 3) | letters) * 0x9E3779B97F4A7C15L;
        mixed = (mixed ^ (mixed >>> 32)) * 0xD6E8FEB86659FD93L;
        return (int) (mixed >>> 32);
    }
}
