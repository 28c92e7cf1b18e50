package coop.vigie.index;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A parsed query. {@link #describe()} is itself a query that means the same.
 *
 * <p>What every search asks is a method of each kind of node, not a switch over them: the first run of such a switch takes a
 * cold process as long as finding the hits.
 */
sealed interface Node {

    /** This query in Lucene's terms. */
    Query lucene();

    /** Whether a score can weigh it; otherwise it is yes or no. */
    default boolean weighs() {
        return false;
    }

    /** A condition on words. */
    sealed interface Words extends Node {

        @Override
        default boolean weighs() {
            return true;
        }

        /** The same condition in each field by itself, titles first. */
        Map<String, Query> places();

        @Override
        default Query lucene() {
            return LuceneQueries.anywhere(places());
        }
    }

    record Everything() implements Node {

        @Override
        public Query lucene() {
            return MatchAllDocsQuery.INSTANCE;
        }
    }

    /** All of them; at least two. */
    record And(List<Node> parts) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.all(parts);
        }

        @Override
        public boolean weighs() {
            return parts.stream().anyMatch(Node::weighs);
        }

        // Written out here and in Phrase, which are compared in most searches: Java would make each anew in every
        // process.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof And and && parts.equals(and.parts);
        }

        @Override
        public int hashCode() {
            return parts.hashCode();
        }
    }

    /** Any of them; at least two. */
    record Or(List<Node> parts) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.any(parts);
        }

        @Override
        public boolean weighs() {
            return parts.stream().anyMatch(Node::weighs);
        }
    }

    record Not(Node part) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.all(List.of(this));
        }
    }

    /** A word or, quoted, a phrase. A word that the analyzer splits is a phrase too. */
    record Phrase(TextField field, String text, boolean quoted) implements Words {

        @Override
        public Map<String, Query> places() {
            return LuceneQueries.words(field, text);
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Phrase phrase
                    && field == phrase.field
                    && text.equals(phrase.text)
                    && quoted == phrase.quoted;
        }

        @Override
        public int hashCode() {
            return text.hashCode();
        }
    }

    /** Words that begin so; written without the star. */
    record Prefix(TextField field, String text) implements Words {

        @Override
        public Map<String, Query> places() {
            return LuceneQueries.prefix(field, TextLanguage.FOLDED.terms(text));
        }
    }

    /**
     * A condition and what a wider scope takes for the same. Finds what any of them finds.
     *
     * @param narrow as it was written
     * @param more at least one
     */
    record Widened(Node narrow, List<Node> more) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.widened(narrow, more);
        }

        @Override
        public boolean weighs() {
            return narrow.weighs();
        }
    }

    /** Any of these terms of {@link CodeField#term}. */
    record Codes(CodeField field, List<String> terms) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.anyOf(field.indexed(), terms);
        }
    }

    /** Milliseconds, both ends included; {@code Long.MIN_VALUE} and {@code Long.MAX_VALUE} for open ends. */
    record Span(DateField field, long from, long to) implements Node {

        @Override
        public Query lucene() {
            return Schema.range(field.written(), from, to);
        }
    }

    /** An estimated value, whatever its currency; null for an open end. */
    record Amount(@Nullable BigDecimal from, @Nullable BigDecimal to, boolean strictly) implements Node {

        @Override
        public Query lucene() {
            return LuceneQueries.amount(from, to, strictly);
        }
    }

    /** Where words are looked for. */
    enum TextField {
        ANY,
        TITLE,
        BUYER,
        /** In the parts of Dutch and German compounds. */
        PART,
        FR,
        NL,
        EN,
        DE;

        /** In texts of that language, read by its rules. */
        static TextField in(TextLanguage language) {
            return valueOf(language.name());
        }

        String written() {
            return name().toLowerCase(Locale.ROOT);
        }

        String prefix() {
            return this == ANY ? "" : written() + ":";
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
            case Or or -> choice(or.parts().stream());
            case Widened widened ->
                "(" + choice(Stream.concat(Stream.of(widened.narrow()), widened.more().stream())) + ")";
            case Not not ->
                not.part() instanceof And
                                || not.part() instanceof Or
                                || not.part().describe().startsWith("-")
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

    private static String choice(Stream<Node> parts) {
        return parts.map(part -> part instanceof And ? "(" + part.describe() + ")" : part.describe())
                .collect(Collectors.joining(" OR "));
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
