package coop.vigie.discover;

import coop.vigie.fetch.FetchOutcome;
import coop.vigie.fetch.FetchOutcome.Failed;
import coop.vigie.fetch.FetchOutcome.Fetched;
import coop.vigie.fetch.FetchOutcome.Refused;
import coop.vigie.fetch.FetchOutcome.Unchanged;
import coop.vigie.fetch.FetchRequest;
import coop.vigie.fetch.Fetcher;
import coop.vigie.fetch.Payload;
import coop.vigie.fetch.Payloads;
import coop.vigie.fetch.Query;
import coop.vigie.fetch.Validators;
import coop.vigie.notice.Kind;
import coop.vigie.notice.Level;
import coop.vigie.notice.Notice;
import coop.vigie.notice.SourceId;
import coop.vigie.parse.FieldSelector;
import coop.vigie.parse.HtmlPage;
import coop.vigie.parse.ParseContext;
import coop.vigie.parse.Parsed;
import coop.vigie.parse.ParsedNotice;
import coop.vigie.parse.Parsers;
import coop.vigie.parse.SourceOptions;
import coop.vigie.text.LanguageGuess;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * Looks at one address, and at no more than a few beside it: each further request waits for its turn at the host. All of them ask
 * robots.txt first.
 */
public final class Discovery {

    private static final SourceId NOBODY = new SourceId("new");
    private static final ZoneId ZONE = ZoneId.of("Europe/Brussels");

    private static final int MOST_FEEDS = 4;
    private static final int MOST_SITEMAPS = 3;
    private static final List<String> USUAL_FEEDS = List.of("feed/", "/feed", "/rss.xml");

    private static final Pattern FEED_TYPE = Pattern.compile("(?i)application/(?:rss|atom|rdf|feed)\\+(?:xml|json).*");
    private static final Pattern FEED_ADDRESS =
            Pattern.compile("(?i).*(?:[/.?&=_-])(?:rss|atom|feeds?)(?:[/.?&=_-].*)?|.*\\.(?:rss|atom|ics)");
    private static final Pattern FEED_WORDS =
            Pattern.compile("(?i)(?:flux |s'abonner au flux )?(?:rss|atom)(?:[ -]?feed| 2\\.0)?");
    private static final Pattern COMMENTS = Pattern.compile("(?i).*(?:comment|reactie|replies).*");

    private final Fetcher fetcher;
    private final Instant now;

    public Discovery(Fetcher fetcher, Instant now) {
        this.fetcher = fetcher;
        this.now = now;
    }

    /**
     * @param asked the address, with the limits and the delay that count for all requests
     * @param type rss, ics, html-list or sitemap, if it must be that; null for the best
     */
    public Discovered look(FetchRequest asked, @Nullable String type) {
        FetchRequest request = asked.obeyingRobots(true).insisting(true);
        return switch (fetcher.fetch(request)) {
            case Fetched fetched -> {
                Payload payload = first(fetched);
                yield payload == null
                        ? new Discovered.Nothing(Discovered.Reason.OTHER, "")
                        : new Look(request, payload, type).finding();
            }
            case Refused refused -> new Discovered.Nothing(reason(refused), refused.message());
            case Failed failed ->
                new Discovered.Nothing(
                        failed.reason() == Failed.Reason.CLIENT_ERROR
                                ? Discovered.Reason.MISSING
                                : Discovered.Reason.FAILED,
                        failed.message());
            case Unchanged unchanged -> new Discovered.Nothing(Discovered.Reason.FAILED, "");
        };
    }

    private static @Nullable Payload first(Fetched fetched) {
        try (Payloads payloads = fetched.payloads()) {
            return payloads.next();
        }
    }

    private static Discovered.Reason reason(Refused refused) {
        return switch (refused.reason()) {
            case ROBOTS -> Discovered.Reason.ROBOTS;
            case LOGIN_REQUIRED, PAYMENT_REQUIRED -> Discovered.Reason.LOGIN;
            case PRIVATE_ADDRESS -> Discovered.Reason.PRIVATE;
            case GONE -> Discovered.Reason.MISSING;
            default -> Discovered.Reason.REFUSED;
        };
    }

    /** One address being looked at. */
    private final class Look {
        private final FetchRequest request;
        private final Payload payload;
        private final @Nullable String type;
        private @Nullable String language;

        Look(FetchRequest request, Payload payload, @Nullable String type) {
            this.request = request;
            this.payload = payload;
            this.type = type;
        }

        Discovered finding() {
            Optional<String> itself = Sniffed.type(payload);
            if (itself.isPresent()) {
                return answer(
                        "", Stream.of(read(itself.get(), payload, Map.of())).toList(), Discovered.Reason.OTHER);
            }
            HtmlPage page = HtmlPage.of(payload);
            if (page.failure() != null) {
                return new Discovered.Nothing(
                        Sniffed.isPdf(payload) ? Discovered.Reason.PDF : Discovered.Reason.OTHER, page.failure());
            }
            String obstacle = page.obstacle();
            if (obstacle != null) {
                boolean login = page.document().selectFirst("input[type=password]") != null;
                return new Discovered.Nothing(login ? Discovered.Reason.LOGIN : Discovered.Reason.REFUSED, obstacle);
            }
            language = language(page);
            List<Candidate> candidates = candidates(page);
            return answer(
                    title(page),
                    candidates,
                    looksBuiltByScript(page) ? Discovered.Reason.SCRIPT : Discovered.Reason.NO_LIST);
        }

        private Discovered answer(String title, List<Candidate> candidates, Discovered.Reason otherwise) {
            List<Candidate> usable = candidates.stream()
                    .filter(each -> !each.notices().isEmpty())
                    .toList();
            List<Candidate> wanted = usable.stream()
                    .filter(each -> type == null || each.type().equals(type))
                    .toList();
            if (wanted.isEmpty()) {
                return new Discovered.Nothing(usable.isEmpty() ? otherwise : Discovered.Reason.NOT_OF_TYPE, "");
            }
            // What was asked for comes first; the others are named, too.
            List<Candidate> ordered =
                    Stream.concat(wanted.stream(), usable.stream()).distinct().toList();
            String spoken = language == null
                    ? wanted.getFirst()
                            .notices()
                            .getFirst()
                            .title()
                            .languageFor(List.of())
                            .orElse(null)
                    : language;
            return new Discovered.Found(title, "und".equals(spoken) ? null : spoken, ordered);
        }

        private List<Candidate> candidates(HtmlPage page) {
            Optional<Candidate> blocks = Blocks.find(page, next(), now)
                    .map(select -> read("html-list", payload, select))
                    .filter(each -> each.notices().size() > 1);
            List<Candidate> feeds = feeds(page);
            List<Candidate> ordered = new ArrayList<>(feeds);
            blocks.ifPresent(list -> {
                // Calls, not the whole site's news: a feed that shares little with the list is the worse of the two.
                long good = feeds.stream().filter(feed -> isOf(feed, list)).count();
                ordered.sort(Comparator.comparing(feed -> !isOf(feed, list)));
                ordered.add((int) good, list);
            });
            if (ordered.isEmpty() || "sitemap".equals(type)) {
                ordered.addAll(sitemaps());
            }
            return ordered;
        }

        /** The next page, as the parser finds it without a selector. */
        private @Nullable URI next() {
            List<Query> next = parse("html-list", payload, Map.of()).next();
            return next.isEmpty() ? null : next.getFirst().uri();
        }

        /** True if a third of what both could have in common is in both, by link or by title. */
        private static boolean isOf(Candidate feed, Candidate list) {
            Set<String> known = new HashSet<>();
            list.notices().forEach(notice -> known.addAll(names(notice)));
            long shared = feed.notices().stream()
                    .filter(notice -> names(notice).stream().anyMatch(known::contains))
                    .count();
            int possible = Math.min(feed.notices().size(), list.notices().size());
            return shared * 3 >= possible;
        }

        private static List<String> names(Notice notice) {
            String link = String.valueOf(notice.url())
                    .replaceFirst("^https?://(?:www\\.)?", "")
                    .replaceFirst("[?#].*|/$", "");
            return List.of(
                    link, notice.title().in(List.of()).toLowerCase(Locale.ROOT).strip());
        }

        private List<Candidate> feeds(HtmlPage page) {
            Set<URI> named = new LinkedHashSet<>();
            for (Element link : page.document().select("link[rel~=(?i)\\balternate\\b][href], a[href]")) {
                boolean head = link.normalName().equals("link");
                boolean feed = head
                        ? FEED_TYPE.matcher(link.attr("type")).matches()
                                || link.attr("type").equalsIgnoreCase("text/calendar")
                        : FEED_ADDRESS.matcher(link.attr("href")).matches()
                                || FEED_WORDS.matcher(link.text().strip()).matches();
                String target = page.absolute(link.attr("href").replaceFirst("^(?:webcal|feed):(?://)?", "https://"));
                if (feed
                        && target != null
                        && !COMMENTS.matcher(link.attr("title") + link.attr("href"))
                                .matches()) {
                    named.add(URI.create(target));
                }
            }
            // Guessing costs a request each, and a page with a feed usually names it.
            boolean guess = named.isEmpty() && (type == null || type.equals("rss"));
            List<URI> all = guess ? USUAL_FEEDS.stream().map(this::beside).toList() : List.copyOf(named);
            var found = new ArrayList<Candidate>();
            for (URI address : all.stream().distinct().limit(MOST_FEEDS).toList()) {
                Payload answer = ask(address, true);
                Optional<String> kind = answer == null ? Optional.empty() : Sniffed.type(answer);
                if (answer != null
                        && kind.filter(each -> !each.equals("sitemap")).isPresent()) {
                    Candidate candidate = read(kind.get(), answer, Map.of());
                    if (!candidate.notices().isEmpty()) {
                        found.add(new Candidate(candidate.type(), address, Map.of(), List.of(), candidate.notices()));
                    }
                }
                if (guess && !found.isEmpty()) {
                    break;
                }
            }
            return found;
        }

        /** A path relative to the page as to a folder. */
        private URI beside(String path) {
            URI here = payload.uri();
            String folder = here.getRawPath() == null ? "/" : here.getRawPath().replaceFirst("/?$", "/");
            return here.resolve(folder).resolve(path);
        }

        private List<Candidate> sitemaps() {
            Set<URI> addresses = new LinkedHashSet<>();
            // The rules themselves may always be read.
            Payload robots = ask(payload.uri().resolve("/robots.txt"), false);
            if (robots != null) {
                new String(robots.bytes(), StandardCharsets.UTF_8)
                        .lines()
                        .map(String::strip)
                        .filter(line -> line.regionMatches(true, 0, "sitemap:", 0, 8))
                        .map(line -> web(line.substring(8).strip()))
                        .flatMap(Optional::stream)
                        .forEach(addresses::add);
            }
            addresses.add(payload.uri().resolve("/sitemap.xml"));
            int asked = 0;
            for (URI address : addresses) {
                if (asked++ == MOST_SITEMAPS) {
                    break;
                }
                Payload answer = ask(address, true);
                if (answer != null
                        && Sniffed.type(answer).filter("sitemap"::equals).isPresent()) {
                    Candidate all = sitemap(address, answer);
                    return List.of(all);
                }
            }
            return List.of();
        }

        private static Optional<URI> web(String written) {
            try {
                URI address = URI.create(written);
                return address.isAbsolute() ? Optional.of(address) : Optional.empty();
            } catch (IllegalArgumentException none) {
                return Optional.empty();
            }
        }

        /** Kept to what lies below the page that was asked for, if anything does. */
        private Candidate sitemap(URI address, Payload answer) {
            Candidate all = read("sitemap", answer, Map.of());
            String path = String.valueOf(payload.uri().getRawPath()).replaceFirst("/?$", "/");
            String below =
                    Pattern.compile("[.\\[\\]{}()*+?^$|\\\\]").matcher(path).replaceAll("\\\\$0");
            List<Notice> part = all.notices().stream()
                    .filter(notice -> String.valueOf(notice.url()).contains(path))
                    .toList();
            return path.equals("/") || part.isEmpty()
                    ? new Candidate("sitemap", address, Map.of(), List.of(), all.notices())
                    : new Candidate("sitemap", address, Map.of(), List.of(below), part);
        }

        private @Nullable Payload ask(URI address, boolean obeysRobots) {
            FetchOutcome outcome =
                    fetcher.follow(request.obeyingRobots(obeysRobots), Query.get(address), Validators.NONE);
            return outcome instanceof Fetched fetched ? first(fetched) : null;
        }

        private Parsed parse(String kind, Payload document, Map<String, String> select) {
            var context = new ParseContext(
                    NOBODY,
                    Level.PRIVATE,
                    Kind.CALL,
                    language == null ? List.of() : List.of(language),
                    List.of(),
                    ZONE,
                    List.of(),
                    List.of(),
                    new SourceOptions("", Map.of(), select, Map.of()),
                    now);
            return Parsers.of(kind).parse(document, context);
        }

        private Candidate read(String kind, Payload document, Map<String, String> select) {
            Parsed parsed = parse(kind, document, select);
            List<Notice> notices =
                    parsed.notices().stream().map(ParsedNotice::notice).toList();
            if (kind.equals("sitemap") && notices.isEmpty() && !parsed.next().isEmpty()) {
                // Of an index, the first of its sitemaps shows what the others hold.
                Payload inner = ask(parsed.next().getFirst().uri(), true);
                Candidate first = inner == null ? null : read(kind, inner, select);
                notices = first == null ? List.of() : first.notices();
            }
            return new Candidate(kind, document.uri(), select, List.of(), notices);
        }
    }

    private static @Nullable String language(HtmlPage page) {
        String stated = page.language();
        String guessed = LanguageGuess.of(FieldSelector.text(page.document().body()));
        return stated != null ? stated : guessed.equals("und") ? null : guessed;
    }

    private static String title(HtmlPage page) {
        Element heading = page.document().selectFirst("main h1, h1");
        String title = heading == null ? "" : heading.text().strip();
        return title.length() > 2 && title.length() < 100 ? title : page.title().replaceFirst("\\s+[|–—·-]\\s+.*", "");
    }

    /** Little text, and scripts: what people see is not in what was sent. */
    private static boolean looksBuiltByScript(HtmlPage page) {
        boolean scripts = page.document().selectFirst("script") != null;
        return scripts
                && (page.document().body().text().length() < 400
                        || page.document().selectFirst("#root:empty, #app:empty, #__next:empty, app-root") != null);
    }
}
