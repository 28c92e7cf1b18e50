package coop.vigie.cli;

import coop.vigie.Vigie;
import coop.vigie.discover.Candidate;
import coop.vigie.discover.Discovered;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.source.FeedsEdit;
import coop.vigie.source.NewEntry;
import coop.vigie.source.Source;
import coop.vigie.source.SourceType;
import java.io.Console;
import java.net.URI;
import java.text.Normalizer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns an address into an entry of {@code feeds.yaml}. */
final class NewSource {

    private static final Set<String> TYPES = Set.of("rss", "html-list", "sitemap", "ics");
    private static final int SHOWN = 5;
    private static final int ID_WORDS = 4;
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    /** How the proposal is printed. */
    enum Form {
        TABLE,
        JSON
    }

    private final Session session;

    NewSource(Session session) {
        this.session = session;
    }

    /** As the options say it; null and empty where Vigie chooses. */
    record Wish(
            String url,
            @Nullable String type,
            @Nullable String id,
            @Nullable String name,
            Level level,
            String kind,
            @Nullable List<String> languages,
            List<String> places,
            boolean allowPrivateNetwork) {}

    int add(Wish wish, boolean yes, Form format) {
        if (wish.type() != null && !TYPES.contains(wish.type())) {
            throw new UsageException(session.words().text("add.type", wish.type()));
        }
        if (wish.id() != null && !SourceId.isValid(wish.id())) {
            throw new UsageException(session.words().text("add.id", wish.id()));
        }
        URI address = address(wish.url());
        try (Vigie vigie = session.open()) {
            List<Source> known = vigie.catalogue().sources();
            refuseKnown(known, address);
            // Before anything is asked: what is wrong with the options or with the file.
            Source asked = vigie.withEntry(draft(wish, known, address)).added();
            return switch (vigie.discover(asked, wish.type())) {
                case Discovered.Nothing nothing -> {
                    String key = "add.nothing." + nothing.reason().code();
                    session.terminal().err().println("vigie: " + session.words().text(key, address));
                    if (!nothing.detail().isEmpty()) {
                        session.terminal().err().println(nothing.detail());
                    }
                    yield ExitCode.IN_PART;
                }
                case Discovered.Found found -> {
                    Candidate best = found.candidates().getFirst();
                    refuseKnown(known, best.url());
                    yield propose(vigie, found, entry(wish, known, found, best), yes, format);
                }
            };
        }
    }

    private URI address(String written) {
        try {
            URI address = URI.create(written.strip());
            if (address.getHost() != null && String.valueOf(address.getScheme()).matches("(?i)https?")) {
                return address;
            }
        } catch (IllegalArgumentException none) {
            // Said below.
        }
        throw new UsageException(session.words().text("add.address", written));
    }

    private void refuseKnown(List<Source> sources, URI address) {
        sources.stream()
                .filter(source -> plain(source.url()).equals(plain(address)))
                .findFirst()
                .ifPresent(source -> {
                    throw new UsageException(session.words().text("add.known", address, source.id()));
                });
    }

    private static String plain(URI address) {
        return address.toString()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^https?://(?:www\\.)?", "")
                .replaceFirst("#.*", "")
                .replaceFirst("/$", "");
    }

    /** What is known before the address has been looked at. */
    private NewEntry draft(Wish wish, List<Source> known, URI address) {
        return entry(wish, known, "", null, new Candidate("rss", address, Map.of(), List.of(), List.of()));
    }

    private NewEntry entry(Wish wish, List<Source> known, Discovered.Found found, Candidate best) {
        return entry(wish, known, found.title(), found.language(), best);
    }

    private NewEntry entry(
            Wish wish, List<Source> known, String title, @Nullable String language, Candidate candidate) {
        String host = candidate.url().getHost().replaceFirst("^www\\.", "");
        LocalDate today = LocalDate.ofInstant(session.now(), ZONE);
        List<String> languages = language == null ? List.of() : List.of(language);
        return new NewEntry(
                List.of(
                        host + ": found by 'vigie sources add' on " + today
                                + ". robots.txt does not forbid reading this address.",
                        "Write here who runs it, and what permits reading it."),
                new SourceId(wish.id() == null ? id(host, title, known) : wish.id()),
                type(candidate.type()),
                candidate.url(),
                wish.name() == null ? (title.isEmpty() ? host : host + " – " + title) : wish.name(),
                wish.level(),
                wish.kind(),
                wish.languages() == null ? languages : wish.languages(),
                wish.places(),
                candidate.type().equals("rss") ? "12h" : "24h",
                candidate.include(),
                candidate.select(),
                wish.allowPrivateNetwork());
    }

    private static SourceType type(String code) {
        return Arrays.stream(SourceType.values())
                .filter(type -> type.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** Of the host's name and the first words of the title; with a number if that is taken. */
    private static String id(String host, String title, List<Source> known) {
        String site = host.matches("[\\d.:]+|\\[.*") ? host : host.replaceFirst("\\.[^.]+$", "");
        String words = Normalizer.normalize(title.toLowerCase(Locale.ROOT), Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .replaceAll("[^a-z0-9]+", " ")
                .strip();
        String first = Arrays.stream(words.split(" ")).limit(ID_WORDS).collect(Collectors.joining("-"));
        String id = (site + "-" + first)
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
        String unique = id.isEmpty() ? "source" : id;
        Set<String> taken = known.stream().map(source -> source.id().value()).collect(Collectors.toSet());
        String free = unique;
        for (int number = 2; taken.contains(free); number++) {
            free = unique + "-" + number;
        }
        return free;
    }

    private int propose(Vigie vigie, Discovered.Found found, NewEntry entry, boolean yes, Form format) {
        Source source = vigie.withEntry(entry).added();
        List<Notice> notices = found.candidates().getFirst().notices();
        if (format == Form.TABLE) {
            found.candidates()
                    .forEach(each -> session.say(
                            "add.candidate",
                            each.type(),
                            each.url(),
                            each.notices().size()));
            print(notices, entry);
        }
        boolean added = yes || (format == Form.TABLE && confirmed(source));
        if (added) {
            // Anew, as somebody may have worked on the file since.
            FeedsEdit edit = vigie.withEntry(entry);
            edit.save();
        }
        if (format != Form.TABLE) {
            session.listing().json(view(found, entry, added));
        }
        if (added) {
            session.say("add.added", source.id());
        }
        return ExitCode.DONE;
    }

    /** The items as comments above the entry: the whole may be appended to a file. */
    private void print(List<Notice> notices, NewEntry entry) {
        Instant now = session.now();
        var out = session.terminal().out();
        out.println("  # " + session.words().text("add.items", Math.min(SHOWN, notices.size()), notices.size()));
        for (Notice notice : notices.stream().limit(SHOWN).toList()) {
            var deadline = notice.deadline(now);
            String state = String.valueOf(Views.deadline(deadline, now).get("state"));
            out.println("  #   " + Say.deadline(session.words(), deadline, now) + " (" + state + ") · "
                    + oneLine(notice.title().in(List.of())));
            if (notice.url() != null) {
                out.println("  #     " + oneLine(notice.url()));
            }
        }
        entry.lines().forEach(line -> out.println("  " + line));
    }

    private static String oneLine(String text) {
        return text.replaceAll("[\\p{C}\\u2028\\u2029]+", " ");
    }

    private Map<String, @Nullable Object> view(Discovered.Found found, NewEntry entry, boolean added) {
        Instant now = session.now();
        Candidate best = found.candidates().getFirst();
        var view = new LinkedHashMap<String, @Nullable Object>();
        view.put("id", entry.id().value());
        view.put("name", entry.name());
        view.put("type", best.type());
        view.put("url", best.url().toString());
        view.put("languages", entry.languages());
        view.put("select", best.select());
        view.put("entry", String.join("\n", entry.lines()) + "\n");
        view.put("added", added);
        List<Map<String, @Nullable Object>> candidates = new ArrayList<>();
        for (Candidate candidate : found.candidates()) {
            var each = new LinkedHashMap<String, @Nullable Object>();
            each.put("type", candidate.type());
            each.put("url", candidate.url().toString());
            each.put("items", candidate.notices().size());
            candidates.add(each);
        }
        view.put("candidates", candidates);
        view.put(
                "items",
                best.notices().stream()
                        .limit(SHOWN)
                        .map(notice -> Views.notice(notice, now))
                        .toList());
        return view;
    }

    @SuppressWarnings("SystemConsoleNull") // on JDK 21 it can be null
    private boolean confirmed(Source source) {
        Console console = System.console();
        if (!session.terminal().interactive() || console == null) {
            session.say("add.needs-yes");
            return false;
        }
        session.terminal().out().flush();
        String answer = console.readLine("%s ", session.words().text("add.ask", source.id()));
        boolean agreed =
                answer != null && answer.strip().toLowerCase(Locale.ROOT).matches("y|yes|o|oui|j|ja");
        if (!agreed) {
            session.say("group.not-done");
        }
        return agreed;
    }
}
