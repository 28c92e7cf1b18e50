package coop.vigie.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.rometools.rome.feed.synd.SyndEntry;
import com.rometools.rome.io.SyndFeedInput;
import com.rometools.rome.io.XmlReader;
import coop.vigie.Vigie;
import coop.vigie.call.CallStore;
import coop.vigie.fetch.Fetcher;
import coop.vigie.notice.Notice;
import coop.vigie.pipeline.FetchRound;
import coop.vigie.source.Source;
import coop.vigie.store.Database;
import coop.vigie.store.HostStore;
import coop.vigie.store.LeaseStore;
import coop.vigie.store.NoticeStore;
import coop.vigie.store.Schema;
import coop.vigie.store.SourceStore;
import java.io.ByteArrayInputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/** Reads all feeds of a home in a process of its own, in one of three ways; prints what it took, and a sum over what was read. */
final class FetchStep {

    private final Vigie vigie;
    private final Path home;
    private final Sum sum = new Sum();

    private FetchStep(Vigie vigie, Path home) {
        this.vigie = vigie;
        this.home = home;
    }

    /** @param arguments home, and {@code parsed}, {@code stored} or {@code alone} */
    public static void main(String[] arguments) throws Exception {
        Path home = Path.of(arguments[0]);
        try (var vigie = new Vigie(home, Calls.NOW, Map.of())) {
            var step = new FetchStep(vigie, home);
            List<Source> sources = vigie.catalogue().enabled();
            long start = System.nanoTime();
            long processors = Machine.processorNanos();
            long end =
                    switch (arguments[1]) {
                        case "parsed" -> step.parsed(sources);
                        case "stored" -> step.stored(sources);
                        default -> step.alone(sources);
                    };
            System.out.println(new ObjectMapper()
                    .writeValueAsString(Map.of(
                            "millis",
                            (end - start) / 1_000_000,
                            "processorMillis",
                            (Machine.processorNanos() - processors) / 1_000_000,
                            "peakMegabytes",
                            Machine.peakMegabytes(),
                            "answer",
                            step.sum.toString())));
        }
    }

    /** As a round reads them, turns of hosts, delays and robots.txt included, to notices that nobody keeps. */
    private long parsed(List<Source> sources) {
        Map<String, List<Source>> byHost = sources.stream()
                .collect(Collectors.groupingBy(source -> source.url().getHost()));
        try (Database database = Database.open(home.resolve("data"), Schema.PUBLIC);
                var fetcher = new Fetcher(vigie.catalogue().contact(), hosts(database));
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            byHost.values()
                    .forEach(ofHost ->
                            threads.execute(() -> ofHost.forEach(source -> FetchRound.tryOut(fetcher, source, Calls.NOW)
                                    .notices()
                                    .forEach(this::add))));
        }
        return System.nanoTime();
    }

    /** The first round of a home, from nothing to calls in its store. */
    private long stored(List<Source> sources) {
        try (Database database = Database.open(home.resolve("data"), Schema.PUBLIC);
                var fetcher = new Fetcher(vigie.catalogue().contact(), hosts(database))) {
            var notices = new NoticeStore(database);
            new FetchRound(
                            fetcher,
                            database,
                            new SourceStore(database),
                            new CallStore(database, notices),
                            new LeaseStore(database, InstantSource.system()),
                            Calls.NOW,
                            false)
                    .visit(sources, done -> {});
            long end = System.nanoTime();
            database.read(handle -> {
                sources.forEach(source -> notices.of(handle, source.id()).forEach(this::add));
                return true;
            });
            return end;
        }
    }

    private static HostStore hosts(Database database) {
        return new HostStore(database, InstantSource.system(), Calls.NOW);
    }

    private void add(Notice notice) {
        sum.add(
                notice.id().source().value(),
                notice.id().nativeId(),
                notice.title().in(List.of()));
    }

    /** The simplest program that does it: one feed after the other, parsed by Rome, without a word to robots.txt. */
    private long alone(List<Source> sources) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            for (Source source : sources) {
                byte[] bytes = client.send(HttpRequest.newBuilder(source.url()).build(), BodyHandlers.ofByteArray())
                        .body();
                try (var reader = new XmlReader(new ByteArrayInputStream(bytes))) {
                    for (SyndEntry entry : new SyndFeedInput().build(reader).getEntries()) {
                        sum.add(source.id().value(), entry.getUri(), entry.getTitle());
                    }
                }
            }
        }
        return System.nanoTime();
    }
}
