package coop.vigie.digest;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The frame's own words in one language. Not a {@code ResourceBundle}: that would fall back on the machine's locale.
 *
 * <p>{@code {0}} and so on stand for values; a count picks {@code key.one} or {@code key.other} (CLDR: French counts 0 as
 * one, Dutch and English do not).
 */
final class Messages {

    static final List<String> LANGUAGES = List.of("fr", "nl", "en");

    private static final Map<String, Messages> ALL =
            LANGUAGES.stream().collect(Collectors.toUnmodifiableMap(language -> language, Messages::load));

    private final String language;
    private final Map<String, String> words;

    private Messages(String language, Map<String, String> words) {
        this.language = language;
        this.words = Map.copyOf(words);
    }

    /** English for a language that has no frame of its own: a mail in the wrong language is better than none. */
    static Messages in(String language) {
        return Objects.requireNonNull(ALL.get(LANGUAGES.contains(language) ? language : "en"));
    }

    String language() {
        return language;
    }

    Set<String> keys() {
        return words.keySet();
    }

    /** Every message as written, for the templates. */
    Map<String, String> all() {
        return words;
    }

    String text(String key, Object... values) {
        String pattern = words.get(key);
        if (pattern == null) {
            throw new IllegalArgumentException("no message '" + key + "' in " + language);
        }
        return fill(pattern, values);
    }

    /** The form for that count, which is {@code {0}}; the values follow from {@code {1}}. */
    String count(String key, int count, Object... values) {
        boolean one = language.equals("fr") ? count < 2 : count == 1;
        var all = new Object[values.length + 1];
        all[0] = count;
        System.arraycopy(values, 0, all, 1, values.length);
        return text(key + (one ? ".one" : ".other"), all);
    }

    List<String> list(String key) {
        return List.of(text(key).split("\\|"));
    }

    /** In one pass, so that a value that holds braces stays as it is. */
    private static String fill(String pattern, Object... values) {
        var filled = new StringBuilder();
        for (int at = 0; at < pattern.length(); at++) {
            char each = pattern.charAt(at);
            if (each == '{' && at + 2 < pattern.length() && pattern.charAt(at + 2) == '}') {
                filled.append(values[pattern.charAt(at + 1) - '0']);
                at += 2;
            } else {
                filled.append(each);
            }
        }
        return filled.toString();
    }

    private static Messages load(String language) {
        String name = "messages_" + language + ".properties";
        try (InputStream stream = Messages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new IllegalStateException(name + " is missing beside " + Messages.class);
            }
            var properties = new Properties();
            properties.load(new InputStreamReader(stream, StandardCharsets.UTF_8));
            var words = new HashMap<String, String>();
            properties.forEach((key, value) -> words.put((String) key, (String) value));
            return new Messages(language, words);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
