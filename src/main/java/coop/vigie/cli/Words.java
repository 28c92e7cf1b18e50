package coop.vigie.cli;

import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The words of the command line in the user's language. */
final class Words {

    static final List<String> LANGUAGES = List.of("fr", "nl", "en");

    private final String language;

    /** Read once it is needed: most searches say nothing. */
    private @Nullable ResourceBundle bundle;

    private Words(String language) {
        this.language = language;
    }

    private ResourceBundle bundle() {
        if (bundle == null) {
            bundle = bundle("messages", language);
        }
        return bundle;
    }

    /** English, French or Dutch; anything else is English. */
    static Words in(String language) {
        return new Words(LANGUAGES.contains(language) ? language : "en");
    }

    /** The language that the environment asks for: VIGIE_LANG, LC_ALL, LC_MESSAGES, LANG, in this order; else English. */
    static Words of(Map<String, String> environment) {
        Optional<String> asked = Stream.of("VIGIE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
                .map(name -> environment.getOrDefault(name, ""))
                .filter(value -> !value.isEmpty())
                .findFirst();
        return in(asked.map(value -> value.toLowerCase(Locale.ROOT))
                .map(value -> value.length() >= 2 ? value.substring(0, 2) : value)
                .orElse("en"));
    }

    /** Texts of the help pages; null-safe for picocli: what is missing there stays English. */
    static ResourceBundle help(String language) {
        return bundle("help", language);
    }

    private static ResourceBundle bundle(String name, String language) {
        return ResourceBundle.getBundle(
                "coop.vigie.cli." + name + "_" + language,
                Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String language() {
        return language;
    }

    /** The text of that key with its places filled; numbers are written plainly. */
    String text(String key, Object... arguments) {
        String pattern = bundle().getString(key);
        return new MessageFormat(
                        pattern.indexOf('|') < 0 ? pattern : Forms.chosen(pattern, language, arguments), Locale.ROOT)
                .format(Stream.of(arguments).map(String::valueOf).toArray());
    }

    /** The forms of words that go with a count: {@code {0|call|calls}}. */
    private static final class Forms {

        private static final Pattern FORMS = Pattern.compile("\\{(\\d)\\|([^|}]*)\\|([^|}]*)}");

        /** CLDR: French counts 0 as one, Dutch and English do not. */
        static String chosen(String pattern, String language, Object... arguments) {
            return FORMS.matcher(pattern).replaceAll(forms -> {
                String count = String.valueOf(arguments[Integer.parseInt(forms.group(1))]);
                boolean isOne = count.equals("1") || (count.equals("0") && language.equals("fr"));
                return Matcher.quoteReplacement(forms.group(isOne ? 2 : 3));
            });
        }
    }

    boolean has(String key) {
        return bundle().containsKey(key);
    }
}
