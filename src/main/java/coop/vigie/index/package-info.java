/**
 * The full-text view of the calls: values in, queries over them out. Nobody else sees Lucene.
 *
 * <p>In come {@link coop.vigie.index.Document}s, written by {@link coop.vigie.index.Index}; out go
 * {@link coop.vigie.index.Hits} of a {@link coop.vigie.index.Searcher}, which looks at one commit.
 *
 * <pre>{@code
 * try (Index index = Index.open(folder)) {
 *     index.write(documents, deletedIds, lastChange);
 *     try (Searcher searcher = index.searcher()) {
 *         CompiledQuery query = new QueryCompiler().compile("théâtre place:BE1 deadline:<30d", Scope.NARROW, now);
 *         Hits hits = searcher.search(query, Filter.open(now), Sort.DEADLINE, 50);
 *         Set<String> isNew = searcher.matching(query, Filter.open(now), matchedChange, index.committedChange());
 *     }
 * }
 * }</pre>
 *
 * <p><b>The index is a view.</b> Each commit carries the number of the last change that it has worked in
 * ({@link coop.vigie.index.Index#committedChange()}) and a format number. After a crash the caller hands over what came
 * later; when {@link coop.vigie.index.Index#isMissingOrOutdated} it calls {@code rebuild} with everything.
 *
 * <p><b>The query language.</b> Words are ANDed, {@code OR} binds tighter: {@code a b OR c} is a AND (b OR c).
 *
 * <ul>
 *   <li>{@code word}, {@code "a phrase"} (also with typographic quotes), {@code word*}, {@code (…)}, {@code -x} for all but x
 *   <li>{@code title:…} and {@code buyer:…} with a word, a phrase or a group; likewise {@code fr: nl: en: de:} for texts of one
 *       language, and {@code part:} for what Dutch and German compounds are made of
 *   <li>{@code cpv:79950000} or {@code cpv:7995*}, {@code place:BE1}: a code covers its subtree; {@code place:none}
 *   <li>{@code level: kind: stage: source: lang: submit:} with a code; commas between several mean any of them
 *   <li>{@code deadline:<30d} is from now to 30 days ahead, {@code deadline:>7d} later than 7 days ahead;
 *       {@code deadline:2026-12-31}, {@code deadline:2026-11-01..2026-12-31}, {@code deadline:2026-11-01..},
 *       {@code deadline:<2026-12-31}; {@code deadline:none}, {@code rolling}, {@code forecast}. Units: h d w m y
 *   <li>{@code published:<7d} is within the last 7 days, {@code published:>7d} before; dates as above
 *   <li>{@code value:>50000}, {@code value:10000..50000}, in whatever currency
 * </ul>
 *
 * <p><b>Words.</b> A text goes into the field of its language, stemmed, and into a folded one, as it is; a query is read once
 * in each language. Neither case nor accents matter. No stop words are removed. Signs that cannot be looked for are left
 * out; a name with a colon that is no field and not in lower case, a clock time or {@code http://} is a word.
 *
 * <p><b>Scopes.</b> {@link coop.vigie.index.Widening} adds alternatives to what was written, from tables that
 * {@link coop.vigie.index.WordTables} makes of the labels of the CPV when the program is built (ADR-0015).
 *
 * <p><b>Limits.</b> Queries of at most 4,096 characters and 40 levels, of which the first 64 words are widened. A day in a query
 * is a day of one zone, Brussels by default.
 */
@NullMarked
package coop.vigie.index;

import org.jspecify.annotations.NullMarked;
