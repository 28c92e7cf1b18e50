package coop.vigie.text;

import java.util.ArrayList;
import java.util.List;

/**
 * A run of letters, a run of digits, or one sign.
 *
 * @param word the folded characters
 * @param number value of at most nine digits; -1 for words, signs and longer runs
 * @param glued true if nothing stands between this token and the one before
 * @param line number of the line it stands in, from 0
 */
record Token(String word, int number, int start, int end, boolean glued, int line) {

    boolean is(String other) {
        return word.equals(other);
    }

    boolean isNumber() {
        return number >= 0;
    }

    int length() {
        return end - start;
    }

    /** One or two digits. */
    boolean isShort() {
        return isNumber() && length() <= 2;
    }

    static List<Token> of(String folded) {
        var tokens = new ArrayList<Token>();
        int line = 0;
        int previousEnd = -1;
        for (int i = 0; i < folded.length(); ) {
            char c = folded.charAt(i);
            if (c == ' ' || c == '\n' || isBracketOfWord(folded, i)) {
                line += c == '\n' ? 1 : 0;
                i++;
                continue;
            }
            int end = endOf(folded, i);
            String word = folded.substring(i, end);
            boolean numeric = isDigit(c) && word.length() <= 9;
            tokens.add(new Token(word, numeric ? Integer.parseInt(word) : -1, i, end, previousEnd == i, line));
            previousEnd = end;
            i = end;
        }
        return tokens;
    }

    /** "[Sept] 04, 2014": a form shows which part was filled in. */
    private static boolean isBracketOfWord(String folded, int at) {
        return switch (folded.charAt(at)) {
            case '[' -> at + 1 < folded.length() && Character.isLetter(folded.charAt(at + 1));
            case ']' -> at > 0 && Character.isLetter(folded.charAt(at - 1));
            default -> false;
        };
    }

    private static int endOf(String folded, int start) {
        int end = start + 1;
        char first = folded.charAt(start);
        if (isDigit(first)) {
            while (end < folded.length() && isDigit(folded.charAt(end))) {
                end++;
            }
        } else if (Character.isLetter(first)) {
            while (end < folded.length() && Character.isLetter(folded.charAt(end))) {
                end++;
            }
        }
        return end;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }
}
