package coop.vigie.parse;

import coop.vigie.notice.Notice;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Whether {@code include} and {@code exclude} of a source let a notice through, by its address and titles. */
final class Wanted {

    private Wanted() {}

    static boolean is(Notice notice, ParseContext context) {
        List<String> places = Stream.concat(
                        Stream.ofNullable(notice.url()), notice.title().byLanguage().values().stream())
                .toList();
        return (context.include().isEmpty() || anyFinds(context.include(), places))
                && !anyFinds(context.exclude(), places);
    }

    private static boolean anyFinds(List<String> expressions, List<String> places) {
        return expressions.stream()
                .map(Pattern::compile)
                .anyMatch(expression -> places.stream()
                        .anyMatch(place -> expression.matcher(place).find()));
    }
}
