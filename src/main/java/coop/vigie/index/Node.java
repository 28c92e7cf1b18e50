package coop.vigie.index;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A parsed query. {@link #describe()} is itself a query that means the same. */
sealed interface Node {

    /** A condition on words, which a score can weigh; the others are yes or no. */
    sealed interface Words extends Node {}

    record Everything() implements Node {}

    /** All of them; at least two. */
    record And(List<Node> parts) implements Node {}

    /** Any of them; at least two. */
    record Or(List<Node> parts) implements Node {}

    record Not(Node part) implements Node {}

    /** A word or, quoted, a phrase. A word that the analyzer splits is a phrase too. */
    record Phrase(TextField field, String text, boolean quoted) implements Words {}

    /** Words that begin so; written without the star. */
    record Prefix(TextField field, String text) implements Words {}

    /** Any of these terms of {@link CodeField#term}. */
    record Codes(CodeField field, List<String> terms) implements Node {}

    /** Milliseconds, both ends included; {@code Long.MIN_VALUE} and {@code Long.MAX_VALUE} for open ends. */
    record Span(DateField field, long from, long to) implements Node {}

    /** An estimated value, whatever its currency; null for an open end. */
    record Amount(@Nullable BigDecimal from, @Nullable BigDecimal to, boolean strictly) implements Node {}

    /** Where words are looked for. */
    enum TextField {
        ANY,
        TITLE,
        BUYER;

        String prefix() {
            return this == ANY ? "" : name().toLowerCase(Locale.ROOT) + ":";
        }
    }

    /** Fields that hold an instant. */
    enum DateField {
        DEADLINE,
        PUBLISHED;

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** All of the parts; those that are such lists themselves become part of this one. */
    static Node all(List<Node> parts) {
        var flat = parts.stream()
                .flatMap(part -> part instanceof And and ? and.parts().stream() : List.of(part).stream())
                .filter(part -> !(part instanceof Everything))
                .toList();
        return switch (flat.size()) {
            case 0 -> new Everything();
            case 1 -> flat.getFirst();
            default -> new And(flat);
        };
    }

    /** Any of the parts; nothing at all if there are none. */
    static Node any(List<Node> parts) {
        var flat = parts.stream()
                .flatMap(part -> part instanceof Or or ? or.parts().stream() : List.of(part).stream())
                .toList();
        return switch (flat.size()) {
            case 0 -> new Not(new Everything());
            case 1 -> flat.getFirst();
            default -> new Or(flat);
        };
    }

    default String describe() {
        return switch (this) {
            case Everything everything -> "*";
            case And and ->
                and.parts().stream()
                        .map(part -> part instanceof Or ? "(" + part.describe() + ")" : part.describe())
                        .collect(Collectors.joining(" "));
            case Or or ->
                or.parts().stream()
                        .map(part -> part instanceof And ? "(" + part.describe() + ")" : part.describe())
                        .collect(Collectors.joining(" OR "));
            case Not not ->
                not.part() instanceof And || not.part() instanceof Or || not.part() instanceof Not
                        ? "-(" + not.part().describe() + ")"
                        : "-" + not.part().describe();
            case Phrase phrase ->
                phrase.field().prefix() + (phrase.quoted() ? "\"" + phrase.text() + "\"" : phrase.text());
            case Prefix prefix -> prefix.field().prefix() + prefix.text() + "*";
            case Codes codes ->
                codes.field().written() + ":"
                        + codes.terms().stream().map(codes.field()::show).collect(Collectors.joining(","));
            case Span span -> span.field().written() + ":" + instant(span.from()) + ".." + instant(span.to());
            case Amount amount ->
                amount.strictly()
                        ? "value:" + (amount.from() != null ? ">" + plain(amount.from()) : "<" + plain(amount.to()))
                        : "value:" + plain(amount.from()) + ".." + plain(amount.to());
        };
    }

    private static String plain(@Nullable BigDecimal amount) {
        return amount == null ? "" : amount.toPlainString();
    }

    private static String instant(long millis) {
        return millis == Long.MIN_VALUE || millis == Long.MAX_VALUE
                ? ""
                : Instant.ofEpochMilli(millis).toString();
    }
}
