package coop.vigie;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import coop.vigie.LoggedWeb.Answer;
import coop.vigie.LoggedWeb.Asked;
import coop.vigie.cli.HomeInTest;
import coop.vigie.cli.HomeInTest.Ran;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** P5: what the owner of a server sees of us. The proof is the server's own log. Most of its time it waits. */
@Execution(ExecutionMode.CONCURRENT)
class PolitenessTest {

    private static final Instant START = Instant.parse("2026-11-24T08:00:00Z");
    private static final Duration DELAY = Duration.ofSeconds(1);
    private static final Duration CRAWL_DELAY = Duration.ofMillis(150);

    @TempDir
    private Path folder;

    private LoggedWeb web;
    private HomeInTest home;
    private final List<String> entries = new ArrayList<>();

    @BeforeEach
    void begins() throws IOException {
        web = new LoggedWeb();
        home = new HomeInTest(folder.resolve("home"), START.toString());
    }

    @AfterEach
    void ends() {
        web.close();
    }

    // --- the log

    @Test
    void asksAHostOneAtATime_neverSoonerThanTheDelay_andConditionallyEachSecondTime() {
        aMixedCatalogue();

        Ran first = fetch("--all");
        List<Asked> firstVisit = web.log();
        Ran second = at(Duration.ofHours(7)).fetch();
        List<Asked> secondVisit = web.log();

        assertEquals(0, first.code(), first::toString);
        assertEquals(0, second.code(), second::toString);
        List<Asked> both = new ArrayList<>(firstVisit);
        both.addAll(secondVisit);
        assertPolite(both);
        assertTrue(firstVisit.stream().noneMatch(Asked::isConditional), firstVisit::toString);
        // Without robots.txt, which holds for a day, and items' own pages, which are read once.
        assertEquals(
                Set.of("/a.xml", "/moved.xml", "/final.xml", "/list", "/b.xml", "/c.xml", "/index.xml", "/map.xml"),
                secondVisit.stream().map(Asked::path).collect(Collectors.toSet()));
        for (Asked again : secondVisit) {
            // A redirect says nothing that could be unchanged; an index is read for what it leads to.
            boolean leads = Set.of("/moved.xml", "/index.xml").contains(again.path());
            assertEquals(leads ? 200 : 304, again.status() == 302 ? 200 : again.status(), again::toString);
            assertTrue(leads || again.isConditional(), again::toString);
        }
    }

    /** Three sources on one host, one of them redirected, one with pages and items' own pages; a host with a Crawl-delay. */
    private void aMixedCatalogue() {
        web.page(1, "/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 0.15\n")
                .page(1, "/a.xml", LoggedWeb.RSS, feed("a"))
                .on(1, "/moved.xml", Answer.of(302, "Location", "/final.xml"))
                .page(1, "/final.xml", LoggedWeb.RSS, feed("b"))
                .page(1, "/list", "text/html", list("/list?page=2", "/p1", "/p2"))
                .page(1, "/list?page=2", "text/html", list("", "/p3"));
        for (String page : List.of("/p1", "/p2", "/p3", "/s1")) {
            web.page(1, page, "text/html", "<title>Appel</title><main>Date limite : 15 janvier 2027.</main>");
        }
        web.page(1, "/index.xml", "application/xml", """
                        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                        <sitemap><loc>%s</loc></sitemap></sitemapindex>""".formatted(web.url(1, "/map.xml")))
                .page(1, "/map.xml", "application/xml", """
                        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
                        <url><loc>%s</loc><lastmod>2026-11-01</lastmod></url></urlset>""".formatted(web.url(1, "/s1")));
        web.page(2, "/robots.txt", "text/plain", "User-agent: vigie\nCrawl-delay: 0.15\n")
                .page(2, "/b.xml", LoggedWeb.RSS, feed("c"))
                .page(2, "/c.xml", LoggedWeb.RSS, feed("d"));
        source("a", "rss", web.url(1, "/a.xml"), ", delay: 0s");
        source("moved", "rss", web.url(1, "/moved.xml"), ", delay: 0s");
        source(
                "list",
                "html-list",
                web.url(1, "/list"),
                ", delay: 0s, select: { item: li, title: a, link: a@href, next: '.next a@href' }, detail: { text: main }");
        source("map", "sitemap", web.url(1, "/index.xml"), ", delay: 0s");
        source("b", "rss", web.url(2, "/b.xml"), "");
        source("c", "rss", web.url(2, "/c.xml"), "");
    }

    /** The larger of both counts: on the first host what robots.txt names, on the second what the catalogue says. */
    private static void assertPolite(List<Asked> log) {
        LoggedWeb.byHost(log).forEach((host, asked) -> {
            for (int i = 1; i < asked.size(); i++) {
                Duration least = host.equals(LoggedWeb.host(1)) ? CRAWL_DELAY : DELAY;
                Duration gap =
                        Duration.ofNanos(asked.get(i).start() - asked.get(i - 1).end());
                String both = asked.get(i - 1) + " and " + asked.get(i);
                assertTrue(gap.compareTo(least) >= 0, () -> "only " + gap + " between " + both);
            }
        });
    }

    @Test
    void asksPagesThatHaveNotChanged_withWhatTheyWereGiven() {
        String body = feed("x");
        // Apache: names the compression in its tag, and knows the tag only without.
        web.on(1, "/apache.xml", exchange -> {
            String known = String.valueOf(LoggedWeb.header(exchange, "If-None-Match"));
            boolean same = List.of(known.split(", ")).contains("\"v1\"");
            return new Answer(same ? 304 : 200, LoggedWeb.RSS, same ? "" : body, Map.of("ETag", "\"v1-gzip\""));
        });
        for (String tag : List.of("W/\"weak\"", "unquoted", "\"with, comma\"")) {
            web.on(2, "/" + tag.hashCode(), exchange -> {
                boolean same = tag.equals(LoggedWeb.header(exchange, "If-None-Match"));
                return new Answer(same ? 304 : 200, LoggedWeb.RSS, same ? "" : body, Map.of("ETag", tag));
            });
            source("t" + Integer.toHexString(tag.hashCode()), "rss", web.url(2, "/" + tag.hashCode()), ", delay: 0s");
        }
        source("apache", "rss", web.url(1, "/apache.xml"), ", delay: 0s");
        fetch("--all");
        web.log();

        at(Duration.ofHours(7)).fetch();

        List<Asked> again = web.log();
        assertEquals(4, again.size(), again::toString);
        assertTrue(again.stream().allMatch(asked -> asked.status() == 304), again::toString);
    }

    @Test
    void asksAnItemsOwnPageConditionally_whenItIsReadAgainBeforeItsClosing() {
        web.page(1, "/list", "text/html", list("", "/p1"))
                .page(1, "/p1", "text/html", "<title>Appel</title><main>Date limite : 15 janvier 2027.</main>");
        source(
                "list",
                "html-list",
                web.url(1, "/list"),
                ", delay: 0s, select: { item: li, title: a, link: a@href }, detail: { text: main }");
        fetch("--all");
        web.log();

        home.at("2027-01-10T08:00:00Z").fetch();

        List<Asked> again =
                web.log().stream().filter(asked -> asked.path().equals("/p1")).toList();
        assertEquals(List.of(304), again.stream().map(Asked::status).toList());
        assertEquals("2027-01-15", home.search("*").get(0).at("/deadline/date").asText());
    }

    // --- several at once

    @Test
    void visitsNoSourceTwice_andKeepsTheDelay_whenTwoRoundsRunAtOnce() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            web.page(1 + i % 2, "/f" + i, LoggedWeb.RSS, feed("f" + i));
            source("f" + i, "rss", web.url(1 + i % 2, "/f" + i), "");
        }
        home.run("fetch", "no-such-source"); // the store is made by one
        var reports = new ArrayList<Integer>();
        try (Vigie one = open();
                Vigie other = open()) {
            List<Thread> rounds = new ArrayList<>();
            for (Vigie each : List.of(one, other)) {
                rounds.add(Thread.ofPlatform().start(() -> {
                    var report = each.fetch(each.catalogue().enabled(), false, done -> {});
                    synchronized (reports) {
                        reports.add(report.sources().size());
                        reports.add(report.elsewhere().size());
                    }
                }));
            }
            for (Thread round : rounds) {
                round.join();
            }
        }

        List<Asked> log = web.log();
        assertEquals(8, reports.stream().mapToInt(Integer::intValue).sum(), reports::toString);
        List<String> feeds = LoggedWeb.targets(log).stream()
                .filter(target -> target.contains("/f"))
                .toList();
        assertEquals(4, feeds.size(), feeds::toString);
        assertEquals(4, new TreeSet<>(feeds).size());
        LoggedWeb.byHost(log).forEach((host, asked) -> {
            for (int i = 1; i < asked.size(); i++) {
                long gap = asked.get(i).start() - asked.get(i - 1).end();
                assertTrue(gap >= DELAY.toNanos(), asked::toString);
            }
        });
    }

    @Test
    void letsNoSlowHostDelayAnother() {
        var quick = new CountDownLatch(40);
        var inTime = new TreeSet<Boolean>();
        for (int host = 1; host <= 30; host++) {
            int slow = host;
            for (int i = 0; i < (host == 1 ? 30 : 1); i++) {
                String path = "/slow" + i;
                web.on(slow, path, exchange -> {
                    boolean done = quick.await(20, TimeUnit.SECONDS); // answers once all quick ones have been asked
                    synchronized (inTime) {
                        inTime.add(done);
                    }
                    return new Answer(200, LoggedWeb.RSS, feed("s"), Map.of());
                });
                source("slow" + slow + "-" + i, "rss", web.url(slow, path), ", delay: 0s, timeout: 30s");
            }
        }
        for (int host = 101; host <= 140; host++) {
            int number = host;
            web.on(number, "/q", exchange -> {
                quick.countDown();
                return new Answer(200, LoggedWeb.RSS, feed("q" + number), Map.of());
            });
            source("quick" + number, "rss", web.url(number, "/q"), ", delay: 0s");
        }

        Ran ran = fetch("--all");

        assertEquals(0, ran.code(), ran::toString);
        assertEquals(Set.of(true), inTime, "slow hosts answered before the quick ones were asked");
    }

    // --- a day

    @Test
    void asksAgainOnlyForWhatMayHaveChanged_inADayOf300Sources() {
        IntStream.rangeClosed(1, 300).forEach(i -> {
            web.page(i, "/robots.txt", "text/plain", "User-agent: *\nDisallow: /private/\n");
            switch (i % 3) {
                case 0 -> {
                    web.page(i, "/list", "text/html", list("", "/p1"));
                    source("s" + i, "html-list", web.url(i, "/list"), ", delay: 0s, select: { item: li, title: a }");
                }
                case 1 -> {
                    web.on(i, "/old", Answer.of(301, "Location", "/feed"))
                            .page(i, "/feed", LoggedWeb.RSS, feed("x" + i));
                    source("s" + i, "rss", web.url(i, i % 2 == 0 ? "/feed" : "/old"), ", delay: 0s");
                }
                default -> {
                    web.page(i, "/feed", LoggedWeb.RSS, feed("x" + i));
                    source("s" + i, "rss", web.url(i, "/feed"), ", delay: 0s");
                }
            }
        });
        fetch("--all");
        web.log();

        int moments = 0;
        for (Duration passed = Duration.ofHours(1);
                passed.compareTo(Duration.ofDays(1)) <= 0;
                passed = passed.plusHours(1)) {
            at(passed).run("fetch");
            moments += 300;
        }

        List<Asked> day = web.log().stream()
                .filter(asked -> asked.status() != 301) // a way, and no document
                .toList();
        long unchanged = day.stream().filter(asked -> asked.status() == 304).count();
        String figures = "%d requests in %d moments: %d were 304".formatted(day.size(), moments, unchanged);
        if (System.getProperty("vigie.show") != null) {
            System.out.println("A day of 300 unchanged sources: " + figures);
        }
        assertTrue(unchanged >= 0.95 * day.size(), figures);
        assertTrue(day.size() >= 300 && day.size() <= 300 * 5, figures);
    }

    // --- servers that are not well

    @ParameterizedTest
    @ValueSource(ints = {429, 503, 403})
    void leavesAServerAloneForAsLongAsItAsks_withAllItsSources_andAfterARestart(int status) {
        threeSources(Answer.of(status, "Retry-After", "10800"));

        Ran first = fetch("--all");
        assertEquals(List.of("/robots.txt", "/f0"), paths());
        assertTrue(first.err().contains("asked to be left alone"), first.err());

        at(Duration.ofHours(2)).run("fetch", "--all");
        at(Duration.ofMinutes(179)).run("fetch", "f1");
        assertEquals(List.of(), paths(), "asked though the server did not want it");

        threeSources(new Answer(200, LoggedWeb.RSS, feed("x"), Map.of()));
        Ran well = at(Duration.ofMinutes(181)).run("fetch");
        assertEquals(List.of("/f0", "/f1", "/f2"), paths());
        assertEquals(0, well.code(), well::toString);
    }

    @Test
    void leavesAServerAloneThatFailsThreeTimesInARow_untilAPersonInsists() {
        threeSources(Answer.of(500));
        threeMore();

        fetch();
        assertEquals(List.of("/robots.txt", "/f0", "/f1", "/f2"), paths());

        at(Duration.ofMinutes(14)).run("fetch"); // nothing is due
        assertEquals(List.of(), paths());
        home.run("fetch", "f4");
        assertEquals(List.of("/f4"), paths());
    }

    /** More sources of the same host, which have never been asked. */
    private void threeMore() {
        for (int i = 3; i < 6; i++) {
            web.page(1, "/f" + i, LoggedWeb.RSS, feed("f" + i));
            source("f" + i, "rss", web.url(1, "/f" + i), ", delay: 0s");
        }
    }

    private void threeSources(Answer answer) {
        boolean known = !entries.isEmpty();
        for (int i = 0; i < 3; i++) {
            web.on(1, "/f" + i, answer);
            if (!known) {
                source("f" + i, "rss", web.url(1, "/f" + i), ", delay: 0s");
            }
        }
    }

    @Test
    void asksNoMoreForWhatIsGone_onceThatWasSaidTwice_untilTheEntryChanges() {
        web.on(1, "/feed", Answer.of(410));
        source("gone", "rss", web.url(1, "/feed"), ", delay: 0s");
        fetch("--all");
        Ran second = at(Duration.ofMinutes(16)).run("fetch", "--format", "json");
        assertTrue(second.json().at("/sources/0/nextDue").isNull(), second::toString);
        assertTrue(second.err().contains("not asked any more"), second.err());
        web.log();

        at(Duration.ofDays(3)).run("fetch");
        assertEquals(List.of(), paths());
        Ran status = home.run("status", "--format", "json");
        assertEquals("gone", status.json().at("/sources/0/health").asText());
        assertTrue(status.json().at("/sources/0/nextDue").isNull(), status::toString);
        assertTrue(home.run("sources", "quiet").out().contains("gone"), "no alarm was raised");

        web.page(1, "/new", LoggedWeb.RSS, feed("x"));
        entries.clear();
        source("gone", "rss", web.url(1, "/new"), ", delay: 0s");
        assertEquals(0, fetch().code());
        assertTrue(paths().contains("/new"));
    }

    @Test
    void comesBackLater_whenTheCrawlDelayIsLongerThanARound() {
        web.page(1, "/robots.txt", "text/plain", "User-agent: *\nCrawl-delay: 3600\n")
                .page(1, "/feed", LoggedWeb.RSS, feed("x"));
        source("slow", "rss", web.url(1, "/feed"), ", delay: 0s");

        Ran ran = run("fetch", "--format", "json");

        assertEquals(List.of("/robots.txt"), paths());
        Instant due = Instant.parse(ran.json().at("/sources/0/nextDue").asText());
        assertTrue(Duration.between(START, due).compareTo(Duration.ofMinutes(59)) >= 0, due::toString);
    }

    // --- kill

    @Test
    void goesOnAtOnceWhereItWasKilled() throws IOException, InterruptedException {
        var reached = new CountDownLatch(1);
        var hold = new CountDownLatch(1);
        for (int i = 0; i < 4; i++) {
            web.page(1, "/f" + i, LoggedWeb.RSS, feed("f" + i));
            source("f" + i, "rss", web.url(1, "/f" + i), ", delay: 0s");
        }
        web.on(1, "/f2", exchange -> {
            reached.countDown();
            hold.await();
            return new Answer(200, LoggedWeb.RSS, feed("f2"), Map.of());
        });
        feeds();
        try (Program program = Program.start(home.folder(), folder, START.toString(), "fetch")) {
            assertTrue(reached.await(60, TimeUnit.SECONDS), program::outputOrFailure);
            assertTrue(program.kill(), program::outputOrFailure);
        }
        hold.countDown();
        web.log();
        web.page(1, "/f2", LoggedWeb.RSS, feed("f2"));

        Ran rest = home.run("fetch");

        assertEquals(0, rest.code(), rest::toString);
        assertEquals(Set.of("/f2", "/f3"), Set.copyOf(paths()), "neither robots.txt nor what was read before");
        assertEquals(4, home.search("*").size());
        at(Duration.ofHours(7)).run("fetch");
        assertTrue(web.log().stream().allMatch(asked -> asked.status() == 304));
    }

    // --- the home

    private void source(String id, String type, String url, String more) {
        entries.add("- { id: %s, type: %s, url: '%s', languages: [fr], allow-private-network: true%s }%n"
                .formatted(
                        id, type, url, more.contains("delay") ? more : ", delay: " + DELAY.toSeconds() + "s" + more));
    }

    private void feeds() {
        home.feeds(entries.toArray(String[]::new));
    }

    private Ran fetch(String... options) {
        List<String> words = new ArrayList<>(List.of("fetch"));
        words.addAll(List.of(options));
        return run(words.toArray(String[]::new));
    }

    private Ran run(String... words) {
        feeds();
        return home.run(words);
    }

    private HomeInTest at(Duration later) {
        feeds();
        return home.at(START.plus(later).toString());
    }

    private Vigie open() {
        feeds();
        return new Vigie(home.folder(), START, Map.of());
    }

    private List<String> paths() {
        return web.log().stream().map(Asked::path).toList();
    }

    private static String feed(String id) {
        return """
                <rss version="2.0"><channel><title>Appels</title><link>https://calls.example.org/</link>
                <item><guid isPermaLink="false">%1$s</guid><title>Appel %1$s</title>
                <link>https://calls.example.org/%1$s</link>
                <description>Date limite : 15 janvier 2027.</description></item></channel></rss>
                """.formatted(id);
    }

    private static String list(String next, String... pages) {
        return "<html lang=fr><title>Appels</title><ul>"
                + List.of(pages).stream()
                        .map(page -> "<li><a href='%s'>Appel %1$s</a></li>".formatted(page))
                        .collect(Collectors.joining())
                + "</ul>" + (next.isEmpty() ? "" : "<p class=next><a href='%s'>suite</a></p>".formatted(next))
                + "</html>";
    }
}
