package coop.vigie.index;

import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import coop.vigie.notice.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.search.Query;
import org.jspecify.annotations.Nullable;

/**
 * A query ready to run, from {@link QueryCompiler} or put together here. Immutable; equal if it asks the same.
 *
 * <p>In the methods that take a list of values, an empty list is no condition.
 */
public final class CompiledQuery {

    /** Finds every document. */
    public static final CompiledQuery EVERYTHING = new CompiledQuery(new Node.Everything());

    private final Node node;
    private @Nullable Query lucene;

    CompiledQuery(Node node) {
        this.node = node;
    }

    /** What all of these find; everything if there are none. */
    public static CompiledQuery and(List<CompiledQuery> queries) {
        return new CompiledQuery(
                Node.all(queries.stream().map(query -> query.node).toList()));
    }

    /** What any of these finds; nothing if there are none. */
    public static CompiledQuery or(List<CompiledQuery> queries) {
        return new CompiledQuery(
                Node.any(queries.stream().map(query -> query.node).toList()));
    }

    /** What the query does not find. */
    public static CompiledQuery not(CompiledQuery query) {
        return new CompiledQuery(new Node.Not(query.node));
    }

    /**
     * @param codes as in a query: {@code 79950000}, {@code 79950000-8} or {@code 7995*}; each covers its subtree
     * @throws QuerySyntaxException if one is no CPV code
     */
    public static CompiledQuery cpv(List<String> codes) {
        return codes(CodeField.CPV, codes);
    }

    /**
     * @param codes NUTS codes, each with all below it
     * @param orNone whether a document that names no place passes
     * @throws QuerySyntaxException if one is no NUTS code
     */
    public static CompiledQuery places(List<String> codes, boolean orNone) {
        return codes.isEmpty()
                ? EVERYTHING
                : codes(
                        CodeField.PLACE,
                        orNone
                                ? Stream.concat(codes.stream(), Stream.of(Schema.NONE))
                                        .toList()
                                : codes);
    }

    public static CompiledQuery levels(List<Level> levels) {
        return codes(CodeField.LEVEL, levels.stream().map(Level::code).toList());
    }

    public static CompiledQuery kinds(List<Kind> kinds) {
        return codes(CodeField.KIND, kinds.stream().map(Kind::code).toList());
    }

    public static CompiledQuery stages(List<Stage> stages) {
        return codes(CodeField.STAGE, stages.stream().map(Stage::code).toList());
    }

    /** @throws QuerySyntaxException if one cannot be the id of a source */
    public static CompiledQuery sources(List<String> ids) {
        return codes(CodeField.SOURCE, ids);
    }

    /**
     * What is written in one of these languages.
     *
     * @throws QuerySyntaxException if one is no language code of two or three letters
     */
    public static CompiledQuery languages(List<String> codes) {
        return codes(CodeField.LANG, codes);
    }

    /** What has a dated deadline from one instant to another, both included; null for an open end. */
    public static CompiledQuery deadlineBetween(@Nullable Instant from, @Nullable Instant to) {
        return new CompiledQuery(new Node.Span(
                Node.DateField.DEADLINE,
                from == null ? Long.MIN_VALUE : from.toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.toEpochMilli()));
    }

    /** What was published from one instant to another, both included; null for an open end. Never what names no such date. */
    public static CompiledQuery publishedBetween(@Nullable Instant from, @Nullable Instant to) {
        return new CompiledQuery(new Node.Span(
                Node.DateField.PUBLISHED,
                from == null ? Long.MIN_VALUE : from.toEpochMilli(),
                to == null ? Long.MAX_VALUE : to.toEpochMilli()));
    }

    private static CompiledQuery codes(CodeField field, List<String> values) {
        if (values.isEmpty()) {
            return EVERYTHING;
        }
        var terms = new ArrayList<String>();
        for (String value : values) {
            terms.add(field.term(value).orElseThrow(() -> new QuerySyntaxException(value, 0, field.refusal(value))));
        }
        return new CompiledQuery(new Node.Codes(field, terms.stream().distinct().toList()));
    }

    /**
     * The conditions that a document may owe its place to, as they were written: each word, phrase, code and range that is not
     * negated. To say why a document was found, ask {@link Searcher#matches} and {@link Searcher#occurrences} for each.
     */
    public List<CompiledQuery> leaves() {
        return leaves(node).distinct().map(CompiledQuery::new).toList();
    }

    /** As {@link #leaves}, with every code by itself. */
    public List<CompiledQuery> atoms() {
        return leaves(node)
                .flatMap(leaf -> leaf instanceof Node.Codes codes
                        ? codes.terms().stream().map(term -> new Node.Codes(codes.field(), List.of(term)))
                        : Stream.of(leaf))
                .distinct()
                .map(CompiledQuery::new)
                .toList();
    }

    /**
     * A condition that a wider scope took further.
     *
     * @param narrow as it was written
     * @param more what counts for the same
     */
    public record Widened(CompiledQuery narrow, List<CompiledQuery> more) {}

    /** The conditions that were widened and are not negated; what is inside one is reached by {@link Widened#more}. */
    public List<Widened> widened() {
        return Widening.in(node)
                .map(each -> new Widened(
                        new CompiledQuery(each.narrow()),
                        each.more().stream().map(CompiledQuery::new).toList()))
                .toList();
    }

    /** This query taken as far as a scope reaches; what is there already stays. */
    public CompiledQuery to(Scope scope) {
        return new CompiledQuery(Widening.to(scope, node));
    }

    private static Stream<Node> leaves(Node node) {
        return switch (node) {
            case Node.And and -> and.parts().stream().flatMap(CompiledQuery::leaves);
            case Node.Or or -> or.parts().stream().flatMap(CompiledQuery::leaves);
            case Node.Widened widened -> leaves(widened.narrow());
            case Node.Not not -> Stream.empty();
            case Node.Everything everything -> Stream.empty();
            case Node.Phrase phrase -> Stream.of(phrase);
            case Node.Prefix prefix -> Stream.of(prefix);
            case Node.Codes codes -> Stream.of(codes);
            case Node.Span span -> Stream.of(span);
            case Node.Amount amount -> Stream.of(amount);
        };
    }

    /**
     * The query as it was understood: relative dates as instants, groups in parentheses, what cannot be looked for left
     * out. Itself a query that means the same.
     */
    public String describe() {
        return node.describe();
    }

    Node node() {
        return node;
    }

    Query lucene() {
        Query built = lucene;
        if (built == null) {
            built = node.lucene();
            lucene = built;
        }
        return built;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CompiledQuery query && node.equals(query.node);
    }

    @Override
    public int hashCode() {
        return node.hashCode();
    }

    @Override
    public String toString() {
        return describe();
    }
}
