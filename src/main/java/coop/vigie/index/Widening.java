package coop.vigie.index;

import coop.vigie.index.Node.TextField;
import coop.vigie.notice.Scope;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a scope adds to a query. Every condition that is not negated only gains alternatives, so that a wider scope finds
 * what a narrower one finds, and more.
 *
 * <p>{@code balanced}: for a word, and for words side by side, the CPV codes whose labels carry them, and what stands in
 * their place in the labels of other languages. {@code wide}: also the codes one step up, the parts of Dutch and German
 * compounds, and all of the NUTS-2 region of a place.
 */
final class Widening {

    private static final List<TextLanguage> LANGUAGES =
            List.of(TextLanguage.FR, TextLanguage.NL, TextLanguage.EN, TextLanguage.DE);

    /** Words of more branches of the CPV than this ("matériel", "gestion") would flood: no codes for them. */
    private static final int CODES_FLOOD = 25;

    /** A word of more branches than this has no single counterpart in another language either. */
    private static final int WORDS_FLOOD = 60;

    /** No code is widened beyond its group, which has three digits. */
    private static final int CPV_GROUP = 3;

    /** Of BE100 and BE101 and all of BE10. */
    private static final int NUTS2 = 4;

    /** A query of more words than this is a text; what lies behind is taken as it stands. */
    private static final int WORDS = 64;

    private static final int LONGEST_PHRASE = 4;

    private final Scope scope;
    private int words;

    private Widening(Scope scope) {
        this.scope = scope;
    }

    static Node to(Scope scope, Node query) {
        return scope == Scope.NARROW ? query : new Widening(scope).widen(query);
    }

    private Node widen(Node node) {
        // No switch over types, for which Java makes a class at first use: a cold search feels it.
        if (node instanceof Node.And and) {
            return Node.all(runs(and.parts()));
        }
        if (node instanceof Node.Or or) {
            return Node.any(or.parts().stream().map(this::widen).toList());
        }
        if (node instanceof Node.Phrase phrase && phrase.field() == TextField.ANY) {
            return word(phrase);
        }
        if (node instanceof Node.Codes codes && scope == Scope.WIDE) {
            return widened(codes, wider(codes));
        }
        return node;
    }

    /** Words side by side may mean one thing: they are looked up together, too. */
    private List<Node> runs(List<Node> parts) {
        var widened = new ArrayList<Node>();
        var run = new ArrayList<Node.Phrase>();
        for (Node part : parts) {
            if (part instanceof Node.Phrase phrase && phrase.field() == TextField.ANY && !phrase.quoted()) {
                run.add(phrase);
            } else {
                endOf(run, widened);
                widened.add(widen(part));
            }
        }
        endOf(run, widened);
        return widened;
    }

    private void endOf(List<Node.Phrase> run, List<Node> widened) {
        switch (run.size()) {
            case 0 -> {}
            case 1 -> widened.add(word(run.getFirst()));
            default -> {
                Set<Node> more = new LinkedHashSet<>();
                more.add(Node.all(units(run)));
                if (run.size() <= WORDS) {
                    more.addAll(meanings(run));
                }
                widened.add(widened(Node.all(List.copyOf(run)), List.copyOf(more)));
            }
        }
        run.clear();
    }

    /** The words of a run, those that make up a usual phrase ("site web") as one. */
    private List<Node> units(List<Node.Phrase> run) {
        var units = new ArrayList<Node>();
        for (int at = 0; at < run.size(); ) {
            List<Node.Phrase> phrase = run.subList(at, at + phraseLength(run, at));
            units.add(
                    phrase.size() == 1
                            ? word(phrase.getFirst())
                            : widened(Node.all(List.copyOf(phrase)), List.copyOf(phrase(phrase))));
            at += phrase.size();
        }
        return units;
    }

    private static int phraseLength(List<Node.Phrase> run, int at) {
        for (int length = Math.min(LONGEST_PHRASE, run.size() - at); length > 1; length--) {
            List<Node.Phrase> words = run.subList(at, at + length);
            if (LANGUAGES.stream().anyMatch(language -> phrase(language, words).isPresent())) {
                return length;
            }
        }
        return 1;
    }

    private static Optional<CpvWords.Entry> phrase(TextLanguage language, List<Node.Phrase> words) {
        List<String> stems = words.stream()
                .flatMap(word -> language.terms(word.text()).stream())
                .toList();
        return stems.size() > 1 ? CpvWords.find(language, stems) : Optional.empty();
    }

    /** What is known of the phrase as such, beside what its words mean one by one. */
    private Set<Node> phrase(List<Node.Phrase> words) {
        Set<Node> more = new LinkedHashSet<>();
        more.add(Node.all(words.stream().map(this::word).toList()));
        more.addAll(meanings(words));
        return more;
    }

    private Node word(Node.Phrase phrase) {
        if (++words > WORDS) {
            return phrase;
        }
        Set<Node> more = meanings(List.of(phrase));
        if (scope == Scope.WIDE && !phrase.quoted()) {
            more.add(new Node.Phrase(TextField.PART, phrase.text(), false));
            TextLanguage.COMPOUNDING.stream()
                    .flatMap(language -> apart(language, phrase.text()).stream())
                    .forEach(more::add);
        }
        return widened(phrase, List.copyOf(more));
    }

    private static Node widened(Node narrow, List<Node> more) {
        List<Node> other = more.stream().filter(way -> !way.equals(narrow)).toList();
        return other.isEmpty() ? narrow : new Node.Widened(narrow, other);
    }

    /** A compound's parts, wherever they stand, alone or in other compounds. */
    private static Optional<Node> apart(TextLanguage language, String text) {
        List<String> parts = language.words(text).stream()
                .flatMap(word -> Compounds.of(language).parts(word).stream())
                .toList();
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(Node.all(parts.stream()
                        .map(part -> Node.any(List.of(
                                new Node.Phrase(TextField.in(language), part, false),
                                new Node.Phrase(TextField.PART, part, false))))
                        .toList()));
    }

    /** What the labels of the CPV know of these words together, whichever language they are in. */
    private Set<Node> meanings(List<Node.Phrase> words) {
        var codes = new ArrayList<String>();
        Set<Node> counterparts = new LinkedHashSet<>();
        for (TextLanguage language : LANGUAGES) {
            Optional<CpvWords.Entry> phrase = phrase(language, words);
            List<CpvWords.Entry> known = phrase.map(List::of).orElseGet(() -> known(language, words));
            if (known.isEmpty() || words.stream().anyMatch(word -> !mayBe(language, word.text()))) {
                continue;
            }
            if (known.stream().allMatch(entry -> entry.codes().isEmpty())) {
                return new LinkedHashSet<>(); // "services": no better in the language that hardly uses it
            }
            codes.addAll(together(known));
            // Words that each have a counterpart are covered by their own alternatives, unless one says nothing.
            if (words.size() == 1
                    || phrase.isPresent()
                    || words.stream().anyMatch(word -> saysNothing(language, word))) {
                LANGUAGES.forEach(other -> counterparts(known, other).ifPresent(counterparts::add));
                own(language, words).ifPresent(counterparts::add);
            }
        }
        Set<Node> meanings = new LinkedHashSet<>();
        List<String> topmost = CpvWords.topmost(codes);
        if (!topmost.isEmpty() && topmost.size() <= CODES_FLOOD) {
            var own = new Node.Codes(CodeField.CPV, topmost);
            meanings.add(scope == Scope.WIDE ? widened(own, wider(own)) : own);
        }
        meanings.addAll(counterparts);
        return meanings;
    }

    private static boolean saysNothing(TextLanguage language, Node.Phrase word) {
        return known(language, List.of(word)).stream()
                .allMatch(entry -> entry.codes().isEmpty());
    }

    /** False if a word has letters that the language does not write: "théâtre" is not the English theatre of operations. */
    private static boolean mayBe(TextLanguage language, String word) {
        String letters =
                switch (language) {
                    case FR -> "äöüß";
                    case NL -> "äßçàâêîôûùœ";
                    case DE -> "çàâêèîôûùœëï";
                    default -> "äöüßçàâêèéîôûùœëï";
                };
        String written = Normalizer.normalize(word, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
        return written.chars().noneMatch(c -> letters.indexOf(c) >= 0);
    }

    /** What is known of each word in that language but function words; empty if one of the others stands in no label. */
    private static List<CpvWords.Entry> known(TextLanguage language, List<Node.Phrase> words) {
        var known = new ArrayList<CpvWords.Entry>();
        for (Node.Phrase word : words) {
            for (String written : language.words(word.text())) {
                if (written.length() == 1 || CpvWords.isFunctionWord(language, written)) {
                    continue; // "dans" may still be Dutch for dance
                }
                List<CpvWords.Entry> whole = entries(language, List.of(written));
                List<CpvWords.Entry> entries = whole != null
                        ? whole
                        : entries(language, Compounds.of(language).parts(written));
                if (entries == null) {
                    return List.of();
                }
                known.addAll(entries);
            }
        }
        return known;
    }

    private static @Nullable List<CpvWords.Entry> entries(TextLanguage language, List<String> words) {
        var entries = new ArrayList<CpvWords.Entry>();
        for (String word : words) {
            for (String stem : language.terms(word)) {
                Optional<CpvWords.Entry> entry = CpvWords.find(language, List.of(stem));
                if (entry.isEmpty()) {
                    return null;
                }
                entries.add(entry.get());
            }
        }
        return entries.isEmpty() ? null : entries;
    }

    /** The codes whose labels carry all the words that say something. */
    private static List<String> together(List<CpvWords.Entry> words) {
        return words.stream()
                .map(CpvWords.Entry::codes)
                .filter(codes -> !codes.isEmpty())
                .reduce((some, others) -> some.stream().filter(others::contains).toList())
                .orElse(List.of());
    }

    /** "Services de traduction" without the words that say nothing; empty if all do say something. */
    private static Optional<Node> own(TextLanguage language, List<Node.Phrase> words) {
        List<Node> say = words.stream()
                .<Node>mapMulti((word, add) -> {
                    List<CpvWords.Entry> known = known(language, List.of(word));
                    if (!known.isEmpty() && !saysNothing(language, word)) {
                        add.accept(new Node.Phrase(TextField.in(language), word.text(), false));
                    }
                })
                .toList();
        return say.isEmpty() || say.size() == words.size() ? Optional.empty() : Optional.of(Node.all(say));
    }

    private static Optional<Node> counterparts(List<CpvWords.Entry> words, TextLanguage language) {
        var all = new ArrayList<Node>();
        for (CpvWords.Entry word : words) {
            if (word.codes().isEmpty()) {
                continue;
            }
            List<String> counterparts = word.translations().getOrDefault(language, List.of());
            if (counterparts.isEmpty() || CpvWords.topmost(word.codes()).size() > WORDS_FLOOD) {
                return Optional.empty();
            }
            all.add(Node.any(counterparts.stream()
                    .<Node>map(each -> new Node.Phrase(TextField.in(language), each, each.indexOf(' ') > 0))
                    .toList()));
        }
        return all.isEmpty() ? Optional.empty() : Optional.of(Node.all(all));
    }

    /** The codes one step up; the regions around the places. */
    private static List<Node> wider(Node.Codes codes) {
        List<String> wider = codes.terms().stream()
                .map(term -> switch (codes.field()) {
                    case CPV -> term.substring(0, Math.max(Math.min(CPV_GROUP, term.length()), term.length() - 1));
                    case PLACE -> term.equals(Schema.NONE) ? term : term.substring(0, Math.min(NUTS2, term.length()));
                    default -> term;
                })
                .distinct()
                .toList();
        return wider.equals(codes.terms()) ? List.of() : List.of(new Node.Codes(codes.field(), wider));
    }

    /** The conditions of a query that were widened, without those inside others. */
    static Stream<Node.Widened> in(Node node) {
        return switch (node) {
            case Node.And and -> and.parts().stream().flatMap(Widening::in);
            case Node.Or or -> or.parts().stream().flatMap(Widening::in);
            case Node.Widened widened -> Stream.of(widened);
            default -> Stream.empty();
        };
    }
}
