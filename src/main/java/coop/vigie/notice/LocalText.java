package coop.vigie.notice;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One text in the languages in which its author wrote it.
 *
 * @param byLanguage language code to text, in the publisher's order; blank texts are left out
 * @param original the language the author calls the original; null when there is no text or nobody said
 */
public record LocalText(
        Map<String, String> byLanguage, @Nullable String original) {

    /** Language code of a text whose language nobody stated. */
    public static final String UNDETERMINED = "und";

    public static final LocalText EMPTY = new LocalText(Map.of(), null);

    public LocalText {
        var kept = new LinkedHashMap<String, String>();
        byLanguage.forEach((language, text) -> {
            if (!text.isBlank()) {
                kept.put(language, text.strip());
            }
        });
        byLanguage = Collections.unmodifiableMap(kept);
        if (original != null && !byLanguage.containsKey(original)) {
            original = null;
        }
        if (original == null && byLanguage.size() == 1) {
            original = byLanguage.keySet().iterator().next();
        }
    }

    public static LocalText of(String language, String text) {
        return new LocalText(Map.of(language, text), language);
    }

    public boolean isEmpty() {
        return byLanguage.isEmpty();
    }

    /** The text in the first of these languages that has one, else the original, else the first there is, else "". */
    public String in(List<String> preferred) {
        return languageFor(preferred)
                .map(language -> byLanguage.getOrDefault(language, ""))
                .orElse("");
    }

    /** The language that {@link #in} would answer in; empty if there is no text. */
    public Optional<String> languageFor(List<String> preferred) {
        for (String language : preferred) {
            if (byLanguage.containsKey(language)) {
                return Optional.of(language);
            }
        }
        if (original != null) {
            return Optional.of(original);
        }
        return byLanguage.keySet().stream().findFirst();
    }

    /** The text as its author wrote it first. */
    public String original(String otherwise) {
        return isEmpty() ? otherwise : in(List.of());
    }
}
