package coop.vigie.newsletter;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.stream.Stream;

/** The newsletter's own words in one language. */
final class Words {

    private final ResourceBundle bundle;

    /** @param language fr, nl or en */
    Words(String language) {
        this.bundle = ResourceBundle.getBundle(
                "coop.vigie.newsletter.messages_" + language,
                Locale.ROOT,
                ResourceBundle.Control.getNoFallbackControl(ResourceBundle.Control.FORMAT_PROPERTIES));
    }

    String text(String key, Object... arguments) {
        return new MessageFormat(bundle.getString(key), Locale.ROOT)
                .format(Stream.of(arguments).map(String::valueOf).toArray());
    }
}
