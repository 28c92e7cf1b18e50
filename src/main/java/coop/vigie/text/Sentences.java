package coop.vigie.text;

import java.util.BitSet;
import java.util.List;

/** Where sentences and paragraphs begin and end; a full stop inside a date ends nothing. */
final class Sentences {

    private final String folded;
    private final BitSet starts = new BitSet();
    private final BitSet paragraphs = new BitSet();

    Sentences(String folded, List<FoundDate> dates) {
        this.folded = folded;
        starts.set(0);
        paragraphs.set(0);
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (c == '\n') {
                starts.set(i + 1);
                if (i > 0 && folded.charAt(i - 1) == '\n') {
                    paragraphs.set(i + 1);
                }
            } else if ((c == '.' || c == '!' || c == '?' || c == ';') && endsSentence(i)) {
                starts.set(i + 1);
            }
        }
        for (FoundDate date : dates) {
            starts.clear(date.start() + 1, date.end());
        }
    }

    int startOf(int offset) {
        return Math.max(0, starts.previousSetBit(offset));
    }

    int endOf(int offset) {
        int next = starts.nextSetBit(offset + 1);
        return next < 0 ? folded.length() : Math.min(next, folded.length());
    }

    int paragraphOf(int offset) {
        return Math.max(0, paragraphs.previousSetBit(offset));
    }

    /** Not after an abbreviation ("sept.", "i.p.v.", "art.") or inside a number. */
    private boolean endsSentence(int dot) {
        if (dot + 1 < folded.length() && !Character.isWhitespace(folded.charAt(dot + 1))) {
            return false;
        }
        if (folded.charAt(dot) != '.') {
            return true;
        }
        int word = dot;
        while (word > 0 && Character.isLetter(folded.charAt(word - 1))) {
            word--;
        }
        if (word == dot) {
            return dot > 0 && Character.isLetterOrDigit(folded.charAt(dot - 1));
        }
        boolean dotted = word > 0 && folded.charAt(word - 1) == '.' && dot - word <= 2;
        return dot - word > 3 && !folded.startsWith("sept", word) && !dotted;
    }
}
