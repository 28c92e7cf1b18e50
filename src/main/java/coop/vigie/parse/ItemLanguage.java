package coop.vigie.parse;

import coop.vigie.notice.LocalText;
import coop.vigie.text.LanguageGuess;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The language of an item: as it says itself, as its words tell, as its document says, or as its source's entry does. */
final class ItemLanguage {

    private ItemLanguage() {}

    /**
     * @param item as the item states it
     * @param document as the whole feed or page states it
     * @param source the source's languages, the main one first
     * @param words to guess from
     */
    static String of(@Nullable String item, @Nullable String document, List<String> source, String words) {
        if (item != null) {
            return item;
        }
        // Several languages in one source: what the words say counts more than what the document says of itself.
        String guess = source.size() > 1 || document == null ? LanguageGuess.of(words) : LocalText.UNDETERMINED;
        if (!guess.equals(LocalText.UNDETERMINED) && source.contains(guess)) {
            return guess;
        }
        if (document != null) {
            return document;
        }
        return source.isEmpty() ? guess : source.getFirst();
    }

    /** Two small letters of "fr-BE" or "NL"; null for what is no language tag. */
    static @Nullable String code(@Nullable String tag) {
        if (tag == null) {
            return null;
        }
        String code = tag.strip().replaceAll("[-_].*", "").toLowerCase(Locale.ROOT);
        return code.matches("[a-z]{2}") ? code : null;
    }
}
