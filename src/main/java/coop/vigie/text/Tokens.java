package coop.vigie.text;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A text's tokens by their place; beyond both ends there are none. */
record Tokens(List<Token> all) {

    /** Of an {@link Ordinal}: the last one. */
    static final int LAST = -1;

    static final Set<String> LAST_WORDS =
            Set.of("last", "dernier", "derniere", "laatste", "letzter", "letzte", "letzten", "letztem");
    private static final Set<String> ORDINAL_ENDINGS =
            Set.of("st", "nd", "rd", "th", "e", "er", "re", "ere", "eme", "ste", "de", "te", "tes", "ter", "ten", ".");

    @Nullable
    Token at(int index) {
        return index >= 0 && index < all.size() ? all.get(index) : null;
    }

    boolean isIn(int index, Set<String> words) {
        Token token = at(index);
        return token != null && words.contains(token.word());
    }

    boolean isOneOf(int index, String... words) {
        Token token = at(index);
        if (token != null) {
            for (String word : words) {
                if (token.is(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** True if no space stands before it. */
    boolean isGlued(int index) {
        Token token = at(index);
        return token != null && token.glued();
    }

    /** True for the same line and the next, in which a sentence may go on. */
    boolean isNear(int index, int start) {
        Token token = at(index);
        Token first = at(start);
        return token != null && first != null && token.line() <= first.line() + 1;
    }

    int skip(int index, Set<String> words, int most) {
        int next = index;
        while (next < index + most && isIn(next, words)) {
            next++;
        }
        return next;
    }

    /** The month of that name; else 0. */
    int month(int index) {
        Token token = at(index);
        return token == null ? 0 : CalendarWords.month(token.word());
    }

    /** A year that is no part of a longer number or span ("2018/19"); else 0. */
    int year(int index) {
        Token token = at(index);
        if (token == null || token.length() != 4 || token.number() < 1900 || token.number() >= 2200) {
            return 0;
        }
        return isJoined(index + 1) ? 0 : token.number();
    }

    /** True if that token carries on a number without a space: a digit, a letter, or a sign with a digit behind it. */
    boolean isJoined(int index) {
        Token next = at(index);
        Token after = at(index + 1);
        return next != null
                && next.glued()
                && (Character.isLetterOrDigit(next.word().charAt(0))
                        || (isOneOf(index, "-", "/", ".", ",") && after != null && after.glued() && after.isNumber()));
    }

    /** @param number 1 to 5, or {@link #LAST} */
    record Ordinal(int number, int next) {}

    @Nullable
    Ordinal ordinal(int index) {
        Ordinal ordinal = ordinalAlone(index);
        // "Avant-dernier", "second last": another day than the last.
        return ordinal == null || isOneOf(index - 1, "-", "+") || CountWords.ordinal(at(index - 1)) > 0
                ? null
                : ordinal;
    }

    private @Nullable Ordinal ordinalAlone(int index) {
        Token token = at(index);
        if (token == null) {
            return null;
        }
        if (isLast(index)) {
            return new Ordinal(LAST, index + 1);
        }
        boolean digit = token.length() == 1 && token.isNumber() && token.number() >= 1 && token.number() <= 5;
        if (digit && isGlued(index + 1) && isIn(index + 1, ORDINAL_ENDINGS)) {
            return new Ordinal(token.number(), index + 2);
        }
        int number = CountWords.ordinal(token);
        return number == 0 ? null : new Ordinal(number, index + 1);
    }

    boolean isLast(int index) {
        return isIn(index, LAST_WORDS);
    }
}
