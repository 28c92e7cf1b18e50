package coop.vigie.text;

import java.text.Normalizer;

/** Lower case, without accents, one kind of space, apostrophe and dash; as long as the original, so offsets agree. */
final class Folded {

    /** Longer texts are cut here: no call for projects is longer, and hostile ones might be. */
    static final int LIMIT = 200_000;

    /** The letters of French, Dutch and German among others, of which taking apart is slow. */
    private static final char[] LATIN = new char[0x250];

    static {
        for (char c = 0; c < LATIN.length; c++) {
            LATIN[c] = withoutAccent(c);
        }
    }

    private Folded() {}

    static String of(String text) {
        int length = Math.min(text.length(), LIMIT);
        char[] folded = new char[length];
        for (int i = 0; i < length; i++) {
            folded[i] = fold(text.charAt(i));
        }
        return new String(folded);
    }

    private static char fold(char c) {
        if (c < 128) {
            return c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == '\t' ? ' ' : c == '\r' ? '\n' : c;
        }
        return switch (c) {
            case '\u2018', '\u2019', '\u02BC', '\u00B4' -> '\'';
            case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2212' -> '-';
            case '\u2028', '\u2029', '\u0085' -> '\n';
            default -> c < LATIN.length && c > '\u00A0' ? LATIN[c] : Character.isSpaceChar(c) ? ' ' : withoutAccent(c);
        };
    }

    private static char withoutAccent(char c) {
        if (!Character.isLetterOrDigit(c)) {
            return c;
        }
        String decomposed = Normalizer.normalize(String.valueOf(c), Normalizer.Form.NFKD);
        return Character.toLowerCase(decomposed.charAt(0));
    }
}
