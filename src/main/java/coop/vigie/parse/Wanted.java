package coop.vigie.parse;

import coop.vigie.notice.Notice;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which items a source's {@code include} and {@code exclude} let through. */
record Wanted(List<Pattern> include, List<Pattern> exclude) {

    static Wanted of(ParseContext context) {
        return new Wanted(patterns(context.include()), patterns(context.exclude()));
    }

    boolean accepts(Notice notice) {
        return accepts(notice.title().byLanguage().values(), notice.url());
    }

    boolean accepts(String title, @Nullable String link) {
        return accepts(List.of(title), link);
    }

    private boolean accepts(Collection<String> titles, @Nullable String link) {
        return (include.isEmpty() || include.stream().anyMatch(pattern -> matches(pattern, titles, link)))
                && exclude.stream().noneMatch(pattern -> matches(pattern, titles, link));
    }

    private static List<Pattern> patterns(List<String> expressions) {
        return expressions.stream().map(Pattern::compile).toList();
    }

    private static boolean matches(Pattern pattern, Collection<String> titles, @Nullable String link) {
        return titles.stream().anyMatch(title -> pattern.matcher(title).find())
                || (link != null && pattern.matcher(link).find());
    }
}
