package coop.vigie.index;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Scope;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCompilerTest {

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            ``                          | *
            `   `                       | *
            *                           | *
            théâtre                     | théâtre
            a b                         | a b
            a b OR c                    | a (b OR c)
            a OR b c OR d               | (a OR b) (c OR d)
            (a b) OR c                  | (a b) OR c
            a OR (b c)                  | a OR (b c)
            ((a))                       | a
            (a (b c))                   | a b c
            a AND b                     | a b
            a or b                      | a or b
            -a                          | -a
            -a OR b                     | -a OR b
            a -"b c"                    | a -"b c"
            a -(b OR c)                 | a -(b OR c)
            -(-a)                       | -(-a)
            -(a b)                      | -(a b)
            -cpv:7995*                  | -cpv:7995*
            --help                      | --help
            a - b                       | a b
            "spectacle  vivant"         | "spectacle vivant"
            « spectacle vivant »        | "spectacle vivant"
            “spectacle vivant”          | "spectacle vivant"
            „darstellende Kunst“        | "darstellende Kunst"
            scéno*                      | scéno*
            arts-plast*                 | arts-plast*
            artiste(s) théâtre          | artiste(s) théâtre
            a(b OR c)                   | a (b OR c)
            R&D C++                     | R&D C++
            a & b !!                    | a b
            title:scène                 | title:scène
            title:(a OR "b c")          | title:a OR title:"b c"
            title:(a b)                 | title:a title:b
            -title:scéno*               | -title:scéno*
            buyer:"Ville de Namur"      | buyer:"Ville de Namur"
            cpv:79950000                | cpv:7995*
            cpv:79950000-8              | cpv:7995*
            cpv:30000000                | cpv:30*
            cpv:7995*                   | cpv:7995*
            cpv:79951000,92310000       | cpv:79951*,9231*
            place:be1                   | place:BE1
            place:BE1,none              | place:BE1,none
            kind:tender,call            | kind:tender,call
            kind:Tender                 | kind:tender
            level:european              | level:european
            stage:cancelled             | stage:cancelled
            source:fwb-culture          | source:fwb-culture
            lang:fr submit:nl           | lang:fr submit:nl
            deadline:<30d               | deadline:2026-11-24T09:00:00Z..2026-12-24T09:00:00Z
            deadline:>7d                | deadline:2026-12-01T09:00:00.001Z..
            deadline:<2w                | deadline:2026-11-24T09:00:00Z..2026-12-08T09:00:00Z
            deadline:2026-12-31         | deadline:2026-12-30T23:00:00Z..2026-12-31T22:59:59.999Z
            deadline:2026-11-01..       | deadline:2026-10-31T23:00:00Z..
            deadline:..2026-11-30       | deadline:..2026-11-30T22:59:59.999Z
            deadline:2026-11-01..2026-12-31 | deadline:2026-10-31T23:00:00Z..2026-12-31T22:59:59.999Z
            deadline:<2026-12-31        | deadline:..2026-12-30T22:59:59.999Z
            deadline:>2026-12-31        | deadline:2026-12-31T23:00:00Z..
            deadline:none               | deadline:none
            deadline:forecast           | deadline:forecast
            published:<7d               | published:2026-11-17T09:00:00Z..
            published:>7d               | published:..2026-11-17T08:59:59.999Z
            value:>50000                | value:>50000
            value:>=50k                 | value:50000..
            value:<1,5m                 | value:<1500000
            value:10000..50000          | value:10000..50000
            http://x                    | http://x
            12:30                       | 12:30
            Objet:culture               | Objet:culture
            Lang:fr                     | lang:fr
            note: x                     | note: x
            """)
    void describesWhatItUnderstood(String query, String described) {
        assertEquals(described, compile(query).describe());
    }

    @Test
    void listsTheCodesThatAQueryNames_withTheirPlaces() {
        assertEquals(
                List.of(
                        new NamedCode("cpv", "7995*", 6),
                        new NamedCode("cpv", "99999999", 12),
                        new NamedCode("place", "Gand", 29),
                        new NamedCode("source", "tedd", 44)),
                new QueryCompiler().codes("a cpv:7995*,99999999 -(place:Gand OR source:tedd) kind:call title:b"));
        assertEquals(List.of(), new QueryCompiler().codes("théâtre deadline:none"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            théâtre danse                    | théâtre/danse
            a b OR c -d                      | a/b OR c/-d
            (a b) "c  d" deadline:<30d       | (a b)/"c  d"/deadline:<30d
            a AND title:(b c) !! -(d OR e)   | a/title:(b c)/-(d OR e)
            `  `                             | ``
            """)
    void tellsItsConditionsApart_asTheyWereWritten(String query, String clauses) {
        assertEquals(clauses, String.join("/", new QueryCompiler().clauses(query)));
    }

    @Test
    void describesAlternativesOfADeadline() {
        assertEquals("deadline:none,rolling", compile("deadline:none|rolling").describe());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', delimiter = '|', textBlock = """
            vocal OR             |  8 | OR needs something to its right
            OR vocal             |  0 | OR needs something to its left
            a OR OR b            |  5 | OR needs something to its right
            (a OR )              |  6 | OR needs something to its right
            a "b c               |  2 | this quotation mark is never closed
            a « b c              |  2 | this quotation mark is never closed
            a (b (c)             |  2 | this parenthesis is never closed
            a) b                 |  1 | this parenthesis was never opened
            !!!                  |  0 | there is nothing to look for here: neither a letter nor a digit
            a thé*tre            |  5 | a star can only end a word
            *tre                 |  0 | a star can only end a word
            a b*                 |  3 | a star needs at least two letters before it
            a titel:b            |  2 | there is no field 'titel'; did you mean title:?; the fields are buyer, cpv, de, deadline, en, fr, kind, lang, level, nl, part, place, published, source, stage, submit, title, value
            mailto:x             |  0 | there is no field 'mailto'; the fields are buyer, cpv, de, deadline, en, fr, kind, lang, level, nl, part, place, published, source, stage, submit, title, value
            cpv:                 |  4 | cpv: needs a value right behind it
            title: x             |  6 | title: needs a value right behind it
            title:-x             |  0 | write the dash first: -title:…
            cpv:abc              |  4 | cpv: takes eight digits or the first ones and a star, such as 79950000 or 7995*, not 'abc'
            cpv:7995*,x          | 10 | cpv: takes eight digits or the first ones and a star, such as 79950000 or 7995*, not 'x'
            place:Bruxelles      |  6 | place: takes a NUTS code such as BE1 or BE213, or none, not 'Bruxelles'; did you mean place:BE1 or place:BE10 or place:BE100?
            kind:grant           |  5 | kind: takes one of call, tender, scheme, training, not 'grant'
            kind:marché          |  5 | kind: takes one of call, tender, scheme, training, not 'marché'; did you mean kind:tender?
            kind:tender,calls    | 12 | kind: takes one of call, tender, scheme, training, not 'calls'; did you mean kind:call?
            level:fédéral        |  6 | level: takes one of european, federal, regional, community, local, private, not 'fédéral'; did you mean level:federal?
            cpv:traduction       |  4 | cpv: takes eight digits or the first ones and a star, such as 79950000 or 7995*, not 'traduction'; did you mean cpv:48740000 or cpv:79530000 or cpv:79540000?
            lang:french          |  5 | lang: takes a language code such as fr, not 'french'; did you mean lang:fr?
            deadline:soon        |  9 | deadline: takes one of none, rolling, forecast, not 'soon'
            deadline:30          |  9 | deadline: takes <30d, >7d (units h, d, w, m, y), a date such as 2026-12-31, or a range such as 2026-11-01..2026-12-31
            deadline:2026-02-31  |  9 | deadline: has a date that does not exist: 2026-02-31
            deadline:2026-12-31..2026-11-01 | 9 | deadline: ends before it begins: 2026-12-31..2026-11-01
            value:many           |  6 | value: takes >50000, <50000 or a range such as 10000..50000 (50k and 1.5m will do)
            value:9..1           |  6 | value: ends before it begins: 9..1
            """)
    void pointsAtTheCharacter_whenItCannotRead(String query, int position, String message) {
        var thrown = assertThrows(QuerySyntaxException.class, () -> compile(query));

        assertEquals(message, thrown.getMessage());
        assertEquals(position, thrown.position());
    }

    @Test
    void rendersACaretBelowThePlace() {
        var thrown = assertThrows(QuerySyntaxException.class, () -> compile("vocal OR"));

        assertEquals("OR needs something to its right\nvocal OR\n        ^", thrown.render());
    }

    @Test
    void rendersThePartAroundThePlace_givenALongQuery() {
        var thrown = assertThrows(QuerySyntaxException.class, () -> compile("a ".repeat(500) + "(" + " b".repeat(500)));

        String[] lines = thrown.render().split("\n");
        assertEquals('(', lines[1].charAt(lines[2].indexOf('^')));
        assertTrue(lines[1].length() <= 80);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "-(", "a OR (", "title:("})
    void refusesWhatIsTooDeep(String opening) {
        var thrown =
                assertThrows(QuerySyntaxException.class, () -> compile(opening.repeat(200) + "a" + ")".repeat(200)));

        assertTrue(thrown.render().contains("40 levels"), thrown.render());
    }

    @Test
    void refusesWhatIsTooLong() {
        var thrown = assertThrows(QuerySyntaxException.class, () -> compile("x".repeat(5000)));

        assertEquals(4096, thrown.position());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a OR ", "a(s) ", "\"a b\" ", "-a ", "aa* ", "(a b) OR ", "cpv:79 ", "(b)(", "--", "a·e"})
    void answersAtOnce_givenTheLongestQuery(String piece) {
        String query = piece.repeat(4000 / piece.length()) + "z";

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> {
            try {
                var unused = compile(query).to(Scope.WIDE).lucene();
            } catch (QuerySyntaxException expected) {
                assertTrue(expected.position() <= query.length());
            }
        });
    }

    @Test
    void readsAnEndlessRowOfEndings_onTheSmallestStack() throws InterruptedException {
        var terms = new ArrayList<String>();
        var reading =
                new Thread(null, () -> terms.addAll(TextLanguage.FR.terms("a" + "·e".repeat(100_000))), "", 160_000);

        reading.start();
        reading.join();

        assertEquals(List.of("a"), terms);
    }

    @Test
    void combinesWithoutWritingAQuery() {
        var combined = CompiledQuery.and(List.of(
                CompiledQuery.or(List.of(compile("théâtre danse"), CompiledQuery.cpv(List.of("92310000-7", "7995*")))),
                CompiledQuery.places(List.of("BE1", "BE2"), true),
                CompiledQuery.levels(List.of(Level.FEDERAL)),
                CompiledQuery.kinds(List.of(Kind.CALL, Kind.TENDER)),
                CompiledQuery.languages(List.of()),
                CompiledQuery.not(compile("architecture"))));

        assertEquals(
                "((théâtre danse) OR cpv:9231*,7995*) place:BE1,BE2,none level:federal kind:call,tender -architecture",
                combined.describe());
        assertEquals(combined, compile(combined.describe()));
    }

    @Test
    void emptyListsAreNoCondition_butAnyOfNothingIsNothing() {
        assertEquals(CompiledQuery.EVERYTHING, CompiledQuery.and(List.of()));
        assertEquals(CompiledQuery.EVERYTHING, CompiledQuery.places(List.of(), true));
        assertEquals("-*", CompiledQuery.or(List.of()).describe());
    }

    @Test
    void leavesAreWhatADocumentMayOweItsPlaceTo() {
        assertEquals(
                List.of("a", "\"b c\"", "cpv:79*"),
                compile("a (\"b c\" OR cpv:79*) -d -(e OR f) *").leaves().stream()
                        .map(CompiledQuery::describe)
                        .toList());
    }

    private static CompiledQuery compile(String query) {
        return new QueryCompiler().compile(query, Scope.NARROW, Documents.NOW);
    }
}
