package coop.vigie.match;

import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.group.Profile;
import coop.vigie.group.ProfileEdit;
import coop.vigie.group.ProfileException;
import coop.vigie.group.ProfilePart;
import coop.vigie.index.CompiledQuery;
import coop.vigie.index.Filter;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Sort;
import coop.vigie.match.Hint.Cause;
import coop.vigie.notice.Call;
import coop.vigie.notice.Scope;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Changes that one profile might want. Candidates are guessed from titles and codes; what each would add and take away is
 * counted on the index.
 */
public final class Hints {

    /** Of each cause. */
    private static final int SHOWN = 5;

    /** Candidates of one cause that are counted. */
    private static final int TRIED = 12;

    /** Frequent words of which it is asked how frequent they are elsewhere. */
    private static final int ASKED = 150;

    /** Calls that are read, the newest of many. */
    private static final int READ = 1_000;

    /** In so many calls at least a word or code stands that says something. */
    private static final int FEW = 2;

    /** Fewer calls that members hid are an accident. */
    private static final int SEVERAL = 3;

    /** So much more frequent than elsewhere is a word that is telling. */
    private static final double TELLING = 4;

    private final Previewer previewer;
    private final Profile profile;
    private final CompiledProfile compiled;
    private final Map<String, Instant> dated;
    private final Set<String> hits;
    private final Map<String, Call> read = new HashMap<>();

    Hints(Previewer previewer, Profile profile) {
        this.previewer = previewer;
        this.profile = profile;
        this.compiled = previewer.compiled(profile);
        this.dated = previewer.window().hits(compiled.whole());
        this.hits = dated.keySet();
    }

    /** All but those that members' marks suggest, the most telling of each cause first. */
    public List<Hint> all() {
        List<Hint> all = new ArrayList<>(codes());
        all.addAll(words());
        all.addAll(conditions());
        all.addAll(noise());
        return all;
    }

    /** Codes that many of the calls carry and that the profile does not name. */
    private List<Hint> codes() {
        if (!hasSubject()) {
            return List.of();
        }
        Map<String, Integer> frequent = new TreeMap<>();
        for (Call call : read(hits)) {
            call.facts().cpv().stream()
                    .flatMap(code -> CpvCode.normalize(code).stream())
                    .distinct()
                    .filter(code -> profile.cpv().stream().noneMatch(named -> covers(named, code)))
                    .forEach(code -> frequent.merge(code, 1, Integer::sum));
        }
        return frequent.entrySet().stream()
                .filter(each -> each.getValue() >= FEW)
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(TRIED)
                .flatMap(each ->
                        hint(ProfileEdit.add(ProfilePart.CPV, each.getKey()), Cause.FREQUENT_CODE, each.getValue())
                                .stream())
                .filter(this::isBearable)
                .limit(SHOWN)
                .toList();
    }

    private static boolean covers(String named, String code) {
        return code.startsWith(named.endsWith("*") ? named.substring(0, named.length() - 1) : CpvCode.stem(named));
    }

    /** One subject more can only add calls where there is one already; elsewhere it would be a condition more. */
    private boolean hasSubject() {
        return !profile.any().isEmpty() || !profile.cpv().isEmpty();
    }

    /** Words of the titles of calls that the codes find, and of the codes' own names. */
    private List<Hint> words() {
        if (!hasSubject()) {
            return List.of();
        }
        List<Call> seed = read(hits);
        if (!profile.cpv().isEmpty()) {
            var byCodes = new Profile(
                    profile.id(),
                    profile.scope(),
                    List.of(),
                    profile.all(),
                    profile.none(),
                    profile.cpv(),
                    profile.places(),
                    profile.levels(),
                    profile.kinds(),
                    profile.query());
            Set<String> found = previewer.hits(byCodes);
            seed = found.size() < FEW ? seed : read(found);
        }
        List<Hint> hints = new ArrayList<>();
        Set<Set<String>> same = new HashSet<>();
        telling(seed).entrySet().stream()
                .limit(TRIED)
                .forEach(word -> addWord(hints, same, word.getKey(), Cause.FREQUENT_WORD, word.getValue()));
        List<Hint> named = new ArrayList<>();
        for (String word : namesOfCodes()) {
            addWord(named, same, word, Cause.CODE_NAME, 0);
        }
        return Stream.concat(
                        hints.stream().limit(SHOWN),
                        named.stream()
                                .sorted(Comparator.comparingInt(Hint::adds).reversed())
                                .limit(SHOWN))
                .toList();
    }

    /** Unless another word adds the same calls. */
    private void addWord(List<Hint> hints, Set<Set<String>> same, String word, Cause cause, int evidence) {
        ProfileEdit edit = ProfileEdit.add(ProfilePart.ANY, word);
        Set<String> added = new HashSet<>(previewer.hits(profile, edit));
        added.removeAll(hits);
        var hint = new Hint(edit, cause, evidence, added.size(), 0);
        if (isBearable(hint) && same.add(added)) {
            hints.add(hint);
        }
    }

    /** Adds something, and not far more than all there is. */
    private boolean isBearable(Hint hint) {
        return hint.adds() > 0 && hint.adds() <= Math.max(20, 2 * hits.size());
    }

    /** Words of these titles that are rare in all others, with the number of titles; the most telling first. */
    private Map<String, Integer> telling(List<Call> seed) {
        int others = Math.max(0, previewer.searcher().size() - seed.size());
        record Told(String word, int in, double surprise) {}
        return TitleWords.count(seed.stream().map(TitleWords::title).toList()).entrySet().stream()
                .filter(word -> word.getValue() >= FEW)
                .sorted(Map.Entry.<String, Integer>comparingByValue()
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(ASKED)
                .map(word -> {
                    int in = word.getValue();
                    int elsewhere = Math.min(others, Math.max(0, titlesWith(word.getKey()) - in));
                    boolean telling = others == 0 || (double) in / seed.size() >= TELLING * elsewhere / others;
                    return new Told(
                            word.getKey(), in, telling ? TitleWords.surprise(in, seed.size(), elsewhere, others) : 0);
                })
                .filter(told -> told.surprise() > 0)
                .sorted(Comparator.comparingDouble(Told::surprise).reversed().thenComparing(Told::word))
                .collect(Collectors.toMap(Told::word, Told::in, (one, other) -> one, LinkedHashMap::new));
    }

    private int titlesWith(String word) {
        return previewer
                .searcher()
                .search(query("title:" + word, Scope.NARROW), Filter.everything(), Sort.DEADLINE, 0)
                .total();
    }

    private CompiledQuery query(String words, Scope scope) {
        return previewer
                .compiled(new Profile(
                        "word",
                        scope,
                        List.of(words),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        ""))
                .parts()
                .getFirst()
                .query();
    }

    /** In four languages, of the codes that are named. Words of very many names say nothing. */
    private Set<String> namesOfCodes() {
        Set<String> words = new LinkedHashSet<>();
        for (String named : profile.cpv()) {
            String digits = named.endsWith("*") ? named.substring(0, named.length() - 1) : named;
            String code = (digits + "00000000").substring(0, 8);
            for (String language : List.of("fr", "nl", "en", "de")) {
                Cpv.label(code, language).stream()
                        .flatMap(label -> TitleWords.of(label).stream())
                        .filter(word -> titlesWith(word)
                                <= Math.max(FEW, previewer.searcher().size() / 50))
                        .forEach(words::add);
            }
        }
        return words;
    }

    /** What would come without each condition. */
    private List<Hint> conditions() {
        List<ProfileEdit> edits = new ArrayList<>();
        for (ProfilePart part : List.of(ProfilePart.PLACE, ProfilePart.LEVEL, ProfilePart.KIND, ProfilePart.QUERY)) {
            if (!part.of(profile).isEmpty()) {
                edits.add(ProfileEdit.clear(part));
            }
        }
        profile.all().forEach(words -> edits.add(ProfileEdit.remove(ProfilePart.ALL, words)));
        profile.none().forEach(words -> edits.add(ProfileEdit.remove(ProfilePart.NONE, words)));
        return edits.stream()
                .flatMap(edit -> hint(edit, Cause.CONDITION, 0).stream())
                .filter(hint -> hint.adds() > 0)
                .sorted(Comparator.comparingInt(Hint::adds).reversed())
                .limit(SHOWN)
                .toList();
    }

    /** Words of the titles of weak hits: those that no code and no word of a title speaks for. */
    private List<Hint> noise() {
        Set<String> newest =
                read(hits).stream().map(call -> call.id().toString()).collect(Collectors.toSet());
        Set<String> weak = previewer.matcher().reasons(compiled, newest).stream()
                .filter(match -> match.reasons().stream().anyMatch(reason -> reason.field() != null))
                .filter(match -> match.reasons().stream()
                        .noneMatch(reason -> reason.type() == Reason.Type.CPV || "title".equals(reason.field())))
                .map(Match::callId)
                .collect(Collectors.toSet());
        return negative(weak, Cause.NOISE, FEW, (gone, weakOnes) -> gone - weakOnes <= weakOnes / 5);
    }

    /**
     * Words that would keep away calls of which members said that they are not for them.
     *
     * @param hidden ids of such calls
     * @param liked ids of calls that somebody picked or marked: no suggestion may cost one of them
     */
    public List<Hint> hidden(Set<String> hidden, Set<String> liked) {
        Set<String> theirs = new HashSet<>(hidden);
        theirs.retainAll(hits);
        theirs.removeAll(liked);
        Predicate<Set<String>> costsNothing = gone -> gone.stream().noneMatch(liked::contains);
        return theirs.size() < SEVERAL
                ? List.of()
                : negative(theirs, Cause.HIDDEN, SEVERAL, (gone, hiddenOnes) -> gone <= 2 * hiddenOnes).stream()
                        .filter(hint -> costsNothing.test(gone(hint.edit())))
                        .toList();
    }

    private interface Bargain {
        /** Whether so many calls may go for the sake of those that should. */
        boolean isGood(int gone, int ofTheUnwanted);
    }

    private List<Hint> negative(Set<String> unwanted, Cause cause, int atLeast, Bargain bargain) {
        Set<String> own = Stream.of(profile.any(), profile.all(), profile.none(), List.of(profile.query()))
                .flatMap(Collection::stream)
                .flatMap(words -> TitleWords.of(words).stream())
                .map(TitleWords::folded)
                .collect(Collectors.toSet());
        List<Call> calls = read(unwanted);
        List<Call> wanted = read(hits).stream()
                .filter(call -> !unwanted.contains(call.id().toString()))
                .toList();
        Map<String, Integer> among =
                TitleWords.count(calls.stream().map(TitleWords::title).toList());
        Map<String, Integer> elsewhere =
                TitleWords.count(wanted.stream().map(TitleWords::title).toList());
        Set<Set<String>> same = new HashSet<>();
        return among.entrySet().stream()
                .filter(word -> word.getValue() >= atLeast)
                .filter(word -> !own.contains(TitleWords.folded(word.getKey())))
                .sorted(Comparator.<Map.Entry<String, Integer>>comparingDouble(word -> TitleWords.surprise(
                                word.getValue(), calls.size(), elsewhere.getOrDefault(word.getKey(), 0), wanted.size()))
                        .reversed()
                        .thenComparing(Map.Entry.comparingByKey()))
                .limit(TRIED)
                .map(word -> ProfileEdit.add(ProfilePart.NONE, word.getKey()))
                .flatMap(edit -> {
                    Set<String> gone = gone(edit);
                    int unwantedGone = Math.toIntExact(
                            gone.stream().filter(unwanted::contains).count());
                    // What leaves nothing is no help.
                    boolean good = unwantedGone >= atLeast
                            && gone.size() < hits.size()
                            && bargain.isGood(gone.size(), unwantedGone)
                            && same.add(gone);
                    return good ? Stream.of(new Hint(edit, cause, unwantedGone, 0, gone.size())) : Stream.of();
                })
                .sorted(Comparator.comparingInt((Hint hint) -> 2 * hint.evidence() - hint.removes())
                        .reversed())
                .limit(SHOWN)
                .toList();
    }

    private Set<String> gone(ProfileEdit edit) {
        Set<String> gone = new HashSet<>(hits);
        gone.removeAll(previewer.hits(profile, edit));
        return gone;
    }

    /** Counted; empty if the profile could not be changed so. */
    private Optional<Hint> hint(ProfileEdit edit, Cause cause, int evidence) {
        try {
            Set<String> after = previewer.hits(profile, edit);
            int kept = Math.toIntExact(after.stream().filter(hits::contains).count());
            return Optional.of(new Hint(edit, cause, evidence, after.size() - kept, hits.size() - kept));
        } catch (ProfileException | QuerySyntaxException impossible) {
            return Optional.empty();
        }
    }

    /** The newest of them, without their long texts. */
    private List<Call> read(Set<String> ids) {
        return ids.stream()
                .sorted(Comparator.<String, Instant>comparing(id -> dated.getOrDefault(id, Instant.EPOCH))
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(READ)
                .flatMap(id -> call(id).stream())
                .toList();
    }

    private Optional<Call> call(String id) {
        Call known = read.get(id);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<Call> call = previewer.window().call(id);
        call.ifPresent(each -> read.put(id, each));
        return call;
    }
}
