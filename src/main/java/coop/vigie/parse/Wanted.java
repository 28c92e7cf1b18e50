package coop.vigie.parse;

import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which items a source's {@code include} and {@code exclude} let through. */
record Wanted(List<Pattern> include, List<Pattern> exclude) {

    static Wanted of(ParseContext context) {
        return new Wanted(patterns(context.include()), patterns(context.exclude()));
    }

    boolean accepts(String title, @Nullable String link) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, title, link)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, title, link));
    }

    private static List<Pattern> patterns(List<String> expressions) {
        return expressions.stream().map(Pattern::compile).toList();
    }

    private static boolean matches(Pattern pattern, String title, @Nullable String link) {
        return pattern.matcher(title).find()
                || (link != null && pattern.matcher(link).find());
    }
}
