package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.codes.Cpv;
import coop.vigie.codes.CpvCode;
import coop.vigie.codes.EditDistance;
import coop.vigie.codes.Languages;
import coop.vigie.codes.Nuts;
import coop.vigie.group.Profile;
import coop.vigie.index.NamedCode;
import coop.vigie.index.QueryCompiler;
import coop.vigie.index.QuerySyntaxException;
import coop.vigie.index.Searcher;
import coop.vigie.notice.SourceId;
import coop.vigie.notice.VigieException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Warns of codes, places, languages and sources that somebody asks for and that do not exist, as these find nothing. What some call
 * carries exists, whatever the lists say: they know no NUTS codes of older versions. Only where no call does are they read.
 */
final class Unlisted {

    private static final int MOST = 3;

    /** Whoever has written more of them has written no query. */
    private static final int MOST_SAID = 8;

    /** Sources are told apart by more letters than words are mistyped in. */
    private static final int LETTERS = 2;

    private final Session session;
    private final Vigie vigie;
    private final @Nullable Searcher searcher;
    private final Set<String> said = new LinkedHashSet<>();

    /** @param searcher null if there is no index yet */
    Unlisted(Session session, Vigie vigie, @Nullable Searcher searcher) {
        this.session = session;
        this.vigie = vigie;
        this.searcher = searcher;
    }

    /** Of the codes in a query that can be read. */
    void inQuery(String query) {
        for (NamedCode code : new QueryCompiler().codes(query)) {
            check(code, code.field() + ":");
        }
    }

    /**
     * Of codes that stand alone.
     *
     * @param field as in a query
     * @param before what the person wrote before each, such as {@code --cpv }
     */
    void among(List<String> values, String field, String before) {
        values.forEach(value -> check(new NamedCode(field, value, 0), before));
    }

    /** Of all that a profile asks for; what of it cannot be read is told by whoever compiles it. */
    void in(Profile profile) {
        among(profile.cpv(), "cpv", "cpv=");
        among(profile.places(), "place", "place=");
        Stream.of(profile.any(), profile.all(), profile.none(), List.of(profile.query()))
                .flatMap(List::stream)
                .forEach(query -> {
                    try {
                        inQuery(query);
                    } catch (QuerySyntaxException unreadable) {
                        return;
                    }
                });
    }

    private void check(NamedCode code, String before) {
        if (code.value().isBlank() || (searcher != null && searcher.carries(code)) || isListed(code)) {
            return;
        }
        String written = before + code.value();
        if (said.size() == MOST_SAID || !said.add(written)) {
            return;
        }
        Words words = session.words();
        String key = code.field().equals("submit") ? "lang" : code.field();
        List<String> near = near(code, before);
        session.terminal()
                .err()
                .println(Listing.oneLine(words.text("unlisted." + key, written)
                        + (near.isEmpty()
                                ? (key.equals("source") ? "" : " " + words.text("unlisted.find"))
                                : " " + words.text("error.near", String.join(", ", near)))));
    }

    private boolean isListed(NamedCode code) {
        String value = code.value().strip().toLowerCase(Locale.ROOT);
        return switch (code.field()) {
            case "cpv" -> Cpv.begins(digits(value));
            case "place" -> value.equals("none") || Nuts.known(place(value));
            case "source" -> value.equals(SourceId.HAND.value()) || catalogue().contains(value);
            // Calls carry the two letters of each language that has them.
            default ->
                Languages.iso1(value)
                        .map(value::equals)
                        .orElseGet(() -> Languages.label(value, "en").isPresent());
        };
    }

    /** As they would stand in its place, with their names. */
    private List<String> near(NamedCode code, String before) {
        String value = code.value().strip().toLowerCase(Locale.ROOT);
        String language = session.words().language();
        return switch (code.field()) {
            case "cpv" ->
                Cpv.nearest(digits(value), MOST).stream()
                        .map(each ->
                                named(before + each, Cpv.label(each, language).orElse("")))
                        .toList();
            case "place" -> {
                List<String> byName = Nuts.find(value, MOST);
                yield (byName.isEmpty() ? Nuts.nearest(place(value), MOST + 1) : byName)
                        .stream()
                                .map(each -> named(
                                        before + each,
                                        Nuts.label(each, language).orElse("")))
                                .toList();
            }
            case "source" -> sources(value).stream().map(each -> before + each).toList();
            default ->
                Stream.concat(Languages.iso1(value).stream(), Languages.find(value).stream())
                        .distinct()
                        .limit(MOST)
                        .map(each -> named(
                                before + each, Languages.label(each, language).orElse("")))
                        .toList();
        };
    }

    /** Sources that are written nearly so, or of whose ids this is a part; the nearest first. */
    List<String> sources(String written) {
        Set<String> all = new LinkedHashSet<>(catalogue());
        if (searcher != null) {
            all.addAll(searcher.sources());
        }
        String value = written.toLowerCase(Locale.ROOT);
        int most = value.length() < 2 * LETTERS ? 1 : LETTERS;
        return all.stream()
                .filter(id -> EditDistance.between(id, value, most) <= most
                        || (value.length() > LETTERS && (id.contains(value) || value.contains(id))))
                .sorted(Comparator.comparingInt((String id) -> EditDistance.between(id, value, most))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Of {@code feeds.yaml}; none where that is missing or cannot be read, as for a search it need not be. */
    private List<String> catalogue() {
        var ids = new ArrayList<String>();
        if (!vigie.pulled().exists()) {
            try {
                vigie.catalogue()
                        .sources()
                        .forEach(source -> ids.add(source.id().value()));
            } catch (VigieException unreadable) {
                return ids;
            }
        }
        return ids;
    }

    private static String named(String code, String name) {
        return name.isEmpty() ? code : code + " (" + name + ")";
    }

    private static String digits(String written) {
        return CpvCode.normalize(written).map(CpvCode::stem).orElseGet(() -> written.replace("*", ""));
    }

    private static String place(String written) {
        return written.replace("*", "").toUpperCase(Locale.ROOT);
    }
}
