package coop.vigie.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Answers queries by looking at the fields of every document, one by one: what an index must answer, too. It shares with the
 * index how a text becomes terms, and nothing else.
 */
final class PlainFields {

    /** So many hits are compared in their order, which takes more time than to compare which they are. */
    private static final int PAGE = 50;

    private final List<Document> documents;
    private final Map<Place, List<Text>> texts = new HashMap<>();
    private final Map<Node, BitSet> known = new HashMap<>();

    /** What a text is, and by whose rules it is read. */
    private record Place(String what, TextLanguage language, boolean parts) {}

    /** A text of a document: its terms with their positions. */
    private record Text(int document, Map<String, BitSet> terms) {}

    PlainFields(List<Document> documents) {
        this.documents = List.copyOf(documents);
        for (int number = 0; number < documents.size(); number++) {
            read(number, documents.get(number));
        }
    }

    List<Document> documents() {
        return documents;
    }

    /** What holds of each document, by its number. */
    BitSet holds(CompiledQuery query) {
        return holds(query.node());
    }

    /** The documents that are found, in order. */
    List<String> find(BitSet holds, Filter filter, long after, long upTo) {
        return holds.stream()
                .mapToObj(documents::get)
                .filter(document -> document.change() > after && document.change() <= upTo)
                .filter(document -> filter.includeClosed() || open(document, filter))
                .sorted(Comparator.comparingLong(Document::sortKey).thenComparing(Document::id))
                .map(Document::id)
                .toList();
    }

    /** All ways to ask an index, which must give what holds. */
    void agree(Searcher in, CompiledQuery query, BitSet holds, List<Filter> filters, long after, long upTo) {
        for (Filter filter : filters) {
            List<String> all = find(holds, filter, -1, Long.MAX_VALUE);
            Hits hits = in.search(query, filter, Sort.DEADLINE, PAGE);
            assertEquals(all.size(), hits.total(), query::describe);
            assertEquals(
                    all.subList(0, Math.min(PAGE, all.size())),
                    hits.hits().stream().map(Hits.Hit::id).toList(),
                    query::describe);
            assertEquals(sorted(all), in.matching(query, filter, -1, Long.MAX_VALUE), query::describe);
            Set<String> some = sorted(find(holds, filter, after, upTo));
            assertEquals(some, in.matching(query, filter, after, upTo), query::describe);
            assertEquals(List.copyOf(some), in.batch(filter, after, upTo).find(query), query::describe);
        }
    }

    static Set<String> sorted(List<String> ids) {
        return new TreeSet<>(ids);
    }

    private static boolean open(Document document, Filter filter) {
        var closes = document.closes();
        return (closes == null || !closes.isBefore(filter.now()))
                && !Set.of("award", "cancelled").contains(document.stage());
    }

    private BitSet holds(Node node) {
        BitSet before = known.get(node);
        if (before == null) {
            before = look(node);
            known.put(node, before);
        }
        return before;
    }

    private BitSet look(Node node) {
        return switch (node) {
            case Node.Everything everything -> each(document -> true);
            case Node.And and -> {
                BitSet all = each(document -> true);
                and.parts().forEach(part -> all.and(holds(part)));
                yield all;
            }
            case Node.Or or -> any(or.parts());
            case Node.Widened widened ->
                any(Stream.concat(Stream.of(widened.narrow()), widened.more().stream())
                        .toList());
            case Node.Not not -> {
                BitSet all = each(document -> true);
                all.andNot(holds(not.part()));
                yield all;
            }
            case Node.Phrase phrase -> {
                var found = new BitSet();
                places(phrase.field())
                        .forEach(place ->
                                found.or(inOrder(place, place.language().terms(phrase.text()))));
                yield found;
            }
            case Node.Prefix prefix -> {
                List<String> terms = TextLanguage.FOLDED.terms(prefix.text());
                var found = new BitSet();
                places(prefix.field())
                        .filter(place -> place.language() == TextLanguage.FOLDED)
                        .forEach(place -> found.or(beginning(place, terms)));
                yield found;
            }
            case Node.Codes codes ->
                each(document -> codes.terms().stream().anyMatch(term -> has(codes, term, document)));
            case Node.Span span ->
                each(document -> {
                    Long at = at(span.field(), documents.get(document));
                    return at != null && at >= span.from() && at <= span.to();
                });
            case Node.Amount amount ->
                each(document -> isWithin(amount, documents.get(document).value()));
        };
    }

    private BitSet each(IntPredicate holds) {
        return IntStream.range(0, documents.size()).filter(holds).collect(BitSet::new, BitSet::set, BitSet::or);
    }

    private BitSet any(List<Node> parts) {
        var any = new BitSet();
        parts.forEach(part -> any.or(holds(part)));
        return any;
    }

    private Stream<Place> places(Node.TextField field) {
        return texts.keySet().stream().filter(place -> switch (field) {
            case ANY -> !place.parts();
            case PART -> place.parts();
            case TITLE, BUYER ->
                !place.parts() && place.what().equals(field.name().toLowerCase(Locale.ROOT));
            case FR, NL, EN, DE -> !place.parts() && place.language().name().equals(field.name());
        });
    }

    /** The documents in which the terms stand side by side there. */
    private BitSet inOrder(Place place, List<String> terms) {
        var found = new BitSet();
        for (Text text : terms.isEmpty() ? List.<Text>of() : texts.getOrDefault(place, List.of())) {
            if (text.terms().containsKey(terms.getFirst()) && inOrder(text.terms(), terms)) {
                found.set(text.document());
            }
        }
        return found;
    }

    private static boolean inOrder(Map<String, BitSet> text, List<String> terms) {
        return at(text, terms.getFirst()).stream()
                .anyMatch(start -> IntStream.range(1, terms.size())
                        .allMatch(i -> at(text, terms.get(i)).get(start + i)));
    }

    /** The documents that have a word there that begins so, and the terms before it, wherever they stand. */
    private BitSet beginning(Place place, List<String> terms) {
        var found = new BitSet();
        for (Text text : texts.getOrDefault(place, List.of())) {
            if (text.terms().keySet().stream().anyMatch(term -> term.startsWith(terms.getLast()))) {
                found.set(text.document());
            }
        }
        if (terms.size() > 1) {
            found.and(inOrder(place, terms.subList(0, terms.size() - 1)));
        }
        return found;
    }

    private static BitSet at(Map<String, BitSet> text, String term) {
        return text.getOrDefault(term, new BitSet());
    }

    private boolean has(Node.Codes codes, String term, int number) {
        Document document = documents.get(number);
        return switch (codes.field()) {
            case CPV -> isUnder(term, document.cpv());
            case PLACE -> isUnder(term, document.places());
            case LEVEL -> term.equals(document.level());
            case KIND -> term.equals(document.kind());
            case STAGE -> term.equals(document.stage());
            case SOURCE -> document.sources().contains(term);
            case LANG -> document.languages().contains(term);
            case SUBMIT -> document.submissionLanguages().contains(term);
            case DEADLINE -> term.equals(document.deadlineState().replace("unknown", "none"));
        };
    }

    private static boolean isUnder(String term, List<String> codes) {
        return term.equals("none")
                ? codes.isEmpty()
                : codes.stream().anyMatch(code -> code.toLowerCase(Locale.ROOT).startsWith(term));
    }

    private static @Nullable Long at(Node.DateField field, Document document) {
        var published = document.published();
        return switch (field) {
            case DEADLINE -> document.deadlineState().equals("dated") ? (Long) document.sortKey() : null;
            case PUBLISHED -> published == null ? null : (Long) published.toEpochMilli();
        };
    }

    private static boolean isWithin(Node.Amount amount, @Nullable BigDecimal value) {
        if (value == null) {
            return false;
        }
        BigDecimal from = amount.from();
        BigDecimal to = amount.to();
        int least = amount.strictly() ? 1 : 0;
        return (from == null || value.compareTo(from) >= least) && (to == null || to.compareTo(value) >= least);
    }

    private void read(int number, Document document) {
        document.titles().forEach((code, text) -> read(number, "title", TextLanguage.ofCode(code), text));
        document.texts().forEach((code, text) -> read(number, "text", TextLanguage.ofCode(code), text));
        document.names().forEach(name -> read(number, "buyer", TextLanguage.FOLDED, name));
    }

    /** By the rules of its language and, as in every language, as it is. */
    private void read(int number, String what, TextLanguage language, String text) {
        for (TextLanguage rules : EnumSet.of(language, TextLanguage.FOLDED)) {
            add(number, new Place(what, rules, false), rules.analyzer(), rules.prepare(text));
        }
        if (TextLanguage.COMPOUNDING.contains(language)) {
            add(number, new Place(what, language, true), language.partsAnalyzer(), language.prepare(text));
        }
    }

    private void add(int number, Place place, Analyzer analyzer, String text) {
        texts.computeIfAbsent(place, any -> new ArrayList<>()).add(new Text(number, positions(analyzer, text)));
    }

    private static Map<String, BitSet> positions(Analyzer analyzer, String text) {
        var positions = new HashMap<String, BitSet>();
        try (var tokens = analyzer.tokenStream("", text)) {
            var term = tokens.addAttribute(CharTermAttribute.class);
            var step = tokens.addAttribute(PositionIncrementAttribute.class);
            tokens.reset();
            for (int at = -1; tokens.incrementToken(); ) {
                at += step.getPositionIncrement();
                positions.computeIfAbsent(term.toString(), any -> new BitSet()).set(at);
            }
            tokens.end();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return positions;
    }
}
